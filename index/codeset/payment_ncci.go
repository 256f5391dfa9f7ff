package codeset

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/radcode/radcode/index"
)

// The tables of the National Correct Coding Initiative: pairs of codes (PTP,
// ccipra-v323r0-f1.txt for practitioners, ccioph- for hospitals), most units a day (MUE,
// MCR_MUE_PractitionerServices_Eff_10-01-2026.csv) and add-on codes (AOC_V2026Q4-MCR.txt).

const (
	ptpFirst = iota
	ptpSecond
	ptpModifier
	ptpFrom
	ptpTo
	ptpRationale
)

var ptpFormat = paymentFormat{
	format: "NCCI PTP edits", row: ptpRow, begin: ptpBegin,
	columns: []column{
		{"Column 1", telling, anyOf("column 1", "column1")},
		{"Column 2", telling, anyOf("column 2", "column2")},
		{"Modifier", required, beginning("modifier")},
		{"Effective Date", optional, beginning("effective", "eff date")},
		{"Deletion Date", required, beginning("deletion")},
		{"PTP Edit Rationale", optional, anyOf("ptp edit rationale", "rationale")},
	},
}

// ptpBegin takes the setting from the lines above the heading or the file's name.
func ptpBegin(r *paymentReader) {
	r.sheet(index.PairTable, settingOf(r.name+" "+r.heading.preamble))
}

// settingOf tells who bills by what a file is called.
func settingOf(text string) index.Setting {
	text = strings.ToLower(text)
	says := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
	}
	practitioner, hospital := says("practitioner", "physician"), says("outpatient", "hospital")
	switch {
	case says("ccipra"):
		return index.Practitioner
	case says("ccioph"):
		return index.Hospital
	case practitioner && !hospital:
		return index.Practitioner
	case hospital && !practitioner:
		return index.Hospital
	case says("dme", "supplier"):
		return index.Supplier
	}
	return index.AnySetting
}

func ptpRow(r *paymentReader, c cells) error {
	first, err := c.procedureCode(ptpFirst)
	if err != nil {
		return err
	}
	second, err := c.procedureCode(ptpSecond)
	if err != nil {
		return err
	}
	from, err := r.date(c, ptpFrom)
	if err != nil {
		return err
	}
	to, err := r.date(c, ptpTo)
	if err != nil {
		return err
	}
	modifier, err := c.oneOf(ptpModifier, "modifier", "019")
	if err != nil {
		return err
	}
	s := r.sheets[0]
	if !r.knows(first) && !r.knows(second) {
		s.leftOut++
		return nil
	}
	s.table.History = s.table.History || from != ""
	s.at = append(s.at, c.place)
	s.table.Pairs = append(s.table.Pairs, index.Pair{
		Column1: r.keep(first), Column2: r.keep(second), Modifier: modifier, Rationale: r.keep(c.get(ptpRationale)), Span: index.Span{From: from, To: to},
	})
	return nil
}

// succeed gives pairs their first dates where a table has none of them: of several
// rows of a pair one begins when the one before has ended. Order and number of
// the rows stay.
func succeed(pairs []index.Pair) {
	order := make([]*index.Pair, len(pairs))
	for i := range pairs {
		order[i] = &pairs[i]
	}
	last := func(p *index.Pair) string { return cmp.Or(p.To, "9999-12-31") }
	slices.SortStableFunc(order, func(a, b *index.Pair) int {
		return cmp.Or(cmp.Compare(a.Column1, b.Column1), cmp.Compare(a.Column2, b.Column2), cmp.Compare(last(a), last(b)))
	})
	for i := 1; i < len(order); i++ {
		before, p := order[i-1], order[i]
		if before.Column1 != p.Column1 || before.Column2 != p.Column2 || before.To == "" || before.To == p.To {
			continue
		}
		if end, err := time.Parse(time.DateOnly, before.To); err == nil {
			p.From = end.AddDate(0, 0, 1).Format(time.DateOnly)
		}
	}
}

const (
	mueCode = iota
	mueUnits
	mueIndicator
	mueRationale
	mueHospitalUnits // of a table of several settings
	mueHospitalIndicator
)

