package coding_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/nlp"
)

// visit is a report of one patient and day.
func visit(id, time, exam, text string) nlp.Report {
	return nlp.Report{ID: id, Exam: exam, Text: text, Meta: nlp.Meta{Patient: "P1", DateOfService: serviceDate, TimeOfService: time}}
}

func payer(name string, reports ...nlp.Report) []nlp.Report {
	for i := range reports {
		reports[i].Meta.Payer = name
	}
	return reports
}

const (
	cough   = "INDICATION: Cough.\n\nIMPRESSION: Clear lungs.\n\n"
	pain    = "INDICATION: Chest pain.\n\nIMPRESSION: No embolus.\n\n"
	marsh   = "Electronically signed by J. Marsh, MD"
	okafor  = "Electronically signed by M. Okafor, MD"
	oneView = "XR chest 1 view"
)

// TestEncounter puts the reports of one patient and day on one claim.
func TestEncounter(t *testing.T) {
	e := engine(t)
	for name, c := range map[string]struct {
		reports []nlp.Report
		lines   []string // with the report of each
		dx      []string
		flags   []string
		reduced []int // lines, from 1
	}{
		"R73_R94_film_and_CT_angiogram": {
			reports: []nlp.Report{visit("a", "08:00", "XR chest 2 views", cough), visit("b", "08:30", "CTA chest", pain)},
			lines:   []string{"71046 a", "71275 b"}, dx: []string{"R05.9", "R07.9"},
		},
		"R88_repeated_by_the_same_reader": {
			reports: []nlp.Report{visit("a", "06:00", oneView, cough+marsh), visit("b", "14:00", oneView, cough+"\n"+marsh)},
			lines:   []string{"71045 a", "71045-76 b"}, dx: []string{"R05.9"},
		},
		"R88_repeated_by_another_reader": {
			reports: []nlp.Report{visit("a", "06:00", oneView, cough+marsh), visit("b", "14:00", oneView, cough+okafor)},
			lines:   []string{"71045 a", "71045-77 b"}, dx: []string{"R05.9"},
		},
		"the later film is the repeat, in whatever order they come": {
			reports: []nlp.Report{visit("late", "14:00", oneView, cough+okafor), visit("early", "06:00", oneView, cough+marsh)},
			lines:   []string{"71045 early", "71045-77 late"}, dx: []string{"R05.9"},
		},
		"without times a repeat is asked about": {
			reports: []nlp.Report{visit("a", "", oneView, cough+marsh), visit("b", "", oneView, cough+okafor)},
			lines:   []string{"71045 a", "71045-77 b"}, dx: []string{"R05.9"}, flags: []string{"repeat_unconfirmed 2"},
		},
		"the same report twice is no repeat": {
			reports: []nlp.Report{visit("a", "06:00", oneView, cough+marsh), visit("a", "06:00", oneView, cough+marsh)},
			lines:   []string{"71045 a"}, dx: []string{"R05.9"}, flags: []string{"same_report"},
		},
		"nor is a preliminary report beside the final one": {
			reports: []nlp.Report{visit("a", "06:00", oneView, cough+"PRELIMINARY REPORT"), visit("b", "06:10", oneView, cough+marsh)},
			lines:   []string{"71045 b"}, dx: []string{"R05.9"}, flags: []string{"preliminary_superseded"},
		},
		"near miss: a preliminary report of another study stays": {
			reports: []nlp.Report{visit("a", "06:00", "XR chest 2 views", cough+"PRELIMINARY REPORT"), visit("b", "06:10", "CT head without contrast", pain)},
			lines:   []string{"71046 a", "70450 b"}, dx: []string{"R05.9", "R07.9"},
		},
		"two sides are no repeat": {
			reports: []nlp.Report{visit("a", "06:00", "XR right knee 3 views", cough), visit("b", "06:05", "XR left knee 3 views", cough)},
			lines:   []string{"73562-RT a", "73562-LT b"}, dx: []string{"R05.9"},
		},
		"a pair of one session": {
			reports: []nlp.Report{visit("a", "08:00", "XR chest 2 views", cough), visit("b", "08:20", oneView, cough+okafor)},
			lines:   []string{"71046 a", "71045 b"}, dx: []string{"R05.9"}, flags: []string{"ncci_pair 1 2"},
		},
		"a pair of two sessions": {
			reports: []nlp.Report{visit("a", "08:00", "XR chest 2 views", cough), visit("b", "17:20", oneView, cough+okafor)},
			lines:   []string{"71046 a", "71045-59 b"}, dx: []string{"R05.9"},
		},
		"a pair of two sessions for Medicare": {
			reports: payer("Medicare", visit("a", "08:00", "XR chest 2 views", cough), visit("b", "17:20", oneView, cough+okafor)),
			lines:   []string{"71046 a", "71045-XE b"}, dx: []string{"R05.9"},
		},
		"near miss: of one report the time is not known": {
			reports: []nlp.Report{visit("a", "08:00", "CT head without contrast", cough), visit("b", "17:20", oneView, cough), visit("c", "", "XR chest 2 views", cough+okafor)},
			lines:   []string{"70450 a", "71045 b", "71046 c"}, dx: []string{"R05.9"}, flags: []string{"ncci_pair 2 3"},
		},
		"two sessions do not help where no modifier does": {
			reports: []nlp.Report{visit("a", "08:00", "CT head without and with contrast", cough), visit("b", "17:20", "CT head without contrast", cough+okafor)},
			lines:   []string{"70470 a", "70450 b"}, dx: []string{"R05.9"}, flags: []string{"ncci_pair 1 2"},
		},
		"one code for two": {
			reports: []nlp.Report{visit("a", "08:00", "CT abdomen without contrast", pain), visit("b", "08:00", "CT pelvis without contrast", pain+"\n")},
			lines:   []string{"74150 a", "72192 b"}, dx: []string{"R07.9"}, flags: []string{"bundle_to 1 2"}, reduced: []int{1},
		},
		"R94_two_CTs_of_one_session": {
			reports: []nlp.Report{visit("a", "08:00", "CT head without contrast", pain), visit("b", "08:10", "CT lumbar spine without contrast", pain)},
			lines:   []string{"70450 a", "72131 b"}, dx: []string{"R07.9"}, reduced: []int{2},
		},
		"near miss: two CTs of two sessions": {
			reports: []nlp.Report{visit("a", "08:00", "CT head without contrast", pain), visit("b", "18:10", "CT lumbar spine without contrast", pain)},
			lines:   []string{"70450 a", "72131 b"}, dx: []string{"R07.9"},
		},
		"a report without codes": {
			reports: []nlp.Report{visit("a", "", "", "Nothing was imaged."), visit("b", "", oneView, cough)},
			lines:   []string{"71045 b"}, dx: []string{"R05.9"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			x, err := e.Encounter(context.Background(), c.reports)
			if err != nil {
				t.Fatal(err)
			}
			lines, reduced := []string{}, []int(nil)
			for i, l := range x.Claim.Lines {
				lines = append(lines, strings.Join(append([]string{l.Code}, l.Modifiers...), "-")+" "+l.Report)
				if l.MPPR != nil {
					reduced = append(reduced, i+1)
				}
			}
			if d := cmp.Diff(c.lines, lines); d != "" {
				t.Errorf("%s: lines (-want +got):\n%s", name, d)
			}
			if d := cmp.Diff(c.dx, x.Claim.Dx); d != "" {
				t.Errorf("%s: diagnoses (-want +got):\n%s", name, d)
			}
			if d := cmp.Diff(append([]string{}, c.flags...), standing(x.Flags)); d != "" {
				t.Errorf("%s: flags (-want +got):\n%s", name, d)
			}
			for _, m := range x.Modifiers { // each says why
				if l := x.Claim.Lines[m.Line-1]; m.Reason == "" || !slices.Contains(l.Modifiers, m.Code) {
					t.Errorf("%s: modifier %+v of %+v", name, m, l)
				}
			}
			if all := strings.Join(lines, " "); strings.Count(all, "-7")+strings.Count(all, "-59")+strings.Count(all, "-XE") != len(x.Modifiers) {
				t.Errorf("%s: modifiers %+v of %v", name, x.Modifiers, lines)
			}
			if !slices.Equal(reduced, c.reduced) {
				t.Errorf("%s: lines %v are reduced, want %v", name, reduced, c.reduced)
			}
		})
	}
}

