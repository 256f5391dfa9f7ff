package exchange

import (
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/radcode/radcode/nlp"
)

// order is an OBR with what belongs to it.
type order struct {
	msh, pid, pv1, in1, orc, obr segment
	dg1, obx                     []segment
	others                       []segment // relatives and guarantors: nothing but Identifiers is read from them
}

// absent stands for a segment that a message does not have.
var absent = segment{fields: []string{""}, d: usual}

// records returns the reports of a message, one per OBR. OBX without any OBR,
// as document messages have them, are one report.
func (m message) records() ([]Record, error) {
	orders := m.orders()
	if !slices.ContainsFunc(orders, func(o order) bool { return len(o.obx) > 0 }) {
		return nil, fmt.Errorf("%s^%s is no result message: it has no OBX", m.segments[0].component(9, 1), m.segments[0].component(9, 2))
	}
	var out []Record
	for _, o := range orders {
		rec := o.record()
		rec.note(m.note)
		out = append(out, rec)
	}
	return out, nil
}

// orders groups the segments. Patient segments hold for all that follow, ORC
// for the next OBR.
func (m message) orders() []order {
	var out []order
	now := order{msh: m.segments[0], pid: absent, pv1: absent, in1: absent, orc: absent, obr: absent}
	for _, s := range m.segments[1:] {
		switch s.fields[0] {
		case "PID":
			now = order{msh: now.msh, pid: s, pv1: absent, in1: absent, orc: absent, obr: absent}
		case "NK1", "GT1":
			now.others = append(now.others, s)
		case "PV1":
			now.pv1 = s
		case "IN1":
			if now.in1.fields[0] == "" { // the first is the primary insurance
				now.in1 = s
			}
		case "ORC":
			now.orc = s
		case "DG1":
			now.dg1 = append(now.dg1, s) // before the OBR in some systems, behind it in others
			if n := len(out); n > 0 {
				out[n-1].dg1 = append(out[n-1].dg1, s)
			}
		case "OBR":
			now.obr = s
			out = append(out, now)
			out[len(out)-1].dg1 = slices.Clone(now.dg1)
			now.orc = absent
		case "OBX":
			if len(out) == 0 {
				out = append(out, now)
			}
			last := &out[len(out)-1]
			last.obx = append(last.obx, s)
		}
	}
	return out
}

func (o order) record() Record {
	rec := Record{Report: nlp.Report{
		ID:   first(o.obr.component(3, 1), o.obr.component(2, 1), o.msh.component(10, 1)),
		Exam: first(o.obr.component(4, 2), o.obr.component(4, 5), o.obr.component(4, 1)),
		Meta: o.meta(),
	}, Identifiers: o.identifiers()}
	var text builder
	for _, x := range o.obx {
		kind := partOf(x)
		lines, note := value(x)
		rec.note(note)
		text.add(kind, lines)
	}
	rec.Text = text.report(o.reason())
	if rec.Text == "" {
		rec.note("the order has no result text")
	}
	return rec
}

func (o order) meta() nlp.Meta {
	date, clock := o.observed()
	born, _ := timestamp(o.pid.component(7, 1))
	return nlp.Meta{
		DateOfService:  date,
		TimeOfService:  clock,
		Payer:          o.in1.component(4, 1),
		PlaceOfService: placeOfClass[strings.ToUpper(o.pv1.component(2, 1))],
		Facility:       first(o.msh.component(4, 1), o.pv1.component(3, 4)),
		Age:            age(born, date),
		Sex:            sexOf[strings.ToLower(o.pid.component(8, 1))],
		Patient:        first(o.pid.component(3, 1), o.pid.component(2, 1), person(o.pid, 5, 0)),
		Referring:      first(person(o.obr, 16, 1), person(o.orc, 12, 1), person(o.pv1, 8, 1), person(o.pv1, 7, 1)),
		Signed:         o.signed(),
		OrderedICD10CM: o.orderedICD10CM(),
		Charged:        o.charged(),
	}
}

// charged is the procedure code of OBR-44: what the department charges.
func (o order) charged() []string {
	if code := o.obr.component(44, 1); code != "" {
		return []string{code}
	}
	return nil
}

// observedIn are the fields of an OBR that date the study, best first:
// observation, specimen, requested, and only then the report.
var observedIn = []int{7, 14, 6, 22}

func (o order) observed() (date, clock string) {
	for _, i := range observedIn {
		if date, clock = timestamp(o.obr.component(i, 1)); date != "" {
			break
		}
	}
	return date, clock
}

// placeOfClass maps the patient class to the CMS place of service.
var placeOfClass = map[string]string{"I": "21", "O": "22", "E": "23"}

var sexOf = map[string]string{"f": "F", "female": "F", "m": "M", "male": "M"}

// isSigned are the result states of OBR-25 and OBX-11, as standard codes and as
// systems spell them, and of a FHIR report.
var isSigned = map[string]bool{
	"f": true, "final": true, "c": true, "corrected": true, "amended": true, "appended": true,
	"p": false, "prelim": false, "preliminary": false, "wet read": false, "r": false, "s": false, "i": false,
	"registered": false, "partial": false,
}

