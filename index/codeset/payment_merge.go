package codeset

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/radcode/radcode/index"
)

// Import reads files and folders, of whatever formats. It returns either the draft of
// an ICD-10-CM release or payment tables, for index.ImportRelease and
// index.ImportTables; files of both are refused, as a name and dates given for
// the one are wrong for the other. Otherwise it is like Read.
func Import(ctx context.Context, paths []string, o Options) (*index.Draft, []index.TableDraft, []File, error) {
	g, err := gather(ctx, paths, o)
	if err != nil {
		return nil, nil, g.files, err
	}
	var d *index.Draft
	var tables []index.TableDraft
	switch payment, release := g.holds(true), g.holds(false); {
	case payment != nil && release != nil:
		err = fmt.Errorf("%s is of an ICD-10-CM release and %s a payment table: import them one after the other", release.name, payment.name)
	case payment != nil:
		tables, err = g.tables()
	default:
		d, err = g.draft()
	}
	if err != nil {
		return nil, nil, g.files, fmt.Errorf("codeset: %w", err)
	}
	return d, tables, g.files, nil
}

// holds returns the first file of payment tables, or the first other one.
func (g *gatherer) holds(payment bool) *part {
	i := slices.IndexFunc(g.parts, func(p *part) bool { return p.isPayment() == payment })
	if i < 0 {
		return nil
	}
	return g.parts[i]
}

func (p *part) isPayment() bool { return p.sheets != nil || p.articles != nil }

// knows reports whether radcode knows a procedure, or one that begins so with a
// star; without Options everything is known.
func (p *part) knows(code string) bool { return p.options == nil || p.options.knows(code) }

func (o *Options) knows(code string) bool { return o.Procedure == nil || o.Procedure(code) }

func (g *gatherer) knows(code string) bool { return g.options.knows(code) }

func (p *part) knowsDx(code string) bool {
	return p.options == nil || p.options.Diagnosis == nil || p.options.Diagnosis(code)
}

// collected is a table of the parts of several files.
type collected struct {
	draft index.TableDraft
	at    []place // of each row
}

// tables joins what files say of the same table.
func (g *gatherer) tables() ([]index.TableDraft, error) {
	var all []*collected
	for _, p := range g.parts {
		for _, s := range p.sheets {
			s.nameTable(p)
			if err := g.overrule(s, p.name); err != nil {
				return nil, err
			}
			all = collect(all, s, g.sources[p.source])
		}
	}
	if s := g.articleSheet(); s != nil {
		if err := g.overrule(s, "articles"); err != nil {
			return nil, err
		}
		all = collect(all, s, g.articleSources()...)
	}
	var out []index.TableDraft
	for _, c := range all {
		if err := c.check(); err != nil {
			return nil, err
		}
		out = append(out, c.draft)
	}
	return out, nil
}

func (g *gatherer) articleSources() []index.Source {
	var out []index.Source
	for _, p := range g.parts {
		if p.articles != nil {
			out = append(out, g.sources[p.source])
		}
	}
	return out
}

// overrule gives a sheet what the options say, and refuses one whose name, dates or
// setting nobody says.
func (g *gatherer) overrule(s *sheet, file string) error {
	t, o := &s.table, &g.options
	if o.Release != "" {
		t.Name = o.Release
	}
	if t.Name == "" {
		return fmt.Errorf("%s: the file does not say of which release it is: give --release, as 2026Q4", file)
	}
	quarterly := t.Kind != index.RuleTable && t.Kind != index.CoverageTable
	if quarterly {
		t.From, t.To, _ = TableDates(t.Kind, t.Name)
	}
	t.From, t.To = cmp.Or(o.From, t.From), cmp.Or(o.To, t.To)
	if quarterly && t.From == "" {
		return fmt.Errorf("%s: the first date of service is not known: give --from, or a --release as 2026Q4", file)
	}
	if t.Kind == index.CoverageTable {
		t.Payer = o.Payer
	}
	if t.Kind != index.PairTable && t.Kind != index.LimitTable {
		return nil
	}
	if o.Setting != "" && !s.fixed {
		t.Setting = o.Setting
	}
	if t.Setting == index.AnySetting {
		return fmt.Errorf("%s: the file does not say who bills by it: give --setting practitioner or hospital", file)
	}
	return nil
}

// collect adds a sheet to the table it is a part of.
func collect(all []*collected, s *sheet, sources ...index.Source) []*collected {
	t := &s.table
	i := slices.IndexFunc(all, func(c *collected) bool {
		have := c.draft
		return have.Kind == t.Kind && have.Setting == t.Setting && have.Payer == t.Payer && strings.EqualFold(have.Name, t.Name)
	})
	if i < 0 {
		i = len(all)
		all = append(all, &collected{draft: index.TableDraft{PaymentTable: t}})
	} else {
		all[i].draft.Append(t)
	}
	c := all[i]
	c.at = append(c.at, s.at...)
	c.draft.LeftOut += s.leftOut
	for _, source := range sources {
		if !slices.Contains(c.draft.Sources, source) {
			c.draft.Sources = append(c.draft.Sources, source)
		}
	}
	return all
}

// check refuses an empty table and one that says two things of a date.
func (c *collected) check() error {
	d := &c.draft
	if d.Kind == index.PairTable && !d.History {
		succeed(d.Pairs)
	}
	if d.Len() == 0 {
		return fmt.Errorf("%s %s: none of %d rows concerns a code that radcode knows", d.Kind, d.Name, d.LeftOut)
	}
	twice, err := index.Overlapping(d.PaymentTable, maxProblems)
	var problems []error
	for _, rows := range twice {
		first, second := c.at[rows[0]], c.at[rows[1]]
		problems = append(problems, second.errorf("%s: dates overlap with those in %s:%d", d.RowKey(rows[1]), first.file, first.line))
	}
	return errors.Join(append(problems, err)...)
}
