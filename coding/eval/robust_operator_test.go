package eval

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/exchange"
	"github.com/radcode/radcode/nlp"
)

// operatorCase is a report, an answer to it and what an operator makes of the
// text. Codes are written "73030-RT"; codes with evidence "M75.31 impression:Calcific".
type operatorCase struct {
	operator, exam, text string
	cpt, dx              []string
	wantExam             string
	want                 []string // the changed texts; none: no pair can be made
	wantCodes            Expectation
}

var operatorCases = []operatorCase{
	{
		operator: "swap_side", text: "EXAM: XR RIGHT ANKLE\nINDICATION: Rt ankle pain. The patient left the department.", cpt: []string{"73610-RT"}, dx: []string{"M25.571"},
		want:      []string{"EXAM: XR LEFT ANKLE\nINDICATION: Lt ankle pain. The patient left the department."},
		wantCodes: Expectation{CPT: []string{"73610-LT"}, ICD10CM: []string{"M25.572"}},
	},
	{
		operator: "swap_side", exam: "XR R KNEE 3 VIEWS", text: "HISTORY: RLQ pain. Disc at L4-L5. R. Miller, MD", cpt: []string{"73562-RT"}, dx: []string{"R10.31"},
		wantExam: "XR L KNEE 3 VIEWS", want: []string{"HISTORY: LLQ pain. Disc at L4-L5. R. Miller, MD"},
		wantCodes: Expectation{CPT: []string{"73562-LT"}, ICD10CM: []string{"R10.32"}},
	},
	{operator: "swap_side", text: "Right ankle sprain. Left ventricular hypertrophy.", cpt: []string{"73610-RT"}},
	{operator: "swap_side", text: "Right lower lobe pneumonia.", cpt: []string{"71046"}, dx: []string{"J18.9"}},
	{
		operator: "add_contrast", text: "EXAM: CT HEAD WITHOUT CONTRAST\nTECHNIQUE: Axial images, no contrast.", cpt: []string{"70450"}, dx: []string{"R51.9"},
		want:      []string{"EXAM: CT HEAD WITH INTRAVENOUS CONTRAST\nTECHNIQUE: Axial images, with intravenous contrast."},
		wantCodes: Expectation{CPT: []string{"70460"}, ICD10CM: []string{"R51.9"}},
	},
	{operator: "add_contrast", text: "EXAM: CT HEAD WITHOUT CONTRAST\nIMPRESSION: An enhanced study is advised.", cpt: []string{"70450"}},
	{operator: "add_contrast", text: "EXAM: CT LUNG SCREENING WITHOUT CONTRAST", cpt: []string{"71271"}},
	{
		operator: "remove_contrast", text: "EXAM: CT abdomen and pelvis with contrast\nTECHNIQUE: Portal venous phase after 90 mL of IV contrast. Oral contrast was not given.\nFINDINGS: The liver is normal. A ring-enhancing lesion. No ascites.\nIMPRESSION: Lesion.", cpt: []string{"74177"}, dx: []string{"K76.89"},
		want:      []string{"EXAM: CT abdomen and pelvis without intravenous contrast\nTECHNIQUE: Images were obtained without intravenous contrast. Oral contrast was not given.\nFINDINGS: The liver is normal. No ascites.\nIMPRESSION: Lesion."},
		wantCodes: Expectation{CPT: []string{"74176"}},
	},
	{operator: "remove_contrast", text: "EXAM: MRI BRAIN WITHOUT AND WITH CONTRAST", cpt: []string{"70553"}},
	{
		operator: "change_views", text: "EXAM: XR LEFT WRIST, MINIMUM 3 VIEWS\nTECHNIQUE: PA, oblique and lateral views.\nFINDINGS: Normal.", cpt: []string{"73110-LT"}, dx: []string{},
		want:      []string{"EXAM: XR LEFT WRIST, 2 VIEWS\nTECHNIQUE: Two views obtained.\nFINDINGS: Normal."},
		wantCodes: Expectation{CPT: []string{"73100-LT"}, ICD10CM: []string{}},
	},
	{
		operator: "change_views", exam: "Chest PA & lateral", text: "FINDINGS: Clear.", cpt: []string{"71046"}, dx: []string{},
		wantExam: "Chest One view", want: []string{"FINDINGS: Clear.", "FINDINGS: Clear.", "FINDINGS: Clear."},
		wantCodes: Expectation{CPT: []string{"71045"}, ICD10CM: []string{}},
	},
	{operator: "change_views", text: "EXAM: XR KNEE\nFINDINGS: AP view normal. Lateral view normal.", cpt: []string{"73560"}},
	{
		operator: "limit_ultrasound", text: "EXAM: US ABDOMEN COMPLETE\nFINDINGS: Complete filling.", cpt: []string{"76700 exam:ABDOMEN"}, dx: []string{},
		want:      []string{"EXAM: US ABDOMEN LIMITED\nFINDINGS: Complete filling."},
		wantCodes: Expectation{CPT: []string{"76705"}, ICD10CM: []string{}},
	},
	{
		operator: "limit_ultrasound", exam: "Renal ultrasound", text: "FINDINGS: Normal.", cpt: []string{"76770"}, dx: []string{},
		wantExam: "Renal ultrasound, limited", want: []string{"FINDINGS: Normal."}, wantCodes: Expectation{CPT: []string{"76775"}, ICD10CM: []string{}},
	},
	{operator: "limit_ultrasound", exam: "US pelvis, follow-up", text: "FINDINGS: Normal.", cpt: []string{"76856"}},
	{
		operator: "one_side_to_both", exam: "Duplex left lower extremity veins", text: "TECHNIQUE: Compression of the left leg.\nFINDINGS: Left leg normal.", cpt: []string{"93971-LT"},
		wantExam: "Duplex bilateral lower extremity veins", want: []string{"TECHNIQUE: Compression of bilateral leg.\nFINDINGS: Left leg normal."},
		wantCodes: Expectation{CPT: []string{"93970"}},
	},
	{operator: "one_side_to_both", exam: "XR left foot 3 views", text: "FINDINGS: Normal.", cpt: []string{"73630-LT"}},
	{
		operator: "both_sides_to_one", exam: "Duplex bilateral lower extremity veins", text: "FINDINGS: No thrombus.", cpt: []string{"93970"},
		wantExam: "Duplex left lower extremity veins", want: []string{"FINDINGS: No thrombus."}, wantCodes: Expectation{CPT: []string{"93971-LT"}},
	},
	{operator: "both_sides_to_one", exam: "Duplex bilateral lower extremity veins", text: "FINDINGS: No thrombus on the right.", cpt: []string{"93970"}},
	{
		operator: "negate_no", text: "FINDINGS: There is pneumonia. No effusion.\nIMPRESSION:\n1. Right lower lobe pneumonia.", cpt: []string{"71046"}, dx: []string{"J18.9 impression:pneumonia."},
		want:      []string{"FINDINGS: No effusion.\nIMPRESSION:\n1. No right lower lobe pneumonia."},
		wantCodes: Expectation{Gone: []string{"J18.9"}},
	},
	{operator: "negate_no", text: "INDICATION: Pneumonia.\nIMPRESSION: Right lower lobe pneumonia.", dx: []string{"J18.9 impression:pneumonia."}},
	{operator: "negate_no", text: "IMPRESSION: Atelectasis and pneumonia.", dx: []string{"J18.9 impression:pneumonia."}},
	{operator: "negate_no", text: "IMPRESSION: Pneumonia has resolved.", dx: []string{"J18.9 impression:Pneumonia"}},
	{operator: "negate_no", text: "IMPRESSION: Cough.", dx: []string{"R05.9 impression:Cough"}},
	finding("negate_evidence", "There is no evidence of acute appendicitis"),
	finding("negate_after", "Acute appendicitis is not seen"),
	finding("negate_absent", "Acute appendicitis has been excluded"),
	finding("negate_list", "No free fluid, acute appendicitis or foreign body"),
	finding("resolve_before", "Resolved acute appendicitis"),
	finding("resolve_after", "Acute appendicitis has resolved"),
	{
		operator: "negate_reason", text: "INDICATION: Right knee pain.\nIMPRESSION: Effusion.", cpt: []string{"73560-RT"}, dx: []string{"M25.561 indication:knee pain", "M25.461 impression:Effusion"},
		want:      []string{"INDICATION: No right knee pain.\nIMPRESSION: Effusion."},
		wantCodes: Expectation{CPT: []string{"73560-RT"}, Gone: []string{"M25.561"}},
	},
	{operator: "negate_reason", text: "INDICATION: Cough and fever.\nIMPRESSION: Normal.", dx: []string{"R50.9 indication:fever"}},
	finding("hedge_possible", "Possible acute appendicitis"),
	finding("hedge_probable", "Probable acute appendicitis"),
	finding("hedge_likely", "Likely acute appendicitis"),
	finding("hedge_suspected", "Suspected acute appendicitis"),
	finding("hedge_questionable", "Questionable acute appendicitis"),
	finding("hedge_suspicious", "Findings are suspicious for acute appendicitis"),
	finding("hedge_consistent", "Findings are consistent with acute appendicitis"),
	finding("hedge_compatible", "Appearance compatible with acute appendicitis"),
	finding("hedge_may", "This may represent acute appendicitis"),
	finding("hedge_concern", "Appearance raises concern for acute appendicitis"),
	finding("hedge_rule_out", "Rule out acute appendicitis"),
	finding("hedge_working", "Working diagnosis: acute appendicitis"),
	finding("hedge_versus", "Acute appendicitis versus artifact"),
	finding("hedge_question", "Acute appendicitis?"),
	finding("hedge_after", "Acute appendicitis cannot be excluded"),
	finding("hedge_suspected_after", "Acute appendicitis is suspected"),
	layout("heading_title_case", "REASON FOR EXAM: Pain.\n\nFINDINGS\nNormal.", "Reason for Exam: Pain.\n\nFindings\nNormal."),
	layout("heading_title_case", "Findings: Normal.\nMRN: 77"),
	layout("heading_capitals", "Findings: Normal.\nMRN: 77", "FINDINGS: Normal.\nMRN: 77"),
	layout("heading_bold", "Findings: Normal.\nIMPRESSION\nNormal.", "**Findings:** Normal.\n**IMPRESSION**\nNormal."),
	layout("heading_dash", "FINDINGS: Normal.\n**Impression:** Normal.", "Findings - Normal.\nImpression - Normal."),
	layout("heading_own_line", "FINDINGS: Normal.\nIMPRESSION:\n1. Normal.", "FINDINGS:\nNormal.\nIMPRESSION:\n1. Normal."),
	layout("heading_no_colon", "Findings: Normal.\nImpression:\n1. Normal.", "FINDINGS\nNormal.\nIMPRESSION\n1. Normal."),
	layout("drop_administrative", "ELM GROVE HOSPITAL, RADIOLOGY\nAge: 47\nReferring physician: X\nFINDINGS: Normal.\nDictated by Y, MD.\n", "Age: 47\nFINDINGS: Normal.\n"),
	layout("drop_administrative", "FINDINGS: Seen at the hospital: normal."),
	layout("lower_case", "FINDINGS: CT normal.", "findings: ct normal."),
	layout("upper_case", "Findings: CT normal.", "FINDINGS: CT NORMAL."),
	layout("ocr_noise", "FINDINGS: pneumonia sagaciously.", "FINDINGS: pneumonia sagacious1y."),
	layout("ocr_noise", "FINDINGS: pneumonia."),
	layout("abbreviate", "INDICATION: History of right hip pain.\nHe was left without aid.", "INDICATION: H/o rt hip pain.\nHe was left w/o aid."),
	layout("expand", "INDICATION: Eval w/o IV line, tell us. S/p fall, MRI done.", "INDICATION: Eval without intravenous line, tell us. Status post fall, magnetic resonance imaging done."),
	layout("crlf", "A.\nB.\r\n", "A.\r\nB.\r\n"),
	layout("blank_lines", "A.\n\nB.", "A.\n\n\n\nB."),
	layout("spaces", "A. B.\nC.", "  A.  B.\n  C."),
	layout("wrap", strings.Repeat("aaaa ", 13)+"b", strings.Repeat("aaaa ", 11)+"aaaa\naaaa b"),
	layout("unwrap", "IMPRESSION:\nThe lungs\nare clear.\nNo mass.", "IMPRESSION:\nThe lungs are clear.\nNo mass."),
	layout("list_marks", "IMPRESSION:\n1. A.\n2) B of 1.5 cm.", "IMPRESSION:\n- A.\n- B of 1.5 cm."),
	layout("typography", "- Patient's cyst of 3 mm.", "• Patient’s cyst of 3\u00a0mm."),
	layout("impression_first", "EXAM: CT\nFINDINGS: A.\n\nIMPRESSION: B.\n\nSigned by C.", "EXAM: CT\nIMPRESSION: B.\n\nFINDINGS: A.\n\nSigned by C."),
	layout("impression_first", "FINDINGS: A.\nTECHNIQUE: T.\nIMPRESSION: B."),
	layout("other_study_before", "FINDINGS: A.\nIMPRESSION: B.", "COMPARISON: MRI of the brain without contrast of 2019; abdominal ultrasound; chest radiographs, 2 views.\n\nFINDINGS: A.\nIMPRESSION: B."),
	layout("other_study_before", "Comparison: None.\n\nFINDINGS: A.", "Comparison: MRI of the brain without contrast of 2019; abdominal ultrasound; chest radiographs, 2 views.\n\nFINDINGS: A."),
	layout("other_study_later", "IMPRESSION: B.\n\nSigned by C.", "IMPRESSION: B. CT of the abdomen and pelvis with contrast is recommended for further evaluation.\n\nSigned by C."),
	layout("other_study_later", "IMPRESSION:\n1. A.\n2. B.\n", "IMPRESSION:\n1. A.\n2. B.\n3. CT of the abdomen and pelvis with contrast is recommended for further evaluation.\n"),
	layout("normal_findings", "FINDINGS:\nA.\n\nIMPRESSION: B.", "FINDINGS:\nNo fracture, pneumothorax, ascites or foreign body is seen. A.\n\nIMPRESSION: B."),
	layout("unrelated_addendum", "A.\n", "A.\n\nADDENDUM: Results were discussed with Dr. Alvarez by telephone at 14:20.\n"),
	layout("dictation_notice", "A.", "A.\n\nThis report was dictated with speech recognition software. Please call the department with any question about its wording.\n"),
	layout("page_footer", "A.", "A.\n\nPage 1 of 1\nCONFIDENTIAL: This document contains protected health information.\n"),
}

