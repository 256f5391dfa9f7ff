package eval

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/radcode/radcode/coding"
)

func writeHTML(r *Run, m *Manifest, w io.Writer) error {
	return WritePage(w, r.Page(m))
}

// Page is the run as report.html shows it. Wall times are left out, so that the
// same run makes the same page.
func (r *Run) Page(m *Manifest) *Page {
	p := &Page{Corpus: r.Corpus.base(), Engine: m.Coder, Reports: len(r.Cases), Note: r.Summary() + "."}
	for _, v := range r.Values {
		if v.Headline {
			p.Metrics = append(p.Metrics, r.pageMetric(v))
		}
	}
	for _, t := range trecSystems {
		if s, ok := r.pageSystem(t); ok {
			p.Systems = append(p.Systems, s)
		}
	}
	p.Slices = r.pageSlices()
	p.Errors = r.pageErrors()
	p.Tables = r.pageTables()
	p.Manifest = m.facts()
	for _, v := range r.Values {
		p.Definitions = append(p.Definitions, PageDefinition{v.Name, v.Doc})
	}
	return p
}

// headingOf is the heading a metric stands under.
func headingOf(name string) string {
	for i := len(tasks) - 1; i >= 0; i-- { // the longer names last in the table, first here
		if strings.HasPrefix(name, tasks[i].name+".") && !strings.HasPrefix(name, tasks[i].name+".family") {
			return tasks[i].title
		}
	}
	switch {
	case strings.HasPrefix(name, "primary."):
		return "First-listed diagnosis"
	case strings.HasPrefix(name, "flags."):
		return "Flags"
	}
	return "Automation"
}

func (r *Run) pageMetric(v Value) PageMetric {
	out := PageMetric{Group: headingOf(v.Name), Name: v.Title, Doc: v.Doc, Value: v.Value(), Interval: PageInterval(v.Interval)}
	if v.Ratio() != "" {
		out.Num, out.Den = v.Num, v.Den
	}
	for _, h := range r.Humans {
		if h.Metric == v.Name {
			out.Humans = append(out.Humans, PageMark{h.Coder, h.F1()})
		}
	}
	return out
}

// pageSystem is all about one code system; ok is false when the corpus does not
// score it.
func (r *Run) pageSystem(t int) (PageSystem, bool) {
	s := PageSystem{ID: tasks[t].name, Name: tasks[t].title}
	scored := false
	for _, c := range r.Cases {
		scored = scored || c.outcomes[t] != nil
	}
	if !scored {
		return s, false
	}
	if answers := scoredAnswers(r.Cases, t); len(answers) > 0 {
		s.Reliability, s.Curve = r.pageReliability(t, answers), pageCurve(answers)
	}
	for _, l := range r.Labels(s.ID) {
		s.Labels = append(s.Labels, PageLabel{
			Code: l.Code, Title: l.Title, Support: l.Support, Predicted: l.Predicted, Hit: l.Hit, Extra: l.Extra, Missed: l.Missed,
			Precision: l.Precision, Recall: l.Recall, F1: l.F1, LostF1: l.LostF1,
		})
	}
	for _, c := range r.Confusions() {
		if c.System == s.ID {
			s.Confusions = append(s.Confusions, PageConfusion{c.Gold, r.Title(c.Gold), c.Predicted, r.Title(c.Predicted), c.Relation, c.Count})
		}
	}
	s.Partial, s.Losses = r.pagePartial(t), r.pageLosses(t)
	return s, true
}

func (r *Run) pageReliability(t int, answers []Scored) *PageReliability {
	out := &PageReliability{ECE: ECE(answers, calibrationBins, nil), ECEInterval: PageInterval(unknown), Histogram: make([]PageBar, histogramBars)}
	if v, ok := r.Get(tasks[t].name + ".ece"); ok {
		out.ECEInterval = PageInterval(v.Interval)
	}
	for _, b := range CalibrationBins(answers, calibrationBins, nil) {
		n := int(b.N)
		hits := int(math.Round(b.Accuracy * b.N))
		out.Bins = append(out.Bins, PageBin{b.Mean, b.Accuracy, n, PageInterval(Wilson(hits, n, r.options.Level))})
	}
	for _, a := range answers {
		bar := &out.Histogram[min(histogramBars-1, int(a.Confidence*histogramBars))]
		bar.N++
		if a.Right {
			bar.Right++
		}
	}
	out.Caption = fmt.Sprintf("Brier score %s, log loss %s, over %d assigned codes.", Figure(Brier(answers, nil)), Figure(LogLoss(answers, nil)), len(answers))
	return out
}

// histogramBars is the number of bars over the confidences.
const histogramBars = 20

