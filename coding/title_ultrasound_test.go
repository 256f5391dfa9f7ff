package coding

import (
	"slices"
	"strings"
	"testing"

	"github.com/radcode/radcode/nlp"
)

// titleFacts lists what an exam name states as "axis:concept", for the tests of
// single families of exams.
func titleFacts(t *testing.T, e *Engine, title string) []string {
	t.Helper()
	f := e.factsOfTitle(title, "")
	var out []string
	for _, x := range f.Facts {
		c := e.lex.Concept(x.Concept)
		out = append(out, c.Axis.String()+":"+c.Name)
		for _, ev := range x.Evidence {
			if ev.Start < 0 || ev.Start >= ev.End || ev.End > len(title) {
				t.Errorf("%q: evidence %v of %s is no place in the name", title, ev, c.Name)
			}
		}
	}
	return out
}

// Invented names in the shorthand of price lists. A fact with "!" must be absent.
var ultrasoundTitles = []struct{ title, facts string }{
	// weeks, in all the ways to compare them
	{"US OB LT14 WK SONO", "technique:first_trimester"},
	{"SONO GRAVID UTERUS UNDER OR = 14 WKS", "technique:first_trimester !technique:second_third_trimester region:pregnancy"},
	{"OB SONO 14 WKS OR LESS", "technique:first_trimester"},
	{"OB SONO 14 WEEKS OR OVER SNGL", "technique:second_third_trimester !technique:first_trimester"},
	{"OB SCAN AFT 14WK", "technique:second_third_trimester"},
	{"OB SCAN MORE THAN OR = 14 WKS", "technique:second_third_trimester"},
	{"OB SCAN COMP+14 WKS", "technique:second_third_trimester"},
	{"OB SCAN 14 PLUS WEEKS", "technique:second_third_trimester"},
	{"OB SCAN 36 WKS OR MORE", "!technique:second_third_trimester !technique:first_trimester"}, // no code changes there

	// trimesters, also behind what turns them round
	{"OB SONO >1TRI", "technique:second_third_trimester !technique:first_trimester"},
	{"UTERUS SCAN AFTR 1 TRI", "technique:second_third_trimester !technique:first_trimester region:pregnancy"},
	{"OB SONO 2 TO 3 TRIM", "technique:second_third_trimester"},
	{"OB SONO 1ST TRMSTR", "technique:first_trimester"},
	{"1 TRIPLE LUMEN LINE", "!technique:first_trimester !region:pregnancy"},

	// each further fetus
	{"OB SONO 1ST TRI ADTL", "technique:additional_fetus component:each_additional"},
	{"GRAVID UTERUS SONO >14WK EA", "technique:additional_fetus component:each_additional"},
	{"OB SONO >14WK +G", "technique:additional_fetus"},
	{"OB SONO >14WK ADD GES", "technique:additional_fetus !technique:gastric_emptying !modality:nm"},
	{"OB SONO >14WK SNGL", "!technique:additional_fetus"},
	{"US LIVER BX EA ADDL", "!technique:additional_fetus !region:pregnancy"},

	// the detailed anatomy
	{"OB SONO DTL FETUS", "technique:detailed_fetal"},
	{"GRAVID UTERUS SONO ANATM SNGL", "technique:detailed_fetal"},
	{"CT WRIST DETAIL", "!technique:detailed_fetal"},

	{"OB SONO NUCH MEAS", "technique:nuchal_translucency"},
	{"1ST TRI SCREEN SONO", "technique:nuchal_translucency"},
	{"OB SONO NUC TR", "technique:nuchal_translucency !modality:nm"},
	{"OB SONO 1ST TRI TRANSABD/TRANSVAG", "technique:nuchal_translucency"},
	{"OB SONO 1ST TRI TRANSABD", "!technique:nuchal_translucency"},

	{"PLACENTA LOC", "modality:us extent:limited !technique:localization"},
	{"OB SONO HEART TONES", "extent:limited !region:heart"},
	{"OB SONO REEVAL", "extent:followup"},
	{"OB SONO < 14 WKS MULT", "technique:additional_fetus"},
	{"FETAL AGE", "modality:us region:pregnancy"},

	// the biophysical profile and its non-stress test
	{"FBP WO NON STRESS", "technique:biophysical_profile technique:without_non_stress"},
	{"SONO BPP WO STRESS", "technique:without_non_stress !technique:static"},
	{"SONO BPP W STRESS", "technique:non_stress !technique:stress"},
	{"SONO BPP W/O N-STR", "technique:without_non_stress !technique:non_stress"},
	{"SONO FETAL BPP W/O", "technique:without_non_stress !contrast:without"},
	{"SONO BPP W/O STRES/N", "technique:without_non_stress !technique:non_stress"},
	{"XR ANKLE WO STRESS", "technique:static !technique:without_non_stress"},

	{"FETAL DOPPLER;UA", "region:umbilical_artery"},
	{"FETAL DOPPLER MCA", "region:cerebral_artery"},
	{"FETAL DOPPLER U A", "region:umbilical_artery"},
	{"FETAL DOPPLER UMBILI ART", "region:umbilical_artery"},
	{"FETAL ECHO DOPPLER CON WV", "technique:doppler !contrast:agent"},
	{"FETAL ECHO W SPECTRAL", "technique:doppler"},
	{"TV SONO NON PG", "region:pelvis !region:pregnancy"},

	// one kidney
	{"SONO KIDNEY LT", "extent:limited"},
	{"SONO KIDNEY UNILAT", "extent:limited"},
	{"SONO KIDNEY BILAT", "!extent:limited"},
	{"SONO KIDNEY LT COMPLETE", "!extent:limited"},
	{"CT KIDNEY LT", "!extent:limited"},
	{"TRNSPL KID SONO LT", "region:transplant_kidney !extent:limited"},

	{"SONO KIDNEY (TRANSPLANT) DUPLEX RT", "region:transplant_kidney !extent:limited"},
	{"SONO RENAL TX", "region:transplant_kidney !intent:treatment"},

	// single organs
	{"SONO SPLEEN", "extent:limited"},
	{"SONO ABD LIVER PANCREAS", "extent:limited"},
	{"SONO BLADDER", "extent:limited"},
	{"SONO PELVIS BLADDER", "!extent:limited"},
	{"SONO ABD", "!extent:limited"},
	{"SPLEEN COMPLETE SONO", "!extent:limited"},
	{"SPLEEN ELASTOGRAPHY SONO", "!extent:limited"},
	{"CT LIVER", "!extent:limited"},
	{"LIVER SONO ELASTO", "technique:elastography !region:liver"},
	{"ABD SONO COMPLETE W ELASTO", "technique:elastography region:abdomen"},
	{"HEART ECHO W BUBBLE CONTRAST", "region:heart"},
	{"ANKLE BRACHIAL INDEX", "technique:ankle_brachial_index !region:artery"},
	{"SONO PROSTATE", "technique:transrectal"},
	{"SONO PROSTATE TRANSABDOMINAL", "extent:limited !technique:transrectal"},
	{"SONO PROSTATE BLADDER", "!technique:transrectal"},

	// what lies in the wall of the trunk or in a limb
	{"SONO UPPER BACK", "region:chest_wall !region:thoracic_spine"},
	{"SONO LOW BACK LUMP", "region:abdominal_wall !region:lumbar_spine"},
	{"SONO THIGH SOFT TISS", "region:soft_tissue extent:limited"},
	{"SONO SHOULDER SOFT TISSUE COMPLETE", "!extent:limited"},
	{"SONO ARM NONVASC", "!extent:limited"},
	{"SONO CALF", "extent:limited"},
	{"SONO PERINEUM SOFT TISSUE", "extent:limited !region:soft_tissue"},
	{"SONO POPLITEAL CYST", "region:knee extent:limited"},

	// eye
	{"EYE SONO B SCN", "technique:b_scan !intent:screening"},
	{"EYE SONO B W/NON-QUANT A", "technique:b_scan !technique:a_scan"},
	{"EYE SONO QUANT A", "technique:a_scan"},
	{"EYE SONO LENS PWR", "technique:iol_calculation"},
	{"EYE SONO ANT SEG", "technique:anterior_segment"},
	{"EYE SONO 2D", "technique:b_scan"},

	{"SONO BREAST FOCAL", "extent:limited"},
	{"SONO BREAST BX CORE", "technique:biopsy !extent:complete"},
	{"SONO BREAST AXILLARY", "region:axilla !view:axillary"},
	{"SONO ABD LOWER QUADRANT", "extent:limited"},
	{"SONO PELVIC WALL LUMP", "extent:limited region:pelvis"},
	{"SONO OVARY FOLLICLES", "extent:limited"},

	{"SONO BLADDER PRE/POST VOID", "extent:limited !contrast:without_with"},
	{"ABD ECHO SONO", "region:abdomen !region:heart"},

	// guidance
	{"SONO GUID VSC ACC", "technique:vascular_access"},
	{"ELASTO USE PARENCHYMA", "modality:us"},
	{"UTZ GUID VAS ACC", "modality:us component:guidance technique:vascular_access"},
	{"SONO GUID ENDOMYOCARDL BPSY", "technique:endomyocardial_biopsy"},
	{"SONO GUIDE INTRAUTER XFUSN", "technique:fetal_transfusion"},
	{"SONO GUIDE CHOR VILL", "technique:chorionic_villus_sampling"},
	{"COMPRESS PSEUDOANEURYSM SONO", "technique:pseudoaneurysm_compression"},
	{"FL GUID SPNL INJ", "region:spine technique:injection"},
	{"FL GUID RE/PLACE", "technique:vascular_access"},
	{"WIRE LOCALIZATION BY XRAY", "modality:fl component:guidance technique:localization"},
	{"IR TUNNEL PLEURAL DRAIN", "technique:tunneled !view:tunnel"},
	{"XA CHEST PORT INSERTION", "technique:port !technique:portable !view:ap"},
}

