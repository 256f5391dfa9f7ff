package index

import (
	"cmp"
	"slices"
)

// Overlapping returns the rows of a table, by their places in its slice, that share
// key and dates with another one: which of them counts nobody could say. Rows that are never in
// force, as deleted edits, concern nobody. Each pair in the order of the rows; by the later
// of the two; at most limit pairs.
func Overlapping(t *PaymentTable, limit int) ([][2]int, error) {
	k, err := kindOf(t.Kind)
	if err != nil {
		return nil, err
	}
	type keyed struct {
		key string
		Span
		row int
	}
	var rows []keyed
	for i := range k.count(t) {
		cells := k.row(t, i)
		span := Span{cells[k.key], cells[k.key+1]}
		if span.To != "" && span.To < span.From || t.Kind == PairTable && t.pairs().at(i).Modifier == '9' {
			continue
		}
		rows = append(rows, keyed{k.keyOf(cells), span, i})
	}
	slices.SortFunc(rows, func(a, b keyed) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.From, b.From), cmp.Compare(a.row, b.row))
	})
	var out [][2]int
	for i := 1; i < len(rows); i++ {
		a, b := rows[i-1], rows[i]
		if a.key == b.key && (a.To == "" || b.From <= a.To) {
			out = append(out, [2]int{min(a.row, b.row), max(a.row, b.row)})
		}
	}
	slices.SortFunc(out, func(a, b [2]int) int { return cmp.Or(a[1]-b[1], a[0]-b[0]) })
	return out[:min(limit, len(out))], nil
}