// curveDoc says what the bound under the curve is worth.
const curveDoc = "The bound is the one-sided 95 % Wilson bound of the precision at each threshold, taking answers as independent. A threshold is certified " +
	"where the bound reaches the precision asked for; it was chosen on the answers it is certified on, which is a little hopeful."

func pageCurve(answers []Scored) *PageCurve {
	out := &PageCurve{Unit: "codes", Total: len(answers), Level: certificateLevel, Doc: curveDoc}
	points := RiskCurve(answers, certificateLevel)
	step := (len(points) + MaxPagePoints - 1) / MaxPagePoints
	for i, p := range points {
		if i%max(1, step) == 0 || i == len(points)-1 {
			out.Points = append(out.Points, PagePoint{p.Threshold, p.N, p.N - p.Right, p.PrecisionLow})
		}
	}
	for _, target := range certifiedPrecisions {
		out.Targets = append(out.Targets, out.target(target))
	}
	return out
}

// target is the largest part of the shown points that keeps a precision.
func (c *PageCurve) target(precision float64) PageTarget {
	t := PageTarget{Precision: precision}
	for _, p := range c.Points {
		if p.Low >= precision {
			t.Certified, t.Threshold = true, p.Threshold
		}
	}
	return t
}

func (r *Run) pagePartial(t int) []PagePartial {
	var out []PagePartial
	total := 0
	for _, k := range r.Kinds() {
		if k.System == tasks[t].name {
			out = append(out, PagePartial{Kind: k.Relation, Doc: k.Doc, Count: k.Count})
			total += k.Count
		}
	}
	for i := range out {
		out[i].Share = float64(out[i].Count) / float64(total)
	}
	return out
}

func (r *Run) pageLosses(t int) []PageLoss {
	var out []PageLoss
	for _, s := range stages {
		n := 0
		for _, c := range r.Cases {
			for _, e := range c.Errors {
				if e.System == tasks[t].name && e.Stage == s.name {
					n++
				}
			}
		}
		if n > 0 {
			out = append(out, PageLoss{s.name, s.doc, n})
		}
	}
	return out
}

// maxHeatParts is how many parts of a slice the page shows, the largest ones;
// metrics.json has all.
const maxHeatParts = 25

func (r *Run) pageSlices() PageSlices {
	var out PageSlices
	for _, v := range r.Values {
		if v.Headline && !v.Lower { // the colours mean the more, the better
			out.Metrics = append(out.Metrics, PageDefinition{v.Name, v.Doc})
		}
	}
	for _, s := range sliceTable {
		var rows []SliceRow
		for _, row := range r.Slices {
			if row.Slice == s.Name {
				rows = append(rows, row)
			}
		}
		for _, row := range largest(rows, maxHeatParts) {
			out.Rows = append(out.Rows, pageSlice(out.Metrics, s, row))
		}
	}
	return out
}

// largest keeps the rows with most reports, in their order.
func largest(rows []SliceRow, n int) []SliceRow {
	if len(rows) <= n {
		return rows
	}
	sizes := make([]int, len(rows))
	for i, r := range rows {
		sizes[i] = r.Reports
	}
	slices.Sort(sizes)
	floor := sizes[len(sizes)-n]
	return slices.DeleteFunc(slices.Clone(rows), func(r SliceRow) bool { return r.Reports < floor })
}

func pageSlice(metrics []PageDefinition, s Slice, row SliceRow) PageSlice {
	out := PageSlice{Name: s.Name + ": " + row.Part, Doc: s.Doc, Reports: row.Reports}
	for _, m := range metrics {
		cell := PageCell{Value: math.NaN(), Interval: PageInterval(unknown)}
		for _, v := range row.Values {
			if v.Name == m.Term {
				cell = PageCell{v.Value(), PageInterval(v.Interval), int(v.Den)}
			}
		}
		out.Cells = append(out.Cells, cell)
	}
	return out
}

func (r *Run) pageErrors() PageErrors {
	var out PageErrors
	for _, c := range r.Cases {
		if len(c.Errors) == 0 {
			continue
		}
		out.Reports = append(out.Reports, r.pageReport(c))
	}
	out.Cap()
	return out
}

func (r *Run) pageReport(c *Case) PageReport {
	out := PageReport{ID: c.ID, Exam: c.Exam, Text: c.Text, Tags: c.Tags}
	if c.Group != "" {
		out.Note = "group " + c.Group
	}
	for _, t := range trecSystems {
		out.Codes = append(out.Codes, r.pageCodes(c, t)...)
	}
	for _, e := range c.Errors {
		out.Severity++
		if e.Predicted != "" {
			out.Severity += c.confidenceOf(e.Predicted) // a wrong code that looks sure is the worst
		}
	}
	return out
}

