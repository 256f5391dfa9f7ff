package codeset

import (
	"fmt"
	"regexp"
	"strconv"

	"github.com/radcode/radcode/index"
)

// Formats by the names people see. The tables' stand in tableFormats.
const (
	formatOrder    = "CMS order file"
	formatList     = "CMS codes file"
	formatAddenda  = "CMS addenda"
	formatTabular  = "CDC tabular XML"
	formatIndex    = "CDC index XML"
	formatExternal = "CDC external cause XML"
	formatNeoplasm = "CDC neoplasm XML"
	formatDrug     = "CDC drug XML"
)

// part is what one file holds.
type part struct {
	name, format string
	release      string // as the file says, "" when it does not
	april        bool   // of the update in the middle of a fiscal year
	rows         int

	codes    []index.DraftCode
	blocks   []index.Block
	inBlock  map[string]string
	notes    []index.DraftNote
	sevenths []index.DraftSeventh
	terms    []index.DraftTerm
	changes  []index.Change
	path     []string // of the last term of a table

	options  *Options       // nil: everything is known
	source   int            // among the gatherer's
	titles   string         // what stands above the heading of a payment table
	sheets   []*sheet       // payment tables, by setting
	articles []articleEntry // of the coverage database

	mayBeEmpty bool // its heading alone is a whole file
}

// fiscalYear is a year of releases as files spell it.
var fiscalYear = regexp.MustCompile(`^20[1-9][0-9]$`)

// yearOf takes the release from a year.
func (p *part) yearOf(year string) {
	if fiscalYear.MatchString(year) {
		p.release = "FY" + year
	}
}

// after takes the release from the year it is compared with.
func (p *part) after(year string) {
	if n, err := strconv.Atoi(year); err == nil {
		p.yearOf(strconv.Itoa(n + 1))
	}
}

// named are the years in names of files: icd10cm_order_2026.txt, icd10cm-codes-April-2026.txt,
// icd10cm_codes_fy2026.tsv.
var named = regexp.MustCompile(`(?i)(april)?[-_ ]*(?:fy)?(20[1-9][0-9])[^/]*$`)

// nameRelease takes the release from the name of a file whose content does not
// tell it.
func (p *part) nameRelease() {
	if m := named.FindStringSubmatch(p.name); m != nil && p.release == "" {
		p.yearOf(m[2])
		p.april = m[1] != ""
	}
	if p.april && p.release != "" {
		p.release += "-April"
	}
}

// Dates returns the dates of service of a release by its name: FY2026 begins in
// October 2025; FY2026-April in April 2026.
func Dates(release string) (from, to string, ok bool) {
	m := releaseShape.FindStringSubmatch(release)
	if m == nil {
		return "", "", false
	}
	year, err := strconv.Atoi(m[1])
	if err != nil {
		return "", "", false
	}
	from = fmt.Sprintf("%d-10-01", year-1)
	if m[2] != "" {
		from = fmt.Sprintf("%d-04-01", year)
	}
	return from, fmt.Sprintf("%d-09-30", year), true
}

var releaseShape = regexp.MustCompile(`(?i)^FY(20[1-9][0-9])(-April)?$`)