func TestUltrasoundTitles(t *testing.T) {
	e, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range ultrasoundTitles {
		facts := titleFacts(t, e, c.title)
		for _, want := range strings.Fields(c.facts) {
			absent, isAbsent := strings.CutPrefix(want, "!")
			switch {
			case isAbsent && slices.Contains(facts, absent):
				t.Errorf("%q states %s: %v", c.title, absent, facts)
			case !isAbsent && !slices.Contains(facts, want):
				t.Errorf("%q does not state %s: %v", c.title, want, facts)
			}
		}
	}
}

// Both sides, one of two, or either: what the names of breast exams say of it,
// whole or cut short.
func TestBreastSides(t *testing.T) {
	e, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		title    string
		side     nlp.Side
		oneSided bool
	}{
		{"SONO ONE BREAST", nlp.Unstated, true},
		{"SONO BREAST;U", nlp.Unstated, true},
		{"SONO BREAST;B", nlp.Bilateral, false},
		{"MRI BREASTS", nlp.Bilateral, false},
		{"TOMO UNI OR BIL", nlp.Unstated, false},
		{"KNEE 1 VIEW U", nlp.Unstated, false},
	} {
		if f := e.factsOfTitle(c.title, ""); f.Side != c.side || f.OneSided != c.oneSided {
			t.Errorf("%q: side %v, one of two %v", c.title, f.Side, f.OneSided)
		}
	}
}

