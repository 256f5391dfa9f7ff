package exchange

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/radcode/radcode/nlp"
)

// Identifiers of code systems in FHIR.
const (
	systemCPT     = "http://www.ama-assn.org/go/cpt"
	systemHCPCS   = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
	systemICD10CM = "http://hl7.org/fhir/sid/icd-10-cm"
)

// ReadFHIR reads FHIR R4 in JSON: a DiagnosticReport, a Bundle with such
// reports, several resources one after the other or in an array. References are
// followed inside a Bundle and to contained resources. It does what Read does
// for such input, whatever the file is called.
func ReadFHIR(r io.Reader, name string) iter.Seq2[Record, error] { return readJSON(r, name) }

// The parts of the resources that a report needs. One type serves them all:
// names mean the same wherever they occur.
type resource struct {
	ResourceType string
	ID           string
	Identifier   []struct{ Value string }
	Contained    []json.RawMessage

	// DiagnosticReport, Observation, ServiceRequest, ImagingStudy
	Status            string
	Code              codeable
	Subject           reference
	Encounter         reference
	EffectiveDateTime string
	EffectivePeriod   struct{ Start string }
	Started           string
	Issued            string
	BasedOn           []reference
	ImagingStudy      []reference // R4
	Study             []reference // R5
	Result            []reference
	PresentedForm     []attachment
	Text              struct{ Status, Div string }
	Conclusion        string
	Performer         []reference
	ValueString       string
	ValueConcept      codeable `json:"valueCodeableConcept"`
	ValueQuantity     struct {
		Value json.Number
		Unit  string
	}
	Description string
	ReasonCode  []codeable
	Requester   reference

	// Patient, Practitioner, Organization, Encounter; a class is a coding in R4,
	// a name is a list or a string.
	Gender    string
	BirthDate string
	Class     json.RawMessage
	Name      json.RawMessage

	Entry []struct {
		FullURL  string
		Resource json.RawMessage
	}
}

type codeable struct {
	Coding []struct{ System, Code, Display string }
	Text   string
}

// words returns what a person would read.
func (c codeable) words() string {
	for _, x := range c.Coding {
		if c.Text == "" {
			c.Text = x.Display
		}
	}
	return strings.TrimSpace(c.Text)
}

type reference struct {
	Reference  string
	Display    string
	Identifier struct{ Value string }
}

type attachment struct{ ContentType, Title, Data, URL string }

// bundle finds resources by the ways to refer to them.
type bundle map[string]json.RawMessage

// fhirRecords reads one resource: every DiagnosticReport in it is a Record.
func fhirRecords(item []byte) ([]Record, error) {
	var root resource
	if err := json.Unmarshal(item, &root); err != nil {
		return nil, err
	}
	if root.ResourceType == "DiagnosticReport" {
		return []Record{bundle{}.record(root)}, nil
	}
	if root.ResourceType != "Bundle" {
		return nil, fmt.Errorf("a FHIR %s has no report: a DiagnosticReport or a Bundle is needed", root.ResourceType)
	}
	return bundleRecords(root)
}

func bundleRecords(root resource) ([]Record, error) {
	b := bundle{}
	var reports []resource
	for i, e := range root.Entry {
		if len(e.Resource) == 0 {
			continue // an answer to a transaction
		}
		var r resource
		if err := json.Unmarshal(e.Resource, &r); err != nil {
			return nil, fmt.Errorf("entry %d: %w", i, explain(err))
		}
		if e.FullURL != "" {
			b[e.FullURL] = e.Resource
		}
		if r.ID != "" {
			b[r.ResourceType+"/"+r.ID] = e.Resource
		}
		if r.ResourceType == "DiagnosticReport" {
			reports = append(reports, r)
		}
	}
	if len(reports) == 0 {
		return nil, errors.New("the FHIR Bundle has no DiagnosticReport")
	}
	var out []Record
	for _, r := range reports {
		out = append(out, b.record(r))
	}
	return out, nil
}