var mueFormat = paymentFormat{
	format: "NCCI MUE table", row: mueRow,
	columns: []column{
		{"HCPCS/CPT Code", telling, anyOf("hcpcs cpt code", "cpt hcpcs code", "hcpcs code", "hcpcs")},
		{"MUE Values", telling, func(s string) bool { return holding("mue", "values")(s) || s == "mue practitioner" }},
		{"MUE Adjudication Indicator", required, anyOf("mue adjudication indicator", "mai")},
		{"MUE Rationale", optional, anyOf("mue rationale", "rationale")},
		{"MUE outpatient", optional, anyOf("mue outpatient")},
		{"MAI outpatient", optional, anyOf("mai outpatient")},
	},
}

func mueRow(r *paymentReader, c cells) error {
	code, err := c.procedureCode(mueCode)
	if err != nil {
		return err
	}
	name := r.heading.names[c.at[mueUnits]]
	if err := r.limit(c, code, settingOf(name), mueUnits, mueIndicator); err != nil || !c.has(mueHospitalUnits) {
		return err
	}
	return r.limit(c, code, index.Hospital, mueHospitalUnits, mueHospitalIndicator)
}

// limit reads units and indicator of a setting; a code may have none there.
func (r *paymentReader) limit(c cells, code string, setting index.Setting, units, indicator int) error {
	text := c.get(units)
	if text == "" && c.has(mueHospitalUnits) {
		return nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > 1_000_000 {
		return c.errorf("MUE value %q is no number of units", text)
	}
	first, _, _ := strings.Cut(c.get(indicator), " ") // "3 Date of Service Edit: Clinical"
	if len(first) != 1 || !strings.Contains("123", first) {
		return c.errorf("MUE adjudication indicator %q: want 1, 2 or 3", c.get(indicator))
	}
	s := r.sheet(index.LimitTable, setting)
	s.fixed = setting != index.AnySetting
	s.at = append(s.at, c.place)
	s.table.Limits = append(s.table.Limits, index.Limit{Code: r.keep(code), Units: n, Adjudication: first[0], Rationale: r.keep(c.get(mueRationale))})
	return nil
}

const (
	aocCode = iota
	aocPrimary
	aocType
	aocFrom
	aocTo
	aocCodeTo
	aocPrimaryTo
)

// Dates may be said to be Julian in the heading: the year and the day in it.
var addOnFormat = paymentFormat{
	format: "NCCI add-on code edits", row: addOnRow,
	columns: []column{
		{"Add-On Code", telling, anyOf("add on code", "add on", "addon code", "addon")},
		{"Primary Code", telling, anyOf("primary code", "primary")},
		{"AOC Edit Type", required, anyOf("aoc edit type", "aoc type", "type", "edit type")},
		{"AOC Edit EffDT", optional, beginning("aoc edit effdt", "aoc edit eff dt", "aoc edit effective date", "effective date")},
		{"AOC Edit DelDT", optional, beginning("aoc edit deldt", "aoc edit del dt", "aoc edit deletion date", "deletion date")},
		{"AOC DelDT", optional, beginning("aoc deldt", "aoc del dt")},
		{"Primary Code DelDT", optional, beginning("primary code deldt", "primary code del dt")},
	},
}

// contractorDefined stands for primary codes that the payer chooses.
const contractorDefined = "CCCCC"

func addOnRow(r *paymentReader, c cells) error {
	code, err := c.procedureCode(aocCode)
	if err != nil {
		return err
	}
	primary := ""
	if text := c.get(aocPrimary); text != "" && !strings.EqualFold(text, contractorDefined) {
		if primary, err = c.procedureCode(aocPrimary); err != nil {
			return err
		}
	}
	kind, err := c.oneOf(aocType, "type", "123")
	if err != nil {
		return err
	}
	if primary == "" && kind == '1' {
		return c.errorf("add-on code %s of type 1 without a primary code", code)
	}
	span, err := r.span(c, aocFrom, aocTo)
	if err != nil {
		return err
	}
	for _, ends := range []int{aocCodeTo, aocPrimaryTo} {
		end, err := r.date(c, ends)
		if err != nil {
			return err
		}
		if end != "" && (span.To == "" || end < span.To) {
			span.To = end
		}
	}
	s := r.sheet(index.AddOnTable, index.AnySetting)
	s.table.History = s.table.History || span.From != ""
	s.at = append(s.at, c.place)
	s.table.AddOns = append(s.table.AddOns, index.AddOn{Code: r.keep(code), Primary: r.keep(primary), Type: kind, Span: span})
	return nil
}
