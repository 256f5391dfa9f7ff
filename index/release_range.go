package index

import "sort"

// Between returns the billable codes of a range, those below its last code
// included, in order.
func (r *Release) Between(first, last string) []string {
	from, ok := Undotted(first)
	if _, known := Undotted(last); !ok || !known {
		return nil
	}
	codes := CodeRange{First: first, Last: last}
	rows := r.flat.tables[secCodes].rows()
	var out []string
	for row := sort.Search(rows, func(row int) bool { return r.id(row) >= from }); row < rows && codes.Holds(r.id(row)); row++ {
		if c := r.code(row); c.Billable {
			out = append(out, c.ID)
		}
	}
	return out
}
