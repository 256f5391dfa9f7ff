package coding_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/nlp"
)

// The rows of requirements.tsv, areas edits-compliance and products-workflow, that ask something of a
// result as a whole; those that ask it of a command stand in the scripts of cmd/radcode.

// fullReport has modifiers, several lines, a finding and a follow-up.
var fullReport = withMeta(report("CT chest without contrast; X-ray right knee 3 views",
	"INDICATION: Cough. Right knee pain.\n\nFINDINGS: 8 mm nodule in the right upper lobe. No fracture.\n\nIMPRESSION: 8 mm right upper lobe nodule. Recommend CT chest in 3 months."),
	func(m *nlp.Meta) { m.PlaceOfService = "22" })

func TestResultRequirements(t *testing.T) {
	t.Run("R96_modifiers_say_why", func(t *testing.T) {
		r := answerOf(t, fullReport).Result
		seen := 0
		for _, x := range r.Exams {
			for _, m := range x.Modifiers {
				seen++
				if m.Reason == "" || m.Code != "26" && len(m.Evidence) == 0 { // 26 comes from the metadata, which has no words
					t.Errorf("modifier %+v", m)
				}
			}
		}
		if seen != 3 {
			t.Errorf("%d modifiers, want 26 twice and RT", seen)
		}
	})
	t.Run("R161_every_code_is_traced", func(t *testing.T) {
		r := answerOf(t, fullReport).Result
		for _, x := range r.Exams {
			if p := x.Procedures[0]; len(p.Why) == 0 || len(p.Evidence) == 0 {
				t.Errorf("%s: why %v, evidence %v", p.Code, p.Why, p.Evidence)
			}
		}
		for _, d := range r.Diagnoses {
			if len(d.Why) == 0 || len(d.Evidence) == 0 || d.Evidence[0].Source == "" {
				t.Errorf("%s: why %v, evidence %v", d.Code, d.Why, d.Evidence)
			}
		}
		rules := ruleIDs()
		for _, f := range r.Flags {
			if !rules[f.ID] {
				t.Errorf("flag %s is of no rule", f.ID)
			}
		}
		if r.Version.Engine == "" {
			t.Errorf("version %+v", r.Version)
		}
	})
	t.Run("R161_same_bytes_again", func(t *testing.T) {
		var first []byte
		for range 3 {
			data, err := json.Marshal(answerOf(t, fullReport).Result)
			if err != nil {
				t.Fatal(err)
			}
			if first == nil {
				first = data
			}
			if !bytes.Equal(data, first) {
				t.Error("the result differs")
			}
		}
	})
}

func ofPatient(sex string, age float64, exam, text string) nlp.Report {
	return withMeta(report(exam, text), func(m *nlp.Meta) { m.Sex, m.Age = sex, &age })
}

// TestBatch_R168_ten_thousand_reports: a batch gives one result for each report, in order, and a row for each code.
func TestBatch_R168_ten_thousand_reports(t *testing.T) {
	n := 10_000
	if testing.Short() {
		n = 500
	}
	exams := []struct{ exam, text, code, dx string }{
		{"CT head without contrast", "INDICATION: Headache.\n\nIMPRESSION: Normal.", "70450", "R51.9"},
		{"XR chest 2 views", "INDICATION: Cough.\n\nIMPRESSION: Clear lungs.", "71046", "R05.9"},
		{"US thyroid", "INDICATION: Thyroid nodule.\n\nIMPRESSION: Normal.", "76536", "E04.1"},
	}
	reports := func(yield func(nlp.Report) bool) {
		for i := range n {
			x := exams[i%len(exams)]
			r := report(x.exam, x.text)
			r.ID = fmt.Sprint(i)
			if !yield(r) {
				return
			}
		}
	}
	rows, lines, dx := 0, 0, 0
	for r, err := range engine(t).CodeAll(context.Background(), reports, 2) {
		if err != nil {
			t.Fatal(err)
		}
		x := exams[rows%len(exams)]
		if r.ID != fmt.Sprint(rows) || len(r.Claim.Lines) != 1 || r.Claim.Lines[0].Code != x.code || !slices.Equal(r.Claim.Dx, []string{x.dx}) {
			t.Fatalf("row %d: id %s, lines %v, diagnoses %v", rows, r.ID, serviceLines(r.Claim), r.Claim.Dx)
		}
		rows++
		lines += len(r.Claim.Lines)
		dx += len(r.Claim.Dx)
	}
	if rows != n || lines != n || dx != n {
		t.Errorf("%d results, %d procedures, %d diagnoses of %d reports", rows, lines, dx, n)
	}
}

