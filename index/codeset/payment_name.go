package codeset

import (
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/radcode/radcode/index"
)

// Releases of payment tables are called by their quarter, 2026Q4, and relative value
// files by CMS's letter for it, RVU26D. Files say it in their names or titles, each
// kind in its own way.

// quarterly are the ways in which names tell year and quarter.
var quarterly = []struct {
	shape *regexp.Regexp
	read  func(m []string) (year, quarter int)
}{
	// ccipra-v323r0-f1: version 32.3; version 1.0 was that of January 1995
	{regexp.MustCompile(`(?i)cci(?:pra|oph)-v(\d\d)([0-3])r\d`), func(m []string) (int, int) { return 1994 + number(m[1]), number(m[2]) + 1 }},
	// MCR_MUE_PractitionerServices_Eff_10-01-2026
	{regexp.MustCompile(`(?i)eff(?:ective)?[-_ ](\d\d)-\d\d-(20\d\d)`), func(m []string) (int, int) { return number(m[2]), (number(m[1])-1)/3 + 1 }},
	{regexp.MustCompile(`(?i)(20\d\d)[-_ ]?q([1-4])`), func(m []string) (int, int) { return number(m[1]), number(m[2]) }},
	{regexp.MustCompile(`(?i)q([1-4])[-_ ]?(20\d\d)`), func(m []string) (int, int) { return number(m[2]), number(m[1]) }},
	// RVU26D
	{regexp.MustCompile(`(?i)rvu(\d\d)([a-d])`), func(m []string) (int, int) { return 2000 + number(m[1]), int(m[2][0]|0x20-'a') + 1 }},
	// PPRRVU26_OCT, PPRRVU2026_Oct, HCPC2026_OCT_ANWEB
	{
		regexp.MustCompile(`(?i)(?:rvu|hcpc)(?:20)?(\d\d)[-_ ](jan|apr|jul|oct)`),
		func(m []string) (int, int) { return 2000 + number(m[1]), quarterOf(m[2]) },
	},
	// 2026 national physician fee schedule relative value file october release
	{
		regexp.MustCompile(`(20\d\d) national physician fee schedule.*?(january|april|july|october)`),
		func(m []string) (int, int) { return number(m[1]), quarterOf(m[2]) },
	},
}

func number(digits string) int {
	n, _ := strconv.Atoi(digits) // a shape let it through
	return n
}

func quarterOf(month string) int {
	return strings.Index("janaprjuloct", strings.ToLower(month[:3]))/3 + 1
}

// quarter finds year and quarter in a text.
func quarter(text string) (year, q int, ok bool) {
	for _, x := range quarterly {
		if m := x.shape.FindStringSubmatch(text); m != nil {
			year, q = x.read(m)
			return year, q, year >= 1996 && q >= 1 && q <= 4
		}
	}
	return 0, 0, false
}

// nameTable gives a sheet its name and dates, as far as the file tells them: title
// before the file's own name, that before the names of what it was packed in.
func (s *sheet) nameTable(p *part) {
	t := &s.table
	if t.Kind == index.RuleTable || t.Kind == index.CoverageTable {
		if t.Name == "" {
			t.Name = plainBase(p.name)
		}
		return
	}
	for _, text := range []string{p.titles, path.Base(p.name), p.name} {
		year, q, ok := quarter(text)
		if !ok {
			continue
		}
		t.Name = fmt.Sprintf("%dQ%d", year, q)
		if t.Kind == index.FeeTable {
			t.Name = fmt.Sprintf("RVU%02d%c", year%100, 'A'+q-1)
			if base := strings.ToLower(path.Base(p.name)); strings.Contains(base, "qpp") && !strings.Contains(base, "nonqpp") {
				t.Name += "-QPP"
			}
		}
		return
	}
}

// TableDates returns the dates of service that the name of a quarterly table tells: 2026Q4
// begins in October 2026. The fee schedule ends with its year; other tables hold until
// the next.
func TableDates(kind, name string) (from, to string, ok bool) {
	year, q, ok := quarter(name)
	if !ok {
		return "", "", false
	}
	if kind == index.FeeTable {
		to = fmt.Sprintf("%d-12-31", year)
	}
	return fmt.Sprintf("%d-%02d-01", year, 3*q-2), to, true
}

// plainBase is a file's name without its endings, in the characters of names of tables.
func plainBase(name string) string {
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	for _, end := range []string{".gz", ".json", ".csv", ".tsv", ".txt"} {
		base = strings.TrimSuffix(base, end)
	}
	plain := strings.Trim(regexp.MustCompile(`[^A-Za-z0-9._-]+`).ReplaceAllString(base, "-"), "-._")
	return plain[:min(len(plain), 40)]
}
