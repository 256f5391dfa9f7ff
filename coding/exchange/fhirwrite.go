package exchange

import (
	"crypto/sha1"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/radcode/radcode/coding"
)

// object is a JSON object; encoding/json sorts its keys, so that the same
// result gives the same bytes.
type object map[string]any

// set adds a value that is not empty.
func (o object) set(key, value string) {
	if value != "" {
		o[key] = value
	}
}

// WriteFHIR writes a result as one line of JSON: a FHIR R4 Bundle (collection)
// with the DiagnosticReport, its text and every diagnosis as conclusionCode; a
// draft Claim with the codes of Result.Claim; and one DetectedIssue per flag. The
// same input gives the same bytes. What a Claim must have and the report does not
// say is "not stated". The error is the writer's.
func WriteFHIR(w io.Writer, rec Record, res coding.Result) error {
	f := fhirWriter{rec: rec, res: res}
	entries := []object{f.entry("DiagnosticReport", 0, f.report()), f.entry("Claim", 0, f.claim())}
	for i, flag := range res.Flags {
		entries = append(entries, f.entry("DetectedIssue", i, f.issue(flag)))
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(object{"resourceType": "Bundle", "type": "collection", "entry": entries})
}

type fhirWriter struct {
	rec Record
	res coding.Result
}

func (f fhirWriter) entry(resourceType string, n int, o object) object {
	o["resourceType"] = resourceType
	return object{"fullUrl": f.urn(resourceType, n), "resource": o}
}

// urn names a resource by what it is about (a version 5 UUID): bundles of
// different reports can be joined, and the same report keeps its names.
func (f fhirWriter) urn(resourceType string, n int) string {
	b := sha1.Sum(fmt.Appendf(nil, "%s\x00%s\x00%s\x00%s\x00%d", f.rec.ID, f.rec.Exam, f.rec.Text, resourceType, n))
	b[6] = b[6]&0x0f | 0x50
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:16])
}

func (f fhirWriter) report() object {
	name := f.rec.Exam
	if len(f.res.Exams) > 0 {
		name = first(name, f.res.Exams[0].Title)
	}
	status := "unknown"
	if s := f.rec.Meta.Signed; s != nil {
		status = map[bool]string{true: "final", false: "preliminary"}[*s]
	}
	o := object{
		"status": status, "code": object{"text": first(name, "Imaging report")}, "subject": f.patient(),
		"category": []object{concept("http://terminology.hl7.org/CodeSystem/v2-0074", "RAD", "Radiology")},
	}
	o.set("effectiveDateTime", f.rec.Meta.DateOfService)
	if f.rec.ID != "" {
		o["identifier"] = []object{{"value": f.rec.ID}}
	}
	if f.rec.Text != "" {
		o["presentedForm"] = []object{{
			"contentType": "text/plain; charset=utf-8", "data": base64.StdEncoding.EncodeToString([]byte(f.rec.Text)),
		}}
	}
	if codes := f.conclusions(); len(codes) > 0 {
		o["conclusionCode"] = codes
	}
	return o
}

func (f fhirWriter) patient() object {
	if id := f.rec.Meta.Patient; id != "" {
		return object{"identifier": object{"value": id}}
	}
	return object{"display": "not stated"}
}

func (f fhirWriter) conclusions() []object {
	var out []object
	for _, d := range f.res.Diagnoses {
		c := concept(systemICD10CM, d.Code, d.Title)
		c["extension"] = []object{confidence(d.Confidence), {"url": extensions + "role", "valueCode": string(d.Role)}}
		out = append(out, c)
	}
	return out
}

// extensions is where the definitions of our extensions are.
const extensions = "https://github.com/radcode/radcode/fhir/"

func confidence(p float64) object {
	return object{"url": extensions + "confidence", "valueDecimal": p}
}

// concept writes a code. The title is ours and not the code system's display,
// so that it stands as text.
func concept(system, code, title string) object {
	o := object{"coding": []object{{"system": system, "code": code}}}
	o.set("text", title)
	return o
}

