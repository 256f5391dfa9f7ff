package coding

import "fmt"

// patientCategories are ICD-10-CM categories of one sex alone, and of an age: those of the sexual organs and of
// pregnancy. The ages of pregnancy are those of the Medicare Code Editor.
var patientCategories = []struct {
	from, to, sex  string
	minAge, maxAge float64 // 0 = any
}{
	{from: "C51", to: "C58", sex: "F"},
	{from: "C60", to: "C63", sex: "M"},
	{from: "D06", to: "D06", sex: "F"},
	{from: "D25", to: "D28", sex: "F"},
	{from: "D29", to: "D29", sex: "M"},
	{from: "D39", to: "D39", sex: "F"},
	{from: "D40", to: "D40", sex: "M"},
	{from: "N40", to: "N53", sex: "M"},
	{from: "N70", to: "N77", sex: "F"},
	{from: "N80", to: "N98", sex: "F"},
	{from: "O00", to: "O9A", sex: "F", minAge: 9, maxAge: 64},
	{from: "Q50", to: "Q52", sex: "F"},
	{from: "Q53", to: "Q55", sex: "M"},
}

var sexNames = map[string]string{"F": "female", "M": "male"}

// patientRule holds diagnoses against the patient that the metadata name. Who changed sex may have either's organs:
// so it asks and does not refuse.
var patientRule = Rule{
	ID: "age_sex_conflict", Doc: "a diagnosis is of another sex or age than the patient's", Source: "coding guide 000, discrepancies; payers answer with CARC 9 (age) or 10 (sex)", Severity: SeverityWarning,
	Query: "Are the patient's sex and age right, and is this the report of that patient?",
	Check: (*Engine).patientConflicts,
}

func (e *Engine) patientConflicts(s *study) []Finding {
	m := &s.doc.Report.Meta
	var out []Finding
	for _, d := range s.diagnoses {
		category := d.Code[:min(len(d.Code), 3)]
		for _, c := range patientCategories {
			if category < c.from || category > c.to {
				continue
			}
			name, known := sexNames[m.Sex]
			switch {
			case known && m.Sex != c.sex:
				out = append(out, Finding{Message: fmt.Sprintf("%s (%s) and the patient is %s", d.Code, d.Title, name), Evidence: d.Evidence})
			case m.Age != nil && c.maxAge > 0 && (*m.Age < c.minAge || *m.Age > c.maxAge):
				out = append(out, Finding{Message: fmt.Sprintf("%s (%s) and the patient is %g years old", d.Code, d.Title, *m.Age), Evidence: d.Evidence})
			}
		}
	}
	return out
}
