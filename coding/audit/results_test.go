package audit_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"iter"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/audit"
	"github.com/radcode/radcode/coding/exchange"
	"github.com/radcode/radcode/index"
)

// pairs are all clean and planted claims, n in all, over and over.
func pairs(t *testing.T, n int) iter.Seq[audit.Pair] {
	all := reports(t)
	return func(yield func(audit.Pair) bool) {
		for i := range n {
			report, text, pos := "", "", ""
			if k := i % (len(clean) + len(planted)); k < len(clean) {
				report, text = clean[k].report, clean[k].claim
			} else {
				p := planted[k-len(clean)]
				report, text, pos = p.report, p.claim, p.pos
			}
			r, c := all[report], claimed(report, text)
			c.ID = fmt.Sprintf("=%05d", i) // looks like a formula
			r.ID, c.PlaceOfService = c.ID, pos
			c.Coder, c.Facility = []string{"kim", "lee", "ann"}[i%3], []string{"north", "south"}[i%2]
			if !yield(audit.Pair{Claim: c, Report: r}) {
				return
			}
		}
	}
}

func audited(t *testing.T, a *audit.Auditor, n, workers int) []audit.Case {
	t.Helper()
	var out []audit.Case
	for c, err := range a.All(context.Background(), pairs(t, n), workers) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	return out
}

