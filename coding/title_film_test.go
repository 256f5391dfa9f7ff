package coding

import (
	"slices"
	"strings"
	"testing"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// filmCase is an exam name and what must be read from it: views, side and a
// space-separated list of axis:concept; a concept with "!" must not be read.
type filmCase struct{ title, views, side, concepts string }

var filmTitles = []filmCase{
	// a bound behind the count, or without a word for views
	{"ELBOW 3 VIEWS MIN RT", "3+", "right", "region:elbow"},
	{"TOES 2V PLUS", "2+", "", "region:toe"},
	{"KNEE 4VPLS", "4+", "", "region:knee"},
	{"ANKLE 3 VIEWS OR", "3+", "", "region:ankle"},
	{"ELBOW LESS THAN 3 LT", "1-2", "left", "region:elbow"},
	{"FOOT - 3 OR MORE", "3+", "", "region:foot"},
	{"CLAVICLE LTD 1-2", "1-2", "", "region:clavicle"},
	{"PELVIS MIN 3", "3+", "", "region:pelvis"},
	{"FOREARM LT 2", "2", "left", "region:forearm"},
	{"XR FINGER LT 3", "", "left", "region:finger"},
	{"TRANSIT MARKER ABDOMEN DAY 3", "", "", "region:abdomen"},
	{"CT ABDOMEN 3+", "", "", "modality:ct"},
	// a count joined to other words, or without its hyphen
	{"LE-KNEE3V BI", "3", "bilateral", "region:knee"},
	{"HIP BI2TO3V", "2-3", "bilateral", "region:hip"},
	{"SKULL 13 VIEWS", "1-3", "", "region:skull"},
	// lt is left where there is a left one
	{"ANKLE LT 3+ VWS", "3+", "left", "region:ankle"},
	{"MANDIBLE L/T 4 VIEWS", "1-3", "", "region:mandible"},
	// projections on top
	{"CHEST 2 VIEWS W/LORDOTIC", "3", "", "region:chest"},
	{"KNEE 4 VIEWS W SUNRISE", "4", "", "region:knee"},
	{"KNEE 2 VIEWS + TUNNEL", "3", "", "region:knee"},
	{"CHEST 2V AND OBLIQUE", "4", "", "region:chest"},
	{"L SPINE WITH OBLIQUES", "4", "", "region:lumbar_spine"},
	{"T SPINE W SWIMMERS", "3", "", "region:thoracic_spine"},
	{"ABDOMEN W DECUBITUS OR ERECT", "2", "", "region:abdomen"},
	{"C SPINE FLEX/EXT", "", "", "technique:bending"},
	{"L SPINE AP LAT FLEXION, EXTENSION", "", "", "technique:bending extent:complete"},
	{"L SPINE W BENDING", "", "", "technique:bending extent:complete"},
	{"CHEST 2 VIEWS; W/LORDOTIC", "3", "", ""},
	{"CHEST PA INSP AND EXP", "2", "", ""},
	{"CHEST AP SEMI ERECT", "1", "", ""},
	{"ABDOMEN AP AND ERECT", "2", "", ""},
	{"KNEE AP LAT OBLIQUES", "4", "", ""},
	{"KNEE AP LAT OBLIQUE", "3", "", ""},
	{"T SPINE AND OBLIQUES", "4", "", ""},
	{"WRIST AP AND LATERAL", "2", "", "region:wrist"},
	// sides
	{"XR RIB UNI-LAT", "", "", "region:rib !view:lateral"},
	{"HIP BI-LAT", "", "bilateral", "!view:lateral"},
	{"KNEES BILATRL 3V", "3", "bilateral", ""},
	{"CHEST LEFT LATERAL", "1", "", "view:lateral"},
	{"RIBS 2 VIEWS LEFT W/ PA CHEST", "3", "left", "technique:chest_film"},
	// parts left out, sections of the price list
	{"RIBS W/O CHEST", "", "", "!technique:chest_film !region:chest"},
	{"RIBS BILAT W/O CHEST", "", "bilateral", "!contrast:without"},
	{"HIPS W/ OR W/O PELVIS", "", "", "region:pelvis"},
	{"RIBS LT W/1 VIEW CHEST", "", "left", "technique:chest_film"},
	{"CH-ABDOMEN 1 VIEW", "1", "", "region:abdomen !region:chest"},
	{"C-SPINE 1 VIEW", "1", "", "region:cervical_spine"},
	// what concepts say together
	{"DUCTOGRAM, LEFT BREAST, MULTIPLE", "", "left", "technique:multiple_ducts !technique:multiple_studies"},
	{"DXA BONE DENSITY PERIPHERAL", "", "", "technique:appendicular_skeleton"},
	{"FOREARM BONE DENSITY", "", "", "technique:appendicular_skeleton"},
	{"DXA SPINE AND HIP W/VFA", "", "", "technique:axial_skeleton technique:vertebral_fracture"},
	{"HIP/PELVIS 2V", "2", "", "region:hip !technique:axial_skeleton"},
	// words
	{"HAND ROUTINE", "", "", "extent:routine"},
	{"MM SCREENING BILAT", "", "bilateral", "modality:mg intent:screening"},
	{"MAMMO DIAG AFTER SCREENING", "", "", "intent:diagnostic !intent:screening"},
	{"LOWER EXT UP TO 1 YR", "", "", "age:infant"},
	{"3D RENDERING NON IND WKST", "", "", "technique:without_workstation !technique:independent_workstation"},
	{"ABD ACUTE SERIES", "", "", "technique:acute_series region:chest"},
	{"DIGITS LT HAND", "", "left", "region:finger !region:digit"},
	{"PELVIS PORTABLE", "", "", "modality:xr"},
	{"PELVIS US PORTABLE", "", "", "modality:us !modality:xr"},
	{"CHEST ABDOMEN FB", "", "", "technique:nose_to_rectum !region:chest !region:abdomen"},
	{"UPPR EXTM INFANT", "", "", "region:upper_extremity"},
}

func TestFilmTitles(t *testing.T) {
	e, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	sides := map[nlp.Side]string{nlp.Left: "left", nlp.Right: "right", nlp.Bilateral: "bilateral"}
	for _, c := range filmTitles {
		f := e.factsOfTitle(c.title, "")
		if got := f.Views.String(); got != c.views {
			t.Errorf("%q: views %q, want %q", c.title, got, c.views)
		}
		if got := sides[f.Side]; got != c.side {
			t.Errorf("%q: side %q, want %q", c.title, got, c.side)
		}
		stated := conceptNames(e, &f)
		for _, want := range strings.Fields(c.concepts) {
			name, not := strings.CutPrefix(want, "!")
			if slices.Contains(stated, name) == not {
				t.Errorf("%q: states %v, want %s", c.title, stated, want)
			}
		}
	}
}

func conceptNames(e *Engine, f *Facts) []string {
	var out []string
	for _, x := range f.Facts {
		out = append(out, x.Axis.String()+":"+e.lex.Concept(x.Concept).Name)
	}
	return out
}

func TestUnilateral(t *testing.T) {
	e, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	for title, want := range map[string]bool{"RIBS UNILATERAL": true, "MAMMO UNILATDIG": true, "RIBS BILATERAL": false, "RIBS": false} {
		if f := e.factsOfTitle(title, ""); f.OneSided != want {
			t.Errorf("%q: one side %v, want %v", title, f.OneSided, want)
		}
	}
}

// TestRefineViews: a count that misses a code by one is nearer than one that
// misses it by more; an open count that begins where a closed one does means it.
func TestRefineViews(t *testing.T) {
	for _, c := range []struct {
		stated Views
		code   lexicon.Procedure
		want   FeatureID
	}{
		{Views{Min: 1, Max: 1}, lexicon.Procedure{ViewsMin: 2, ViewsMax: 2}, viewsNear},
		{Views{Min: 1, Max: 1}, lexicon.Procedure{ViewsMin: 3}, noFeature},
		{Views{Min: 4, Max: 4}, lexicon.Procedure{ViewsMin: 2, ViewsMax: 3}, viewsNear},
		{Views{Min: 2}, lexicon.Procedure{ViewsMin: 2, ViewsMax: 3}, viewsFrom},
		{Views{Min: 2}, lexicon.Procedure{ViewsMin: 2}, noFeature},
		{Views{}, lexicon.Procedure{ViewsMin: 1, ViewsMax: 1}, noFeature},
		{Views{Min: 1, Max: 1}, lexicon.Procedure{}, noFeature},
	} {
		if got := refineViews(c.stated, &c.code); got != c.want {
			t.Errorf("%v against %d-%d: %d, want %d", c.stated, c.code.ViewsMin, c.code.ViewsMax, got, c.want)
		}
	}
}
