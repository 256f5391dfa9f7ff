package exchange

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/radcode/radcode/coding"
)

// WriteHL7 writes a result as an ORU^R01 message: the report's lines as they
// came (OBX of type TX), the codes of the claim (OBX of type CE: C4, HCPCS,
// CPTM, I10C) each with its confidence (NTE), and the flags (NTE behind the OBR).
// Stamp is the message's time, YYYYMMDDhhmmss; "" takes the date of service. The
// same input gives the same bytes. The error is the writer's.
func WriteHL7(w io.Writer, rec Record, res coding.Result, stamp string) error {
	m := &messageWriter{}
	when := digits(rec.Meta.DateOfService) + digits(rec.Meta.TimeOfService)
	m.segment("MSH", `^~\&`, "RADCODE", m.text(rec.Meta.Facility), "", "", first(stamp, when), "", "ORU^R01^ORU_R01",
		m.text(first(rec.ID, "1")), "P", "2.5.1", "", "", "", "", "", "UNICODE UTF-8")
	m.segment("PID", "1", "", m.text(rec.Meta.Patient), "", "", "", "", rec.Meta.Sex)
	m.segment("PV1", "1", classOfPlace[rec.Meta.PlaceOfService])
	state := "F"
	if rec.Meta.Signed != nil && !*rec.Meta.Signed {
		state = "P"
	}
	m.segment("OBR", "1", "", m.text(rec.ID), "^"+m.text(rec.Exam), "", "", when, "", "", "", "", "", "", "", "",
		"^"+m.text(rec.Meta.Referring), "", "", "", "", "", "", "", "RAD", state)
	m.flags(res)
	for _, line := range strings.Split(rec.Text, "\n") {
		m.observe("TX", "68604-8^Report^LN", "", m.text(line), state)
	}
	m.claim(res, state)
	_, err := io.WriteString(w, m.out.String())
	return err
}

// classOfPlace is the way back from a place of service to the patient class.
var classOfPlace = map[string]string{"21": "I", "22": "O", "23": "E"}

type messageWriter struct {
	out   strings.Builder
	obx   int // number of the last OBX
	notes int // number of the last NTE behind it
}

// segment writes fields without the empty ones at the end.
func (m *messageWriter) segment(fields ...string) {
	m.out.WriteString(strings.TrimRight(strings.Join(fields, "|"), "|") + "\r")
}

var escaper = strings.NewReplacer(`\`, `\E\`, "|", `\F\`, "^", `\S\`, "~", `\R\`, "&", `\T\`, "\n", `\.br\`, "\r", `\X0D\`,
	"\v", `\X0B\`, "\x1c", `\X1C\`)

// text escapes what would be read as a delimiter, or as the end of a segment or
// a frame.
func (m *messageWriter) text(s string) string { return escaper.Replace(s) }

func (m *messageWriter) observe(kind, id, sub, value, state string) {
	m.obx++
	m.notes = 0
	m.segment("OBX", strconv.Itoa(m.obx), kind, id, sub, value, "", "", "", "", "", state)
}

func (m *messageWriter) note(format string, args ...any) {
	m.notes++
	m.segment("NTE", strconv.Itoa(m.notes), "L", m.text(fmt.Sprintf(format, args...)))
}

func (m *messageWriter) flags(res coding.Result) {
	m.note("disposition: %s", res.Disposition)
	for _, f := range res.Flags {
		m.note("%s %s: %s", f.Severity, f.ID, strings.TrimSpace(f.Message+" "+f.Query))
	}
}

// claim writes the codes in the order they are billed; OBX-4 is the number of
// the line or of the diagnosis.
func (m *messageWriter) claim(res coding.Result, state string) {
	for i, line := range res.Claim.Lines {
		sub := strconv.Itoa(i + 1)
		code := findProcedure(res, line.Code)
		m.observe("CE", "PROCEDURE^Procedure code^L", sub, m.coded(line.Code, code.Title, hl7System[code.System]), state)
		m.note("confidence %.3f; units %d; diagnoses %s", code.Confidence, line.Units, strings.Trim(fmt.Sprint(line.Dx), "[]"))
		for _, mod := range line.Modifiers {
			m.observe("CE", "MODIFIER^Modifier^L", sub, m.coded(mod, modifierReason(res, mod), "CPTM"), state)
		}
	}
	for i, dx := range res.Claim.Dx {
		d := findDiagnosis(res, dx)
		m.observe("CE", "DIAGNOSIS^Diagnosis^L", strconv.Itoa(i+1), m.coded(dx, d.Title, "I10C"), state)
		m.note("confidence %.3f; %s", d.Confidence, d.Role)
	}
}

func (m *messageWriter) coded(code, title, system string) string {
	return m.text(code) + "^" + m.text(title) + "^" + system
}

var hl7System = map[string]string{"cpt": "C4", "hcpcs": "HCPCS"}

// findProcedure returns what the exams say about a billed code. A code that
// only the rules added has neither title nor confidence; its system shows in its
// first character.
func findProcedure(res coding.Result, code string) coding.ProcedureCode {
	for _, e := range res.Exams {
		for _, p := range e.Procedures {
			if p.Code == code {
				return p
			}
		}
	}
	system := "cpt"
	if code != "" && isLetter(code[0]) {
		system = "hcpcs"
	}
	return coding.ProcedureCode{System: system, Code: code}
}

func findDiagnosis(res coding.Result, code string) coding.Diagnosis {
	for _, d := range res.Diagnoses {
		if d.Code == code {
			return d
		}
	}
	return coding.Diagnosis{Code: code}
}

func modifierReason(res coding.Result, code string) string {
	for _, e := range res.Exams {
		for _, m := range e.Modifiers {
			if m.Code == code {
				return m.Reason
			}
		}
	}
	return ""
}

// digits drops what stands between the digits of a date or a time.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
