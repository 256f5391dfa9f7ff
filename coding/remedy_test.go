package coding_test

import (
	"context"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/exchange"
	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// incompleteReports are the labelled reports of testdata and the golden ones, each also
// without one of its sections, and without sides, contrast and views: so that there is much to ask.
func incompleteReports(t *testing.T) []nlp.Report {
	t.Helper()
	f, err := os.Open("../testdata/corpora/demo.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []nlp.Report
	for rec, err := range exchange.ReadCorpus(f, "demo.jsonl") {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, rec.Report)
	}
	for i, g := range readGoldens(t) {
		if i%4 == 0 { // a quarter of them keeps the test short
			out = append(out, g.report)
		}
	}
	reader, err := sharedReader()
	if err != nil {
		t.Fatal(err)
	}
	for _, whole := range slices.Clone(out) {
		for _, kind := range []nlp.SectionKind{nlp.SectionTechnique, nlp.SectionIndication, nlp.SectionFindings, nlp.SectionImpression} {
			less := whole
			less.ID, less.Text = whole.ID+" without "+string(kind), withoutSection(reader.Read(whole), kind)
			out = append(out, less)
		}
		silent := whole
		silent.ID, silent.Text, silent.Exam = whole.ID+" silent", attributes.ReplaceAllString(whole.Text, ""), attributes.ReplaceAllString(whole.Exam, "")
		out = append(out, silent)
	}
	return out
}

// attributes are words that tell codes of one study apart.
var attributes = regexp.MustCompile(`(?i)\b(right|left|bilateral|(with(out)?( and with(out)?)?|intravenous|IV|oral) (IV |intravenous )?contrast|(PA|AP)( and lateral)?|lateral|\d+ views?|(one|two|three|four) views?)\b`)

func withoutSection(d *nlp.Document, kind nlp.SectionKind) string {
	text := d.Text
	for _, sec := range slices.Backward(d.Sections) {
		if sec.Kind == kind && sec.Heading.Len() > 0 {
			text = text[:sec.Heading.Start] + text[sec.Body.End:]
		}
	}
	return text
}

// outcome counts the reports with a flag for which wordings exist, those in which
// one settles it, what was announced, and what of that came true.
type outcome struct{ flags, settled, announced, true int }

// TestRemedies: of the flags for which a wording exists, at least 95 % get one
// that settles them, and at least 95 % of what is announced comes true. What can only be
// filled in (payer, date, signature) is easy and counted apart.
func TestRemedies(t *testing.T) {
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]*outcome{}
	for _, report := range incompleteReports(t) {
		tryRemedies(t, lex, report, by)
	}
	var asked, filled outcome
	for _, id := range slices.Sorted(maps.Keys(by)) {
		o, sum := by[id], &filled
		t.Logf("%-36s settled %4d of %4d, true %4d of %4d", id, o.settled, o.flags, o.true, o.announced)
		if slices.ContainsFunc(lex.RemediesOf(id), func(r lexicon.Remedy) bool { return r.Example == "" }) {
			sum = &asked
		}
		sum.flags, sum.settled, sum.announced, sum.true = sum.flags+o.flags, sum.settled+o.settled, sum.announced+o.announced, sum.true+o.true
	}
	for name, o := range map[string]outcome{"choices": asked, "blanks": filled} {
		t.Logf("%s: settled %d of %d flags; %d of %d announcements came true", name, o.settled, o.flags, o.true, o.announced)
		if o.flags == 0 || o.settled*100 < o.flags*95 || o.true*100 < o.announced*95 {
			t.Errorf("%s: less than 95 %%", name)
		}
	}
}

func tryRemedies(t *testing.T, lex *lexicon.Lexicon, report nlp.Report, by map[string]*outcome) {
	t.Helper()
	result, remedies, err := engine(t).Remedies(context.Background(), report)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range slices.Compact(slices.Sorted(slices.Values(flagIDs(result)))) {
		if !slices.ContainsFunc(lex.RemediesOf(id), func(r lexicon.Remedy) bool { return r.Place != lexicon.NoRemedy }) {
			continue
		}
		if by[id] == nil {
			by[id] = &outcome{}
		}
		by[id].flags++
		if slices.ContainsFunc(remedies, func(r coding.Remedy) bool { return r.Flag == id }) {
			by[id].settled++
		} else {
			t.Logf("%s: nothing settles %s", report.ID, id)
		}
	}
	for _, r := range remedies {
		by[r.Flag].announced++
		then, err := engine(t).Code(context.Background(), r.Apply(report))
		if err != nil {
			t.Fatal(err)
		}
		if cameTrue(lex, r, result, then) {
			by[r.Flag].true++
		} else {
			t.Logf("%s: %s, %q: announced %v, came out %v", report.ID, r.Flag, r.Wording, r.Lines, serviceLines(then.Claim))
		}
	}
}

// cameTrue compares what was announced with what the report is coded with once
// the wording stands in it, and the codes with the case that the wording is for.
func cameTrue(lex *lexicon.Lexicon, r coding.Remedy, before, then coding.Result) bool {
	count := func(x coding.Result) int {
		return len(slices.DeleteFunc(flagIDs(x), func(id string) bool { return id != r.Flag }))
	}
	at := slices.IndexFunc(lex.Remedies, func(x lexicon.Remedy) bool { return x.Flag == r.Flag && x.Wording == r.Wording })
	row := lex.Remedies[at]
	was, is := serviceLines(before.Claim), serviceLines(then.Claim)
	changed := slices.DeleteFunc(slices.Clone(is), func(l string) bool { return slices.Contains(was, l) })
	if len(changed) == 0 && row.Axis != "" {
		changed = is
	}
	if count(then) >= count(before) || !slices.Equal(changed, r.Lines) {
		return false
	}
	return row.Axis == "" || slices.ContainsFunc(serviceLines(then.Claim), func(line string) bool { return bears(lex, line, &row) })
}

var modifierOfSide = map[string]string{"right": "RT", "left": "LT", "bilateral": "50"}

// bears reports whether a service line says what a wording says.
func bears(lex *lexicon.Lexicon, line string, row *lexicon.Remedy) bool {
	code, modifiers, _ := strings.Cut(line, "-")
	p := lex.Procedure(code)
	switch row.Axis {
	case "contrast":
		return p.Contrast == row.Value
	case "laterality":
		return strings.Contains(modifiers, modifierOfSide[row.Value]) || row.Value == "bilateral" && p.Side == "bi"
	default:
		n := int(row.Value[0] - '0')
		return p.ViewsMin <= n && (p.ViewsMax == 0 || n <= p.ViewsMax)
	}
}

// TestEveryFlagHasRemedies: every rule says how its flag is settled, or why no
// wording settles it.
func TestEveryFlagHasRemedies(t *testing.T) {
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	rules := ruleIDs()
	for _, r := range coding.Rules() {
		if len(lex.RemediesOf(r.ID)) == 0 {
			t.Errorf("remedies.tsv has no row for %s", r.ID)
		}
	}
	for _, r := range lex.Remedies {
		if !rules[r.Flag] {
			t.Errorf("%s: no rule raises %s", r.Source, r.Flag)
		}
	}
}
