package codeset

import (
	"context"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/radcode/radcode/index"
)

// asked is an entry of the alphabetic index in the words of a report.
type asked struct {
	entry  index.Term
	phrase string
}

var (
	inBrackets = regexp.MustCompile(`\s*\([^)]*\)`)
	noPhrase   = regexp.MustCompile(`\b(NEC|NOS)\b`)
	leading    = regexp.MustCompile(`^(with|without|due to|in|of|following|during|from|by|after|for|complicating|associated with)\b`)
)

// TestReferenceFind samples entries of the index below a main term, a third each of
// depth 1, 2 and 3, and asks for them. The first seed is the one this was developed
// with; the others were drawn after.
func TestReferenceFind(t *testing.T) {
	r := importedFY2026(t)
	for _, seed := range []uint64{1, 20260302, 77, 4711, 8128, 31337} {
		first, top := 0, 0
		sample := sampleEntries(r, rand.New(rand.NewPCG(seed, 0)), 100)
		for _, a := range sample {
			found, err := r.Find(context.Background(), index.Phrase{Text: a.phrase}, 5)
			if err != nil {
				t.Fatal(err)
			}
			at := slices.IndexFunc(found, func(f index.Found) bool { return answers(f.Code.ID, a.entry.Code) })
			if at == 0 {
				first++
			} else {
				t.Logf("seed %d: %q wants %s (%s), at %d", seed, a.phrase, a.entry.Code, strings.Join(a.entry.Path, " > "), at+1)
				for _, f := range found[:min(2, len(found))] {
					t.Logf("    %s %d %v %s", f.Code.ID, f.Score, f.Exact, strings.Join(f.Steps, " > "))
				}
			}
			if at >= 0 {
				top++
			}
		}
		t.Logf("seed %d: first %d, top five %d of %d", seed, first, top, len(sample))
		if first < 90*len(sample)/100 || top < 98*len(sample)/100 {
			t.Errorf("seed %d: first %d, top five %d of %d, want 90 and 98", seed, first, top, len(sample))
		}
	}
}

func importedFY2026(t *testing.T) *index.Release {
	t.Helper()
	d, _ := read(t, Options{}, reference(t, append([]string{"cms-2026-code-descriptions.zip"}, extras...)...)...)
	dir := t.TempDir()
	if _, err := index.ImportRelease(context.Background(), dir, d, nil); err != nil {
		t.Fatal(err)
	}
	rs, err := index.OpenReleases(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { rs.Close() })
	r, err := rs.On("icd10cm", "2026-03-02")
	if err != nil || r == nil {
		t.Fatal(err)
	}
	return r
}

// sampleEntries draws leaves with a code, as many of each depth, each of another main
// term.
func sampleEntries(r *index.Release, rng *rand.Rand, n int) []asked {
	all := map[int][]index.Term{}
	var collect func(index.Term)
	collect = func(e index.Term) {
		below := r.Below(e)
		if d := len(e.Path) - 1; len(below) == 0 && d >= 1 && d <= 3 && e.Code != "" {
			all[d] = append(all[d], e)
		}
		for _, b := range below {
			collect(b)
		}
	}
	for e := range r.Entries(index.Alphabetic) {
		collect(e)
	}
	var out []asked
	used := map[string]bool{}
	for i := 0; len(out) < n; i++ {
		of := all[1+i%3]
		e := of[rng.IntN(len(of))]
		if used[e.Path[0]] {
			continue
		}
		used[e.Path[0]] = true
		out = append(out, asked{e, inWords(e.Path, len(out))})
	}
	return out
}

// inWords says a path as reports do: subterms before the main term, or behind it;
// those that begin with a preposition behind it in any case. Every third is in the
// index's order, with "of" before a first subterm.
func inWords(path []string, n int) string {
	main, subs := firstWording(path[0]), path[1:]
	var before, after []string
	for i, s := range subs {
		s = firstWording(s)
		switch {
		case leading.MatchString(s) || len(after) > 0 && leading.MatchString(after[len(after)-1]):
			after = append(after, s)
		case n%3 == 1:
			after = append(after, s)
		case n%3 == 2 && i == 0:
			after = append(after, "of the "+s)
		default:
			before = append([]string{s}, before...)
		}
	}
	return strings.Join(slices.Concat(before, []string{main}, after), " ")
}

// firstWording takes the first of several wordings of a title.
func firstWording(title string) string {
	title = noPhrase.ReplaceAllString(inBrackets.ReplaceAllString(title, ""), "")
	first, rest, several := strings.Cut(title, ",")
	if several && strings.HasPrefix(strings.TrimSpace(rest), first[:min(3, len(first))]) {
		title = first
	}
	return strings.ToLower(strings.Join(strings.Fields(strings.ReplaceAll(title, ",", "")), " "))
}

// answers asks whether a code is the one an entry gives, or one that completes it.
func answers(code, entry string) bool {
	got, _ := index.Undotted(code)
	want, _ := index.Undotted(strings.TrimRight(entry, ".-"))
	return strings.HasPrefix(got, want)
}