// finding is the case of an operator that restates one finding.
func finding(operator, want string) operatorCase {
	return operatorCase{
		operator: operator, text: "IMPRESSION: Acute appendicitis, without abscess. Hernia.", dx: []string{"K35.80 impression:appendicitis"}, cpt: []string{"74177"},
		want: []string{"IMPRESSION: " + want + ". Hernia."}, wantCodes: Expectation{CPT: []string{"74177"}, Gone: []string{"K35.80"}},
	}
}

// layout is the case of an operator that keeps all codes.
func layout(operator, text string, want ...string) operatorCase {
	return operatorCase{
		operator: operator, text: text, cpt: []string{"74177"}, dx: []string{"K35.80"}, want: want,
		wantCodes: Expectation{CPT: []string{"74177"}, ICD10CM: []string{"K35.80"}},
	}
}

// answer builds the prediction of a case.
func (c operatorCase) answer(t *testing.T) Prediction {
	t.Helper()
	read := func(all []string) []Answer {
		out := []Answer{}
		for _, s := range all {
			code, at, _ := strings.Cut(s, " ")
			parts := strings.Split(code, "-")
			a := Answer{Code: parts[0], Modifiers: parts[1:]}
			if section, words, ok := strings.Cut(at, ":"); ok {
				words = strings.TrimSuffix(words, ".")
				n := strings.LastIndex(c.text, words)
				if n < 0 {
					t.Fatalf("%s: no %q in the text", c.operator, words)
				}
				a.Evidence = []coding.Evidence{{Start: n, End: n + len(words), Section: section}}
			}
			out = append(out, a)
		}
		return out
	}
	return Prediction{CPT: read(c.cpt), ICD10CM: read(c.dx)}
}