// written is everything that an audit writes.
func written(t *testing.T, a *audit.Auditor, cases []audit.Case, denials []exchange.Denial) string {
	t.Helper()
	d := a.Denials(cases, denials)
	r := audit.Results{Source: "claims", Summary: a.Summarize(cases), Cases: cases, Denials: &d}
	var out bytes.Buffer
	sample, err := audit.Sample(cases, 40, 7)
	if err == nil {
		err = json.NewEncoder(&out).Encode(&r)
	}
	if err == nil {
		err = r.WriteHTML(&out)
	}
	if err == nil {
		err = audit.WriteWorksheet(&out, cases, sample)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestWorkersAgree(t *testing.T) {
	a := newAuditor(t)
	n := 2 * (len(clean) + len(planted))
	denials := []exchange.Denial{{Claim: "=00030", CARC: "16"}, {Claim: "=00040", CARC: "4"}}
	one := written(t, a, audited(t, a, n, 1), denials)
	if many := written(t, a, audited(t, a, n, 8), denials); one != many {
		t.Error("one worker and eight differ")
	}
	if strings.Contains(one, "http://") || strings.Contains(one, "src=\"https") {
		t.Error("the page asks the network")
	}
}

// TestStreams audits ten thousand claims and keeps none: memory must not grow.
func TestStreams(t *testing.T) {
	if testing.Short() {
		t.Skip("ten thousand claims")
	}
	a := newAuditor(t)
	n, base, most := 0, uint64(0), uint64(0)
	for _, err := range a.All(context.Background(), pairs(t, 10000), 2) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n%2000 == 0 {
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			if base == 0 {
				base = m.HeapAlloc
			}
			most = max(most, m.HeapAlloc)
		}
	}
	if n != 10000 {
		t.Errorf("%d cases", n)
	}
	if grown := int64(most) - int64(base); grown > 16<<20 {
		t.Errorf("%d MB more on the way", grown>>20)
	}
}

func TestSummary(t *testing.T) {
	a := newAuditor(t)
	cases := audited(t, a, len(clean)+len(planted), 4)
	s := a.Summarize(cases)
	if s.Claims != len(cases) || s.Agreeing != len(clean) {
		t.Errorf("%d claims, %d agree, want %d and %d", s.Claims, s.Agreeing, len(cases), len(clean))
	}
	var classes []string
	for _, c := range s.Classes {
		classes = append(classes, c.ID)
		if c.Claims.Num == 0 || c.Claims.Low >= c.Claims.High {
			t.Errorf("%s: %+v", c.ID, c.Claims)
		}
	}
	if want := []string{"missed_laterality", "wrong_modifiers", "weak_medical_necessity"}; !slices.Equal(classes, want) {
		t.Errorf("classes %v, want exactly %v", classes, want)
	}
	for _, x := range s.Types {
		if x.Differences == 0 || x.Claims > x.Differences || x.Findings > x.Differences {
			t.Errorf("%+v", x)
		}
	}
	by := map[string]int{}
	for _, g := range s.Groups {
		by[g.By] += g.Claims
	}
	if by["coder"] != len(cases) || by["facility"] != len(cases) || by["modality"] != len(cases) {
		t.Errorf("groups hold %v claims of %d", by, len(cases))
	}
	for i, m := range s.MissedCodes {
		if i > 0 && m.Differences > s.MissedCodes[i-1].Differences {
			t.Errorf("%s is not in order", m.Code)
		}
	}
	cause := 0
	for _, l := range s.Lessons {
		cause += l.Cases
		if l.Example == "" || l.Cases == 0 {
			t.Errorf("%+v", l)
		}
	}
	all := 0
	for _, x := range s.Types {
		all += x.Differences
	}
	if cause != all {
		t.Errorf("%d cases of lessons, %d differences", cause, all)
	}
}

func TestNoClaims(t *testing.T) {
	a := newAuditor(t)
	text := written(t, a, []audit.Case{}, nil)
	if strings.Contains(text, ">NaN") {
		t.Error("NaN for nothing")
	}
	if sample, err := audit.Sample(nil, 5, 1); err != nil || len(sample) != 0 {
		t.Errorf("%v %v", sample, err)
	}
	if _, err := audit.Sample(nil, 0, 1); err == nil {
		t.Error("a sample of nothing")
	}
}

func TestSampleAndWorksheet(t *testing.T) {
	a := newAuditor(t)
	cases := audited(t, a, 300, 4)
	strata := map[string]bool{}
	whole, _ := audit.Sample(cases, len(cases), 7)
	for _, s := range whole {
		strata[s.Stratum] = true
	}
	sample, err := audit.Sample(cases, len(strata)+20, 7)
	if err != nil {
		t.Fatal(err)
	}
	drawn, weight := map[string]bool{}, 0.0
	for _, s := range sample {
		drawn[s.Stratum] = true
		weight += s.Weight()
	}
	if len(drawn) != len(strata) || int(weight+0.5) != len(cases) {
		t.Errorf("%d of %d strata, weights sum to %g of %d", len(drawn), len(strata), weight, len(cases))
	}
	other, _ := audit.Sample(cases, len(strata)+20, 8)
	if slices.Equal(sample, other) {
		t.Error("another seed draws the same")
	}
	var out bytes.Buffer
	if err := audit.WriteWorksheet(&out, cases, sample); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	header := rows[0]
	for _, row := range rows[1:] {
		if !strings.HasPrefix(row[0], "'=") {
			t.Fatalf("id %q runs as a formula", row[0])
		}
		for i, name := range header {
			if strings.HasPrefix(name, "auditor_") && row[i] != "" {
				t.Errorf("%s is filled: %q", name, row[i])
			}
		}
	}
}

func TestEffect(t *testing.T) {
	fees := &index.PaymentTable{Kind: index.FeeTable, Fees: []index.Fee{
		{Code: "71045", Work: 18, NonFacility: 70, Facility: 60}, {Code: "71046", Work: 22, NonFacility: 100, Facility: 90},
		{Code: "71046", Modifier: "26", Work: 22, NonFacility: 31, Facility: 31}, {Code: "71045", Modifier: "26", Work: 18, NonFacility: 26, Facility: 26},
		{Code: "73562", Work: 18, NonFacility: 120, Facility: 120, Bilateral: '1'},
	}}
	a := auditorWith(t, audit.Options{Payments: index.NewPaymentTables([]*index.PaymentTable{fees})})
	all := reports(t)
	for _, c := range []struct {
		report, claim, pos string
		want               string
	}{
		{"chest", "71045; R05.9", "11", "under -4 -30"},
		{"chest", "71045-26; R05.9", "", "under -4 -5"}, // whose the equipment is stands nowhere: compared alike
		{"pneu", "71046; J18.9", "24", "over 4 30"},
		{"chest", "; R05.9", "11", "under -22 -100"},
		{"chest", "71046*2; R05.9", "11", "over 22 100"},
		{"knees", "73562-RT; M17.0", "11", "under -13 -90"},
		{"head", "70460; R51.9", "11", "unknown"},
	} {
		r := all[c.report]
		r.Meta.PlaceOfService = c.pos
		x, err := a.Audit(context.Background(), audit.Pair{Claim: claimed(c.report, c.claim), Report: r})
		if err != nil || len(x.Differences) != 1 {
			t.Errorf("%s %s: %v %+v", c.report, c.claim, err, x.Differences)
			continue
		}
		d := x.Differences[0]
		got := d.Direction
		if d.Effect != nil {
			got += fmt.Sprintf(" %d %d", d.Effect.Work, d.Effect.Total)
		}
		if got != c.want {
			t.Errorf("%s %s: %s, want %s", c.report, c.claim, got, c.want)
		}
	}
}

// TestDenials denies every claim without a side for CARC 4, and a few others for nothing
// that we know.
func TestDenials(t *testing.T) {
	a := newAuditor(t)
	cases := audited(t, a, 300, 4)
	var denials []exchange.Denial
	side := 0
	for i := range cases {
		c := &cases[i]
		if slices.ContainsFunc(c.Differences, func(d audit.Difference) bool { return d.Type == audit.Laterality }) {
			denials = append(denials, exchange.Denial{Claim: c.ID, CARC: "4", RARC: []string{"N519"}, Amount: 1000})
			side++
		} else if i%29 == 0 {
			denials = append(denials, exchange.Denial{Claim: c.ID, CARC: "22", Amount: 500})
		}
		denials = append(denials, exchange.Denial{Claim: c.ID, CARC: "45", Amount: 10})
	}
	denials = append(denials, exchange.Denial{Claim: "nobody", CARC: "16"}, exchange.Denial{Claim: cases[0].ID, Code: "99999", CARC: "16"}, exchange.Denial{Claim: cases[1].ID, CARC: "16", Paid: true})
	d := a.Denials(cases, denials)
	if d.Unmatched != 2 || d.Paid != len(cases)+1 || d.Rows != len(denials) {
		t.Errorf("%d not audited, %d no denials, %d rows of %d", d.Unmatched, d.Paid, d.Rows, len(denials))
	}
	first := d.Flags[0]
	if first.Signal != audit.Laterality || first.Denied.Value != 1 || first.Lift < 2 || first.LiftCI[0] < 1.5 || first.Adjusted > 1e-6 || first.Claims != side {
		t.Errorf("%+v", first)
	}
	if d.Reasons[0].CARC != "4" || d.Reasons[0].Flagged != side || d.Reasons[0].Amount != 1000*side || d.Reasons[0].Remarks[0] != (audit.Count{Name: "N519", N: side}) {
		t.Errorf("%+v", d.Reasons[0])
	}
	p := d.Predicts[0]
	if p.Signal != audit.Laterality || p.CARC != "4" || p.Precision.Value != 1 || p.Recall.Value != 1 || p.Lift < 2 {
		t.Errorf("%+v", p)
	}
}

// TestChecks lets a check of claims raise a flag: it counts for classes and denials.
func TestChecks(t *testing.T) {
	a := auditorWith(t, audit.Options{Checks: func(p audit.Pair) (coding.Claim, []coding.Flag) {
		if len(p.Claim.Lines) == 1 && p.Claim.Lines[0].Code == "70450" {
			return coding.Claim{}, []coding.Flag{{ID: "modifier_conflict"}}
		}
		return coding.Claim{}, nil
	}})
	cases := audited(t, a, len(clean), 2)
	if got := a.Summarize(cases).Classes[1]; got.ID != "wrong_modifiers" || got.Claims.Num != 1 {
		t.Errorf("%+v", got)
	}
}

// TestBareCodes audits claims without modifiers: sides are no difference then.
func TestBareCodes(t *testing.T) {
	a, all := newAuditor(t), reports(t)
	for _, text := range []string{"knees 73562; M17.0", "wrist 73110; M25.531 W19.XXXA", "knee 73721; M25.562"} {
		report, claim, _ := strings.Cut(text, " ")
		c := claimed(report, claim)
		c.NoModifiers = true
		x, err := a.Audit(context.Background(), audit.Pair{Claim: c, Report: all[report]})
		if err != nil || len(x.Differences) > 0 {
			t.Errorf("%s: %v %+v", text, err, x.Differences)
		}
	}
}

// TestEndedCode says so where a billed code was not in force.
func TestEndedCode(t *testing.T) {
	a, report := newAuditor(t), reports(t)["chest"]
	x, err := a.Audit(context.Background(), audit.Pair{Claim: claimed("chest", "71020; R05.9"), Report: report})
	if err != nil || len(x.Differences) != 1 || !strings.HasSuffix(x.Differences[0].Message, "71020 was not in force on 2026-03-02") {
		t.Errorf("%v %+v", err, x.Differences)
	}
}

func TestJoin(t *testing.T) {
	var told []string
	j := audit.Join{Tell: func(err error) { told = append(told, err.Error()) }}
	claims := func(yield func(exchange.CodedClaim, error) bool) {
		for i, id := range []string{"a", "b", "a", "c"} {
			if !yield(exchange.CodedClaim{ID: id, Line: i + 1}, nil) {
				return
			}
		}
	}
	records := func(yield func(exchange.Record) bool) {
		for _, id := range []string{"c", "x", "a", "c"} {
			var r exchange.Record
			r.ID = id
			if !yield(r) {
				return
			}
		}
	}
	var got []string
	for p := range j.With(claims, records) {
		got = append(got, p.Claim.ID)
	}
	if strings.Join(got, "") != "ca" || j.NoReport != 1 || j.NoClaim != 1 || j.Twice != 2 {
		t.Errorf("%v %+v", got, j)
	}
	want := "claim a stands twice: the first one counts|report x: no claim|report c stands twice: the first one counts|claim b (line 2): no report"
	if strings.Join(told, "|") != want {
		t.Errorf("%s", strings.Join(told, "|"))
	}
}

func TestLessonsOfErrors(t *testing.T) {
	a := newAuditor(t)
	text := `{"id":"r1","errors":[{"system":"cpt","gold":"74177","predicted":"74176","relation":"contrast"}]}
{"id":"r2","errors":[{"system":"cpt","gold":"74177","predicted":"74178","relation":"contrast"},{"system":"icd10cm","gold":"R05.9","relation":"missed"}]}
{"id":"r3"}
no json
`
	lessons, faults := a.Lessons(strings.NewReader(text), "errors.jsonl")
	if len(faults) != 2 || len(lessons) != 2 || lessons[0].Cases != 2 || lessons[0].Example != "r1" || lessons[0].Rule != "cpt contrast" || lessons[0].Doc == "" || lessons[1].Right != "R05.9" {
		t.Errorf("%+v %v", lessons, faults)
	}
}