// get follows a reference; what is not here is the zero resource.
func (b bundle) get(ref reference) resource {
	var r resource
	url, _, _ := strings.Cut(ref.Reference, "/_history/")
	raw, ok := b[url]
	if !ok { // an absolute reference to what an entry holds by type and ID
		parts := strings.Split(url, "/")
		raw, ok = b[strings.Join(parts[max(len(parts)-2, 0):], "/")]
	}
	if ok && json.Unmarshal(raw, &r) != nil {
		return resource{}
	}
	return r
}

// with adds the resources a report contains.
func (b bundle) with(contained []json.RawMessage) bundle {
	out := make(bundle, len(b)+len(contained))
	for k, v := range b {
		out[k] = v
	}
	for _, raw := range contained {
		var r resource
		if json.Unmarshal(raw, &r) == nil && r.ID != "" {
			out["#"+r.ID] = raw
		}
	}
	return out
}

// record turns a DiagnosticReport into a Record.
func (b bundle) record(r resource) Record {
	if len(r.Contained) > 0 {
		b = b.with(r.Contained)
	}
	var orders, studies []resource
	for _, ref := range r.BasedOn {
		orders = append(orders, b.get(ref))
	}
	for _, ref := range append(r.ImagingStudy, r.Study...) {
		studies = append(studies, b.get(ref))
	}
	rec := Record{Report: nlp.Report{ID: r.ID, Meta: b.meta(r, orders, studies)}}
	if rec.ID == "" && len(r.Identifier) > 0 {
		rec.ID = r.Identifier[0].Value
	}
	rec.Exam = exam(r, studies, rec.Meta.Ordered)
	text, notes := b.text(r)
	rec.Text = withReason(text, reasonOf(append(orders, studies...)))
	rec.Notes = notes
	if rec.Text == "" {
		rec.note("the DiagnosticReport has no readable text")
	}
	return rec
}

// anyReport are LOINC codes that say "a radiology report" and not of what.
var anyReport = map[string]bool{"18748-4": true, "68604-8": true, "18726-0": true}

// exam is the report's name for what was done; where that names no study, the
// name of the study or of the order.
func exam(r resource, studies []resource, ordered string) string {
	name := r.Code.words()
	for _, c := range r.Code.Coding {
		if !anyReport[c.Code] {
			continue
		}
		for _, s := range studies {
			if s.Description != "" {
				return s.Description
			}
		}
		return first(ordered, name)
	}
	return first(name, ordered)
}

func (b bundle) meta(r resource, orders, studies []resource) nlp.Meta {
	var m nlp.Meta
	dates := []string{r.EffectiveDateTime, r.EffectivePeriod.Start}
	for _, s := range studies {
		dates = append(dates, s.Started)
	}
	for _, s := range append(dates, r.Issued) {
		if m.DateOfService, m.TimeOfService = timestamp(s); m.DateOfService != "" {
			break
		}
	}
	patient := b.get(r.Subject)
	m.Patient = first(patient.ID, strings.TrimPrefix(r.Subject.Reference, "Patient/"), r.Subject.Identifier.Value, r.Subject.Display)
	m.Sex = sexOf[strings.ToLower(patient.Gender)]
	m.Age = age(patient.BirthDate, m.DateOfService)
	if signed, known := isSigned[strings.ToLower(r.Status)]; known {
		m.Signed = &signed
	}
	m.PlaceOfService = placeOfEncounter[classOf(b.get(r.Encounter).Class)]
	for _, p := range r.Performer {
		if org := b.get(p); org.ResourceType == "Organization" {
			m.Facility = first(m.Facility, nameOf(org.Name), p.Display)
		}
	}
	for _, o := range orders {
		m.Ordered = first(m.Ordered, o.Code.words())
		m.Referring = first(m.Referring, nameOf(b.get(o.Requester).Name), o.Requester.Display)
		for _, reason := range o.ReasonCode {
			for _, c := range reason.Coding {
				if c.System == systemICD10CM && c.Code != "" {
					m.OrderedICD10CM = append(m.OrderedICD10CM, c.Code)
				}
			}
		}
	}
	return m
}

