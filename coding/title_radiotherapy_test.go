package coding

import (
	"sort"
	"strings"
	"testing"

	"github.com/radcode/radcode/lexicon"
)

// TestRadiotherapyNames reads names of radiation treatment as price lists write
// them, and compares what is understood: modality, technique and intent. Weights
// take no part.
func TestRadiotherapyNames(t *testing.T) {
	e, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, want string }{
		// grades
		{"RAD ONC SIMULATION COMP", "rt simulation complex"},
		{"RADIATION THERAPY SIMULATION, INTER", "rt simulation intermediate"},
		{"C-TREATMENT DEVICE BLOCKS", "rt treatment_device complex"},
		{"DESIGN OF TX DEVICE, INT", "rt treatment_device intermediate"},
		{"HC RADIATION ONCOLOGY SIMULATION; CO", "rt simulation complex"},
		{"BRACHYTHERAPY PLANNING ISODOSE SIM 59", "rt brachytherapy isodose planning simple"},
		{"IMRT plan with simulation and sim", "rt imrt simulation planning"},
		{"Teletherapy isodose CPLX", "rt teletherapy isodose planning complex"},
		{"HDR brachytherapy int/intracav 2-12 channels", "rt hdr interstitial intracavitary channels_2_12"},
		// areas treated
		{"RADIATION TX DELIVERY 2 AREAS 6-10 MV", "rt treatment_delivery megavoltage mv_6_10 intermediate"},
		{"Radiation treatment delivery, 3 or more areas", "rt treatment_delivery complex"},
		{"MEGAVOLTAGE RAD TX SINGLE 11-19 MV", "rt treatment_delivery megavoltage mv_11_19 simple"},
		// the delivery goes without saying, the planning does not deliver
		{"RAD TX COMPLX 20 MV", "rt treatment_delivery complex megavoltage mv_20"},
		{"RADIATION TR INTERMED", "rt treatment_delivery intermediate"},
		{"IMRT COMPLEX TREATMENT PLANNING", "rt imrt complex treatment planning"},
		// the kind of service
		{"RAD ONC PHYSICS CONSULT SPEC", "rt physics_special"},
		{"Weekly radiation physics", "rt physics_continuing"},
		{"SPEC RADIATION DOSIMETRY", "rt special_dosimetry"},
		{"Teletherapy plan, special", "rt special_port_plan planning"},
		{"SPEC.TX PROC RADIATION", "rt special_treatment"},
		{"BRACHYTHERAPY 2-12 CHANNELS", "rt brachytherapy channels_2_12 hdr"},
		{"BRACHYTHERAPY PLAN 1 CHANNEL", "rt brachytherapy isodose planning channels_1"},
		{"TX MGMT COURSE 1 OR 2", "rt treatment_management one_two_fractions"},
		{"THERAPY PLAN CMPLX", "rt clinical_planning planning complex"},
		{"RADIATION SIMULATION THREE DIM", "rt simulation three_d planning"},
		// words
		{"SRS CYBERKNIFE", "rt stereotactic_radiosurgery linac"},
		{"CRANIAL LIN ACC 2 LESIONS", "rt stereotactic_radiosurgery linac"},
		{"SET RAD TX FIELD SMPL", "rt simulation simple"},
		{"Alpha cradle", "rt treatment_device complex"},
		{"Bite block for radiation", "rt treatment_device intermediate"},
		{"SRS linac one session", "rt stereotactic_radiosurgery linac one_session"},
		{"Radiosurgery per fraction", "rt stereotactic_radiosurgery fractionated"},
		{"Interst appl radioelement complex", "rt interstitial radioelement_application complex"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := e.factsOfTitle(c.name, "")
			if got, want := named(e, &f), strings.Fields(c.want); strings.Join(got, " ") != strings.Join(sorted(want), " ") {
				t.Errorf("%v, want %v", got, sorted(want))
			}
		})
	}
}

func sorted(words []string) []string {
	sort.Strings(words)
	return words
}

// named lists what is stated on the axes that radiation treatment has.
func named(e *Engine, f *Facts) []string {
	var out []string
	for _, x := range f.Facts {
		switch x.Axis {
		case lexicon.Modality, lexicon.Technique, lexicon.Intent, lexicon.Extent:
			out = append(out, e.lex.Concept(x.Concept).Name)
		}
	}
	return sorted(out)
}

// TestRadiotherapyRulesStayOut checks that other exams keep their words.
func TestRadiotherapyRulesStayOut(t *testing.T) {
	e, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, want string }{
		{"US ABDOMEN COMP", "complete us"},
		{"RAD FOREARM 2 VIEWS", "xr"},
		{"C-SPINE COMPL", "complete"},
	} {
		f := e.factsOfTitle(c.name, "")
		if got := strings.Join(named(e, &f), " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
