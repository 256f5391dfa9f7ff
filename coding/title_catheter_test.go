package coding

import (
	"slices"
	"testing"

	"github.com/radcode/radcode/lexicon"
)

// titleCase is an invented exam name and what must be read of it: facts written
// as axis:concept, and what must not be.
type titleCase struct {
	title string
	want  []string
	never []string
}

var catheterTitles = []titleCase{
	// a film of a vessel is a study of it
	{title: "XR VEIN LEG", want: []string{"technique:venography", "region:lower_extremity"}},
	{title: "XA ARTERY FOOT S&I", want: []string{"technique:angiography", "component:supervision_interpretation"}},
	{title: "HC XR LYMPH VESSELS ARM", want: []string{"technique:lymphangiography"}},
	{title: "US VEIN LEG", never: []string{"technique:venography"}},
	{title: "FLUORO GUIDE VEIN PUNCTURE", want: []string{"component:guidance"}, never: []string{"technique:venography"}},
	// part and kind of vessel make a vessel
	{title: "XR VEIN LIVER", want: []string{"region:hepatic_vein"}, never: []string{"region:vein", "region:liver"}},
	{title: "VENOGRM KIDNEY LT", want: []string{"region:renal_vein", "technique:venography"}},
	{title: "IR VENOGRAM SINUS", want: []string{"region:dural_sinus"}, never: []string{"region:sinus"}},
	{title: "AORTOGRM THORACIC FILMS", want: []string{"region:thoracic_aorta"}, never: []string{"region:thoracic_spine"}},
	{title: "XR LUNG ARTERY SEL", want: []string{"region:pulmonary_artery", "technique:selective"}},
	// pressures
	{title: "HEPATIC VENO W/O PRESS", want: []string{"region:hepatic_vein", "technique:without_hemodynamics"}},
	{title: "HEP VENOGRAM WITH", want: []string{"technique:hemodynamics"}},
	{title: "PORTOGRAM WO", want: []string{"technique:without_hemodynamics"}},
	// grafts of the thoracic aorta
	{title: "ENDOVASC RPR DTA W LT SUBCLAV", want: []string{"technique:endovascular_repair", "technique:subclavian_coverage", "region:thoracic_aorta"}},
	{title: "ENDOV REPAIR THOR AO NOT INV LSA", want: []string{"technique:without_subclavian_coverage"}, never: []string{"technique:subclavian_coverage"}},
	// catheters
	{title: "MECH REMOVAL OBSTR MAT CVD LUMEN", want: []string{"technique:catheter_clearance", "technique:intraluminal"}},
	{title: "ARTERIOGRAM EA ADDL VESSEL RENAL", want: []string{"component:each_additional", "technique:angiography"}, never: []string{"region:kidney", "region:renal_artery"}},
	{title: "CEREBRAL ARTERIOGRAM ADDL", want: []string{"component:each_additional", "region:cerebral_artery"}},
	{title: "MECH RMVL MATERIAL THRU LUMEN CVAD", want: []string{"technique:intraluminal"}, never: []string{"technique:pericatheter"}},
	{title: "DRAIN CATH EXCH NEPHROSTOMY", want: []string{"technique:exchange", "technique:drainage"}},
	// a study of vessels that names no modality is one by catheter
	{title: "ARTERIOGRM LIVER", want: []string{"modality:xa", "region:hepatic_artery"}, never: []string{"region:liver"}},
	{title: "ANGIOGRAM FOREARM LT", want: []string{"modality:xa"}},
	{title: "ANGIO CHEST W CONTRAST", never: []string{"modality:xa"}},
	{title: "CT ANGIO LIVER", want: []string{"region:liver"}, never: []string{"modality:xa", "region:hepatic_artery"}},
	{title: "IVC VENOGRPHY", want: []string{"region:inferior_vena_cava"}},
	{title: "VENOGRAM DURAL SINUS SUP SAGITTAL", want: []string{"region:superior_sagittal_sinus"}},
	// a list's heading says that they are angiograms
	{title: "THORACIC WO SERIALOG", want: []string{"technique:non_serial", "technique:angiography", "region:thoracic_aorta"}, never: []string{"region:thoracic_spine"}},
	{title: "ABD TRANSLUMBAR W/SERL", want: []string{"technique:angiography", "region:abdominal_aorta"}},
	{title: "LWR EXTREM BILAT BY SERIAL", want: []string{"technique:angiography"}},
	{title: "THORACIC SPINE LATERAL", never: []string{"technique:angiography"}},
	{title: "ENDOVASC RPR DTA W/O COVERING LSA", want: []string{"technique:without_subclavian_coverage"}, never: []string{"technique:subclavian_coverage"}},
	// prostheses
	{title: "PLACE PROX EXT PROSTH THOR AORTA", want: []string{"technique:endovascular_repair", "technique:proximal_extension"}, never: []string{"region:prostate"}},
	// everyday words
	{title: "Radiologist review, vein of kidney", want: []string{"component:supervision_interpretation", "region:renal_vein", "technique:venography"}, never: []string{"modality:nm"}},
	// departments stand first
	{title: "SP LEG RUNOFF", want: []string{"modality:xa"}},
	{title: "MM NEEDLE LOC", want: []string{"modality:mg"}},
	{title: "MR SP LUMBAR", want: []string{"modality:mr"}, never: []string{"modality:xa"}},
}