// placeOfEncounter maps HL7's encounter classes to the CMS place of service.
var placeOfEncounter = map[string]string{"IMP": "21", "ACUTE": "21", "AMB": "22", "EMER": "23"}

// classOf reads Encounter.class, a coding in R4.
func classOf(raw json.RawMessage) string {
	var c struct{ Code string }
	if json.Unmarshal(raw, &c) != nil {
		return ""
	}
	return c.Code
}

// nameOf reads a name: a string for organizations, a list for people.
func nameOf(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	var people []struct {
		Text, Family string
		Given        []string
	}
	if json.Unmarshal(raw, &people) != nil || len(people) == 0 {
		return ""
	}
	p := people[0]
	return first(p.Text, strings.TrimSpace(strings.Join(p.Given, " ")+" "+p.Family))
}

func reasonOf(from []resource) string {
	var out []string
	for _, r := range from {
		for _, c := range r.ReasonCode {
			if w := c.words(); w != "" {
				out = append(out, w)
			}
		}
		if len(out) > 0 {
			break // the study repeats the order
		}
	}
	return strings.Join(out, "; ")
}

// text finds the report's text: the form as presented, else its parts, else the
// narrative, which is often made from the fields by a machine.
func (b bundle) text(r resource) (text string, notes []string) {
	for _, form := range r.PresentedForm {
		text, note := form.text()
		if note != "" {
			notes = append(notes, note)
		}
		if strings.TrimSpace(text) != "" {
			return text, notes
		}
	}
	if text = b.parts(r); text != "" {
		return text, notes
	}
	return stripTags(r.Text.Div), notes
}

// text returns the text of an attachment, or a note why there is none.
func (a attachment) text() (text, note string) {
	if a.Data == "" {
		return "", "a presented form was left out: its content is elsewhere (" + first(a.URL, "no address") + ")"
	}
	raw, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(a.Data), ""))
	if err != nil {
		return "", "a presented form was left out: it is no base64"
	}
	text, note, err = documentText(a.ContentType, raw)
	if err != nil {
		return "", "a presented form was left out: " + err.Error()
	}
	return text, note
}

// parts joins the observations that hold text, and the conclusion.
func (b bundle) parts(r resource) string {
	var text builder
	concluded := false
	for _, ref := range r.Result {
		o := b.get(ref)
		value := o.value()
		if value == "" {
			continue
		}
		k := kindOf(o.Code)
		concluded = concluded || k == impression
		if k == nil {
			value = first(o.Code.words(), ref.Display) + ": " + value
		}
		text.add(k, strings.Split(value, "\n"))
	}
	if !concluded && r.Conclusion != "" {
		if len(text.blocks) == 0 && r.Text.Div != "" {
			text.add(nil, strings.Split(stripTags(r.Text.Div), "\n"))
		}
		text.add(impression, strings.Split(r.Conclusion, "\n"))
	}
	return text.report("")
}

// value returns what was observed, in words.
func (r resource) value() string {
	quantity := strings.TrimSpace(r.ValueQuantity.Value.String() + " " + r.ValueQuantity.Unit)
	return first(r.ValueString, r.ValueConcept.words(), quantity)
}

// kindOf tells which part of a report an observation is, by code or by name.
func kindOf(c codeable) *kind {
	for _, x := range c.Coding {
		if k := kinds[strings.ToUpper(x.Code)]; k != nil {
			return k
		}
	}
	for _, k := range []*kind{indication, comparison, findings, impression, recommendation, addendum} {
		if strings.EqualFold(c.words(), k.heading) {
			return k
		}
	}
	return nil
}
