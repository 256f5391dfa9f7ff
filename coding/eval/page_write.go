package eval

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"strings"
)

//go:embed page/*.html page/*.css page/*.js
var pageFiles embed.FS

// pageScripts are joined into the one script of the page, in this order.
var pageScripts = []string{"page/page.js", "page/grid.js", "page/curve.js", "page/browser.js"}

var pageTemplate = template.Must(template.New("page.html").ParseFS(pageFiles, "page/*.html"))

// WritePage writes p as one HTML file that needs nothing else: it opens from a
// disk, asks no network (its content security policy forbids it) and keeps
// nothing but the choice of light or dark. The same page gives the same bytes.
// Errors are those of w.
func WritePage(w io.Writer, p *Page) error {
	v, err := newPageView(p)
	if err != nil {
		return fmt.Errorf("the evaluation page: %w", err)
	}
	if err := pageTemplate.Execute(w, v); err != nil {
		return fmt.Errorf("the evaluation page: %w", err)
	}
	return nil
}

// pageView is what the template sees.
type pageView struct {
	*Page
	Heading     string
	Count       string
	Sections    []pageSection
	Headline    headline
	Reliability []reliability
	Curves      []curve
	Labels      []tab
	Confusions  []tab
	Heat        heat
	Losses      []losses
	Browser     browser
	More        []tab
	Terms       []PageDefinition

	Style  template.CSS
	Script template.JS
	Policy string
	Data   template.JS
}

// tab is the tables of one code system, or those of one section.
type tab struct {
	ID, Name string
	Grids    []grid
}

// pageSection is an entry of the navigation.
type pageSection struct{ ID, Name string }

// browser is what the error browser says before its script runs.
type browser struct{ Shown, Total string }

func newPageView(p *Page) (*pageView, error) {
	v := &pageView{Page: p, Heading: p.Title, Count: count(p.Reports), Headline: newHeadline(p.Metrics)}
	if v.Heading == "" {
		v.Heading = strings.TrimSuffix("Evaluation of "+p.Engine+" on "+p.Corpus, " on ")
	}
	for _, s := range p.Systems {
		v.addSystem(s)
	}
	v.Heat = newHeat(p.Slices)
	v.Losses = newLosses(p.Systems)
	v.Browser = browser{count(len(p.Errors.Reports)), count(max(p.Errors.Total, len(p.Errors.Reports)))}
	for i, t := range p.Tables {
		v.More = append(v.More, tab{fmt.Sprintf("table-%d", i+1), t.Title, []grid{tableGrid(t)}})
	}
	v.Terms = definitions(p)
	v.Sections = v.sections()
	return v, v.embed()
}

func (v *pageView) addSystem(s PageSystem) {
	if s.Reliability != nil && len(s.Reliability.Bins) > 0 {
		v.Reliability = append(v.Reliability, newReliability(s))
	}
	if s.Curve != nil && len(s.Curve.Points) > 0 {
		v.Curves = append(v.Curves, newCurve(s))
	}
	if len(s.Labels) > 0 {
		v.Labels = append(v.Labels, tab{s.ID, s.Name, []grid{labelGrid(s)}})
	}
	var pairs []grid
	if len(s.Confusions) > 0 {
		pairs = append(pairs, confusionGrid(s))
	}
	if len(s.Partial) > 0 {
		pairs = append(pairs, partialGrid(s))
	}
	if len(pairs) > 0 {
		v.Confusions = append(v.Confusions, tab{s.ID, s.Name, pairs})
	}
}

// sections lists what the page has, in its order.
func (v *pageView) sections() []pageSection {
	var out []pageSection
	for _, s := range []struct {
		pageSection
		has bool
	}{
		{pageSection{"headline", "Headline"}, len(v.Metrics) > 0},
		{pageSection{"reliability", "Reliability"}, len(v.Reliability) > 0},
		{pageSection{"curve", "Automation"}, len(v.Curves) > 0},
		{pageSection{"labels", "Codes"}, len(v.Labels) > 0},
		{pageSection{"confusions", "Confusions"}, len(v.Confusions) > 0},
		{pageSection{"slices", "Slices"}, len(v.Heat.Rows) > 0},
		{pageSection{"losses", "Losses"}, len(v.Losses) > 0},
		{pageSection{"errors", "Errors"}, len(v.Errors.Reports) > 0},
		{pageSection{"tables", "Tables"}, len(v.More) > 0},
		{pageSection{"manifest", "Reproduce"}, len(v.Manifest) > 0},
		{pageSection{"definitions", "Definitions"}, len(v.Terms) > 0},
	} {
		if s.has {
			out = append(out, s.pageSection)
		}
	}
	return out
}

// embed adds style, script and data. encoding/json writes <, > and & as
// escapes, so that no text can end the script element it stands in.
func (v *pageView) embed() error {
	style, err := pageFiles.ReadFile("page/page.css")
	if err != nil {
		return err
	}
	var script strings.Builder
	for _, name := range pageScripts {
		b, err := pageFiles.ReadFile(name)
		if err != nil {
			return err
		}
		script.Write(b)
	}
	data, err := json.Marshal(newPageData(v.Page))
	if err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(script.String()))
	v.Style, v.Script, v.Data = template.CSS(style), template.JS(script.String()), template.JS(data)
	v.Policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	return nil
}

// pageData is what the page's script reads.
type pageData struct {
	Systems []systemData `json:"systems"`
	Total   int          `json:"total"` // reports with errors
	Reports []reportData `json:"reports"`
}

type systemData struct {
	ID    string     `json:"id"`
	Name  string     `json:"name"`
	Curve *curveData `json:"curve,omitempty"`
}

func newPageData(p *Page) pageData {
	d := pageData{[]systemData{}, max(p.Errors.Total, len(p.Errors.Reports)), []reportData{}}
	for _, s := range p.Systems {
		x := systemData{ID: s.ID, Name: s.Name}
		if s.Curve != nil {
			x.Curve = s.Curve.data()
		}
		d.Systems = append(d.Systems, x)
	}
	for i := range p.Errors.Reports {
		d.Reports = append(d.Reports, p.Errors.Reports[i].data())
	}
	return d
}
