package coding

import (
	"regexp"
	"slices"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// join merges neighbours that one code covers together: CT abdomen + CT pelvis.
func (e *Engine) join(drafts []draft, date string) []draft {
	for i := 0; i+1 < len(drafts); {
		merged, ok := e.joined(&drafts[i], &drafts[i+1], date)
		if !ok {
			i++
			continue
		}
		drafts[i] = merged
		drafts = append(drafts[:i+1], drafts[i+2:]...)
	}
	return drafts
}

func (e *Engine) joined(a, b *draft, date string) (draft, bool) {
	if !slices.Equal(a.facts.Of(lexicon.Modality), b.facts.Of(lexicon.Modality)) {
		return draft{}, false
	}
	samePart := slices.Equal(a.facts.Of(lexicon.Region), b.facts.Of(lexicon.Region))
	if samePart && !oneSession(a, b) {
		return draft{}, false
	}
	m := *a
	m.facts.Facts = append([]Fact(nil), a.facts.Facts...)
	m.facts.take(b.facts.Facts)
	switch {
	case m.facts.Contrast == "":
		m.facts.Contrast = b.facts.Contrast
	case b.facts.Contrast != "" && b.facts.Contrast != m.facts.Contrast: // one part without, the other with
		m.facts.Contrast = "without_with"
	}
	m.facts.Words = nil // they speak for one part each
	if m.section == b.section && b.offset == a.offset+len(a.text) {
		m.text = a.text + b.text
	}
	top := e.rank(&m.facts, date, 1)
	if len(top) == 0 {
		return draft{}, false
	}
	if samePart {
		return m, e.lex.Procedures[top[0].index].Contrast == "without_with"
	}
	return m, e.coversBoth(&m.facts, &a.facts, &b.facts, top[0].index)
}

// oneSession reports whether two exams of one body part are the pictures without
// and those with contrast of one study: without contrast, then with it.
func oneSession(a, b *draft) bool {
	states := [2]string{a.facts.Contrast, b.facts.Contrast}
	return (states == [2]string{"without", "with"} || states == [2]string{"with", "without"}) &&
		a.facts.Side == b.facts.Side && differentTimes(a, b) == nil
}

// coversBoth asks that the code needs every body part of both exams, and more
// than one of them: a code for the larger part alone does not join two exams.
func (e *Engine) coversBoth(f, a, b *Facts, index int) bool {
	p := &e.lex.Procedures[index]
	if len(p.Region) < 2 || a.Views.Stated() && b.Views.Stated() && p.ViewsMin == 0 {
		return false // films that are counted one by one are not a series
	}
	q := e.question(f)
	for _, id := range e.compareRegion(nil, &q, p) {
		if id == regionMissing || id == regionExtra {
			return false
		}
	}
	return true
}

// splitRegions makes two exams of "MRI brain and orbits" when the best code
// leaves a stated body part out and that part has a code of its own.
func (e *Engine) splitRegions(drafts []draft, date string) []draft {
	var out []draft
	for _, dr := range drafts {
		out = append(out, e.splitRegion(e.bySpineLevel(dr), date, 0)...)
	}
	return out
}

// maxSplit bounds the exams made from one phrase; longer lists are usually a
// description, not an order.
const maxSplit = 4

func (e *Engine) splitRegion(dr draft, date string, depth int) []draft {
	q := e.question(&dr.facts)
	if len(q.region) < 2 || depth >= maxSplit || len(q.modality) > 1 {
		return []draft{dr}
	}
	top := e.rank(&dr.facts, date, 1)
	if len(top) == 0 {
		return []draft{dr}
	}
	left := e.uncovered(&q, &e.lex.Procedures[top[0].index])
	left = slices.DeleteFunc(left, func(r lexicon.ConceptID) bool { return tissueRegions[e.lex.Concept(r).Name] })
	if len(left) == 0 || len(left) == len(q.region) {
		return []draft{dr}
	}
	rest := dr.withRegions(left)
	if !e.standsAlone(&rest.facts, date) && !e.eachStandsAlone(dr, left, date) {
		return []draft{dr}
	}
	var covered []lexicon.ConceptID
	for _, r := range q.region {
		if !slices.Contains(left, r) {
			covered = append(covered, r)
		}
	}
	first := dr.withRegions(covered)
	if !e.standsAlone(&first.facts, date) {
		return []draft{dr}
	}
	others := e.splitRegion(rest, date, depth+1)
	if q.region[0] == left[0] { // in the order in which they are named
		return append(others, first)
	}
	return append([]draft{first}, others...)
}

// eachStandsAlone asks it of each of several body parts: cervical, thoracic and lumbar spine have three codes.
func (e *Engine) eachStandsAlone(dr draft, regions []lexicon.ConceptID, date string) bool {
	return len(regions) > 1 && !slices.ContainsFunc(regions, func(r lexicon.ConceptID) bool {
		one := dr.withRegions([]lexicon.ConceptID{r})
		return !e.standsAlone(&one.facts, date)
	})
}

// spineLevels are the parts of the spine that CT and MR have codes for, by the names that hold several. Films
// of more than one level have codes of their own.
var spineLevels = map[string][]string{
	"entire_spine":        {"cervical_spine", "thoracic_spine", "lumbar_spine"},
	"thoracolumbar_spine": {"thoracic_spine", "lumbar_spine"},
}

// bySpineLevel writes "cervical, thoracic and lumbar spine" of a plain CT or MR as its levels.
func (e *Engine) bySpineLevel(dr draft) draft {
	modality := dr.facts.Of(lexicon.Modality)
	if len(modality) != 1 || len(dr.facts.Of(lexicon.Technique)) > 0 {
		return dr
	}
	if name := e.lex.Concept(modality[0]).Name; name != "ct" && name != "mr" {
		return dr
	}
	out := dr
	out.facts.Facts = nil
	for _, f := range dr.facts.Facts {
		levels := spineLevels[e.lex.Concept(f.Concept).Name]
		if f.Axis != lexicon.Region || levels == nil {
			out.facts.Facts = append(out.facts.Facts, f)
			continue
		}
		for _, name := range levels {
			level := f
			level.Concept = e.lex.Lookup(lexicon.Region, name)
			out.facts.Facts = append(out.facts.Facts, level)
		}
	}
	return out
}

// uncovered returns the stated body parts that a code leaves out: those that no
// group of it names, and those that share a group with a body part it names better ("brain and
// orbits" under a code for the brain or head).
func (e *Engine) uncovered(q *question, p *lexicon.Procedure) []lexicon.ConceptID {
	var left []lexicon.ConceptID
	for _, r := range q.region {
		if !e.tolerates(p, r) && !e.namedBy(q, p, r) {
			left = append(left, r)
		}
	}
	return left
}

// namedBy reports whether a group of the code names r, and no other stated body
// part better.
func (e *Engine) namedBy(q *question, p *lexicon.Procedure, r lexicon.ConceptID) bool {
	for _, g := range p.Region {
		rank := e.groupRank(r, g)
		if rank >= regionMissing {
			continue
		}
		better := false
		for _, o := range q.region {
			better = better || o != r && rank > regionExact && e.groupRank(o, g) == regionExact && !e.lex.Is(r, o)
		}
		if !better {
			return true
		}
	}
	return false
}

func (e *Engine) groupRank(r lexicon.ConceptID, g lexicon.Group) FeatureID {
	best := regionMissing
	for _, want := range g {
		best = min(best, e.regionRank(r, want))
	}
	return best
}

// standsAlone asks whether the best code for the facts agrees on modality,
// covers all body parts and needs no technique that is not stated.
func (e *Engine) standsAlone(f *Facts, date string) bool {
	top := e.rank(f, date, 1)
	if len(top) == 0 {
		return false
	}
	q := e.question(f)
	for _, id := range e.compare(nil, &q, &e.lex.Procedures[top[0].index]) {
		if doubtful[id] || e.isUnsaid(id) {
			return false
		}
	}
	return true
}

// isUnsaid reports whether a feature says that the code needs a technique or a
// part of a service that is not stated.
func (e *Engine) isUnsaid(id FeatureID) bool {
	if id < e.features.base[miss] || id >= e.features.base[extra] {
		return false
	}
	axis := e.lex.Concept(lexicon.ConceptID(id - e.features.base[miss])).Axis
	return axis == lexicon.Technique || axis == lexicon.Component
}

// doubtful features show that a code does not explain what is stated.
var doubtful = map[FeatureID]bool{
	modalityConflict: true, modalityNone: true, regionMissing: true, regionExtra: true, regionSilent: true, regionNone: true, regionWhole: true,
}

// withRegions copies the exam with only some of its body parts. The words go:
// they speak for all parts together.
func (dr draft) withRegions(keep []lexicon.ConceptID) draft {
	out := dr
	out.facts.Facts = nil
	for _, x := range dr.facts.Facts {
		if x.Axis != lexicon.Region || slices.Contains(keep, x.Concept) {
			out.facts.Facts = append(out.facts.Facts, x)
		}
	}
	out.facts.Words = nil
	return out
}

// dedupe drops an exam whose best code another exam has already, unless the
// sides differ: a name is often repeated in the technique or as a caption. Two names
// with different times of day are a study and its repetition, and two joints of one limb that share a code
// ("MRI left knee; MRI left ankle") are two studies of separate structures.
func (e *Engine) dedupe(drafts []draft) []draft {
	type key struct {
		index int
		side  nlp.Side
	}
	times := map[key][]string{}
	var out []draft
	for _, dr := range drafts {
		if len(dr.ranked) == 0 {
			continue
		}
		k, time := key{dr.ranked[0].index, dr.facts.Side}, clockTime.FindStringIndex(dr.text)
		stated := ""
		if time != nil {
			stated = dr.text[time[0]:time[1]]
		}
		before, twin := times[k]
		if twin && e.isOtherJoint(&dr, out) {
			dr.separate = &separation{"XS", dr.facts.evidenceOf(lexicon.Region)}
		} else if twin {
			if stated == "" || before[0] == "" || slices.Contains(before, stated) {
				continue
			}
			dr.repeatedAt = []Evidence{{Start: dr.offset + time[0], End: dr.offset + time[1], Section: dr.section}}
		}
		times[k] = append(before, stated)
		out = append(out, dr)
	}
	return out
}

// isOtherJoint reports whether an exam is of another part of a limb than every
// exam before it with the same code.
func (e *Engine) isOtherJoint(dr *draft, before []draft) bool {
	if e.best(dr).Side != "uni" {
		return false
	}
	return !slices.ContainsFunc(before, func(o draft) bool {
		return o.ranked[0].index == dr.ranked[0].index && o.facts.Side == dr.facts.Side && !e.differentSites(&o.facts, &dr.facts)
	})
}

// clockTime is a time of day in an exam's name.
var clockTime = regexp.MustCompile(`\b(?:[01]?\d|2[0-3]):?[0-5]\d\s?(?:hours|hrs|h|a\.?m\.?|p\.?m\.?)\b|\b(?:[01]?\d|2[0-3]):[0-5]\d\b`)
