package index

// Between returns the billable codes of a range, those below its last code
// included, in order.
func (r *Release) Between(first, last string) []string {
	from, ok := Undotted(first)
	if _, known := Undotted(last); !ok || !known {
		return nil
	}
	codes := CodeRange{first, last}
	var out []string
	for row := r.firstRow(secCodes, 0, from); row < r.flat.tables[secCodes].rows() && codes.Holds(r.id(row)); row++ {
		if c := r.code(row); c.Billable {
			out = append(out, c.ID)
		}
	}
	return out
}
