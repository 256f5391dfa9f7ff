package index

import (
	"cmp"
	"sort"
)

// Pairs of an imported table stay as they lie in its file: there are hundreds of
// thousands, of which a claim asks for a few.

// pairRows are the pairs of a table, sorted by their codes.
type pairRows struct {
	count int
	codes func(row int) (column1, column2 string)
	at    func(row int) Pair
}

func (t *PaymentTable) pairs() pairRows {
	if f := t.file; f != nil {
		return pairRows{f.rows, func(row int) (string, string) { return f.text(row, 0), f.text(row, 1) }, f.pair}
	}
	return pairRows{len(t.Pairs), func(row int) (string, string) { return t.Pairs[row].Column1, t.Pairs[row].Column2 }, func(row int) Pair { return t.Pairs[row] }}
}

// Pair returns the edit between two codes, in either order, on a date of service.
func (t *PaymentTable) Pair(a, b, date string) (Pair, bool) {
	if t == nil {
		return Pair{}, false
	}
	rows := t.pairs()
	for _, try := range [][2]string{{a, b}, {b, a}} {
		first := sort.Search(rows.count, func(row int) bool {
			one, two := rows.codes(row)
			return cmp.Or(cmp.Compare(one, try[0]), cmp.Compare(two, try[1])) >= 0
		})
		for row := first; row < rows.count; row++ {
			p := rows.at(row)
			if p.Column1 != try[0] || p.Column2 != try[1] {
				break
			}
			if p.Holds(date) && p.Modifier != '9' {
				return p, true
			}
		}
	}
	return Pair{}, false
}

// PairsOf returns the edits that name a code in either column on a date of service, by
// their codes.
func (t *PaymentTable) PairsOf(code, date string) []Pair {
	if t == nil {
		return nil
	}
	var out []Pair
	rows := t.pairs()
	for row := range rows.count {
		if one, two := rows.codes(row); one != code && two != code {
			continue
		}
		if p := rows.at(row); p.Holds(date) && p.Modifier != '9' {
			out = append(out, p)
		}
	}
	return out
}

// pair makes a row of a file of pairs.
func (f *tableFile) pair(row int) Pair {
	return Pair{
		Column1: f.text(row, 0), Column2: f.text(row, 1), Span: Span{f.text(row, 2), f.text(row, 3)},
		Modifier: marked(f.text(row, 4)), Rationale: f.text(row, 5),
	}
}