func TestOperators(t *testing.T) {
	know := knowledgeOf(t)
	tested := map[string]bool{}
	for _, c := range operatorCases {
		op := operatorOf(t, c.operator)
		p := &Perturbation{Report: nlp.Report{ID: "r", Exam: c.exam, Text: c.text}, Answer: c.answer(t), know: know, Rand: seeded(1, op.ID, "r")}
		op.Apply(p)
		var texts []string
		for _, x := range p.pairs {
			texts = append(texts, x.changed.Text)
		}
		if !slices.Equal(texts, c.want) {
			t.Errorf("%s: %q gives %q, want %q", c.operator, c.text, texts, c.want)
			continue
		}
		if len(p.pairs) == 0 {
			continue
		}
		tested[c.operator] = true
		if got := p.pairs[0]; got.changed.Exam != c.wantExam || !sameExpectation(got.want, c.wantCodes) {
			t.Errorf("%s: %q: exam %q, expects %+v, want %q, %+v", c.operator, c.text, got.changed.Exam, got.want, c.wantExam, c.wantCodes)
		}
	}
	for _, op := range Operators() {
		if !tested[op.ID] {
			t.Errorf("no case makes a pair with %s", op.ID)
		}
	}
}

// TestOperatorsJudge runs each case with a coder that answers as expected and
// with one that answers the original's codes to a changed meaning, and none to an
// unchanged one.
func TestOperatorsJudge(t *testing.T) {
	know := knowledgeOf(t)
	for _, c := range operatorCases {
		if len(c.want) == 0 {
			continue
		}
		op := operatorOf(t, c.operator)
		record := exchange.Record{Report: nlp.Report{ID: "r", Exam: c.exam, Text: c.text}}
		p := &Perturbation{Report: record.Report, Answer: c.answer(t), know: know, Rand: seeded(1, op.ID, "r")}
		op.Apply(p)
		for _, good := range []bool{true, false} {
			coder := CoderFunc(func(_ context.Context, r nlp.Report) (Prediction, error) {
				for _, x := range p.pairs {
					switch {
					case r.Text != x.changed.Text || r.Exam != x.changed.Exam:
					case good:
						return meeting(x.want, p.Answer), nil
					case op.Kind == Invariant:
						return Prediction{CPT: []Answer{}, ICD10CM: []Answer{}}, nil
					}
				}
				return p.Answer, nil
			})
			got, err := Robustness(t.Context(), []exchange.Record{record}, coder, RobustnessOptions{Seed: 1, Operators: []string{c.operator}})
			if err != nil {
				t.Fatal(err)
			}
			passed := 0
			if good {
				passed = len(c.want)
			}
			if o := got.Operators[0]; o.Pairs != len(c.want) || o.Passed != passed || o.Reports != 1 || len(got.Failures) != len(c.want)-passed {
				t.Errorf("%s: good coder %v: %+v, %d failures", c.operator, good, o, len(got.Failures))
			}
		}
	}
}

