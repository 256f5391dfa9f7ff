package eval

// definitions lists every term of the page that has a doc, in the order of the
// page and each once, the given ones last.
func definitions(p *Page) []PageDefinition {
	var out []PageDefinition
	seen := map[string]bool{}
	add := func(term, doc string) {
		if doc != "" && !seen[term] {
			seen[term] = true
			out = append(out, PageDefinition{term, doc})
		}
	}
	for _, m := range p.Metrics {
		add(m.Name, m.Doc)
	}
	for _, s := range p.Systems {
		if len(s.Labels) > 0 {
			for _, c := range labelColumns {
				add(c.Name, c.Doc)
			}
		}
		for _, x := range s.Partial {
			add(x.Kind, x.Doc)
		}
		for _, l := range s.Losses {
			add(l.Stage, l.Doc)
		}
	}
	for _, m := range p.Slices.Metrics {
		add(m.Term, m.Doc)
	}
	for _, r := range p.Slices.Rows {
		add(r.Name, r.Doc)
	}
	for _, t := range p.Tables {
		add(t.Title, t.Doc)
		for _, c := range t.Columns {
			add(c.Name, c.Doc)
		}
	}
	for _, d := range p.Definitions {
		add(d.Term, d.Doc)
	}
	return out
}