func (c *Case) confidenceOf(code string) float64 {
	for _, a := range slices.Concat(c.Prediction.CPT, c.Prediction.ICD10CM) {
		if a.Code == code {
			return a.Confidence
		}
	}
	return 0
}

// pageCodes are gold and predicted codes side by side: hits, then errors, then
// what counts as neither.
func (r *Run) pageCodes(c *Case, t int) []PageCode {
	o := c.outcomes[t]
	if o == nil {
		return nil
	}
	line := func(outcome PageOutcome, gold, predicted string) PageCode {
		return PageCode{System: tasks[t].name, Outcome: outcome, Gold: gold, GoldTitle: r.Title(gold), Predicted: predicted, PredictedTitle: r.Title(predicted)}
	}
	var out []PageCode
	for _, p := range o.Hits {
		x := line(PageHit, o.Gold[p.Gold].Code, o.Codes[p.Predicted])
		out = append(out, x.with(o.Answers[p.Predicted]))
	}
	for _, e := range c.Errors {
		if e.System != tasks[t].name {
			continue
		}
		x := line(PageConfused, e.Gold, e.Predicted)
		x.Stage = e.Stage
		switch {
		case e.Predicted == "":
			x.Outcome = PageMissed
		case e.Gold == "":
			x.Outcome = PageExtra
		default:
			x.Kind = e.Relation
		}
		if k := slices.Index(o.Codes, e.Predicted); k >= 0 {
			x = x.with(o.Answers[k])
		}
		out = append(out, x)
	}
	taken := map[int]int{}
	for _, p := range o.Optional {
		taken[p.Gold] = p.Predicted + 1
	}
	for i, g := range o.Gold {
		if !g.Optional {
			continue
		}
		x := line(PageOptional, g.Code, "")
		if k := taken[i]; k > 0 {
			x = line(PageOptional, g.Code, o.Codes[k-1]).with(o.Answers[k-1])
		}
		out = append(out, x)
	}
	return out
}

func (x PageCode) with(a Answer) PageCode {
	x.Confidence, x.Evidence = a.Confidence, a.Evidence
	return x
}

func (r *Run) pageTables() []PageTable {
	figures := PageTable{Title: "All figures", Doc: "every metric that the corpus defines, as in metrics.json", Columns: columns("figure", "value#", "95 % interval", "ratio", "interval from"), Rows: figureRows(r.Values)}
	out := []PageTable{figures}
	if rows := flagRows(r.Flags()); len(rows) > 0 {
		out = append(out, PageTable{Title: "Flags", Doc: "flags raised against flags that the corpus wants; optional ones are neither hit nor miss", Columns: columns("flag", "hit#", "extra#", "missed#", "precision#", "recall#"), Rows: rows})
	}
	if rows := codeCalibrationRows(r.CodeCalibrations()); len(rows) > 0 {
		out = append(out, PageTable{Title: "Calibration by code", Doc: "the commonest gold codes: the confidence each was given as a candidate, assigned or not, against how often it is gold", Columns: columns("system", "code", "title", "candidate in#", "mean confidence#", "right#", "ECE#"), Rows: rows})
	}
	if rows := humanRows(r.Humans); len(rows) > 0 {
		out = append(out, PageTable{Title: "Human coders", Doc: "each coder against the gold that was made of them", Columns: columns("coder", "metric", "value#"), Rows: rows})
	}
	return out
}

// columns names columns; those with numbers end in #.
func columns(names ...string) []PageColumn {
	var out []PageColumn
	for _, n := range names {
		name, number := strings.CutSuffix(n, "#")
		out = append(out, PageColumn{Name: name, Number: number})
	}
	return out
}

// facts are the manifest without the times.
func (m *Manifest) facts() []PageFact {
	out := []PageFact{
		{"coder", m.Coder}, {"command", strings.Join(m.Command, " ")}, {"git", m.Git}, {"go", m.Go}, {"platform", m.Platform},
		{"cpu", m.CPU}, {"cores", fmt.Sprint(m.Cores)}, {"corpus", m.Corpus}, {"corpus sha256", m.CorpusSHA}, {"predictions sha256", m.Predictions},
		{"reports", fmt.Sprint(m.Reports)}, {"groups", fmt.Sprint(m.Groups)}, {"seed", fmt.Sprint(m.Seed)}, {"resamples", fmt.Sprint(m.Resamples)},
		{"policy", m.Policy}, {"date", m.Date},
	}
	for _, c := range m.Codesets {
		out = append(out, PageFact{"code set " + c.System, codesetLine(c)})
	}
	return slices.DeleteFunc(out, func(f PageFact) bool { return f.Value == "" })
}

func codesetLine(c coding.Codeset) string {
	return strings.TrimSpace(fmt.Sprintf("%s, %s to %s, sha256 %s", c.Release, c.From, c.To, c.SHA256))
}
