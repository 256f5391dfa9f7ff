package lexicon

import "slices"

// An Edit says that two codes of one patient and day are not paid together
// without more (CMS, National Correct Coding Initiative): Code holds Includes.
type Edit struct {
	Code, Includes string
	Never          bool // no modifier makes them payable; else one does where they were separate services
	Relation       *Relation
	Source         Source
}

// A Relation is what the included service is to the other.
type Relation struct {
	Name string
	Doc  string // completes "71045 beside 71046: ..."

	// Held services are never billed beside the other unless the report shows that
	// they were separate; of the rest a report may tell both, and then it is asked.
	Held bool

	// AnySite marks services that count again at another site of the body.
	AnySite bool
}

// Relations are what edits.tsv may name.
var Relations = []Relation{
	{Name: "angiography", Doc: "the CT of a part is included in its CT angiogram"},
	{Name: "contrast", Doc: "one contrast state of a part is billed for a day", Held: true},
	{Name: "extent", Doc: "a limited or follow-up study is included in the fuller one of the same part"},
	{Name: "guidance", Doc: "the procedure includes its guidance", Held: true, AnySite: true},
	{Name: "imaging", Doc: "the procedure includes its pictures", Held: true},
	{Name: "method", Doc: "the study includes this way of looking", Held: true},
	{Name: "overlap", Doc: "both look at the same place", AnySite: true},
	{Name: "part", Doc: "the larger study includes the whole smaller one", Held: true},
	{Name: "scout", Doc: "the contrast study includes its plain film", Held: true},
	{Name: "side", Doc: "the study of both sides includes one side", Held: true},
	{Name: "site", Doc: "a limited or one-sided study is included in the fuller one of the same site", AnySite: true},
	{Name: "views", Doc: "fewer views are included in more of the same part"},
}

var editColumns = []string{"code", "includes", "modifier", "relation"}

func edits(t table) ([]Edit, []Problem) {
	out := make([]Edit, 0, len(t.rows))
	var problems []Problem
	for _, r := range t.rows {
		if err := oneOf("modifier", r.cells[2], "0", "1"); err != nil {
			problems = append(problems, Problem{r.src.File, r.src.Line, err.Error()})
		}
		at := slices.IndexFunc(Relations, func(x Relation) bool { return x.Name == r.cells[3] })
		if at < 0 {
			problems = append(problems, problemAt(r.src, "unknown relation %q", r.cells[3]))
			continue
		}
		out = append(out, Edit{r.cells[0], r.cells[1], r.cells[2] == "0", &Relations[at], r.src})
	}
	return out, problems
}

// Edit returns the edit under which a code includes another one, or nil.
func (l *Lexicon) Edit(code, other string) *Edit {
	if i, ok := l.byEdit[[2]string{code, other}]; ok {
		return &l.Edits[i]
	}
	return nil
}

func lintEdits(l *Lexicon) []Problem {
	var out []Problem
	for i := range l.Edits {
		x := &l.Edits[i]
		for _, code := range []string{x.Code, x.Includes} {
			if l.Procedure(code) == nil {
				out = append(out, problemAt(x.Source, "%s has no row", code))
			}
		}
		if x.Code == x.Includes || l.Edit(x.Includes, x.Code) != nil {
			out = append(out, problemAt(x.Source, "%s and %s include each other", x.Code, x.Includes))
		}
	}
	return out
}
