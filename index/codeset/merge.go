package codeset

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/radcode/radcode/index"
)

// System is the code system of all formats read here.
const System = "icd10cm"

// draft joins what the files hold to one release.
func (g *gatherer) draft() (*index.Draft, error) {
	d := &index.Draft{InBlock: map[string]string{}}
	if err := g.identify(&d.Manifest); err != nil {
		return nil, err
	}
	d.Sources = g.sources
	if d.Codes = g.codes(); d.Codes == nil {
		return nil, fmt.Errorf("release %s: no list of codes among the files (order file, codes file, tabular list or codes table)", d.Release)
	}
	blocks := map[string]bool{}
	for _, p := range g.parts {
		for _, b := range p.blocks {
			if !blocks[b.ID] {
				blocks[b.ID] = true
				d.Blocks = append(d.Blocks, b)
			}
		}
		for category, block := range p.inBlock {
			d.InBlock[category] = block
		}
		d.Notes = append(d.Notes, p.notes...)
		d.Sevenths = append(d.Sevenths, p.sevenths...)
		d.Terms = append(d.Terms, p.terms...)
		if len(p.changes) > len(d.Changes) {
			d.Changes = p.changes // the order addenda tell what the codes addenda do, and headers
		}
	}
	return d, nil
}

// identify finds the release's name and dates.
func (g *gatherer) identify(m *index.Manifest) error {
	m.System, m.Release, m.From, m.To = System, g.options.Release, g.options.From, g.options.To
	found := g.releases()
	switch {
	case m.Release != "":
	case len(found) == 0:
		return errors.New("the files do not say of which release they are: give --release")
	case len(found) > 1:
		return fmt.Errorf("files of several releases, %s: import one at a time, or give --release for all", g.examples(found))
	default:
		m.Release = found[0]
	}
	from, to, known := Dates(m.Release)
	switch {
	case m.From == "" && !known:
		return fmt.Errorf("release %s: the first date of service is not known: give --from", m.Release)
	case m.From == "":
		m.From = from
	}
	if m.To == "" && known {
		m.To = to
	}
	return nil
}

// examples names a file of each release.
func (g *gatherer) examples(releases []string) string {
	var out []string
	for _, r := range releases {
		i := slices.IndexFunc(g.parts, func(p *part) bool { return p.release == r })
		out = append(out, r+" ("+g.parts[i].name+")")
	}
	return strings.Join(out, " and ")
}

// codes returns the codes of the files that go first.
func (g *gatherer) codes() []index.DraftCode {
	for _, format := range precedence {
		var out []index.DraftCode
		for _, p := range g.parts {
			if p.format == format {
				out = append(out, p.codes...)
			}
		}
		if out != nil {
			return g.withHeaders(out, format)
		}
	}
	return nil
}

// withHeaders adds the headers that a file of billable codes lacks, where
// another file has them.
func (g *gatherer) withHeaders(codes []index.DraftCode, format string) []index.DraftCode {
	if format != formatList {
		return codes
	}
	known := map[string]bool{}
	above := map[string]bool{} // every beginning of a code
	for _, c := range codes {
		known[c.ID] = true
		for n := 3; n < len(c.ID); n++ {
			above[c.ID[:n]] = true
		}
	}
	for _, p := range g.parts {
		if p.format != formatTabular {
			continue
		}
		for _, c := range p.codes {
			if !known[c.ID] && above[c.ID] {
				known[c.ID] = true
				codes = append(codes, index.DraftCode{ID: c.ID, Short: c.Short, Long: c.Long})
			}
		}
	}
	return codes
}
