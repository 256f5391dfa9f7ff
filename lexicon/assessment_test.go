package lexicon

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// TestLintAssessments puts one faulty row into each table of reporting systems and advice and
// wants it named with its line.
func TestLintAssessments(t *testing.T) {
	for file, faults := range map[string]map[string]string{
		"assessment_systems.tsv":   {"zz_rads\tZZ\tno_such_region\tbreast\t": "no_such_region", "zz_rads\tZZ\tbreast\tvillage\t": "per is"},
		"assessment_names.tsv":     {"zz rads\tzz_rads\t\t": "unknown system", "ZZ\tbi_rads\t\t": "lower case", "zz\tbi_rads\t9\t": "no value"},
		"assessments.tsv":          {"ti_rads\t9\tTR9\tbenign\tdance\t\t\t\t\t": "action is", "ti_rads\t9\tTR9\tbenign\timaging\t\t3 months\t\t\t": "ISO 8601", "ti_rads\t9\tTR9\tbenign\t\t\t\t\tten\t": "invalid syntax", "ti_rads\t5\tTR5\tbenign\t\t\t\t\t\t": "stands already"},
		"assessment_diagnoses.tsv": {"ti_rads\t5\t2020\t\tnodule\tthyroid\t\t": "is no date", "ti_rads\t5\t\t\tno_such_concept\tthyroid\t\t": "unknown concept"},
		"followup_cues.tsv":        {"zz\tsing": "role is", "ZZ\tactive": "lower case"},
	} {
		for row, want := range faults {
			problems, err := Lint(with(t, file, row))
			if err != nil {
				t.Fatal(err)
			}
			found := false
			for _, p := range problems {
				found = found || p.File == file && strings.Contains(p.Message, want)
			}
			if !found {
				t.Errorf("%s, row %q: no problem with %q in %v", file, row, want, problems)
			}
		}
	}
}

// with is the embedded lexicon with a further row at the end of a file.
func with(t *testing.T, file, row string) fs.FS {
	out := fstest.MapFS{}
	for _, f := range dataFiles {
		b, err := fs.ReadFile(data(t), f.name)
		if err != nil {
			t.Fatal(err)
		}
		if f.name == file {
			b = append(b, row+"\n"...)
		}
		out[f.name] = &fstest.MapFile{Data: b}
	}
	return out
}

// TestAssessmentDiagnosisInTime takes the code of the date of service: density has its own since
// October 2023.
func TestAssessmentDiagnosisInTime(t *testing.T) {
	lex, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for date, want := range map[string]string{"2023-09-30": "inconclusive_mammogram", "2023-10-01": "dense_breasts", "2026-11-02": "dense_breasts"} {
		if d := lex.AssessmentDiagnosis("breast_density", "C", date); d == nil || d.Concept != want {
			t.Errorf("%s: %+v, want %s", date, d, want)
		}
	}
	if d := lex.AssessmentDiagnosis("bi_rads", "2", "2026-11-02"); d != nil {
		t.Errorf("a benign category means %s", d.Concept)
	}
}
