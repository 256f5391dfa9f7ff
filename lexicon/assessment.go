package lexicon

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// An AssessmentSystem is a reporting system that ends in a category.
type AssessmentSystem struct {
	ID, Title string
	Region    ConceptID // what the category is of; 0 = the site is stated
	Per       string    // breast, patient or lesion: what has one category
	Of        string    // the length of the scale in "4/5", "" = a slash is a range
	Source    Source
}

// An AssessmentName is how reports name a system, or with Value a phrase that
// says the category.
type AssessmentName struct {
	Text, System, Value string
	Needs               string // region or near: only in a report about the system's region, or a larger part
	Source              Source
}

// An Assessment is a category of a system and what the system expects to follow.
type Assessment struct {
	System, Value  string
	Category       string   // as the system writes it
	Result         string   // negative, benign, suspicious, ...
	Action         string   // screening, imaging, biopsy; "" = none that one could order
	Exam           string   // the name of the study that follows
	Interval       string   // ISO 8601, "" = now
	Conflicts      []string // actions that contradict the category
	Follow, Biopsy int      // size in mm from which either is asked for; 0 = at any size
	Source         Source
}

// An AssessmentDiagnosis is what a category means for the diagnoses.
type AssessmentDiagnosis struct {
	System, Value, From, To string
	Concept                 string
	Site                    ConceptID
	With                    []ConceptID
	Unless                  []string // prefixes of codes beside which it adds nothing
	Source                  Source
}