// TestEncounters groups a stream, in order, for any number of workers.
func TestEncounters(t *testing.T) {
	e := engine(t)
	of := func(r nlp.Report, patient, date string) nlp.Report {
		r.Meta.Patient, r.Meta.DateOfService = patient, date
		return r
	}
	film := visit("", "", oneView, cough)
	var reports []nlp.Report
	for _, x := range []struct{ id, patient, date string }{
		{"1", "A", "2026-03-01"}, {"2", "A", "2026-03-01"}, {"3", "A", "2026-03-02"}, {"4", "B", "2026-03-02"},
		{"5", "", "2026-03-02"}, {"6", "", "2026-03-02"}, {"7", "C", ""}, {"8", "C", ""}, {"9", "A", "2026-03-01"},
	} {
		r := of(film, x.patient, x.date)
		r.ID = x.id
		r.Text += "Accession " + x.id
		reports = append(reports, r)
	}
	var want string
	for _, workers := range []int{1, 4} {
		var groups []string
		var all []coding.Encounter
		for x, err := range e.Encounters(context.Background(), slices.Values(reports), workers) {
			if err != nil {
				t.Fatal(err)
			}
			groups, all = append(groups, strings.Join(x.Reports, "+")+" "+strings.Join(standing(x.Flags), ",")), append(all, x)
		}
		if d := cmp.Diff([]string{"1+2 repeat_unconfirmed 2", "3 ", "4 ", "5 ", "6 ", "7 ", "8 ", "9 patient_day_split"}, groups); d != "" {
			t.Errorf("%d workers (-want +got):\n%s", workers, d)
		}
		data, _ := json.Marshal(all)
		if want == "" {
			want = string(data)
		} else if want != string(data) {
			t.Errorf("%d workers answer otherwise", workers)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, err := range e.Encounters(ctx, slices.Values(reports), 2) {
		if err == nil {
			t.Error("an answer after the end")
		}
	}
	for range e.Encounters(context.Background(), slices.Values(reports), 4) {
		break // whoever stops is let go
	}
}
