package coding

import (
	"slices"
	"strings"
	"testing"

	"github.com/radcode/radcode/lexicon"
)

// The contrast phases of CT and MR as price lists write them.
func TestTitleContrast(t *testing.T) {
	e := mustEngine(t)
	for _, c := range []struct{ title, want string }{
		{"CT LIVER W PLUS W/O CONTRAST", "without_with"},
		{"CT LIVER WO CONTRAST F-BY CONTRAST", "without_with"},
		{"MR THIGH W/O CNTRST, FLWD BY CNTRST & SEQ", "without_with"},
		{"MR THIGH W/O CNTRST, FLWD", "without_with"}, // the field ended
		{"CT KIDNEYS WO F/CM&FS", "without_with"},     // followed by contrast material and further sequences
		{"CT KIDNEYS WO/CM F/CM", "without_with"},
		{"MR ORBIT WO FLDW CON", "without_with"},
		{"CT LUNG C-/C+", "without_with"},
		{"MR BREAST C-+", "without_with"},
		{"MR FOREARM NO THEN W/CONTRAST", "without_with"},
		{"CT SELLA WWOCON", "without_with"},
		{"CT ANKLE WO F/U", "without"}, // a follow-up
		{"CT ANKLE WO CONTRAST F/U", "without"},
		{"CT ANKLE WO CONTRAST AND HIP", "without"}, // another body part
		{"CT ANKLE WO CONTRAST LTD", "without"},
		{"MR ELBOW WOCON", "without"},
		{"MR ELBOW NO CONTR", "without"},
		{"MR ELBOW W O D", "without"}, // dye, cut off
		{"MR ELBOW W/CO", "with"},
		{"MR ELBOW WITH CONTRAST ONLY", "with"},
		{"MR ELBOW W CONTRAST DIAGNOSTIC", "with"},
		{"CT ELBOW W CN", "with"},
		{"CT ELBOW WO W CN ARTERIES", "without_with"},
		{"CT SPLEEN TRIPHASIC", "without_with"},
		{"CT SPLEEN TRIPHASIC W CONTRAST", "with"},
		{"MR ELBOW W COIL", ""},
		{"MR ELBOW", ""},
	} {
		f := e.factsOfTitle(c.title, "")
		if f.Contrast != c.want {
			t.Errorf("%q: contrast is %q, want %q", c.title, f.Contrast, c.want)
		}
	}
}

// What a CT or MR name says, as axis:concept, with the regions that are
// compared with the codes.
func TestTitleCTMR(t *testing.T) {
	e := mustEngine(t)
	for _, c := range []struct{ title, want string }{
		{"MR JNT OF LWR EXTRE WO", "modality:mr region:lower_extremity_joint"},
		{"MR UPPR XTRMTY ANY JT", "modality:mr region:upper_extremity_joint"},
		{"MR UP EX OTH TN JT", "modality:mr region:upper_extremity_nonjoint"},
		{"MR LOW EX NO JT", "modality:mr region:lower_extremity_nonjoint"},
		{"MR L EXTR RT", "modality:mr region:lower_extremity_nonjoint"}, // an MRI that names no joint
		{"MR U EXTR", "modality:mr region:upper_extremity_nonjoint"},
		{"MRA LE", "modality:mr region:lower_extremity technique:angiography"},
		{"CT LE", "modality:ct region:lower_extremity"},
		{"MR LEG KNEE", "modality:mr region:knee"},
		{"MR KNEEWO", "modality:mr region:knee"},
		{"MR ANGIOPELVISWO", "modality:mr region:pelvis technique:angiography"},
		{"MR ANYJOINTLOWEREXTREMITYWO", "modality:mr region:lower_extremity_joint"},
		{"CTCHEST W", "modality:ct region:chest"},
		{"MRI ANG CHEST", "modality:mr region:chest technique:angiography"},
		{"C.T. SINUS", "modality:ct region:sinus"},
		{"CMPT TOMOGRPH SINUS", "modality:ct region:sinus"},
		{"CT - MF WO", "modality:ct region:maxillofacial"},
		{"CT AUD CANAL", "modality:ct region:internal_auditory_canal"},
		{"MR UPPER SPINAL CANAL", "modality:mr region:cervical_spine"},
		{"CT THORACIC ABD", "modality:ct region:abdomen region:chest"},
		{"CT THORA SPI", "modality:ct region:thoracic_spine"},
		{"CTA AIF", "modality:ct region:abdominal_aorta region:lower_extremity technique:angiography"},
		{"CTA W RUNOFF", "modality:ct region:abdominal_aorta region:lower_extremity technique:angiography"},
		{"MR BRAIN OPEN", "modality:mr region:brain technique:intraoperative"},
		{"CT HRT W/CA TEST", "modality:ct region:heart technique:calcium_score"},
		{"3D IMAGE RECON NO WKSTN", "technique:reconstruction technique:three_d technique:without_workstation"},
		{"CT REFORMAT INDEP WKST", "modality:ct technique:independent_workstation technique:three_d"},
		{"CT A WRIST W DYE", "modality:ct region:wrist technique:angiography"},
		{"STROKE ALERT HEAD WO", "modality:ct region:head"},
		{"LUMBAR SPN W/O 3SEQ", "modality:mr region:lumbar_spine"},
		{"CT RAD THERAPY", "modality:ct modality:rt technique:rt_field_placement"},
		{"CT OF LARGE INTESTINE", "modality:ct region:colon technique:colonography"},
		{"XR LAMINOGRAPHY TOMO", "modality:xr technique:tomography"},
		{"BREAST 3D TOMO RECON", "modality:mg region:breast technique:reconstruction technique:tomosynthesis"},
		{"MR SAFETY RISK DETERM", "modality:mr technique:mr_safety technique:safety_determination"},
		{"MR SAFETY ELECTRONIC PREP", "modality:mr technique:electronics_preparation technique:mr_safety"},
		{"ORBIT FB PRIOR TO MRI", "modality:xr region:orbit technique:foreign_body"},
		{"CTA FFR", "modality:ct region:coronary_artery technique:ffr"},
		{"CT CHEST SPINE", "modality:ct region:thoracic_spine"},
		{"ECHO W/WO CONTRAST", "modality:us region:heart technique:echo"},
	} {
		f := e.factsOfTitle(c.title, "")
		if got := e.spoken(&f); got != c.want {
			t.Errorf("%q: %s, want %s", c.title, got, c.want)
		}
	}
}