// A dash between two names of one exam, and the signs of a bound, are no place
// to cut a name in two.
func TestNamesStayWhole(t *testing.T) {
	e, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		title string
		parts int
	}{
		{"SONO,RETROPERITONEUM,LTD - SONO KIDNEY LTD", 1},
		{"OB SONO >/= 14 WKS - OB SONO 14+ WEEKS", 1},
		{"CT head without contrast, CT facial bones and MRA neck", 3},
	} {
		if got := e.splitTitle(segment{text: c.title, section: "title"}); len(got) != c.parts {
			t.Errorf("%q: %d parts, want %d: %v", c.title, len(got), c.parts, got)
		}
	}
}

// Which axis tells the rows of the guidance codes apart from diagnostic studies.
func TestSupervisionIsGuidance(t *testing.T) {
	e, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	f := e.factsOfTitle("SONO THYROID BX S&I", "")
	q := e.question(&f)
	index := e.ranker.codes["76942"]
	names := []string{}
	for _, id := range e.compare(nil, &q, &e.lex.Procedures[index]) {
		names = append(names, e.features.names[id])
	}
	if !slices.Contains(names, "hit:component:supervision_interpretation") || slices.Contains(names, "miss:component:guidance") {
		t.Errorf("76942 does not take S&I for guidance: %v", names)
	}
}