// signed is what the order's status says, or that of its first result.
func (o order) signed() *bool {
	states := []string{o.obr.component(25, 1)}
	if len(o.obx) > 0 {
		states = append(states, o.obx[0].component(11, 1))
	}
	for _, s := range states {
		if yes, known := isSigned[strings.ToLower(s)]; known {
			return &yes
		}
	}
	return nil
}

// person writes a name as people do. Skip is 1 where an identifier comes first.
func person(s segment, field, skip int) string {
	family, given, middle := s.component(field, 1+skip), s.component(field, 2+skip), s.component(field, 3+skip)
	return strings.Join(strings.Fields(given+" "+middle+" "+family), " ")
}

// orderedICD10CM lists the diagnoses of the order: DG1, and coded reasons.
func (o order) orderedICD10CM() []string {
	var out []string
	add := func(code, system string) {
		if isICD10CM(system) && code != "" && !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	for _, s := range o.dg1 {
		add(s.component(3, 1), first(s.component(3, 3), s.component(2, 1)))
	}
	for _, r := range o.obr.repeats(31) {
		add(r.component(1, 1), r.component(1, 3))
	}
	return out
}

func isICD10CM(system string) bool {
	s := strings.ToUpper(strings.ReplaceAll(system, "-", ""))
	return s == "I10" || s == "I10C" || s == "ICD10" || s == "ICD10CM"
}

// reason is why the study was ordered, in words.
func (o order) reason() string {
	var out []string
	for _, r := range o.obr.repeats(31) {
		if s := first(r.component(1, 2), r.component(1, 5), r.component(1, 1)); s != "" {
			out = append(out, s)
		}
	}
	return first(strings.Join(out, "; "), o.obr.component(13, 1))
}

// repeats returns the repetitions of a field, each as field 1 of a segment.
func (s segment) repeats(i int) []segment {
	var out []segment
	for _, r := range strings.Split(s.field(i), string(rune(s.d.repeat))) {
		out = append(out, segment{[]string{"", r}, s.d})
	}
	return out
}

// value returns the lines of text that an OBX holds, and a note about what was
// left out.
func value(x segment) (lines []string, note string) {
	if read, ok := valueTypes[strings.ToUpper(x.component(2, 1))]; ok {
		return read(x)
	}
	return nil, ""
}

// valueTypes are the OBX-2 types that hold report text. References to images,
// dates and the like hold none.
var valueTypes = map[string]func(segment) ([]string, string){
	"": plainValue, "TX": plainValue, "ST": plainValue, "FT": plainValue, "CF": codedValue,
	"CE": codedValue, "CWE": codedValue, "CNE": codedValue, "NM": numericValue, "SN": numericValue, "ED": encapsulated,
}

// plainValue reads text: a repetition is a line.
func plainValue(x segment) ([]string, string) {
	var lines []string
	for _, r := range strings.Split(x.field(5), string(rune(x.d.repeat))) {
		lines = append(lines, strings.Split(x.d.unescape(r), "\n")...)
	}
	return lines, ""
}

// codedValue reads coded answers such as a BI-RADS category. Billing codes are
// an answer to the report, not a part of it.
func codedValue(x segment) ([]string, string) {
	var words []string
	for _, r := range x.repeats(5) {
		system := strings.ToUpper(r.component(1, 3))
		if word := first(r.component(1, 2), r.component(1, 1)); word != "" && !billing[system] && !isICD10CM(system) {
			words = append(words, word)
		}
	}
	return named(x, strings.Join(words, ", ")), ""
}

// billing are HL7's names of procedure code systems and modifiers.
var billing = map[string]bool{"C4": true, "C5": true, "CPT": true, "CPTM": true, "HCPCS": true, "HPC": true, "HCPT": true}

func numericValue(x segment) ([]string, string) {
	number := strings.ReplaceAll(x.field(5), string(rune(x.d.component)), "")
	if number == "" {
		return nil, ""
	}
	return named(x, strings.TrimSpace(x.d.unescape(number)+" "+first(x.component(6, 2), x.component(6, 1)))), ""
}

// named puts the observation's name before its value.
func named(x segment, value string) []string {
	if value == "" {
		return nil
	}
	if name := first(x.component(3, 2), x.component(3, 1)); name != "" {
		return []string{name + ": " + value}
	}
	return []string{value}
}

// encapsulated reads a document in base64 if it is text.
func encapsulated(x segment) ([]string, string) {
	data := []byte(x.component(5, 5))
	if strings.EqualFold(x.component(5, 4), "Base64") {
		raw, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(string(data)), ""))
		if err != nil {
			return nil, "a document inside was left out: it is no base64"
		}
		data = raw
	}
	text, note, err := documentText(x.component(5, 2)+"/"+x.component(5, 3), data)
	var format *FormatError
	if errors.As(err, &format) {
		return nil, "a document inside was left out: " + err.Error()
	}
	return strings.Split(text, "\n"), note
}