// spoken lists what is compared with the codes, sorted.
func (e *Engine) spoken(f *Facts) string {
	q := e.question(f)
	ids := slices.Concat(q.modality, q.region, q.sets[lexicon.Technique])
	var names []string
	for _, id := range ids {
		c := e.lex.Concept(id)
		names = append(names, c.Axis.String()+":"+c.Name)
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

// The L of a body part is no side, a side that is misspelt is one, and 3D is no
// count of views.
func TestTitleSideAndDimension(t *testing.T) {
	e := mustEngine(t)
	for _, c := range []struct{ title, side string }{
		{"CT L EXTR", ""}, {"CT L KNEE", "left"}, {"MR BREAST BILATTERAL", "bilateral"},
	} {
		if f := e.factsOfTitle(c.title, ""); f.Side.String() != c.side {
			t.Errorf("%q: side is %q, want %q", c.title, f.Side, c.side)
		}
	}
	if f := e.factsOfTitle("CT HEART W/3D IMAGE", ""); f.Views.Stated() {
		t.Errorf("3D image is read as %d views", f.Views.Min)
	}
}

// An exam in the words of the price list and of the department is one exam, and
// the slash of a with does not cut a name in two.
func TestTitleRestated(t *testing.T) {
	e := mustEngine(t)
	for _, title := range []string{
		"CT ABD & PELV 1/> REGNS - CT ABDOMEN PELVIS W WO CONTRAST",
		"CT HRT W/O DYE W/CA TEST - CT HEART CALCIUM SCORE",
		"XRAY RIBS, LT; WITH PA CHEST, MIN 3V", // goes on after the semicolon
		"XRAY ABDOMEN; ABDOMEN SUPINE AND ERECT",
		"XR ABDOMEN 2V, CXR 1V", // the acute abdomen series
	} {
		if parts := e.named(segment{text: title, section: "title"}, "2025-12-01"); len(parts) != 1 {
			t.Errorf("%q falls into %d exams", title, len(parts))
		}
	}
}

// With+ is the contrast of codes that include pictures taken before contrast.
func TestCompareContrastWithPlus(t *testing.T) {
	for _, c := range []struct {
		stated string
		want   FeatureID
	}{
		{"with", contrastAgree}, {"without_with", contrastAgree}, {"without", contrastWithoutVsWith}, {"", contrastSilentWith},
	} {
		if got := compareContrast(c.stated, "with+"); got != c.want {
			t.Errorf("%q stated: feature %d, want %d", c.stated, got, c.want)
		}
	}
}

// Of the two codes of an MRA the CPT code comes first for a bare name, and the
// hospital's code stays behind it; an MRI of the breast with contrast alone has no CPT code.
func TestPreferCPTName(t *testing.T) {
	e := mustEngine(t)
	for _, c := range []struct{ title, first, runnerUp string }{
		{"MRA FOOT WITH CONTRAST", "73725", "C8912"},
		{"MRI BREAST BILATERAL WITH CONTRAST", "C8906", ""},
		{"MRI ONE BREAST WITH CONTRAST", "C8903", ""}, // CPT has none for a breast with contrast alone, and none of another part will do
	} {
		drafts := e.named(segment{text: c.title, section: "title"}, "2025-12-01")
		top := e.rank(&drafts[0].facts, "2025-12-01", rankedKept)
		e.preferCPTName(top)
		if got := e.lex.Procedures[top[0].index].Code; got != c.first {
			t.Errorf("%q: %s, want %s", c.title, got, c.first)
		}
		if c.runnerUp != "" && !slices.ContainsFunc(top[1:3], func(r ranked) bool { return e.lex.Procedures[r.index].Code == c.runnerUp }) {
			t.Errorf("%q: %s is no runner-up", c.title, c.runnerUp)
		}
	}
}

// A code of any body part or modality is not held against a name that states
// one; another code is.
func TestToleratedStatements(t *testing.T) {
	e := mustEngine(t)
	f := e.factsOfTitle("CT LIVER GUIDED NEEDLE PLACEMENT 3D", "")
	q := e.question(&f)
	for _, c := range []struct {
		code    string
		feature FeatureID
		want    bool
	}{
		{"77012", regionNone, false}, {"76376", regionNone, false}, {"76376", modalityNone, false}, {"76380", regionNone, false}, {"76390", regionNone, true},
	} {
		p := &e.lex.Procedures[e.ranker.codes[c.code]]
		if got := slices.Contains(e.compare(nil, &q, p), c.feature); got != c.want {
			t.Errorf("%s: %s is %v, want %v", c.code, e.features.names[c.feature], got, c.want)
		}
	}
}

func mustEngine(t *testing.T) *Engine {
	t.Helper()
	e, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	return e
}
