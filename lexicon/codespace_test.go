package lexicon

import (
	"testing"
)

func TestCouldExist(t *testing.T) {
	l, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		system, code string
		want         bool
	}{
		{CPT, "71046", true}, {CPT, "70000", false}, {CPT, "7104", false}, {CPT, "99999", false}, {CPT, "0042T", true}, {CPT, "9999T", false},
		{CPT, "00042", false}, {CPT, "71046-26", false}, {HCPCS, "G0279", true}, {HCPCS, "F0279", false}, {HCPCS, "G027", false},
		{ICD10CM, "R10.31", true}, {ICD10CM, "R1031", true}, {ICD10CM, "R05", true}, {ICD10CM, "C4A.30", true}, {ICD10CM, "S52.501A", true},
		{ICD10CM, "R10.", false}, {ICD10CM, "R1.031", false}, {ICD10CM, "R10.3.1", false}, {ICD10CM, "X55", false}, {ICD10CM, "786.2", false},
		{ICD10CM, "r05.9", false}, {ICD10CM, "", false}, {"loinc", "18782-3", false},
	} {
		if got := l.CouldExist(c.system, c.code); got != c.want {
			t.Errorf("CouldExist(%s, %q) = %v", c.system, c.code, got)
		}
	}
}

// TestOwnCodesCouldExist holds the ranges against every code the tables know.
func TestOwnCodesCouldExist(t *testing.T) {
	l, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for i := range l.Procedures {
		if p := &l.Procedures[i]; !l.CouldExist(p.System, p.Code) {
			t.Errorf("%s: %s stands outside the code space", p.Source, p.Code)
		}
	}
	for i := range l.Diagnoses {
		for _, c := range l.Enumerate(&l.Diagnoses[i]) {
			if !l.CouldExist(ICD10CM, c.Code) {
				t.Errorf("%s: %s stands outside the code space", l.Diagnoses[i].Source, c.Code)
			}
		}
	}
}