var contrastStudyTitles = []titleCase{
	{title: "UGI AIR CONTRST", want: []string{"technique:upper_gi", "technique:double_contrast"}},
	{title: "GI TRACT, UPPER HI DENS BARIUM", want: []string{"technique:upper_gi", "technique:double_contrast"}},
	{title: "SM INT F-THRU", want: []string{"region:small_bowel", "technique:small_bowel_series"}},
	{title: "SML BWL VIA ENT TUBE", want: []string{"region:small_bowel", "technique:enteroclysis"}},
	{title: "ESOPHAGUS W/VIDEO", want: []string{"region:esophagus", "technique:cineradiography"}},
	{title: "SWALLOW FUNC CIN/VID", want: []string{"technique:swallow"}},
	{title: "THERAPEUTIC ENEMA CHILD", want: []string{"technique:enema", "technique:reduction"}},
	{title: "XR INTUSSUSCEPTION", want: []string{"technique:reduction"}},
	{title: "OPER CHOLE FILMS", want: []string{"region:bile_duct", "technique:cholangiography", "technique:intraoperative"}},
	{title: "ENDO CATH BIL/PANC", want: []string{"technique:ercp", "region:bile_duct", "region:pancreas"}, never: []string{"region:breast"}},
	{title: "DIL BILE DUCT PERC", want: []string{"region:bile_duct", "technique:dilation"}, never: []string{"technique:ductography"}},
	{title: "INFUSION PYELOGRAM", want: []string{"technique:urography", "technique:infusion"}},
	{title: "UROGRAM BOLUS W/NEPHROTOMO", want: []string{"technique:infusion", "technique:nephrotomography"}},
	{title: "IVP W/ TOMOS", want: []string{"technique:nephrotomography"}, never: []string{"modality:mg"}},
	{title: "UCG RETRO", want: []string{"technique:urethrography", "technique:retrograde"}, never: []string{"region:retroperitoneum"}},
	{title: "NG TUBE MANIPULATION", want: []string{"region:gi_tract", "technique:tube_placement"}},
	{title: "UROGRAM INFUSN W/TOMOS", want: []string{"technique:infusion", "technique:nephrotomography"}, never: []string{"modality:mg"}},
	{title: "INTRO LONG GI TUBE", want: []string{"technique:tube_placement"}, never: []string{"technique:intraoperative"}},
	{title: "ERCP PANCR", want: []string{"region:pancreatic_duct"}},
	{title: "ENDO CATH BILE DUCT", never: []string{"region:breast", "technique:ductography"}},
	{title: "CHOLANG IN SURGERY ADDL SET", want: []string{"technique:intraoperative", "component:each_additional"}},
	{title: "MYELO DORSAL", want: []string{"region:thoracic_spine"}},
	// contrast on film without a word of what was done
	{title: "CONTRAST X-RAY BLADDER", want: []string{"technique:cystography"}},
	{title: "CONTRAST XRAY OF ELBOW", want: []string{"technique:arthrography"}},
	{title: "CONTRAST X-RAY NECK SPINE", want: []string{"technique:myelography"}},
	{title: "CT BLADDER W CONTRAST", never: []string{"technique:cystography"}},
	{title: "XR BLADDER", never: []string{"technique:cystography"}},
	// several regions on film are one study
	{title: "XR MYELO CERVICAL/LUMBAR", want: []string{"region:entire_spine"}, never: []string{"region:lumbar_spine"}},
	{title: "CT MYELO CERVICAL/LUMBAR", want: []string{"region:cervical_spine", "region:lumbar_spine"}, never: []string{"region:entire_spine"}},
}

var guidanceTitles = []titleCase{
	{title: "FLUORO GUID EPIDUR", want: []string{"technique:injection", "region:spine"}},
	{title: "FL EPIDURAL STEROID INJ", want: []string{"region:spine"}},
	{title: "FLUORO GUIDE BX/ASP/INJ", want: []string{"technique:biopsy", "technique:aspiration", "technique:injection"}},
	{title: "FLUORO GUID ABSC", want: []string{"technique:drainage"}},
	{title: "US GUIDE ABSCESS ASPIRATION", want: []string{"technique:aspiration"}, never: []string{"technique:drainage"}},
	{title: "US GUID VASC ACC", want: []string{"technique:vascular_access"}},
	{title: "US GUIDE IN SURGERY", want: []string{"technique:intraoperative"}},
	{title: "CT LIVER BIO GUIDE", want: []string{"technique:biopsy"}},
	{title: "FLUORO GUIDE DOUBLE LUMEN CATH", never: []string{"technique:catheter_clearance"}},
	{title: "FLUORO SEPARATE", want: []string{"technique:up_to_one_hour"}},
	{title: "PRO FEE CT CHEST", never: []string{"region:prostate"}},
}

func TestGuidanceTitles(t *testing.T)      { checkTitles(t, guidanceTitles) }
func TestCatheterTitles(t *testing.T)      { checkTitles(t, catheterTitles) }
func TestContrastStudyTitles(t *testing.T) { checkTitles(t, contrastStudyTitles) }

func checkTitles(t *testing.T, cases []titleCase) {
	t.Helper()
	e, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		got := factNames(e, c.title)
		for _, w := range c.want {
			if !slices.Contains(got, w) {
				t.Errorf("%q: %s is not read; read: %v", c.title, w, got)
			}
		}
		for _, w := range c.never {
			if slices.Contains(got, w) {
				t.Errorf("%q: %s is read; read: %v", c.title, w, got)
			}
		}
	}
}

func factNames(e *Engine, title string) []string {
	f := e.factsOfTitle(title, "")
	var names []string
	for axis := lexicon.Modality; axis < lexicon.NumAxes; axis++ {
		for _, id := range f.Of(axis) {
			names = append(names, axis.String()+":"+e.lex.Concept(id).Name)
		}
	}
	return names
}
