package eval

import (
	"bytes"
	"cmp"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// observed is what page/browser/check.js saw.
type observed struct {
	Console, Requests []string
	Names             struct {
		Of      int
		Without []string
	}
	Contrast [][2]any // lowest ratio of text and where, light and dark
	Curve    struct {
		All                                           [][2]string
		First, Dragged, Released, Right, Home, Target [2]string
		Value                                         [3]string
	}
	Table struct {
		Falling, Second, Rising, Precisions, Filtered []string
		FallingSort, RisingSort, Status, Tab          string
		Panels                                        []bool
	}
	Errors struct {
		Rows               int
		Exam, Text         string
		InExam, InText     [][2]string // outcome and words of each mark
		Codes, IDs, Pinned []string
		Selected, All      string
		Found, Linked      []string
	}
	Theme struct {
		Light, Dark, Kept, System string
		Pressed                   []string
	}
	Tips     []string
	Copied   [2]string // what is said, what is on the clipboard
	Overflow float64   // pixels that a narrow page is too wide
}

// browserPage is the sample with as many reports as a page may have.
func browserPage() *Page {
	p := samplePage()
	p.Errors = PageErrors{Total: 25000, Reports: sampleReports(MaxPageErrors)}
	return p
}

// inBrowser opens the page. RADCODE_BROWSER is a folder where the lock file of
// page/browser was installed; `go test -artifacts` keeps page and screenshots.
func inBrowser(t *testing.T, p *Page) (seen observed) {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	folder := os.Getenv("RADCODE_BROWSER")
	if _, err := os.Stat(filepath.Join(folder, "node_modules", "playwright-core")); folder == "" || err != nil {
		t.Skip("playwright-core is not in $RADCODE_BROWSER; .ci/run installs it")
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	var chromium string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if chromium, err = exec.LookPath(name); err == nil {
			break
		}
	}
	if err != nil {
		t.Skip("chromium is not installed")
	}
	out := t.ArtifactDir()
	file := filepath.Join(out, "report.html")
	if err := os.WriteFile(file, []byte(written(t, p)), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(node, "page/browser/check.js", file, chromium, out)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	data, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	if err := json.Unmarshal(data, &seen); err != nil {
		t.Fatal(err)
	}
	return seen
}

func TestPageInBrowser(t *testing.T) {
	p := browserPage()
	seen := inBrowser(t, p)
	if len(seen.Console) > 0 || len(seen.Requests) > 0 {
		t.Errorf("console: %q, requests: %q", seen.Console, seen.Requests)
	}
	if len(seen.Names.Without) > 0 || seen.Names.Of < 100 {
		t.Errorf("of %d controls, tables and images these have no name: %q", seen.Names.Of, seen.Names.Without)
	}
	for _, c := range seen.Contrast {
		if c[0].(float64) < 4.5 { // WCAG 2.2, 1.4.3
			t.Errorf("contrast %.2f: %s", c[0], c[1])
		}
	}
	if seen.Overflow > 0 {
		t.Errorf("a narrow page is %v pixels too wide", seen.Overflow)
	}
	same(t, "tips on hover, on focus and after Escape", seen.Tips, []string{p.Metrics[0].Doc, p.Metrics[1].Doc, ""})
	if seen.Copied[0] != "Copied." || !strings.HasPrefix(seen.Copied[1], "engine: radcode 1.4.0\ngit: 724f290 (clean)\n") {
		t.Errorf("copying: %q", seen.Copied)
	}
	t.Run("curve", func(t *testing.T) { checkCurve(t, p.Systems[0].Curve, &seen) })
	t.Run("table", func(t *testing.T) { checkTable(t, p.Systems[0].Labels, &seen) })
	t.Run("errors", func(t *testing.T) { checkErrors(t, &seen) })
	t.Run("theme", func(t *testing.T) { checkTheme(t, &seen) })
}

func same[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if d := gocmp.Diff(want, got); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

// checkCurve: whichever way the threshold is moved, the script says of a point
// what Go says.
func checkCurve(t *testing.T, c *PageCurve, seen *observed) {
	words := func(i int) [2]string {
		lead, details := c.words(c.Points[i])
		return [2]string{lead, details}
	}
	var all [][2]string
	for i := range c.Points {
		all = append(all, words(i))
	}
	same(t, "slider", seen.Curve.All, all)
	same(t, "at first, 99 %", seen.Curve.First, words(c.find(c.Targets[2])))
	same(t, "dragged to a quarter", seen.Curve.Dragged, words(49))
	same(t, "released", seen.Curve.Released, words(49))
	same(t, "arrow to the right", seen.Curve.Right, words(50))
	same(t, "home", seen.Curve.Home, words(0))
	same(t, "95 %", seen.Curve.Target, words(c.find(c.Targets[0])))
	lead, details := c.words(c.Points[0])
	same(t, "values at home", seen.Curve.Value, [3]string{"0", lead + " " + details, "0"})
}

func checkTable(t *testing.T, labels []PageLabel, seen *observed) {
	labels = slices.Clone(labels)
	supports := func(order func(a, b PageLabel) int) (out []string) {
		slices.SortStableFunc(labels, order)
		for _, l := range labels {
			out = append(out, count(l.Support))
		}
		return out
	}
	got := &seen.Table
	falling := supports(func(a, b PageLabel) int { return cmp.Compare(b.Support, a.Support) })
	same(t, "falling", got.Falling, falling[:25])
	same(t, "second page", got.Second, falling[25:50])
	same(t, "rising", got.Rising, supports(func(a, b PageLabel) int { return cmp.Compare(a.Support, b.Support) })[:25])
	same(t, "aria-sort", []string{got.FallingSort, got.RisingSort}, []string{"descending", "ascending"})
	if !strings.HasPrefix(got.Precisions[0], "100.0") || slices.Contains(got.Precisions, undefined) {
		t.Errorf("the highest precisions are %q", got.Precisions)
	}
	slices.Sort(got.Filtered)
	same(t, "filtered", got.Filtered, titlesWith(labels, "12"))
	same(t, "status", got.Status, count(len(got.Filtered))+" of 130 rows")
	same(t, "second tab", got.Tab, "true")
	same(t, "panels", got.Panels, []bool{false, true})
}

// titlesWith are the titles of the codes that have it in code or title, sorted.
func titlesWith(labels []PageLabel, word string) (out []string) {
	for _, l := range labels {
		if strings.Contains(l.Code+" "+l.Title, word) {
			out = append(out, l.Title)
		}
	}
	slices.Sort(out)
	return out
}

// checkErrors: places in texts of one to four bytes a letter are marked where
// they are, those of several codes by the worst of them.
func checkErrors(t *testing.T, seen *observed) {
	got := &seen.Errors
	if got.Rows == 0 || got.Rows > 60 {
		t.Errorf("the list of %d reports has %d rows", MaxPageErrors, got.Rows)
	}
	r := sampleReports(1)[0]
	same(t, "exam", got.Exam, r.Exam)
	same(t, "text", got.Text, r.Text)
	same(t, "marks of the exam", got.InExam, [][2]string{{"confused", "CT ABDOMEN+PELVIS"}, {"confused", "ÜBERSICHT"}})
	same(t, "marks of the text", got.InText, [][2]string{
		{"extra", "😀 and hematuria"}, {"confused", "CT of the abdomen and pelvis"},
		{"hit", "left "}, {"extra", "ureteral stone"}, {"hit", " with hydronephrosis"},
	})
	same(t, "marks of the hit alone", got.Pinned, []string{"left ", "ureteral stone", " with hydronephrosis"})
	same(t, "codes", got.Codes, []string{
		"CPT/HCPCS",
		"confused wrong contrast\t74177 CT abdomen and pelvis with contrast\t74176 CT abdomen and pelvis\t0.610\tranking\t3 places",
		"ICD-10-CM",
		"hit\tN13.2 Hydronephrosis with ureteral stone\tN13.2\t0.970\t\t1 place",
		"extra not in gold\t–\tN20.1 Ureteral stone\t0.550\t\t2 places",
		"optional\tM47.816\t–\t\t\t",
	})
	same(t, "j, j, k and the end", got.IDs, []string{"sample-0001", "sample-0002", "sample-0003", "sample-0002", "sample-1000"})
	same(t, "selected", got.Selected, "1000")
	same(t, "all", got.All, "1,000 reports")
	third, others := "333 of 1,000 reports", "667 of 1,000 reports"
	same(t, "found", got.Found, []string{third, others, third, third, "1 of 1,000 reports", third, "0 of 1,000 reports"})
	same(t, "by the links of a code and a stage", got.Linked, []string{"74177", others, "retrieval", "0 of 1,000 reports"})
}

func checkTheme(t *testing.T, seen *observed) {
	got := &seen.Theme
	same(t, "pressed", got.Pressed, []string{"false", "true"})
	if got.Light == got.Dark || got.Kept != got.Dark || got.System != got.Dark {
		t.Errorf("%+v", got)
	}
}
