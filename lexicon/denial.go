package lexicon

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// A DenialReason says which flag of a report goes before a payer's adjustment
// with a claim adjustment reason code (CARC, X12 external code list 139).
type DenialReason struct {
	CARC   string // as payers write it, without leading zeros
	Flag   string // id of a flag or of a difference of an audit; "" = an adjustment that is no denial
	Doc    string // our words
	Source Source
}

var denialReasonColumns = []string{"carc", "flag", "doc"}

// notDenied stands in the flag column for adjustments that pay less and deny nothing.
const notDenied = "-"

func denialReasons(t table) []DenialReason {
	out := make([]DenialReason, 0, len(t.rows))
	for _, r := range t.rows {
		x := DenialReason{r.cells[0], r.cells[1], r.cells[2], r.src}
		if x.Flag == notDenied {
			x.Flag = ""
		}
		out = append(out, x)
	}
	return out
}

// DenialFlags returns the rows of a reason code in the order of the file; none
// when the table does not know it. A prefix of zeros or of the group ("CO-16") is ignored.
func (l *Lexicon) DenialFlags(carc string) []DenialReason {
	carc = BareCARC(carc)
	var out []DenialReason
	for _, x := range l.DenialReasons {
		if x.CARC == carc {
			out = append(out, x)
		}
	}
	return out
}

// DenialsOf returns the rows of a flag or of a difference of an audit: with what a payer
// would answer a claim on which it stands, the smallest code first. None for what no payer sees.
func (l *Lexicon) DenialsOf(flag string) []DenialReason {
	var out []DenialReason
	for _, x := range l.DenialReasons {
		if x.Flag == flag && flag != "" {
			out = append(out, x)
		}
	}
	slices.SortFunc(out, func(a, b DenialReason) int {
		x, _ := strconv.Atoi(a.CARC)
		y, _ := strconv.Atoi(b.CARC)
		return cmp.Or(x-y, strings.Compare(a.CARC, b.CARC))
	})
	return out
}

// BareCARC writes a reason code as the tables do: "CO-016", "CO16" and "16" are 16.
func BareCARC(s string) string {
	s = strings.ToUpper(strings.TrimSpace(s))
	if group, code, ok := strings.Cut(s, "-"); ok && slices.Contains(adjustmentGroups, group) {
		s = code
	} else if len(s) > 2 && slices.Contains(adjustmentGroups, s[:2]) && isDigit(s[2]) {
		s = s[2:]
	}
	return strings.TrimLeft(strings.TrimSpace(s), "0")
}

// adjustmentGroups say who bears an adjustment (X12 835, CAS01).
var adjustmentGroups = []string{"CO", "CR", "OA", "PI", "PR"}

func lintDenialReasons(l *Lexicon) []Problem {
	var out []Problem
	denies := map[string]bool{}
	for i, x := range l.DenialReasons {
		if !isCARC(x.CARC) || x.CARC != BareCARC(x.CARC) {
			out = append(out, problemAt(x.Source, "%q is no reason code as it is written here: 16, not CO-16 or 016", x.CARC))
		}
		if !isFlagID(x.Flag) {
			out = append(out, problemAt(x.Source, "%q is no flag id", x.Flag))
		}
		if x.Doc == "" || len(x.Doc) > 120 {
			out = append(out, problemAt(x.Source, "doc of %s is empty or longer than 120 characters", x.CARC))
		}
		if i > 0 && l.DenialReasons[i-1].CARC == x.CARC && denies[x.CARC] != (x.Flag != "") {
			out = append(out, problemAt(x.Source, "%s is a denial in one row and none in another", x.CARC))
		}
		if i > 0 && l.DenialReasons[i-1].CARC == x.CARC && l.DenialReasons[i-1].Flag == x.Flag {
			out = append(out, problemAt(x.Source, "%s and %s stand twice", x.CARC, x.Flag))
		}
		denies[x.CARC] = x.Flag != ""
	}
	return out
}

// isCARC holds for reason codes of the list: up to three digits, or a letter and up to two (B7, P12).
func isCARC(s string) bool {
	if s == "" || len(s) > 3 {
		return false
	}
	if s[0] >= 'A' && s[0] <= 'Z' {
		s = s[1:]
	}
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// isFlagID holds for ids such as missing_views and ncd_210.14_dx_missing, and for none.
func isFlagID(s string) bool {
	return strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789_.") == "" && !strings.HasPrefix(s, "_")
}
