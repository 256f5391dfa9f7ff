package coding_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// disagreement counts the exam names charged with one ended code whose best code
// is none of its successors.
type disagreement struct {
	code        string
	names, away int
	examples    []string
}

// TestDeletedCodes reads the exam names that hospitals charge with codes that
// have ended, with the code stated and without it.
func TestDeletedCodes(t *testing.T) {
	e, lex := engine(t), lexiconForTest(t)
	const date = "2026-10-01"
	rows, unknown, flagged, withSuccessor, stated, alone := 0, 0, 0, 0, 0, 0
	byCode := map[string]*disagreement{}
	for _, r := range corpus(t, "exam-titles-dev.jsonl") {
		if !slices.Contains(r.Tags, "status:deleted") {
			continue
		}
		rows++
		code := r.Gold.CPT[0].Code
		ended, ok := lex.EndedBefore(code, date)
		if !ok {
			unknown++
			t.Logf("%s: no row", code)
			continue
		}
		res := coded(t, e, nlp.Report{Exam: r.Exam, Meta: nlp.Meta{DateOfService: date, Charged: []string{code}}})
		if slices.ContainsFunc(res.Flags, func(f coding.Flag) bool {
			return f.ID == "deleted_code" && strings.Contains(f.Message, code) && strings.Contains(f.Message, ended.To)
		}) {
			flagged++
		}
		if len(ended.Successors) == 0 {
			continue
		}
		withSuccessor++
		if slices.Contains(ended.Successors, firstCode(res)) {
			stated++
		} else {
			t.Logf("stated: %s %q: %s, not %v", code, r.Exam, firstCode(res), ended.Successors)
		}
		d := byCode[code]
		if d == nil {
			d = &disagreement{code: code}
			byCode[code] = d
		}
		d.names++
		if first := firstCode(coded(t, e, nlp.Report{Exam: r.Exam, Meta: nlp.Meta{DateOfService: date}})); slices.Contains(ended.Successors, first) {
			alone++
		} else {
			d.away++
			d.examples = append(d.examples, fmt.Sprintf("%s %s", r.Exam, first))
		}
	}
	t.Logf("%d exam names charged with codes that ended, %d of them with a code that has no row", rows, unknown)
	t.Logf("charge stated: flagged %.4f (%d/%d), first code a successor %.4f (%d/%d)", share(flagged, rows), flagged, rows, share(stated, withSuccessor), stated, withSuccessor)
	t.Logf("name alone: first code a successor %.4f (%d/%d)", share(alone, withSuccessor), alone, withSuccessor)
	logWorst(t, lex, byCode)
	for _, f := range []struct {
		name string
		got  float64
	}{{"flagged", share(flagged, rows)}, {"first code a successor, charge stated", share(stated, withSuccessor)}} {
		if f.got < 0.95 {
			t.Errorf("%s %.4f, want 0.95", f.name, f.got)
		}
	}
}

func share(part, all int) float64 { return float64(part) / float64(max(all, 1)) }

func coded(t *testing.T, e *coding.Engine, r nlp.Report) coding.Result {
	t.Helper()
	res, err := e.Code(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func firstCode(r coding.Result) string {
	if len(r.Exams) == 0 || len(r.Exams[0].Procedures) == 0 {
		return "none"
	}
	return r.Exams[0].Procedures[0].Code
}

// logWorst tells of the codes on which names and crosswalk disagree most: either
// the crosswalk is wrong or the names do not say enough.
func logWorst(t *testing.T, lex *lexicon.Lexicon, byCode map[string]*disagreement) {
	t.Helper()
	var all []*disagreement
	for _, d := range byCode {
		if d.away > 0 {
			all = append(all, d)
		}
	}
	slices.SortFunc(all, func(a, b *disagreement) int { return cmp.Or(b.away-a.away, cmp.Compare(a.code, b.code)) })
	for _, d := range all[:min(len(all), 40)] {
		ended, _ := lex.EndedBefore(d.code, "2026-10-01")
		t.Logf("name alone: %s -> %v: %d of %d elsewhere: %s", d.code, ended.Successors, d.away, d.names, strings.Join(d.examples[:min(len(d.examples), 4)], "; "))
	}
}
