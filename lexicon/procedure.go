package lexicon

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Code systems.
const (
	CPT     = "cpt"
	HCPCS   = "hcpcs"
	ICD10CM = "icd10cm"
)

// A Procedure is one CPT or HCPCS code as axes. The title is radcode's own
// wording, never the AMA's descriptor.
type Procedure struct {
	Code, System, Title string

	Modality, Region, Extent, Technique, Intent, Component, Age []Group

	// Tolerated are concepts that may be stated but are not asked for. A file
	// writes them with a tilde, "~duplex", or as a group that repeats an earlier
	// one, "hip,hip|pelvis".
	Tolerated []ConceptID

	Contrast  string // without, with, with+ (with, or without and with), without_with, any, or "" when contrast is no axis of the code
	ViewsMin  int    // 0 when views are no axis of the code
	ViewsMax  int    // 0 = no upper bound (when ViewsMin > 0)
	Side      string // uni: RT/LT apply; bi: the code is both sides; "": no side
	Bilateral string // Medicare bilateral indicator: 0,1,2,3,9 or ""

	From, To   string // dates of service, YYYY-MM-DD, both inclusive; "" = unbounded
	Successors []string
	Source     Source
}

// InForce reports whether the code is valid on a date of service (YYYY-MM-DD).
func (p *Procedure) InForce(date string) bool {
	return (p.From == "" || p.From <= date) && (p.To == "" || date <= p.To)
}

// Groups returns the concept groups of an axis that is held as groups.
func (p *Procedure) Groups(a Axis) []Group {
	switch a {
	case Modality:
		return p.Modality
	case Region:
		return p.Region
	case Extent:
		return p.Extent
	case Technique:
		return p.Technique
	case Intent:
		return p.Intent
	case Component:
		return p.Component
	case Age:
		return p.Age
	}
	return nil
}

var procedureColumns = []string{
	"code", "title", "modality", "region", "contrast", "views", "side", "extent", "technique", "intent", "component",
	"age", "bilat", "from", "to", "successor",
}

// SystemOf tells CPT from HCPCS Level II by the shape of the code.
func SystemOf(code string) string {
	if code != "" && code[0] >= 'A' && code[0] <= 'Z' {
		return HCPCS
	}
	return CPT
}

func (ct *conceptTable) procedures(t table) ([]Procedure, []Problem) {
	var out []Procedure
	var problems []Problem
	for _, r := range t.rows {
		c := r.cells
		p := Procedure{
			Code: c[0], System: SystemOf(c[0]), Title: c[1], Contrast: c[4], Side: c[6], Bilateral: c[12],
			From: c[13], To: c[14], Successors: splitList(c[15], "|"), Source: r.src,
		}
		fail := func(err error) {
			if err != nil {
				problems = append(problems, Problem{r.src.File, r.src.Line, err.Error()})
			}
		}
		for _, g := range []struct {
			axis Axis
			cell string
			to   *[]Group
		}{
			{Modality, c[2], &p.Modality}, {Region, c[3], &p.Region}, {Extent, c[7], &p.Extent},
			{Technique, c[8], &p.Technique}, {Intent, c[9], &p.Intent}, {Component, c[10], &p.Component}, {Age, c[11], &p.Age},
		} {
			tolerated, cell := cutTolerated(g.cell)
			allowed, err := ct.parseGroups(g.axis, tolerated)
			fail(err)
			for _, group := range allowed {
				p.Tolerated = append(p.Tolerated, group...)
			}
			groups, err := ct.parseGroups(g.axis, cell)
			fail(err)
			for _, group := range groups {
				if repeatsOne(group, *g.to) {
					p.Tolerated = append(p.Tolerated, group...)
				} else {
					*g.to = append(*g.to, group)
				}
			}
		}
		var err error
		p.ViewsMin, p.ViewsMax, err = parseViews(c[5])
		fail(err)
		fail(oneOf("contrast", p.Contrast, "", "without", "with", "with+", "without_with", "any"))
		fail(oneOf("side", p.Side, "", "uni", "bi"))
		out = append(out, p)
	}
	return out, problems
}

// cutTolerated separates the parts of a cell that begin with a tilde.
func cutTolerated(cell string) (tolerated, rest string) {
	var t, r []string
	for _, part := range splitList(cell, ",") {
		if name, ok := strings.CutPrefix(part, "~"); ok {
			t = append(t, name)
		} else {
			r = append(r, part)
		}
	}
	return strings.Join(t, ","), strings.Join(r, ",")
}

// repeatsOne reports whether a group holds all of an earlier one.
func repeatsOne(g Group, earlier []Group) bool {
	for _, e := range earlier {
		all := true
		for _, id := range e {
			all = all && slices.Contains(g, id)
		}
		if all {
			return true
		}
	}
	return false
}

func oneOf[T ~string](column string, value T, allowed ...T) error {
	for _, a := range allowed {
		if a == value {
			return nil
		}
	}
	return fmt.Errorf("%s is %q, want one of %q", column, value, allowed)
}

// parseViews reads "", "2", "1-2" or "4+".
func parseViews(cell string) (lo, hi int, err error) {
	if cell == "" {
		return 0, 0, nil
	}
	if base, ok := strings.CutSuffix(cell, "+"); ok {
		lo, err = strconv.Atoi(base)
		return lo, 0, err
	}
	a, b, isRange := strings.Cut(cell, "-")
	if lo, err = strconv.Atoi(a); err != nil {
		return 0, 0, fmt.Errorf("views: %w", err)
	}
	if !isRange {
		return lo, lo, nil
	}
	if hi, err = strconv.Atoi(b); err != nil {
		return 0, 0, fmt.Errorf("views: %w", err)
	}
	return lo, hi, nil
}
