package exchange

import (
	"slices"
	"strings"
)

// fieldsOf are the fields of a segment that say who somebody is. Of a person all
// components count, of other fields the first.
type fieldsOf struct {
	segment        string
	persons, first []int
}

// identifying are the fields of HL7 v2.5 that name patient, relatives and staff, or give
// their numbers and addresses.
var identifying = []fieldsOf{
	{"PID", []int{5, 6, 9, 11}, []int{2, 3, 4, 13, 14, 18, 19, 20, 21}},
	{"NK1", []int{2, 4}, []int{5, 6, 33}},
	{"GT1", []int{3, 4, 5}, []int{2, 6, 7, 12, 19}},
	{"IN1", []int{16, 19}, []int{2, 36, 49}},
	{"PV1", []int{7, 8, 9, 17, 52}, []int{3, 5, 19, 50}},
	{"ORC", []int{10, 11, 12, 19}, []int{2, 3, 4, 14}},
	{"OBR", []int{10, 16, 28, 32, 33, 34, 35}, []int{2, 3, 17}},
	{"OBX", []int{16}, nil},
	{"MSH", nil, []int{10}},
}

// identifiers returns the values of identifying fields, each once: of a person also
// given and family name together.
func (o order) identifiers() []string {
	var out []string
	add := func(s string) {
		if s = strings.TrimSpace(s); len(s) > 1 && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	for _, x := range append([]segment{o.msh, o.pid, o.pv1, o.in1, o.orc, o.obr}, append(slices.Clone(o.obx), o.others...)...) {
		for _, f := range identifying {
			if f.segment != x.fields[0] {
				continue
			}
			for _, n := range f.first {
				for _, r := range x.repeats(n) {
					add(r.component(1, 1))
				}
			}
			for _, n := range f.persons {
				for _, r := range x.repeats(n) {
					addPerson(r, add)
				}
			}
		}
	}
	return out
}

// maxPersonComponents are the components of a name or address that hold words:
// behind them stand codes.
const maxPersonComponents = 6

func addPerson(r segment, add func(string)) {
	var parts []string
	for i := 1; i <= maxPersonComponents; i++ {
		if c := r.component(1, i); c != "" {
			add(c)
			parts = append(parts, c)
		}
	}
	add(strings.Join(parts, " "))
	add(person(r, 1, 0))
	add(person(r, 1, 1))
}
