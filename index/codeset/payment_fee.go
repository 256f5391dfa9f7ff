package codeset

import (
	"strings"

	"github.com/radcode/radcode/index"
)

// The relative value file of the Medicare physician fee schedule (PPRRVU26_OCT.csv), and
// HCPCS Level II as a table (HCPC2026_OCT_ANWEB.csv).

const (
	feeCode = iota
	feeModifier
	feeStatus
	feeWork
	feeNonFacility
	feeFacility
	feePCTC
	feeMultiple
	feeBilateral
	feeFamily
)

var feeFormat = paymentFormat{
	format: "MPFS relative values", row: feeRow, begin: feeBegin,
	columns: []column{
		{"HCPCS", telling, anyOf("hcpcs", "hcpcs code", "cpt hcpcs")},
		{"MOD", required, anyOf("mod", "modifier")},
		{"STATUS CODE", telling, anyOf("status code", "status")},
		{"WORK RVU", telling, anyOf("work rvu", "work rvus")},
		{"NON-FACILITY TOTAL", required, anyOf("non facility total", "non fac total", "nonfacility total", "total non facility rvus")},
		{"FACILITY TOTAL", required, anyOf("facility total", "fac total", "total facility rvus")},
		{"PCTC IND", required, anyOf("pctc ind", "pc tc ind", "pctc indicator", "pc tc indicator")},
		{"MULT PROC", required, anyOf("mult proc", "multiple procedure")},
		{"BILAT SURG", required, anyOf("bilat surg", "bilateral surgery")},
		{"DIAGNOSTIC IMAGING FAMILY INDICATOR", optional, holding("imaging", "family")},
	},
}

// feeBegin takes the release from the lines above the heading, "2026 National
// Physician Fee Schedule Relative Value File January Release".
func feeBegin(r *paymentReader) {
	r.titles = r.heading.preamble
	r.sheet(index.FeeTable, index.AnySetting)
}

func feeRow(r *paymentReader, c cells) error {
	code, err := c.procedureCode(feeCode)
	if err != nil {
		return err
	}
	f := index.Fee{Code: r.keep(code), Modifier: r.keep(c.get(feeModifier)), Family: r.keep(c.get(feeFamily))}
	if !feeModifiers[f.Modifier] {
		return c.errorf("modifier %q: want none, 26, TC or 53", f.Modifier)
	}
	for _, x := range []struct {
		column int
		to     *int
	}{{feeWork, &f.Work}, {feeNonFacility, &f.NonFacility}, {feeFacility, &f.Facility}} {
		if *x.to, err = c.hundredths(x.column, r.heading.columns[x.column].name); err != nil {
			return err
		}
	}
	for _, x := range []struct {
		column  int
		to      *byte
		allowed string
	}{
		{feeStatus, &f.Status, "ABCDEFGHIJMNPQRTX"}, {feePCTC, &f.PCTC, "0123456789"},
		{feeMultiple, &f.Multiple, "0123456789 "}, {feeBilateral, &f.Bilateral, "01239 "},
	} {
		if *x.to, err = c.oneOf(x.column, r.heading.columns[x.column].name, x.allowed); err != nil {
			return err
		}
	}
	s := r.sheets[0]
	s.at = append(s.at, c.place)
	s.table.Fees = append(s.table.Fees, f)
	return nil
}

var feeModifiers = map[string]bool{"": true, "26": true, "TC": true, "53": true}

const (
	levelCode = iota
	levelTitle
	levelCoverage
	levelFrom
	levelTo
	levelRecord
)

var levelFormat = paymentFormat{
	format: "HCPCS Level II table", row: levelRow,
	columns: []column{
		{"HCPC", telling, anyOf("hcpc", "hcpcs", "hcpcs code")},
		{"LONG DESCRIPTION", telling, anyOf("long description", "description")},
		{"COV", telling, anyOf("cov", "coverage", "coverage code")},
		{"ADD DT", required, anyOf("add dt", "date added", "add date", "code added date")},
		{"TERM DT", required, anyOf("term dt", "date terminated", "term date", "termination date")},
		{"RECID", optional, anyOf("recid", "record id", "rec id")},
	},
}

// coverageCodes: C the carrier judges, D special instructions, I not payable by
// Medicare, M and S not covered; further letters were used in the past.
const coverageCodes = "ABCDEFGHIJKLMNOPQRSTUVWXYZ "

func levelRow(r *paymentReader, c cells) error {
	code := strings.ToUpper(c.get(levelCode))
	span, err := r.span(c, levelFrom, levelTo)
	if err != nil {
		return err
	}
	coverage, err := c.oneOf(levelCoverage, "coverage code", coverageCodes)
	if err != nil {
		return err
	}
	return r.addLevel(c.place, c.get(levelRecord), code, clean(c.get(levelTitle)), coverage, span)
}

// addLevel adds a line of HCPCS Level II: 3 begins a code, 4 goes on with its
// title; 7 and 8 are modifiers. Modifiers, and codes whose titles others own (CPT,
// the dental codes), are left out.
func (p *part) addLevel(at place, record, code, title string, coverage byte, span index.Span) error {
	s := p.sheet(index.LevelTable, index.AnySetting)
	levels := s.table.Levels
	switch {
	case record == "7" || record == "8" || record == "" && len(code) == 2:
		s.leftOut++
		return nil
	case !isProcedure(code):
		return at.errorf("%q is no HCPCS code", code)
	case code[0] < 'A' || code[0] == 'D' || code[0] > 'V':
		s.leftOut++
		return nil
	case record == "4" && (len(levels) == 0 || levels[len(levels)-1].Code != code):
		return at.errorf("a second line of %s does not follow its first", code)
	case record == "4":
		levels[len(levels)-1].Title += " " + title
		return nil
	case record != "3" && record != "":
		return at.errorf("record id %q: want 3, 4, 7 or 8", record)
	case title == "" && record == "3":
		return at.errorf("code %s has no title", code)
	}
	s.at = append(s.at, at)
	s.table.Levels = append(levels, index.Level{Code: code, Title: title, Coverage: coverage, Span: span})
	return nil
}
