package eval

import (
	"cmp"
	"slices"
)

// Label is one code in the table per label. Hits of an accepted code are hits of
// the gold code it was accepted for.
type Label struct {
	System, Code, Title   string
	Support, Predicted    int // required gold codes; predicted codes: hits and extra ones
	Hit, Extra, Missed    int
	Precision, Recall, F1 float64 // 0 for 0 / 0
	LostF1                float64 // micro-F1 that its errors cost: (extra + missed) / (2 hits + extra + missed of all labels)
}

// Labels are the labels of a task ("cpt", "cpt.family", "icd10cm",
// "icd10cm.category"), sorted by code; nil where the corpus does not score it.
func (r *Run) Labels(name string) []Label {
	t := slices.IndexFunc(tasks, func(t task) bool { return t.name == name })
	codes, events := labelEvents(r.Cases, t)
	var whole counts
	var out []Label
	for i, c := range countLabels(len(codes), events, nil) {
		whole.hit += c.hit
		whole.extra += c.extra
		whole.missed += c.missed
		out = append(out, Label{
			System: name, Code: codes[i], Title: r.Title(codes[i]),
			Support: int(c.hit + c.missed), Predicted: int(c.hit + c.extra), Hit: int(c.hit), Extra: int(c.extra), Missed: int(c.missed),
			Precision: precisionOf(c), Recall: recallOf(c), F1: f1Of(c),
		})
	}
	for i := range out {
		out[i].LostF1 = float64(out[i].Extra+out[i].Missed) / (2*whole.hit + whole.extra + whole.missed)
	}
	return out
}

// Worst are the n labels that cost most micro-F1 of their own code system, over
// all systems.
func (r *Run) Worst(n int) []Label {
	var all []Label
	for _, t := range trecSystems {
		all = append(all, r.Labels(tasks[t].name)...)
	}
	return worst(all, n)
}

// worst are the n labels that cost most F1, ties by code.
func worst(labels []Label, n int) []Label {
	sorted := slices.Clone(labels)
	slices.SortFunc(sorted, func(a, b Label) int { return cmp.Or(cmp.Compare(b.LostF1, a.LostF1), cmp.Compare(a.Code, b.Code)) })
	sorted = slices.DeleteFunc(sorted, func(l Label) bool { return l.LostF1 == 0 })
	return sorted[:min(n, len(sorted))]
}

// Confusion is how often one code was given where another is gold. An empty
// Gold is an extra code, an empty Predicted a missed one.
type Confusion struct {
	CodeError
	Count int
}

// Confusions are all errors of a kind together, the commonest first, ties by
// codes. Stage is left out: a pair may be lost in several.
func (r *Run) Confusions() []Confusion {
	number := map[CodeError]int{}
	var out []Confusion
	for _, c := range r.Cases {
		for _, e := range c.Errors {
			e.Stage = ""
			i, known := number[e]
			if !known {
				i = len(out)
				number[e] = i
				out = append(out, Confusion{CodeError: e})
			}
			out[i].Count++
		}
	}
	slices.SortFunc(out, func(a, b Confusion) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.System, b.System), cmp.Compare(a.Gold, b.Gold), cmp.Compare(a.Predicted, b.Predicted))
	})
	return out
}

// Kind is how often errors of a kind happened.
type Kind struct {
	System, Relation, Doc string
	Count                 int
}

// Kinds are the errors by kind, the commonest first, ties by name.
func (r *Run) Kinds() []Kind {
	number := map[string]int{}
	var out []Kind
	for _, c := range r.Cases {
		for _, e := range c.Errors {
			i, known := number[e.Kind()]
			if !known {
				i = len(out)
				number[e.Kind()] = i
				out = append(out, Kind{System: e.System, Relation: e.Relation, Doc: relationDoc(e.System, e.Relation)})
			}
			out[i].Count++
		}
	}
	slices.SortFunc(out, func(a, b Kind) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.System, b.System), cmp.Compare(a.Relation, b.Relation))
	})
	return out
}

func relationDoc(system, name string) string {
	switch name {
	case relationMissed:
		return "a gold code is missing, and no extra code stands for it"
	case relationExtra:
		return "a code too many"
	}
	for _, r := range relations {
		if r.System == system && r.Name == name {
			return r.Doc
		}
	}
	return ""
}

// FlagRow is one flag in the table of flags.
type FlagRow struct {
	ID                 string
	Hit, Extra, Missed int
	Precision, Recall  float64 // 0 for 0 / 0
	PrecisionInterval  Interval
	RecallInterval     Interval
}

// Flags are the flags of a corpus that labels them, sorted by id, with Wilson
// intervals.
func (r *Run) Flags() []FlagRow {
	sums := map[string]*counts{}
	for _, c := range r.Cases {
		for _, f := range c.flags() {
			if sums[f.id] == nil {
				sums[f.id] = &counts{}
			}
			sums[f.id].hit += f.hit
			sums[f.id].extra += f.extra
			sums[f.id].missed += f.missed
		}
	}
	var out []FlagRow
	for _, id := range sortedKeys(sums) {
		c := *sums[id]
		out = append(out, FlagRow{
			ID: id, Hit: int(c.hit), Extra: int(c.extra), Missed: int(c.missed), Precision: precisionOf(c), Recall: recallOf(c),
			PrecisionInterval: Wilson(int(c.hit), int(c.hit+c.extra), r.options.Level),
			RecallInterval:    Wilson(int(c.hit), int(c.hit+c.missed), r.options.Level),
		})
	}
	return out
}
