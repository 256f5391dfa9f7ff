package lexicon

import (
	"fmt"
	"io/fs"
	"sort"
	"strings"
)

// Lint checks a folder of lexicon files and returns every fault, sorted by
// file and line: layout, unknown concepts, duplicates, order, dates that run
// backwards, successors that do not exist, terms that can never match.
func Lint(fsys fs.FS) ([]Problem, error) {
	l, problems, err := load(fsys)
	if err != nil {
		return nil, err
	}
	for _, check := range lintChecks {
		problems = append(problems, check(l)...)
	}
	for _, f := range dataFiles {
		ps, err := lintOrder(fsys, f.name, f.columns)
		if err != nil {
			return nil, err
		}
		problems = append(problems, ps...)
	}
	sort.SliceStable(problems, func(i, j int) bool {
		a, b := problems[i], problems[j]
		return a.File < b.File || a.File == b.File && a.Line < b.Line
	})
	return problems, nil
}

var lintChecks = []func(*Lexicon) []Problem{
	lintTerms, lintSenses, lintProcedures, lintEdits, lintTiebreakers, lintDiagnoses, lintConversions, lintRetired, lintAssessments, lintChestFindings, lintHistories, lintRemedies, lintFamilies, lintIndexWords, lintDenialReasons, lintInstructions, lintCodePlaces, lintDiagnosisDates, lintBundles, lintModifiers,
}

// dataFiles names every file and its columns.
var dataFiles = func() []struct {
	name    string
	columns []string
} {
	type file = struct {
		name    string
		columns []string
	}
	files := []file{
		{"concepts.tsv", conceptColumns},
		{"procedures.tsv", procedureColumns},
		{"slots.tsv", slotColumns},
		{"diagnoses.tsv", diagnosisColumns},
		{"diagnosis_terms.tsv", diagnosisTermColumns},
		{"assertion_cues.tsv", cueColumns},
		{"headings.tsv", headingColumns},
		{"abbreviations.tsv", abbreviationColumns},
		{"addons.tsv", addonColumns},
		{"variants.tsv", variantColumns},
		{"screening.tsv", screeningColumns},
		{"combinations.tsv", combinationColumns},
		{"edits.tsv", editColumns},
		{"bundles.tsv", bundleColumns},
		{"modifiers.tsv", modifierColumns},
		{"tiebreakers.tsv", tiebreakerColumns},
		{"relevance.tsv", relevanceColumns},
		{"appearance.tsv", termColumns},
		{"senses.tsv", senseColumns},
		{"qualifier.tsv", termColumns},
		{"identifiers.tsv", wordColumns},
		{"words.tsv", wordColumns},
		{"explains.tsv", explanationColumns},
		{"codespace.tsv", codeRangeColumns},
		{"chest_findings.tsv", chestFindingColumns},
		{"components.tsv", wholeCodeColumns},
		{"histories.tsv", historyColumns},
		{"index_words.tsv", indexWordColumns},
		{"icd9cm.tsv", conversionColumns},
		{"retired.tsv", retiredColumns},
		{"carc.tsv", denialReasonColumns},
		{"diagnosis_dates.tsv", diagnosisDateColumns},
		{"instructions.tsv", instructionColumns},
		{"code_places.tsv", codePlaceColumns},
		{"exam_purposes.tsv", examPurposeColumns},
		{"assessment_systems.tsv", assessmentSystemColumns},
		{"assessment_names.tsv", assessmentNameColumns},
		{"assessments.tsv", assessmentColumns},
		{"assessment_diagnoses.tsv", assessmentDiagnosisColumns},
		{"followup_cues.tsv", followupCueColumns},
		{"remedies.tsv", remedyColumns},
		{"families.tsv", familyColumns},
		{"patient_limits.tsv", patientLimitColumns},
	}
	for _, f := range termFiles {
		files = append(files, file{f, termColumns})
	}
	return files
}()

func problemAt(s Source, format string, args ...any) Problem {
	return Problem{s.File, s.Line, fmt.Sprintf(format, args...)}
}

