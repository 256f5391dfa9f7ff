package exchange

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/nlp"
)

// tableKey is something that a cell can say about a report.
type tableKey struct {
	name string
	doc  string
	set  func(r *Record, cell string) error // an empty cell is only given for flags
}

// tableKeys in the order in which they are told to people.
var tableKeys = []tableKey{
	{"id", "the report's name", func(r *Record, s string) error { r.ID = s; return nil }},
	{"exam", "exam name", func(r *Record, s string) error { r.Exam = s; return nil }},
	{"text", "report text; several columns become sections under the columns' names", func(r *Record, s string) error { r.Text = s; return nil }},
	{"cpt", "procedure codes, modifiers behind a hyphen or colon: 73110-RT", goldCell((*Gold).procedures)},
	{"icd10cm", "diagnosis codes of the claim", goldCell(func(g *Gold, s string) error { return addDiagnoses(&g.ICD10CM, s) })},
	{"primary.indication", "first-listed diagnosis under the indication policy; any of several will do", goldCell(func(g *Gold, s string) error { return g.first(coding.Indication, s) })},
	{"primary.official", "first-listed diagnosis under the official policy; any of several will do", goldCell(func(g *Gold, s string) error { return g.first(coding.Official, s) })},
	{"flags", "documentation flags; an empty cell says none", goldCell(func(g *Gold, s string) error { g.Flags = list(s); return nil })},
	{"flags_optional", "flags that are neither hit nor miss", goldCell(func(g *Gold, s string) error { g.FlagsOptional = list(s); return nil })},
	{"group", "what must stay in one fold: hospital, patient", func(r *Record, s string) error { r.Group = s; return nil }},
	{"tags", "words to slice by", func(r *Record, s string) error { r.Tags = list(s); return nil }},
	{"meta.date_of_service", "2026-03-02, 20260302 or 3/2/2026 (month first)", func(r *Record, s string) error { return setDay(&r.Meta.DateOfService, s) }},
	{"meta.time_of_service", "time", metaText(func(m *nlp.Meta) *string { return &m.TimeOfService })},
	{"meta.payer", "payer", metaText(func(m *nlp.Meta) *string { return &m.Payer })},
	{"meta.place_of_service", "CMS two digits", metaText(func(m *nlp.Meta) *string { return &m.PlaceOfService })},
	{"meta.facility", "facility", metaText(func(m *nlp.Meta) *string { return &m.Facility })},
	{"meta.component", "professional, technical or global", metaText(func(m *nlp.Meta) *string { return &m.Component })},
	{"meta.age", "age in years", func(r *Record, s string) error { return setAge(&r.Meta.Age, s) }},
	{"meta.sex", "F or M, written out or not; anything else is not known", func(r *Record, s string) error { r.Meta.Sex = sexes[strings.ToLower(s)]; return nil }},
	{"meta.patient", "patient identifier", metaText(func(m *nlp.Meta) *string { return &m.Patient })},
	{"meta.referring", "referring physician", metaText(func(m *nlp.Meta) *string { return &m.Referring })},
	{"meta.signed", "true or false, yes or no, 1 or 0", func(r *Record, s string) error { return setBool(&r.Meta.Signed, s) }},
	{"meta.ordered", "exam name as ordered", metaText(func(m *nlp.Meta) *string { return &m.Ordered })},
	{"meta.ordered_icd10cm", "diagnosis codes of the order", func(r *Record, s string) error { r.Meta.OrderedICD10CM = list(s); return nil }},
	{"meta.charged", "procedure codes as charged", func(r *Record, s string) error { r.Meta.Charged = list(s); return nil }},
	{"meta.prior_auth", "prior authorisation number", metaText(func(m *nlp.Meta) *string { return &m.PriorAuth })},
	{"meta.prior_studies", "earlier studies, separated by semicolons or bars", func(r *Record, s string) error { r.Meta.PriorStudies = splitCells(s, ";|"); return nil }},
}

func metaText(field func(*nlp.Meta) *string) func(*Record, string) error {
	return func(r *Record, s string) error {
		*field(&r.Meta) = s
		return nil
	}
}

var sexes = map[string]string{"f": "F", "female": "F", "m": "M", "male": "M"}

func goldCell(set func(*Gold, string) error) func(*Record, string) error {
	return func(r *Record, s string) error { return set(r.gold(), s) }
}

// gold returns the record's gold, which is there from now on.
func (r *Record) gold() *Gold {
	if r.Gold == nil {
		r.Gold = &Gold{}
	}
	return r.Gold
}

