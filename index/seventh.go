package index

import "strings"

// seventhChoice is what words of a phrase make of the seventh character: the first of
// the characters that the code has.
type seventhChoice struct {
	said  []string // one of them must be there; none: the choice of last resort
	chars []string
}

// seventhChoices go by the seventh characters of injuries (ICD-10-CM guideline I.C.19.a): A is the
// first encounter, also of what does not say which. "0" and "9" are those of obstetrics and gout
// where nothing is specified.
var seventhChoices = []seventhChoice{
	{[]string{"sequela", "sequelae"}, []string{"S"}},
	{[]string{"nonunion"}, []string{"K"}},
	{[]string{"malunion"}, []string{"P"}},
	{[]string{"delayed"}, []string{"G"}},
	{[]string{"subsequent", "healing", "healed"}, []string{"D"}},
	{[]string{"open"}, []string{"B", "A"}},
	{nil, []string{"A", "0", "9"}},
}

// seventhChild chooses among children that differ in the seventh character alone, and
// tells which words decided. Placeholders are part of the codes.
func (r *Release) seventhChild(below []ReleaseCode, p *phrase) (*ReleaseCode, uint64) {
	for _, choice := range seventhChoices {
		mask := p.mask(choice.said...)
		if choice.said != nil && mask&^p.denied == 0 {
			continue
		}
		for _, char := range choice.chars {
			for i := range below {
				if len(below[i].ID) == len("S52.501A") && strings.HasSuffix(below[i].ID, char) {
					return &below[i], mask
				}
			}
		}
	}
	return nil, 0
}