// meeting is the answer to the original with what an expectation asks for.
func meeting(want Expectation, original Prediction) Prediction {
	p := original
	p.ICD10CM = slices.DeleteFunc(slices.Clone(original.ICD10CM), func(a Answer) bool { return slices.Contains(want.Gone, a.Code) })
	if want.CPT != nil {
		p.CPT = robustAnswers(want.CPT)
	}
	if want.ICD10CM != nil {
		p.ICD10CM = robustAnswers(want.ICD10CM)
	}
	return p
}

func robustAnswers(codes []string) []Answer {
	out := []Answer{}
	for _, c := range codes {
		out = append(out, Answer{Code: c})
	}
	return out
}

func sameExpectation(a, b Expectation) bool {
	return slices.Equal(a.CPT, b.CPT) && (a.CPT == nil) == (b.CPT == nil) && slices.Equal(a.ICD10CM, b.ICD10CM) &&
		(a.ICD10CM == nil) == (b.ICD10CM == nil) && slices.Equal(a.Gone, b.Gone)
}

func operatorOf(t *testing.T, id string) Operator {
	t.Helper()
	for _, op := range Operators() {
		if op.ID == id {
			return op
		}
	}
	t.Fatalf("no operator %s", id)
	return Operator{}
}

func knowledgeOf(t *testing.T) *knowledge {
	t.Helper()
	know, err := known()
	if err != nil {
		t.Fatal(err)
	}
	return know
}