// nothing is what a cell says when no code applies; an empty one says that
// nobody looked.
var nothing = []string{"none", "-"}

// list splits a cell at what separates words in it. Brackets and quotation marks
// of lists that programs printed are left out.
func list(cell string) []string {
	if slices.Contains(nothing, strings.ToLower(cell)) {
		return []string{}
	}
	return append([]string{}, strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(" \t\r\n,;|[]'\"", r) })...)
}

// splitCells splits at the given marks only, so that parts may hold spaces.
func splitCells(cell, marks string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(marks, r) }) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

var (
	procedureCode = regexp.MustCompile(`^(?:[0-9]{4}[0-9A-Z]|[A-Z][0-9]{4})((?:[-:][0-9A-Z]{2})*)$`)
	diagnosisCode = regexp.MustCompile(`^[A-Z][0-9][0-9A-Z](?:\.?[0-9A-Z]{1,4})?$`)
)

// procedures adds procedure codes that are not there yet.
func (g *Gold) procedures(cell string) error {
	for _, word := range list(cell) {
		code, err := procedure(word)
		if err != nil {
			return err
		}
		addCode(&g.CPT, code)
	}
	if g.CPT == nil {
		g.CPT = []GoldCode{}
	}
	return nil
}

// procedure reads 73110, 73110-RT or 73110:RT:26.
func procedure(word string) (GoldCode, error) {
	word = strings.ToUpper(word)
	m := procedureCode.FindStringSubmatch(word)
	if m == nil {
		return GoldCode{}, fmt.Errorf("%q is no CPT or HCPCS code (71046, or with modifiers 73110-RT)", word)
	}
	code := GoldCode{Code: strings.TrimSuffix(word, m[1])}
	if m[1] != "" {
		code.Modifiers = strings.FieldsFunc(m[1], func(r rune) bool { return r == '-' || r == ':' })
	}
	return code, nil
}

// addDiagnoses adds diagnosis codes that are not there yet.
func addDiagnoses(to *[]GoldCode, cell string) error {
	for _, word := range list(cell) {
		code, err := diagnosis(word)
		if err != nil {
			return err
		}
		addCode(to, GoldCode{Code: code})
	}
	if *to == nil {
		*to = []GoldCode{}
	}
	return nil
}

// diagnosis reads an ICD-10-CM code, and adds the dot when it has none.
func diagnosis(word string) (string, error) {
	code := strings.ToUpper(word)
	if !diagnosisCode.MatchString(code) {
		return "", fmt.Errorf("%q is no ICD-10-CM code", word)
	}
	if len(code) > 3 && code[3] != '.' {
		code = code[:3] + "." + code[3:]
	}
	return code, nil
}

func (g *Gold) first(policy coding.Policy, cell string) error {
	var codes []GoldCode
	if err := addDiagnoses(&codes, cell); err != nil {
		return err
	}
	g.setPrimary(policy, codes)
	return nil
}

func (g *Gold) setPrimary(policy coding.Policy, codes []GoldCode) {
	if g.Primary == nil {
		g.Primary = map[coding.Policy][]GoldCode{}
	}
	g.Primary[policy] = codes
}

func addCode(to *[]GoldCode, code GoldCode) {
	if !slices.ContainsFunc(*to, func(g GoldCode) bool { return g.Code == code.Code && slices.Equal(g.Modifiers, code.Modifiers) }) {
		*to = append(*to, code)
	}
}

// setDay reads a date of service: ISO, without hyphens, with a time behind it,
// or the American form, as the codes are American.
func setDay(to *string, cell string) error {
	if t, err := time.Parse("1/2/2006", cell); err == nil {
		*to = t.Format(time.DateOnly)
		return nil
	}
	date, _ := timestamp(strings.Replace(cell, " ", "T", 1))
	if date == "" {
		return fmt.Errorf("%q is no date (2026-03-02, 20260302 or 3/2/2026)", cell)
	}
	*to = date
	return nil
}

func setAge(to **float64, cell string) error {
	years, err := strconv.ParseFloat(cell, 64)
	if err != nil || !(years >= 0 && years < 150) {
		return fmt.Errorf("%q is no age in years", cell)
	}
	*to = &years
	return nil
}

var truths = map[string]bool{"true": true, "yes": true, "y": true, "1": true, "false": false, "no": false, "n": false, "0": false}

func setBool(to **bool, cell string) error {
	v, ok := truths[strings.ToLower(cell)]
	if !ok {
		return fmt.Errorf("%q is neither true nor false", cell)
	}
	*to = &v
	return nil
}