var (
	assessmentSystemColumns    = []string{"system", "title", "region", "per", "of"}
	assessmentNameColumns      = []string{"name", "system", "value", "needs"}
	assessmentColumns          = []string{"system", "value", "category", "result", "action", "exam", "interval", "conflicts", "follow", "biopsy"}
	assessmentDiagnosisColumns = []string{"system", "value", "from", "to", "concept", "site", "with", "unless"}

	isoInterval = regexp.MustCompile(`^(P\d+[DWMY](/P\d+[DWMY])?)?$`)
	serviceDate = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})?$`)
)

// loadAssessments reads the tables of structured reporting and of advice.
func (l *Lexicon) loadAssessments(ld *loader, ct *conceptTable) {
	systems, ps := ct.assessmentSystems(ld.read("assessment_systems.tsv", assessmentSystemColumns))
	l.AssessmentSystems = collect(ld, systems, ps)
	names, ps := assessmentNames(ld.read("assessment_names.tsv", assessmentNameColumns))
	l.AssessmentNames = collect(ld, names, ps)
	as, ps := assessments(ld.read("assessments.tsv", assessmentColumns))
	l.Assessments = collect(ld, as, ps)
	ds, ps := ct.assessmentDiagnoses(ld.read("assessment_diagnoses.tsv", assessmentDiagnosisColumns))
	l.AssessmentDiagnoses = collect(ld, ds, ps)
	cues, ps := followupCues(ld.read("followup_cues.tsv", followupCueColumns))
	l.FollowupCues = collect(ld, cues, ps)
}

func (ct *conceptTable) assessmentSystems(t table) ([]AssessmentSystem, []Problem) {
	var out []AssessmentSystem
	var problems []Problem
	for _, r := range t.rows {
		region, err := ct.site(r.cells[2])
		problems = appendError(problems, r.src, err)
		problems = appendError(problems, r.src, oneOf("per", r.cells[3], "breast", "patient", "lesion"))
		out = append(out, AssessmentSystem{r.cells[0], r.cells[1], region, r.cells[3], r.cells[4], r.src})
	}
	return out, problems
}

func appendError(problems []Problem, src Source, err error) []Problem {
	if err != nil {
		problems = append(problems, problemAt(src, "%v", err))
	}
	return problems
}

func assessmentNames(t table) ([]AssessmentName, []Problem) {
	var out []AssessmentName
	var problems []Problem
	for _, r := range t.rows {
		problems = appendError(problems, r.src, oneOf("needs", r.cells[3], "", "region", "near"))
		out = append(out, AssessmentName{r.cells[0], r.cells[1], r.cells[2], r.cells[3], r.src})
	}
	return out, problems
}

func assessments(t table) ([]Assessment, []Problem) {
	var out []Assessment
	var problems []Problem
	for _, r := range t.rows {
		c := r.cells
		a := Assessment{System: c[0], Value: c[1], Category: c[2], Result: c[3], Action: c[4], Exam: c[5], Interval: c[6], Conflicts: splitList(c[7], "|"), Source: r.src}
		for i, to := range []*int{&a.Follow, &a.Biopsy} {
			if c[8+i] != "" {
				n, err := strconv.Atoi(c[8+i])
				problems = appendError(problems, r.src, err)
				*to = n
			}
		}
		problems = appendError(problems, r.src, oneOf("action", a.Action, actions...))
		for _, x := range a.Conflicts {
			problems = appendError(problems, r.src, oneOf("conflicts", x, conflicts...))
		}
		if !isoInterval.MatchString(a.Interval) {
			problems = append(problems, problemAt(r.src, "%q is no ISO 8601 interval", a.Interval))
		}
		out = append(out, a)
	}
	return out, problems
}

func (ct *conceptTable) assessmentDiagnoses(t table) ([]AssessmentDiagnosis, []Problem) {
	var out []AssessmentDiagnosis
	var problems []Problem
	for _, r := range t.rows {
		c := r.cells
		site, err := ct.site(c[5])
		problems = appendError(problems, r.src, err)
		with, err := ct.qualifiers(c[6])
		problems = appendError(problems, r.src, err)
		if !serviceDate.MatchString(c[2]) || !serviceDate.MatchString(c[3]) {
			problems = append(problems, problemAt(r.src, "%q or %q is no date", c[2], c[3]))
		}
		out = append(out, AssessmentDiagnosis{c[0], c[1], c[2], c[3], c[4], site, with, splitList(c[7], "|"), r.src})
	}
	return out, problems
}

// AssessmentSystem returns a system, or nil.
func (l *Lexicon) AssessmentSystem(id string) *AssessmentSystem {
	for i := range l.AssessmentSystems {
		if l.AssessmentSystems[i].ID == id {
			return &l.AssessmentSystems[i]
		}
	}
	return nil
}

// Assessment returns the category of a system with that value, or nil.
func (l *Lexicon) Assessment(system, value string) *Assessment {
	for i := range l.Assessments {
		if a := &l.Assessments[i]; a.System == system && a.Value == value {
			return a
		}
	}
	return nil
}

// AssessmentDiagnosis returns what a category means for the diagnoses on a date
// of service, or nil.
func (l *Lexicon) AssessmentDiagnosis(system, value, date string) *AssessmentDiagnosis {
	for i := range l.AssessmentDiagnoses {
		d := &l.AssessmentDiagnoses[i]
		if d.System == system && d.Value == value && d.From <= date && (d.To == "" || date <= d.To) {
			return d
		}
	}
	return nil
}

// Adds reports whether the diagnosis says something beside a code.
func (d *AssessmentDiagnosis) Adds(code string) bool {
	return !slices.ContainsFunc(d.Unless, func(p string) bool { return strings.HasPrefix(code, p) })
}

func lintAssessments(l *Lexicon) []Problem {
	var out []Problem
	known := func(src Source, system, value string) {
		switch {
		case l.AssessmentSystem(system) == nil:
			out = append(out, problemAt(src, "unknown system %q", system))
		case value != "" && l.Assessment(system, value) == nil:
			out = append(out, problemAt(src, "%s has no value %q", system, value))
		}
	}
	for _, a := range l.Assessments {
		known(a.Source, a.System, a.Value)
		if twin := l.Assessment(a.System, a.Value); twin != nil && twin.Source != a.Source {
			out = append(out, problemAt(a.Source, "%s %s stands already at %s", a.System, a.Value, twin.Source))
		}
	}
	for _, n := range l.AssessmentNames {
		known(n.Source, n.System, n.Value)
		if n.Text != strings.ToLower(n.Text) {
			out = append(out, problemAt(n.Source, "name %q is not lower case", n.Text))
		}
	}
	for _, d := range l.AssessmentDiagnoses {
		known(d.Source, d.System, d.Value)
		if len(l.byDiagnosis[d.Concept]) == 0 {
			out = append(out, problemAt(d.Source, "unknown concept %q", d.Concept))
		}
	}
	return append(out, lintFollowupCues(l)...)
}
