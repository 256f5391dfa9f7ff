package coding

import (
	"slices"
	"strings"
	"testing"
)

// TestNuclearNames reads exam names of nuclear medicine as price lists write
// them; the names are made up. Many of their words mean something else in other
// departments.
func TestNuclearNames(t *testing.T) {
	e, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ title, want string }{
		// One study or several, SPECT or planar.
		{"NM HEART SPECT SING REST", "nm myocardium spect single_study rest"},
		{"NM HRT SPECT STDY MLTPL", "nm heart spect multiple_studies"},
		{"NUC CARDIAC PLNR PERF 1R/S", "nm heart planar perfusion single_study stress rest_or_stress"},
		{"NM HEART PERF PL MULTPL R/S", "nm heart perfusion planar multiple_studies rest_stress stress"},
		{"NM REST THALLIUM W EXERCISE SPECT", "nm myocardium perfusion exercise spect rest_stress"},
		{"NM CARDIAC TOMO PERF MULTI", "nm myocardium spect perfusion multiple_studies"},
		{"NM CARD WALL MOTION SNGL", "nm heart blood_pool wall_motion single_study gated"},
		{"MYOCARD PERF WM EF", "myocardium perfusion nm wall_motion ejection_fraction"},
		{"NM LEXISCAN 2 DAY", "nm myocardium perfusion stress rest_stress"},
		{"NM HEART SPECT SNGL REST/EXERCISE", "nm myocardium spect single_study stress rest_or_stress"},
		{"MPI SPECT REST OR EXERC", "myocardium perfusion nm spect rest_or_stress stress"},
		{"HEART PERF R&S", "heart perfusion nm rest_stress stress"},
		{"THALLIUM R-SPECT", "nm myocardium perfusion spect rest"},
		{"BLD POOL GATED EQ MULT", "heart blood_pool nm gated multiple_studies"},
		// Hybrid scanners.
		{"PET CARDIAC METABOLIC W/CT", "pet myocardium metabolic pet_ct"},
		{"NM SPECT LIVER W/CT", "nm spect liver spect_ct tracer_localization"},
		{"NUCLEAR MEDICINE STUDY OF LUNG WITH CT SCAN", "lung pet pet_ct"},
		{"PET NM BRAIN", "pet brain"},
		{"PET WB INIT TX", "pet whole_body"},
		{"PET NECK TO KNEE NC", "pet skull_to_thigh without pet_ct"},
		{"PET HRT PERF MULT CT", "pet heart perfusion multiple_studies pet_ct"},
		{"NM SPECT BONE HIPS", "nm bone spect hip tracer_localization"},
		// The flow phase is no fluoroscopy.
		{"NM LIVER & SPLEEN W/FL", "nm liver spleen vascular_flow"},
		{"FL LIVER", "fl liver"},
		{"NM RENAL VASC FL ONLY", "nm kidney vascular_flow"},
		{"NM KIDNEY VF FUNC NO PHRM", "nm kidney vascular_flow function_study without_drug"},
		{"NM RENAL FL/FUNC W/DR", "nm kidney vascular_flow function_study pharmacologic"},
		{"NM BRAIN MIN 4 STATICS W FLOW", "nm brain static vascular_flow 4+"},
		{"NM SPLEEN W OR W/O FLOW", "nm spleen vascular_flow"},
		{"NM BRAIN IMG AND FLOW", "nm brain vascular_flow static"},
		{"THYROID IMG W/BLD FLOW", "nm thyroid thyroid_scan vascular_flow"},
		{"SCROTAL SCAN W FLOW", "scrotum nm vascular_flow"},
		// Small words beside an organ.
		{"NM LUNG V/Q DIFF", "nm lung ventilation perfusion quantitative"},
		{"NM LUNG PERF QNT", "nm perfusion lung quantitative"},
		{"NM GASTRIC EMPTYING W SM BOWEL", "nm stomach gastric_emptying small_bowel_transit"},
		{"NM BONE SCAN 3-PHASE FOOT", "nm bone bone_scan three_phase foot"},
		{"NM HEPATOBILIARY WITH USE OF DRUGS", "nm bile_duct hepatobiliary pharmacologic"},
		{"NM HIDA W/E.F.", "nm bile_duct hepatobiliary ejection_fraction"},
		{"NM THYROID UPTK/SCAN MULT", "nm thyroid uptake thyroid_scan multiple_studies"},
		{"NM THYROID CA NECK/CHEST", "nm thyroid thyroid_mets limited"},
		{"HEPATOBILIARY IMG W/ INTERV", "nm bile_duct hepatobiliary pharmacologic"},
		{"NON-CARDIAC VASC FLOW", "vessel vascular_flow nm"},
		{"INFLAM LOC LIMITED", "nm inflammation_localization limited"},
		{"NUC CYSTOGRAM", "nm bladder cystography"},
		{"NM I-123 SCAN WHOLE BODY", "nm thyroid thyroid_mets whole_body"},
		{"TC-99M BONE SCAN WB", "nm bone whole_body bone_scan"},
		{"Y-90 THERAPY LIVER", "nm radiopharm_therapy intraarterial treatment liver"},
		{"NM HIDA W/O EF", "nm bile_duct hepatobiliary without_drug"},
		{"BILIARY INCL GB QUANT", "bile_duct nm hepatobiliary gallbladder pharmacologic"},
		{"RENAL SCAN FUNC", "nm kidney renogram function_study"},
		{"NM KIDNEY WO FUROSEMIDE", "nm kidney without_drug"},
		{"NM RENAL W & WO DIURETIC", "nm kidney pharmacologic multiple_studies"},
		{"NM KIDNEY W FLOW SNGL", "nm kidney vascular_flow single_study function_study"},
		{"NM QUANT PERF", "nm quantitative lung perfusion"},
		{"THYROID IMG SNG/MLT", "nm thyroid thyroid_scan single_study multiple_studies uptake"},
		{"PLASMA VOL MULT SAMPLES", "nm blood plasma_volume multiple_studies"},
		{"CISTERNOGRAM FOR LEAK", "nm csf_space csf_leak"},
		// Areas and days.
		{"NM TUMOR LOC 2+AREAS", "nm tracer_localization multiple_areas"},
		{"NM TUMOR LOC WHL BDY 2+DAYS", "nm tracer_localization whole_body multiple_days"},
		{"NM TUMOR SPEC 1 AREA 1 DAY", "nm tracer_localization spect limited single_day"},
		{"NM ABSCESS SPECT/CT 2 VIEWS", "nm inflammation_localization spect_ct multiple_areas 2"},
		// Routes of treatment.
		{"RADIOPHARM THERPY BY MOUTH", "nm treatment radiopharm_therapy oral_route"},
		{"RADIOPHARM THERAPY BY IV", "nm treatment radiopharm_therapy iv_route"},
		{"RADIOPHARM THERAPY INTRA ARTERY", "nm treatment radiopharm_therapy intraarterial"},
		{"CT ABDOMEN IV CONTRAST", "ct abdomen agent"},
	} {
		f := e.factsOfTitle(c.title, "")
		var got []string
		for _, x := range f.Facts {
			got = append(got, e.lex.Concept(x.Concept).Name)
		}
		if f.Views.Stated() {
			got = append(got, f.Views.String())
		}
		if want := strings.Fields(c.want); !slices.Equal(got, want) {
			t.Errorf("%q states %q, want %q", c.title, strings.Join(got, " "), c.want)
		}
	}
}