// lintOrder wants rows sorted by their cells, so that a diff shows only what
// changed and a twin is a neighbour.
func lintOrder(fsys fs.FS, name string, columns []string) ([]Problem, error) {
	t, err := readTable(fsys, name, columns)
	if err != nil {
		return nil, err
	}
	var out []Problem
	for i := 1; i < len(t.rows); i++ {
		a, b := strings.Join(t.rows[i-1].cells, "\t"), strings.Join(t.rows[i].cells, "\t")
		switch {
		case a == b:
			out = append(out, problemAt(t.rows[i].src, "the row stands twice"))
		case a > b:
			out = append(out, problemAt(t.rows[i].src, "not sorted: %q after %q", t.rows[i].cells[0], t.rows[i-1].cells[0]))
		}
	}
	return out, nil
}

func lintTerms(l *Lexicon) []Problem {
	var out []Problem
	for _, terms := range [][]Term{l.Terms, l.Qualifiers, l.Appearances} {
		out = append(out, lintLayer(terms)...)
	}
	return out
}

func lintLayer(terms []Term) []Problem {
	var out []Problem
	seen := map[string]Source{}
	for _, t := range terms {
		if t.Text != strings.ToLower(t.Text) {
			out = append(out, problemAt(t.Source, "term %q is not lower case", t.Text))
		}
		if len(t.Emits) == 0 {
			out = append(out, problemAt(t.Source, "term %q emits nothing", t.Text))
		}
		if at, dup := seen[t.Text]; dup {
			out = append(out, problemAt(t.Source, "term %q stands already at %s", t.Text, at))
		}
		seen[t.Text] = t.Source
	}
	return out
}

func lintProcedures(l *Lexicon) []Problem {
	var out []Problem
	seen := map[string]Source{}
	for i := range l.Procedures {
		p := &l.Procedures[i]
		if at, dup := seen[p.Code]; dup {
			out = append(out, problemAt(p.Source, "code %s stands already at %s", p.Code, at))
		}
		seen[p.Code] = p.Source
		if len(p.Code) != 5 {
			out = append(out, problemAt(p.Source, "code %q is not five characters", p.Code))
		}
		if p.Title == "" || len(p.Title) > 70 {
			out = append(out, problemAt(p.Source, "title of %s is empty or longer than 70 characters", p.Code))
		}
		if p.From != "" && p.To != "" && p.From > p.To {
			out = append(out, problemAt(p.Source, "%s ends before it begins", p.Code))
		}
	}
	return out
}

func lintDiagnoses(l *Lexicon) []Problem {
	var out []Problem
	for i := range l.Diagnoses {
		d := &l.Diagnoses[i]
		if d.Kind != "variant" && len(d.Pattern.parts) == 0 {
			out = append(out, problemAt(d.Source, "%s has no code", d.Concept))
		}
	}
	for _, c := range l.Combinations {
		for _, concept := range []string{c.First, c.Second, c.Concept} {
			if len(l.byDiagnosis[concept]) == 0 {
				out = append(out, problemAt(c.Source, "unknown concept %q", concept))
			}
		}
	}
	for _, s := range l.Screenings {
		if len(l.byDiagnosis[s.Concept]) == 0 || l.Procedure(s.Procedure) == nil {
			out = append(out, problemAt(s.Source, "unknown procedure %s or concept %s", s.Procedure, s.Concept))
		}
	}
	seen := map[string]Source{}
	for _, t := range l.DiagnosisTerms {
		if len(l.byDiagnosis[t.Concept]) == 0 {
			out = append(out, problemAt(t.Source, "term %q: unknown concept %q", t.Text, t.Concept))
		}
		if t.Text != strings.ToLower(t.Text) {
			out = append(out, problemAt(t.Source, "term %q is not lower case", t.Text))
		}
		if at, dup := seen[t.Text]; dup {
			out = append(out, problemAt(t.Source, "term %q stands already at %s", t.Text, at))
		}
		seen[t.Text] = t.Source
	}
	return out
}