func (f fhirWriter) claim() object {
	o := object{
		"status": "draft", "use": "claim", "patient": f.patient(),
		"type":      concept("http://terminology.hl7.org/CodeSystem/claim-type", "professional", ""),
		"priority":  concept("http://terminology.hl7.org/CodeSystem/processpriority", "normal", ""),
		"provider":  object{"display": "not stated"},
		"insurance": []object{{"sequence": 1, "focal": true, "coverage": object{"display": first(f.rec.Meta.Payer, "not stated")}}},
		"supportingInfo": []object{{
			"sequence": 1, "valueReference": object{"reference": f.urn("DiagnosticReport", 0)},
			"category": concept("http://terminology.hl7.org/CodeSystem/claiminformationcategory", "info", ""),
		}},
		"extension": []object{
			{"url": extensions + "disposition", "valueCode": string(f.res.Disposition)},
			{"url": extensions + "policy", "valueCode": string(f.res.Claim.Policy)},
		},
	}
	f.created(o)
	if len(f.res.Claim.Dx) > 0 {
		o["diagnosis"] = f.diagnoses()
	}
	if len(f.res.Claim.Lines) > 0 {
		o["item"] = f.items()
	}
	return o
}

// created is a required date. There is no clock here, so that it is the date of
// service, or marked as unknown.
func (f fhirWriter) created(claim object) {
	claim.set("created", f.rec.Meta.DateOfService)
	if claim["created"] == nil {
		claim["_created"] = object{"extension": []object{
			{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"},
		}}
	}
}

func (f fhirWriter) diagnoses() []object {
	var out []object
	for i, code := range f.res.Claim.Dx {
		d := findDiagnosis(f.res, code)
		out = append(out, object{
			"sequence": i + 1, "diagnosisCodeableConcept": concept(systemICD10CM, code, d.Title),
			"extension": []object{confidence(d.Confidence)},
		})
	}
	return out
}

var fhirSystem = map[string]string{"cpt": systemCPT, "hcpcs": systemHCPCS}

func (f fhirWriter) items() []object {
	var out []object
	for i, line := range f.res.Claim.Lines {
		p := findProcedure(f.res, line.Code)
		item := object{
			"sequence": i + 1, "productOrService": concept(fhirSystem[p.System], p.Code, p.Title),
			"quantity": object{"value": line.Units}, "extension": []object{confidence(p.Confidence)},
		}
		if len(line.Dx) > 0 {
			item["diagnosisSequence"] = line.Dx
		}
		item.set("servicedDate", f.rec.Meta.DateOfService)
		var modifiers []object
		for _, m := range line.Modifiers {
			modifiers = append(modifiers, concept(modifierSystem(m), m, modifierReason(f.res, m)))
		}
		if len(modifiers) > 0 {
			item["modifier"] = modifiers
		}
		out = append(out, item)
	}
	return out
}

// modifierSystem: the AMA's modifiers are numbers (26, 50), those of CMS have a
// letter (RT, TC).
func modifierSystem(code string) string {
	if strings.Trim(code, "0123456789") == "" {
		return systemCPT
	}
	return systemHCPCS
}

// severities are those of DetectedIssue.
var severities = map[coding.Severity]string{coding.SeverityError: "high", coding.SeverityWarning: "moderate", coding.SeverityInfo: "low"}

// issue writes a flag; the question to the radiologist is the way to resolve it.
func (f fhirWriter) issue(flag coding.Flag) object {
	o := object{
		"status": "final", "code": concept(extensions+"flag", flag.ID, ""),
		"implicated": []object{{"reference": f.urn("DiagnosticReport", 0)}},
	}
	o.set("severity", severities[flag.Severity])
	o.set("detail", flag.Message)
	if flag.Query != "" {
		o["mitigation"] = []object{{"action": object{"text": flag.Query}}}
	}
	return o
}