func TestProductRequirements(t *testing.T) {
	const normal = "\n\nIMPRESSION: Normal."
	checkRequirements(t, []requirement{
		{name: "R171_one_report_both_systems", report: report("CT head without contrast", "INDICATION: Headache."+normal), lines: []string{"70450"}, indication: []string{"R51.9"}},
		// One study of each family; R99 to R119 go through them.
		{name: "R173_film", report: report("X-ray left ankle 3 views", "INDICATION: Left ankle pain."+normal), lines: []string{"73610-LT"}},
		{name: "R173_ct", report: report("CT abdomen and pelvis with IV contrast", "INDICATION: Abdominal pain."+normal), lines: []string{"74177"}},
		{name: "R173_mr", report: report("MRI brain with and without contrast", "INDICATION: Migraine."+normal), lines: []string{"70553"}},
		{name: "R173_ultrasound", report: report("US thyroid", "INDICATION: Thyroid nodule."+normal), lines: []string{"76536"}},
		{name: "R173_mammography", report: report("Screening mammogram, bilateral", "INDICATION: Screening."+normal), lines: []string{"77067"}},
		{name: "R173_nuclear", report: report("Bone scan whole body", "INDICATION: Prostate cancer."+normal), lines: []string{"78306"}},
		{name: "R173_fluoroscopy", report: report("Barium swallow", "INDICATION: Dysphagia."+normal), lines: []string{"74220"}},
		{name: "R174_laterality", report: report("X-ray right knee 3 views", "INDICATION: Right knee pain.\n\nIMPRESSION: Left knee effusion."), flags: []string{"laterality_conflict"}},
		{name: "R174_order_and_performed", report: report("", "EXAM: CT abdomen with contrast\n\nINDICATION: Abdominal pain.\n\nTECHNIQUE: CT of the abdomen. No contrast was given."+normal), flags: []string{"order_performed_mismatch"}},
		{name: "R174_indication_and_impression", report: report("X-ray left knee 3 views", "INDICATION: Left knee pain.\n\nIMPRESSION: Right ankle fracture."), flags: []string{"indication_impression_mismatch"}},
		{name: "R174_complete_and_limited", report: report("US abdomen complete", "INDICATION: Abdominal pain.\n\nFINDINGS: The liver and the gallbladder are normal."+normal), flags: []string{"complete_not_supported"}},
		{name: "R174_sex", report: ofPatient("M", 52, "US pelvis complete", "INDICATION: Uterine fibroids.\n\nIMPRESSION: Uterine fibroids."), flags: []string{"sex_conflict"}},
		{name: "R174_same_sex", report: ofPatient("F", 52, "US pelvis complete", "INDICATION: Uterine fibroids.\n\nIMPRESSION: Uterine fibroids."), noFlags: []string{"sex_conflict"}},
		{name: "R174_age", report: ofPatient("F", 71, "US pregnancy", "INDICATION: Ectopic pregnancy.\n\nIMPRESSION: Left ectopic pregnancy."), flags: []string{"age_conflict"}},
		{name: "R174_same_age", report: ofPatient("F", 31, "US pregnancy", "INDICATION: Ectopic pregnancy.\n\nIMPRESSION: Left ectopic pregnancy."), noFlags: []string{"age_conflict"}},
		{name: "R174_sex_not_known", report: report("US scrotum", "INDICATION: Testicular torsion.\n\nIMPRESSION: Testicular torsion."), noFlags: []string{"sex_conflict"}},
		{name: "R175_what_is_missing", report: nlp.Report{Text: "CHEST"}, flags: []string{
			"missing_demographics", "missing_payer", "missing_referring", "missing_study_date", "missing_study_time", "missing_location", "missing_history", "missing_indication",
			"missing_findings", "missing_impression", "missing_dictation_stamp", "missing_signature", "missing_modality", "missing_technique"}},
		{name: "R175_nothing_is_missing", report: completeWithout(), also: func(r coding.Result) error {
			for _, id := range flagIDs(r) {
				if strings.HasPrefix(id, "missing_") {
					return fmt.Errorf("flag %s", id)
				}
			}
			return nil
		}},
		{name: "R157_advanced_imaging", report: report("MRI brain without contrast", "INDICATION: Headache."+normal), also: priorAuthLikely(true)},
		{name: "R157_film", report: report("XR chest 2 views", "INDICATION: Cough."+normal), also: priorAuthLikely(false)},
		{name: "R181_no_authorisation_recorded", report: report("MRI brain without contrast", "INDICATION: Headache."+normal), flags: []string{"prior_auth_unknown"}, lines: []string{"70551"}, also: isInfo("prior_auth_unknown")},
		{name: "R181_authorisation_recorded", report: withMeta(report("MRI brain without contrast", "INDICATION: Headache."+normal), func(m *nlp.Meta) { m.PriorAuth = "A-17" }), noFlags: []string{"prior_auth_unknown"}},
		{name: "R181_film", report: report("XR chest 2 views", "INDICATION: Cough."+normal), noFlags: []string{"prior_auth_unknown"}},
		{name: "R182_thirteenth_diagnosis", report: report("CT abdomen and pelvis with IV contrast", manyFindings), flags: []string{"dx_limit"}, also: func(r coding.Result) error {
			if n, at := len(r.Claim.Dx), len(r.Claim.Lines[0].Dx); n != 12 || at != 4 {
				return fmt.Errorf("%d diagnoses, %d pointers", n, at)
			}
			return nil
		}},
	})
}

// manyFindings has more diagnoses than a claim holds.
const manyFindings = "INDICATION: Abdominal pain, fever, hematuria, weight loss.\n\nIMPRESSION:\n1. Acute appendicitis.\n2. Cholelithiasis.\n3. Hepatic steatosis.\n4. Colonic diverticulosis.\n" +
	"5. Hiatal hernia.\n6. Umbilical hernia.\n7. Splenomegaly.\n8. Simple cyst of the left kidney.\n9. Abdominal aortic aneurysm.\n10. Ascites.\n11. Uterine fibroid.\n12. Left ovarian cyst.\n13. Compression fracture of L1."

func priorAuthLikely(want bool) func(coding.Result) error {
	return func(r coding.Result) error {
		if l := r.Claim.Lines[0]; l.PriorAuthLikely != want {
			return fmt.Errorf("prior_auth_likely of %s: %t", l.Code, l.PriorAuthLikely)
		}
		return nil
	}
}

// isInfo asks that a flag blocks nothing.
func isInfo(id string) func(coding.Result) error {
	return func(r coding.Result) error {
		for _, f := range r.Flags {
			if f.ID == id && f.Severity != coding.SeverityInfo {
				return fmt.Errorf("%s is %s", id, f.Severity)
			}
		}
		return nil
	}
}
