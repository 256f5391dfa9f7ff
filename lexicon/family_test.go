package lexicon

import (
	"slices"
	"testing"
)

// TestFamilies has one row per requirement on families of codes; `not` are codes
// outside.
func TestFamilies(t *testing.T) {
	lex, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		requirement, family, scope string
		in, not                    []string
	}{
		{"R120_diagnostic_radiology", "diagnostic radiology", "diagnostic", []string{"70010", "76499"}, []string{"70009", "76506"}},
		{"R121_head_and_neck", "head and neck", "diagnostic", []string{"70450", "70551"}, []string{"71045"}},
		{"R122_chest", "chest", "diagnostic", []string{"71275", "71550"}, []string{"70559", "72020"}},
		{"R123_spine_and_pelvis", "spine and pelvis", "diagnostic", []string{"72148", "72193"}, []string{"73000"}},
		{"R124_upper_limb", "upper limb", "diagnostic", []string{"73030", "73221"}, []string{"73501"}},
		{"R125_lower_limb", "lower limb", "diagnostic", []string{"73502", "73721"}, []string{"73225"}},
		{"R126_abdomen", "abdomen", "diagnostic", []string{"74018", "74177", "74181"}, []string{"74210"}},
		{"R127_digestive_tract", "digestive tract", "diagnostic", []string{"74220", "74270", "74263"}, []string{"74018"}},
		{"R128_urinary_tract", "urinary tract", "diagnostic", []string{"74400", "74455"}, []string{"74363"}},
		{"R129_pregnancy", "pregnancy and female organs", "diagnostic", []string{"74740", "74712"}, []string{"74485"}},
		{"R130_heart", "heart", "diagnostic", []string{"75574", "75580"}, []string{"75600"}},
		{"R131_vessels", "vessels", "diagnostic", []string{"75635"}, []string{"75574"}},
		{"R132_ultrasound", "ultrasound", "diagnostic", []string{"76506", "76999"}, []string{"76499", "77001"}},
		{"R133_head_and_neck", "ultrasound of head and neck", "diagnostic", []string{"76536"}, []string{"76604"}},
		{"R133_chest_and_breast", "ultrasound of chest and breast", "diagnostic", []string{"76641"}, []string{"76700"}},
		{"R133_abdomen", "ultrasound of abdomen and retroperitoneum", "diagnostic", []string{"76770"}, []string{"76800"}},
		{"R133_spinal_canal", "ultrasound of the spinal canal", "diagnostic", []string{"76800"}, []string{"76801", "76799"}},
		{"R133_pelvis", "ultrasound of pelvis and pregnancy", "diagnostic", []string{"76856"}, []string{"76870"}},
		{"R133_male_organs", "ultrasound of male organs", "diagnostic", []string{"76870"}, []string{"76856"}},
		{"R133_limbs", "ultrasound of limbs", "diagnostic", []string{"76882"}, []string{"76942"}},
		{"R133_guidance", "ultrasound guidance", "guidance", []string{"76942"}, []string{"76981"}},
		{"R133_other", "other ultrasound", "diagnostic", []string{"76981"}, []string{"76942"}},
		{"R134_fluoroscopic_guidance", "fluoroscopic guidance", "guidance", []string{"77002"}, []string{"77012"}},
		{"R134_ct_guidance", "CT guidance", "guidance", []string{"77012", "77014"}, []string{"77021"}},
		{"R134_mr_guidance", "MR guidance", "guidance", []string{"77021"}, []string{"77002"}},
		{"R135_breast", "breast", "diagnostic", []string{"77046", "77067"}, []string{"77071"}},
		{"R136_bone_and_joint", "bone and joint studies", "diagnostic", []string{"77072", "77080", "77089"}, []string{"77067"}},
		{"R137_radiation_oncology", "radiation oncology", "therapeutic", []string{"77261", "77799"}, []string{"78012"}},
		{"R138_planning", "radiation treatment planning", "therapeutic", []string{"77295"}, []string{"77300"}},
		{"R138_physics", "radiation physics and devices", "therapeutic", []string{"77295", "77370"}, []string{"77293"}},
		{"R139_stereotactic", "stereotactic delivery and its guidance", "therapeutic", []string{"77371", "77385", "77387"}, []string{"77399"}},
		{"R140_delivery", "radiation treatment delivery", "therapeutic", []string{"77402", "77407", "77412"}, []string{"77423"}},
		{"R141_neutron", "neutron beam delivery", "therapeutic", []string{"77423"}, []string{"77424", "77425"}},
		{"R141_during_an_operation", "radiation during an operation", "therapeutic", []string{"77424", "77425"}, []string{"77423"}},
		{"R142_management", "radiation treatment management", "therapeutic", []string{"77427"}, nil},
		{"R142_proton", "proton beam delivery", "therapeutic", []string{"77520"}, nil},
		{"R142_hyperthermia", "hyperthermia", "therapeutic", []string{"77600"}, nil},
		{"R142_hyperthermia_within_a_cavity", "hyperthermia within a cavity", "therapeutic", []string{"77620"}, nil},
		{"R142_brachytherapy", "brachytherapy", "therapeutic", []string{"77750"}, nil},
		{"R143_nuclear_medicine", "diagnostic nuclear medicine", "diagnostic", []string{"78306", "78815"}, []string{"77799"}},
		{"R143_therapeutic_nuclear_medicine", "therapeutic nuclear medicine", "therapeutic", []string{"79005"}, nil},
		{"R144_diagnostic_and_therapeutic", "diagnostic nuclear medicine", "diagnostic", []string{"78999"}, []string{"79004", "79005"}},
		{"R144_unknown", "therapeutic nuclear medicine", "therapeutic", []string{"79005"}, []string{"79004"}},
		{"R146_vessels_without_catheter", "vessels without catheter", "diagnostic", []string{"93970", "93971"}, []string{"76999"}},
	} {
		t.Run(c.requirement, func(t *testing.T) {
			holds := func(code string) bool {
				return slices.ContainsFunc(lex.Families(code), func(f Family) bool { return f.Name == c.family && f.Scope == c.scope })
			}
			for _, code := range c.in {
				if !holds(code) || !lex.CouldExist(CPT, code) {
					t.Errorf("%s is not in %s: %v", code, c.family, lex.Families(code))
				}
			}
			for _, code := range c.not {
				if holds(code) {
					t.Errorf("%s is in %s", code, c.family)
				}
			}
		})
	}
	if f := lex.Families("79004"); len(f) != 0 {
		t.Errorf("79004: %v", f)
	}
}
