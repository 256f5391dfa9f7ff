package eval

import "strconv"

// grid is a table that the page can sort, filter and leaf through.
type grid struct {
	Caption, Doc string
	Columns      []gridColumn
	Rows         [][]gridCell
}

type gridColumn struct {
	Name, Doc string
	Number    bool
}

// gridCell is a cell. Code, when set, links to the reports whose errors have it.
type gridCell struct{ Text, Title, Code string }

func (g *grid) add(cells ...gridCell) { g.Rows = append(g.Rows, cells) }

func text(s string) gridCell { return gridCell{Text: s} }

// codeCell is a code with its title on hover.
func codeCell(code, title string) gridCell {
	if code == "" {
		return gridCell{Text: "none"}
	}
	return gridCell{Text: code, Title: title, Code: code}
}

// labelColumns are the columns of the per-label table.
var labelColumns = []struct {
	gridColumn
	cell func(l *PageLabel) gridCell
}{
	{gridColumn{"Code", "", false}, func(l *PageLabel) gridCell { return codeCell(l.Code, "") }},
	{gridColumn{"Title", "", false}, func(l *PageLabel) gridCell { return text(l.Title) }},
	{gridColumn{"Support", "Gold entries of this code that count, the optional ones left out.", true}, func(l *PageLabel) gridCell { return text(count(l.Support)) }},
	{gridColumn{"Predicted", "How often the code was given.", true}, func(l *PageLabel) gridCell { return text(count(l.Predicted)) }},
	{gridColumn{"Hit", "Gold entries that a given code answers.", true}, func(l *PageLabel) gridCell { return text(count(l.Hit)) }},
	{gridColumn{"Extra", "Given codes that answer no gold entry.", true}, func(l *PageLabel) gridCell { return text(count(l.Extra)) }},
	{gridColumn{"Missed", "Gold entries that no given code answers.", true}, func(l *PageLabel) gridCell { return text(count(l.Missed)) }},
	{gridColumn{"Precision", "Hits among what was given.", true}, func(l *PageLabel) gridCell { return text(percent(l.Precision)) }},
	{gridColumn{"Recall", "Hits among the gold entries.", true}, func(l *PageLabel) gridCell { return text(percent(l.Recall)) }},
	{gridColumn{"F1", "Harmonic mean of precision and recall.", true}, func(l *PageLabel) gridCell { return text(percent(l.F1)) }},
	{gridColumn{"Lost F1", "Micro-F1 that would be won if every answer about this code were right, in points of percent.", true}, func(l *PageLabel) gridCell { return text(points(l.LostF1)) }},
}

// points writes a difference of shares in points of percent.
func points(v float64) string {
	if v != v {
		return undefined
	}
	return strconv.FormatFloat(v*100, 'f', 2, 64)
}

func labelGrid(s PageSystem) grid {
	g := grid{Caption: s.Name + ": codes"}
	for _, c := range labelColumns {
		g.Columns = append(g.Columns, c.gridColumn)
	}
	for i := range s.Labels {
		row := make([]gridCell, len(labelColumns))
		for k, c := range labelColumns {
			row[k] = c.cell(&s.Labels[i])
		}
		g.add(row...)
	}
	return g
}

func confusionGrid(s PageSystem) grid {
	g := grid{Caption: s.Name + ": confusion pairs", Columns: []gridColumn{
		{Name: "Gold"}, {Name: "Gold title"}, {Name: "Predicted"}, {Name: "Predicted title"}, {Name: "Relation", Doc: "How the predicted code differs from the gold one."}, {Name: "Count", Number: true},
	}}
	for _, c := range s.Confusions {
		g.add(codeCell(c.Gold, ""), text(c.GoldTitle), codeCell(c.Predicted, ""), text(c.PredictedTitle), text(c.Kind), text(count(c.Count)))
	}
	return g
}

func partialGrid(s PageSystem) grid {
	g := grid{Caption: s.Name + ": near misses", Columns: []gridColumn{
		{Name: "Kind"}, {Name: "Meaning"}, {Name: "Count", Number: true}, {Name: "Share", Number: true},
	}}
	for _, p := range s.Partial {
		g.add(text(p.Kind), text(p.Doc), text(count(p.Count)), text(percent(p.Share)))
	}
	return g
}

func tableGrid(t PageTable) grid {
	g := grid{Caption: t.Title, Doc: t.Doc}
	for _, c := range t.Columns {
		g.Columns = append(g.Columns, gridColumn(c))
	}
	for _, r := range t.Rows {
		row := make([]gridCell, len(t.Columns))
		for i := range row {
			if i < len(r) {
				row[i].Text = r[i]
			}
		}
		g.add(row...)
	}
	return g
}
