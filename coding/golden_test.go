package coding_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

var update = flag.Bool("update", false, "rewrite the expectations in testdata/reports to what the engine says; with -run TestReports/NAME, for all others are expectations of their authors too")

// golden is one report of testdata/reports with what a certified coder would
// say about it. The archive is a comment (the clinical point tested), the
// sections report, exam and meta that go in, and the expectations that
// goldenSections lists. A file with a section known holds what is right though
// the engine does not say so yet.
type golden struct {
	path    string
	archive *txtar.Archive
	report  nlp.Report
}

func (g *golden) name() string { return strings.TrimSuffix(filepath.Base(g.path), ".txtar") }

// section returns the lines of a section that say something.
func (g *golden) section(name string) (lines []string, ok bool) {
	for _, f := range g.archive.Files {
		if f.Name == name {
			return fieldLines(string(f.Data)), true
		}
	}
	return nil, false
}

func fieldLines(s string) []string {
	var out []string
	for l := range strings.Lines(s) {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// answer is what the engine says about a report. Reading a title twice as an
// exam and as text would mix up offsets, so evidence is turned into words here,
// in one place.
type answer struct {
	report nlp.Report
	doc    *nlp.Document
	lex    *lexicon.Lexicon
	coding.Result
}

func (a *answer) words(e coding.Evidence) string {
	text := a.report.Text
	if e.Section == "title" {
		text = a.report.Exam
	}
	return oneLine(text[e.Start:e.End])
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// goldenSection is one kind of expectation. A section speaks only of what it
// names, so that a file about views does not change when a diagnosis is added:
// lines gets what is wanted and says what the engine has on the same subjects.
type goldenSection struct {
	name    string
	doc     string
	ordered bool // whether the order of the lines is part of the expectation
	lines   func(a *answer, want []string) []string
}

var goldenSections = []goldenSection{
	{"mentions", `concept assertion side "words": all mentions of the concepts named, a diagnosis by its name, anything else as axis:concept`, false, mentionLines},
	{"facts", `axis concept "words": all facts on the axes named, "axis none" when there is none; the number of the exam comes first when there are several`, false, factLines},
	{"codes", `system code role "words": the best procedure of each exam, all diagnoses; only the systems named, "system none" when there is none`, true, codeLines},
	{"claim", `policy dx codes; policy line code-modifiers dx pointers: only the policies named`, true, claimLines},
	{"assessments", `system category side prior "words": all assessments, "none" when there is none`, true, assessmentLines},
	{"followups", `action modality region side interval code dx conditional implied: all follow-ups, "-" for what is empty; "none" when there is none`, true, followupLines},
	{"flags", `severity id "words": the ids named, and every error; "no id" when it must not stand`, false, flagLines},
}

// quoted adds the words to a line, unless the expectation leaves them out.
func quoted(line, words string, want []string) string {
	if words == "" || slices.Contains(want, line) {
		return line
	}
	return line + " " + strconv.Quote(words)
}

// field returns the nth word of a line, "" when there is none.
func field(line string, n int) string {
	if f := strings.Fields(line); n < len(f) {
		return f[n]
	}
	return ""
}

func mentionLines(a *answer, want []string) []string {
	named := map[string]bool{}
	for _, w := range want {
		named[field(w, 0)] = true
	}
	var out []string
	for _, m := range a.doc.Mentions {
		var concept string
		if m.Problem != nil {
			concept = m.Problem.Concept
		} else {
			concept = m.Axis.String() + ":" + a.lex.Concept(m.Concept).Name
		}
		if !named[concept] {
			continue
		}
		line := concept
		for _, x := range []struct {
			on   bool
			word string
		}{
			{m.Assertion.Affirmed(), "affirmed"}, {m.Assertion.Negated, "negated"}, {m.Assertion.Uncertain, "uncertain"},
			{m.Assertion.Historical, "historical"}, {m.Assertion.Hypothetical, "hypothetical"}, {m.Assertion.Family, "family"},
			{m.Side != nlp.Unstated, m.Side.String()},
		} {
			if x.on {
				line += " " + x.word
			}
		}
		out = append(out, quoted(line, oneLine(m.Of(a.doc.Text)), want))
	}
	return out
}

func factLines(a *answer, want []string) []string {
	axes := map[string]bool{}
	for _, w := range want {
		axis := field(w, 0)
		if _, err := strconv.Atoi(axis); err == nil {
			axis = field(w, 1)
		}
		axes[axis] = true
	}
	var out []string
	for i, x := range a.Exams {
		number := ""
		if len(a.Exams) > 1 {
			number = strconv.Itoa(i+1) + " "
		}
		has := map[string]bool{}
		for _, f := range x.Facts {
			if has[f.Axis] = true; axes[f.Axis] {
				out = append(out, quoted(number+f.Axis+" "+f.Concept, firstWords(a, f.Evidence), want))
			}
		}
		for axis := range axes {
			if !has[axis] {
				out = append(out, number+axis+" none")
			}
		}
	}
	slices.Sort(out) // axes come from a map
	return out
}

func firstWords(a *answer, es []coding.Evidence) string {
	if len(es) == 0 {
		return ""
	}
	return a.words(es[0])
}

func codeLines(a *answer, want []string) []string {
	procedures, diagnoses := false, false
	for _, w := range want {
		procedures = procedures || field(w, 0) == "cpt" || field(w, 0) == "hcpcs"
		diagnoses = diagnoses || field(w, 0) == "icd10cm"
	}
	var out []string
	if procedures {
		for _, x := range a.Exams {
			if len(x.Procedures) > 0 {
				p := x.Procedures[0]
				out = append(out, quoted(p.System+" "+p.Code, x.Title, want))
			}
		}
		if len(out) == 0 {
			out = append(out, "cpt none")
		}
	}
	if diagnoses {
		for _, d := range a.Diagnoses {
			out = append(out, quoted(d.System+" "+d.Code+" "+string(d.Role), firstWords(a, d.Evidence), want))
		}
		if len(a.Diagnoses) == 0 {
			out = append(out, "icd10cm none")
		}
	}
	return out
}

func claimLines(a *answer, want []string) []string {
	named := map[string]bool{}
	for _, w := range want {
		named[field(w, 0)] = true
	}
	var out []string
	for _, policy := range []coding.Policy{coding.Indication, coding.Official} {
		if !named[string(policy)] {
			continue
		}
		c := a.Claims[policy]
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s dx %s", policy, strings.Join(c.Dx, " "))))
		for _, l := range c.Lines {
			line := fmt.Sprintf("%s line %s", policy, strings.Join(append([]string{l.Code}, l.Modifiers...), "-"))
			if l.Units != 1 {
				line += fmt.Sprintf(" x%d", l.Units)
			}
			out = append(out, line+" dx "+strings.Trim(fmt.Sprint(l.Dx), "[]"))
		}
	}
	return out
}

func assessmentLines(a *answer, want []string) []string {
	var out []string
	for _, x := range a.Assessments {
		line := oneLine(x.System + " " + x.Category + " " + x.Side)
		if x.Prior {
			line += " prior"
		}
		out = append(out, quoted(line, firstWords(a, x.Evidence), want))
	}
	if len(out) == 0 {
		out = append(out, "none")
	}
	return out
}

func followupLines(a *answer, _ []string) []string {
	var out []string
	for _, f := range a.Followups {
		words := []string{f.Action}
		for _, w := range []string{f.Modality, f.Region, f.Side, f.Interval, f.Code, f.Dx} {
			if w == "" {
				w = "-"
			}
			words = append(words, w)
		}
		if f.Conditional {
			words = append(words, "conditional")
		}
		if f.Implied {
			words = append(words, "implied")
		}
		out = append(out, strings.Join(words, " "))
	}
	if len(out) == 0 {
		out = append(out, "none")
	}
	return out
}

func flagLines(a *answer, want []string) []string {
	named := map[string]bool{}
	for _, w := range want {
		named[field(w, 1)] = true
	}
	var out []string
	for _, f := range a.Flags {
		if f.Severity == coding.SeverityError || named[f.ID] {
			out = append(out, quoted(string(f.Severity)+" "+f.ID, firstWords(a, f.Evidence), want))
			delete(named, f.ID)
		}
	}
	for id := range named {
		out = append(out, "no "+id)
	}
	slices.Sort(out) // ids come from a map
	return out
}

// sharedEngine is built once for all tests: it is immutable.
var sharedEngine = sync.OnceValues(func() (*coding.Engine, error) { return coding.New(coding.Options{}) })

var sharedReader = sync.OnceValues(func() (*nlp.Reader, error) {
	lex, err := lexicon.Default()
	if err != nil {
		return nil, err
	}
	return nlp.New(lex)
})

func engine(t testing.TB) *coding.Engine {
	t.Helper()
	e, err := sharedEngine()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func answerOf(t testing.TB, r nlp.Report) *answer {
	t.Helper()
	res, err := engine(t).Code(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	reader, err := sharedReader()
	if err != nil {
		t.Fatal(err)
	}
	return &answer{report: r, doc: reader.Read(r), lex: reader.Lexicon, Result: res}
}

func readGoldens(t testing.TB) []*golden {
	t.Helper()
	paths, err := filepath.Glob("../testdata/reports/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no reports found: %v", err)
	}
	var out []*golden
	for _, p := range paths {
		g, err := readGolden(p)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, g)
	}
	return out
}

// readGolden refuses what would silently test nothing: a misspelt section, no
// comment, no expectation.
func readGolden(path string) (*golden, error) {
	a, err := txtar.ParseFile(path)
	if err != nil {
		return nil, err
	}
	g := &golden{path: path, archive: a}
	g.report.ID = g.name()
	expectations := 0
	for _, f := range a.Files {
		switch {
		case f.Name == "report":
			g.report.Text = string(f.Data)
		case f.Name == "exam":
			g.report.Exam = strings.TrimSpace(string(f.Data))
		case f.Name == "meta":
			if err := json.Unmarshal(f.Data, &g.report.Meta); err != nil {
				return nil, fmt.Errorf("%s: meta: %w", path, err)
			}
		case f.Name == "known":
			if len(fieldLines(string(f.Data))) != 1 {
				return nil, fmt.Errorf("%s: known takes one line that says what is wrong today", path)
			}
		case slices.ContainsFunc(goldenSections, func(s goldenSection) bool { return s.name == f.Name }):
			expectations++
		default:
			return nil, fmt.Errorf("%s: unknown section %q", path, f.Name)
		}
	}
	switch {
	case strings.TrimSpace(string(a.Comment)) == "":
		return nil, fmt.Errorf("%s: no comment that says what is tested", path)
	case g.report.Text == "" && g.report.Exam == "":
		return nil, fmt.Errorf("%s: neither report nor exam", path)
	case expectations == 0:
		return nil, fmt.Errorf("%s: no expectation", path)
	}
	return g, nil
}

func TestReports(t *testing.T) {
	for _, g := range readGoldens(t) {
		t.Run(g.name(), func(t *testing.T) {
			a := answerOf(t, g.report)
			known, isKnown := g.section("known")
			var diffs []string
			for _, s := range goldenSections {
				want, ok := g.section(s.name)
				if !ok {
					continue
				}
				got := s.lines(a, want)
				if *update && !isKnown {
					g.rewrite(s.name, got)
					continue
				}
				if d := s.diff(want, got); d != "" {
					diffs = append(diffs, fmt.Sprintf("%s (-want +got):\n%s", s.name, d))
				}
			}
			switch {
			case *update && (!isKnown || len(diffs) == 0):
				g.archive.Files = slices.DeleteFunc(g.archive.Files, func(f txtar.File) bool { return f.Name == "known" })
				if err := os.WriteFile(g.path, txtar.Format(g.archive), 0o644); err != nil {
					t.Fatal(err)
				}
			case isKnown && len(diffs) == 0:
				t.Errorf("the engine gets this right now: remove the section known (%s)", known[0])
			case isKnown:
				t.Skipf("known: %s\n%s", known[0], strings.Join(diffs, "\n"))
			case len(diffs) > 0:
				t.Errorf("%s\n%s%s", g.path, g.archive.Comment, strings.Join(diffs, "\n"))
			}
		})
	}
}

func (s *goldenSection) diff(want, got []string) string {
	if !s.ordered {
		want, got = slices.Sorted(slices.Values(want)), slices.Sorted(slices.Values(got))
	}
	return cmp.Diff(want, got)
}

// rewrite replaces a section. Lines that only stand in another order stay as
// the author wrote them.
func (g *golden) rewrite(name string, lines []string) {
	i := slices.IndexFunc(goldenSections, func(s goldenSection) bool { return s.name == name })
	if want, _ := g.section(name); goldenSections[i].diff(want, lines) == "" {
		return
	}
	for j := range g.archive.Files {
		if f := &g.archive.Files[j]; f.Name == name {
			f.Data = []byte(strings.Join(lines, "\n") + "\n")
		}
	}
}

// TestGoldenSections guards the promise that every kind of expectation says
// what its lines mean.
func TestGoldenSections(t *testing.T) {
	for _, s := range goldenSections {
		if s.doc == "" || s.lines == nil {
			t.Errorf("section %q lacks doc or lines", s.name)
		}
	}
}
