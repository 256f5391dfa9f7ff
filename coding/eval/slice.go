package eval

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/radcode/radcode/lexicon"
)

// Slice cuts a corpus into parts whose figures are worth a look of their own. A
// report may be in several parts of a slice, or in none.
type Slice struct {
	Name, Doc string
	of        func(x *sliced, c *Case) []string
}

// Slices is the table of slices, in the order of all lists.
func Slices() []Slice { return sliceTable }

var sliceTable = []Slice{
	{"modality", "modality of the gold procedures, or of the predicted ones where gold has none", func(x *sliced, c *Case) []string { return x.ofProcedures(c, x.book.Modality) }},
	{"region", "body region of the gold procedures, or of the predicted ones where gold has none", func(x *sliced, c *Case) []string { return x.ofProcedures(c, x.book.BodyRegion) }},
	{"length", "bytes of text", func(_ *sliced, c *Case) []string { return []string{lengthOf(c)} }},
	{"style", "how sections are marked", func(_ *sliced, c *Case) []string { return []string{styleOf(c.Text)} }},
	{"gold size", "required gold codes of the report, procedures and diagnoses", func(_ *sliced, c *Case) []string { return sizeOf(c) }},
	{"frequency", "how often the report's rarest required gold code is gold in this corpus", func(x *sliced, c *Case) []string { return x.band(c) }},
	{"group", "the group that must stay in one fold", func(_ *sliced, c *Case) []string { return nonEmpty(c.Group) }},
	{"tag", "tags of the report", func(_ *sliced, c *Case) []string { return c.Tags }},
}

// sliced is what slices must know of the whole corpus.
type sliced struct {
	book    *Codebook
	support map[string]int
}

func newSliced(book *Codebook, cases []*Case) *sliced {
	x := &sliced{book, map[string]int{}}
	for _, c := range cases {
		for _, code := range c.required() {
			x.support[code]++
		}
	}
	return x
}

// required are the required gold codes of a report, procedures first.
func (c *Case) required() []string {
	var out []string
	for _, t := range []int{taskCPT, taskICD} {
		if c.Gold == nil {
			break
		}
		for _, g := range tasks[t].gold(c.Gold) {
			if !g.Optional {
				out = append(out, g.Code)
			}
		}
	}
	return out
}

func (x *sliced) ofProcedures(c *Case, of func(string) string) []string {
	var codes, out []string
	if c.Gold != nil {
		for _, g := range c.Gold.CPT {
			codes = append(codes, g.Code)
		}
	}
	if len(codes) == 0 {
		for _, a := range c.Prediction.CPT {
			codes = append(codes, a.Code)
		}
	}
	for _, code := range codes {
		name := of(code)
		if name == "" {
			name = "none"
		}
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// lengthBands are upper bounds in bytes.
var lengthBands = []int{500, 1000, 2000, 4000}

func lengthOf(c *Case) string {
	n := len(strings.TrimSpace(c.Text))
	if n == 0 {
		return "name only"
	}
	from := 1
	for _, to := range lengthBands {
		if n < to {
			return fmt.Sprintf("%d-%d", from, to-1)
		}
		from = to
	}
	return fmt.Sprintf("%d+", from)
}

// A heading is words before a colon at the start of a line; markers of bold type
// and lists may stand before it.
var (
	capitalHeading = regexp.MustCompile(`(?m)^[ \t*#]*[A-Z][A-Z /&()-]{2,40}\**[ \t]*(:|$)`)
	mixedHeading   = regexp.MustCompile(`(?m)^[ \t*#]*[A-Z][a-z]+(?: [A-Za-z]+){0,3}\**:`)
)

func styleOf(text string) string {
	switch {
	case strings.TrimSpace(text) == "":
		return "name only"
	case capitalHeading.MatchString(text):
		return "capital headings"
	case mixedHeading.MatchString(text):
		return "mixed-case headings"
	}
	return "no headings"
}

func sizeOf(c *Case) []string {
	if !c.scored() {
		return nil
	}
	if n := len(c.required()); n < 5 {
		return []string{fmt.Sprint(n)}
	}
	return []string{"5+"}
}

// frequencyBands are lower bounds, the rarest last.
var frequencyBands = []struct {
	from int
	name string
}{{100, "100+"}, {20, "20-99"}, {5, "5-19"}, {2, "2-4"}, {0, "1"}}

func (x *sliced) band(c *Case) []string {
	rarest := -1
	for _, code := range c.required() {
		if n := x.support[code]; rarest < 0 || n < rarest {
			rarest = n
		}
	}
	for _, b := range frequencyBands {
		if rarest >= b.from {
			return []string{b.name}
		}
	}
	return nil
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// bodyRegions are the large parts of the body. A body part that belongs to two,
// as the hip does, is of the first.
var bodyRegions = []string{"pregnancy", "upper_extremity", "lower_extremity", "head", "neck", "chest", "spine", "abdomen", "pelvis"}

// BodyRegion is the large part of the body that a procedure code's first body
// part belongs to, such as "chest" for the heart. A part of none of them, such as
// a vein, is its own; "" when the code names no body part.
func (b *Codebook) BodyRegion(code string) string {
	p := b.lex.Procedure(code)
	if p == nil || len(p.Region) == 0 {
		return ""
	}
	id := p.Region[0][0]
	for _, name := range bodyRegions {
		if large := b.lex.Lookup(lexicon.Region, name); large != 0 && b.lex.Is(id, large) {
			return name
		}
	}
	return b.lex.Concept(id).Name
}
