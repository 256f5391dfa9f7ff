package index

import (
	"cmp"
	"context"
	"fmt"
	"math/bits"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Found is a code for a phrase, with the way that led to it.
type Found struct {
	Code  ReleaseCode `json:"code"`
	Steps []string    `json:"steps"` // entries and references of the index, from the main term; or the title that holds the words
	// Exact says that every content word of the phrase is explained and that the
	// code claims nothing that the phrase does not say.
	Exact bool `json:"exact"`
	// Score is ten for each word of the phrase explained, less ten for each word
	// the entry has besides, three where that is a synonym or says "specified".
	Score int `json:"score"`
}

// Find returns codes for a phrase as a coder looks them up: the alphabetic index
// from a main term down to the subterms that the phrase names, following its
// references and the table of neoplasms, an incomplete code completed by what the
// phrase says; then what a search over titles, inclusion terms and index
// entries finds besides. Best first.
func (r *Release) Find(ctx context.Context, phrase string, limit int) ([]Found, error) {
	if limit <= 0 {
		limit = 5
	}
	p := newPhrase(phrase)
	if len(p.words) == 0 {
		return nil, nil
	}
	found := r.walk(p)
	hits, err := r.Search(ctx, Query{Text: phrase, Limit: 4 * limit})
	if err != nil {
		return nil, fmt.Errorf("find %q: %w", phrase, err)
	}
	for _, h := range hits {
		if !slices.ContainsFunc(found, func(f Found) bool { return f.Code.ID == h.Code.ID }) {
			found = append(found, r.worded(p, h))
		}
	}
	slices.SortStableFunc(found, func(a, b Found) int { return b.Score - a.Score })
	return found[:min(limit, len(found))], nil
}

// Walk is Find without the search: what the alphabetic index alone gives.
func (r *Release) Walk(phrase string, limit int) []Found {
	p := newPhrase(phrase)
	if len(p.words) == 0 {
		return nil
	}
	found := r.walk(p)
	return found[:min(limit, len(found))]
}

// worded judges a hit of a search by the wording that is nearest to the phrase.
func (r *Release) worded(p *phrase, h Hit) Found {
	c, _ := r.Code(h.Code.ID)
	out := Found{Code: c, Score: -1 << 20}
	for _, wording := range append([]string{h.Code.Title}, h.Code.Terms...) {
		var mask uint64
		missing := 0
		for _, w := range contentWords(wording) {
			bit, ok := p.bits[w]
			mask |= bit
			if !ok {
				missing++
			}
		}
		if score := 10 * (bits.OnesCount64(mask) - missing); score > out.Score {
			out.Score, out.Steps, out.Exact = score, []string{wording}, missing == 0 && mask == p.all()
		}
	}
	return out
}

// phrase is what is looked up: its content words, each a bit, and the small words
// between them, which break ties.
type phrase struct {
	words []string
	bits  map[string]uint64
	small map[string]bool

	denied uint64 // the words behind "without"
}

func newPhrase(text string) *phrase {
	p := &phrase{bits: map[string]uint64{}, small: map[string]bool{}}
	for _, w := range wordsOf(text) {
		switch {
		case smallWords[w]:
			p.small[w] = true
		case p.bits[w] == 0 && len(p.words) < 64:
			p.bits[w] = 1 << len(p.words)
			if w != "without" && p.bits["without"] != 0 {
				p.denied |= p.bits[w]
			}
			p.words = append(p.words, w)
		}
	}
	return p
}

func (p *phrase) all() uint64 { return 1<<len(p.words) - 1 }

func (p *phrase) mask(words ...string) (mask uint64) {
	for _, w := range words {
		mask |= p.bits[w]
	}
	return mask
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// smallWords link the words of an entry and tell few entries apart; weakWords are said
// by the index where people say nothing.
var (
	smallWords = set("a an and as at by due for from in into of on or the to with nec nos")
	weakWords  = set("organ specified unspecified other type site form cause condition elsewhere classified")
)

// wordsOf returns the words of a text in lower case and the singular, hyphens and
// possessives off.
func wordsOf(text string) []string {
	text = strings.ReplaceAll(strings.ToLower(text), "'s", "")
	out := strings.FieldsFunc(text, func(c rune) bool {
		return c < '0' || '9' < c && c < 'a' || 'z' < c && c < 0x80
	})
	for i, w := range out {
		out[i] = singular(w)
	}
	return out
}

func contentWords(text string) []string {
	return slices.DeleteFunc(wordsOf(text), func(w string) bool { return smallWords[w] })
}

// singular takes the plural off; what it spoils it spoils on both sides.
func singular(w string) string {
	n := len(w)
	switch {
	case w == "rt":
		return "right"
	case w == "lt":
		return "left"
	case n > 7 && (strings.HasSuffix(w, "stases") || strings.HasSuffix(w, "oses") || strings.HasSuffix(w, "yses")):
		return w[:n-2] + "is"
	case n > 4 && strings.HasSuffix(w, "ies"):
		return w[:n-3] + "y"
	case n > 4 && (strings.HasSuffix(w, "sses") || strings.HasSuffix(w, "xes") || strings.HasSuffix(w, "ches")):
		return w[:n-2]
	case n > 3 && w[n-1] == 's' && w[n-2] != 's' && w[n-2] != 'i' && w[n-2] != 'u':
		return w[:n-1]
	}
	return w
}

// mainWords finds main terms by their words.
type mainWords struct {
	once sync.Once
	rows map[string][]int
}

// headed returns the main terms that have a word of the phrase, in order of print.
func (r *Release) headed(p *phrase) []int {
	r.heads.once.Do(func() {
		r.heads.rows = map[string][]int{}
		for row := range r.mainRows(Alphabetic) {
			for _, w := range contentWords(withEndings(r.flat.text(secTerms, row, colTitle), "")) {
				r.heads.rows[w] = append(r.heads.rows[w], row)
			}
		}
	})
	var rows []int
	for _, w := range p.words {
		rows = append(rows, r.heads.rows[w]...)
	}
	slices.Sort(rows)
	return slices.Compact(rows)
}

// maxSteps bounds the entries that one phrase may visit, maxReferences the references
// followed one after another: some lead in circles.
const (
	maxSteps      = 20000
	maxReferences = 3
	maxMissing    = 2
)

// spot is where a walk has come to.
type spot struct {
	covered, named uint64   // words explained; those by a title, not by its nonessential modifiers
	missing, loose int      // words of entries that the phrase has not
	agree, met     int      // small words that fit; granted words that were found
	references     int      // followed so far
	head           int      // 1: the main term is the last or the first word of the phrase
	granted        []string // words of a reference that are as good as said
	column         Behavior
	steps          []string
}

func (at *spot) score() int {
	return 10*bits.OnesCount64(at.covered) - 10*at.missing - 3*at.loose
}

// walker collects candidates.
type walker struct {
	r     *Release
	p     *phrase
	steps int
	best  map[string]candidate
}

type candidate struct {
	spot
	code ReleaseCode
}

// walk tries every main term that the phrase holds.
func (r *Release) walk(p *phrase) []Found {
	w := &walker{r: r, p: p, best: map[string]candidate{}}
	for _, row := range r.headed(p) {
		if at, full, _ := w.read(row, spot{}); full && at.covered&^p.denied != 0 {
			at.head = w.heads(at.covered)
			w.visit(row, at)
		}
	}
	w.metastasis()
	var all []candidate
	for _, c := range w.best {
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(better(b.spot, a.spot), strings.Compare(a.code.ID, b.code.ID))
	})
	out := make([]Found, len(all))
	for i, c := range all {
		out[i] = Found{c.code, c.steps, c.missing == 0 && c.loose == 0 && c.covered == p.all(), c.score()}
	}
	return out
}

// better is positive when a place explains the phrase better than another.
func better(a, b spot) int {
	return cmp.Or(
		cmp.Compare(a.score(), b.score()), cmp.Compare(b.missing, a.missing),
		cmp.Compare(bits.OnesCount64(a.named), bits.OnesCount64(b.named)), cmp.Compare(a.agree, b.agree), cmp.Compare(a.head, b.head),
		cmp.Compare(b.references, a.references), cmp.Compare(a.met, b.met), cmp.Compare(len(b.steps), len(a.steps)),
	)
}

// heads asks whether a main term stands where the noun of a phrase stands.
func (w *walker) heads(covered uint64) int {
	if covered&(1|1<<(len(w.p.words)-1)) != 0 {
		return 1
	}
	return 0
}

// read adds the words of an entry to a place. full: one of the wordings of its title
// is said whole. fits: it may be entered, saying something of the phrase or nothing
// that is not in it.
func (w *walker) read(row int, at spot) (out spot, full, fits bool) {
	title := w.r.flat.text(secTerms, row, colTitle)
	var said []string
	var mask uint64
	least := 1 << 10
	pieces := strings.Split(withEndings(title, ""), ",")
	var left []string
	for _, piece := range pieces {
		words := wordsOf(piece)
		here, missing, loose := w.compare(words, &at)
		mask |= here
		if missing == 0 && loose == 0 {
			full, said = true, append(said, words...)
			continue
		}
		left = append(left, piece)
		least = min(least, 10*missing+loose)
	}
	fresh := mask &^ at.covered
	at.named |= mask
	at.covered |= mask | w.p.mask(wordsOf(w.r.flat.text(secTerms, row, colNonessential))...)
	if !full {
		at.missing, at.loose = at.missing+least/10, at.loose+least%10
	} else {
		for _, piece := range left {
			if !akin(wordsOf(piece), said) {
				at.loose++
			}
		}
	}
	at.steps = append(slices.Clip(at.steps), title)
	return at, full, at.missing <= maxMissing && (fresh != 0 || full || least < 10)
}

// compare holds the words of a title against the phrase.
func (w *walker) compare(words []string, at *spot) (mask uint64, missing, loose int) {
	for _, word := range words {
		bit, ok := w.p.bits[word]
		switch {
		case ok:
			mask |= bit
		case slices.Contains(at.granted, word):
			at.met++
		case word == "with" && !w.p.small[word] && w.p.bits["without"] != 0:
			missing++ // the phrase denies what the entry has
		case smallWords[word]:
			if w.p.small[word] {
				at.agree++
			}
		case weakWords[word]:
			loose++
		default:
			missing++
		}
	}
	return mask, missing, loose
}

// akin asks whether words are another form of words said: "abnormality" beside
// "abnormal".
func akin(words, said []string) bool {
	return slices.ContainsFunc(words, func(a string) bool {
		return slices.ContainsFunc(said, func(b string) bool {
			n := min(len(a), len(b), 4)
			return n > 2 && a[:n] == b[:n]
		})
	})
}

// visit takes what an entry gives, follows its references and goes down.
func (w *walker) visit(row int, at spot) {
	if w.steps++; w.steps > maxSteps {
		return
	}
	text := func(column int) string { return w.r.flat.text(secTerms, row, column) }
	if code := text(colCode); code != "" {
		w.take(code, at)
	}
	if cells := w.r.flat.tables[secTerms].at(row, colCells); cells > 0 {
		w.takeColumn(int(cells)-1, at)
	}
	for _, target := range []string{text(colSee), text(colSeeAlso)} {
		if target != "" && target != noReference && at.references < maxReferences {
			w.follow(target, at)
		}
	}
	for child := range w.r.childRows(row) {
		if next, _, fits := w.read(child, at); fits {
			w.visit(child, next)
		}
	}
}

// noReference is what the index says at adjectives: look up the noun.
const noReference = "condition"

// bracketed are words of a reference that may be absent at its target.
var bracketed = regexp.MustCompile(`\s*\([^)]*\)`)

// follow goes where a reference points: as far as the index has the entry, the rest
// of its words being granted.
func (w *walker) follow(target string, at spot) {
	at.references++
	at.steps = append(slices.Clip(at.steps), "see "+target)
	if rest, ok := strings.CutPrefix(target, "Table of Neoplasms"); ok {
		target = "Neoplasm" + rest
		if rest == "" {
			target = "Neoplasm, unspecified behavior"
		}
	}
	if site, column, ok := NeoplasmReference(target); ok {
		w.followNeoplasm(site, column, at)
		return
	}
	parts := slices.DeleteFunc(strings.Split(bracketed.ReplaceAllString(target, ""), ","), func(p string) bool { return strings.HasPrefix(strings.TrimSpace(p), "by ") })
	for n := len(parts); n > 0; n-- {
		rows := w.r.referred(Alphabetic, strings.Join(parts[:n], ","))
		if rows == nil {
			continue
		}
		at.granted = contentWords(strings.Join(parts[n:], " "))
		at.covered |= w.p.mask(contentWords(strings.Join(parts[:n], " "))...)
		for _, row := range rows {
			w.visit(row, at)
		}
		return
	}
}

// spoken are the words for columns of the neoplasm table that overrule a reference
// to malignant or unspecified ones.
var spoken = []struct {
	word   string
	column Behavior
}{
	{"metastasis", MalignantSecondary}, {"metastatic", MalignantSecondary}, {"secondary", MalignantSecondary},
	{"situ", InSitu}, {"benign", Benign}, {"uncertain", Uncertain}, {"malignant", MalignantPrimary},
}

// followNeoplasm looks a site up in the table of neoplasms.
func (w *walker) followNeoplasm(site string, column Behavior, at spot) {
	at.column = column
	if column == MalignantPrimary || column == Unspecified {
		for _, s := range spoken {
			if bit := w.p.bits[s.word]; bit != 0 {
				at.column, at.covered = s.column, at.covered|bit
				break
			}
		}
	}
	at.covered |= w.p.mask("neoplasm", "behavior", "primary")
	at.granted = contentWords(site)
	for _, head := range w.r.mains(Neoplasms, "neoplasm, neoplastic") {
		rows := []int{head}
		if site != "" {
			if below := w.r.below(head, site); below != nil {
				rows = w.titledFirst(below, site)
			}
		}
		for _, row := range rows {
			w.visit(row, at)
		}
	}
}

// titledFirst keeps the rows whose title begins with the last part of a reference, where
// there are such: "lung" means "lung" before "lingula, lung".
func (w *walker) titledFirst(rows []int, target string) []int {
	last := termKey(target[strings.LastIndex(target, ",")+1:])
	var out []int
	for _, row := range rows {
		if strings.HasPrefix(bareKey(w.r.flat.text(secTerms, row, colTitle)), last) {
			out = append(out, row)
		}
	}
	if out == nil {
		return rows
	}
	return out
}

// metastasis goes to the column of secondary neoplasms: the index sends there from
// "deposits" and "spread", which nobody says.
func (w *walker) metastasis() {
	if said := w.p.mask("metastasis", "metastatic"); said != 0 {
		w.follow("Neoplasm, secondary, by site", spot{covered: said, named: said, head: w.heads(said), steps: []string{"Metastasis, metastatic"}})
	}
}

func (w *walker) takeColumn(cells int, at spot) {
	if code := w.r.flat.text(secCells, cells, int(at.column)); code != "" {
		w.take(code, at)
	}
}

// confirmed are the words of the phrase that the title of a code has: "acute" of
// an entry that does not bother to say it. What a title leaves out, it denies.
func (w *walker) confirmed(title string) uint64 {
	title = strings.ToLower(title)
	for _, but := range []string{" without ", " except ", " excluding "} {
		title, _, _ = strings.Cut(title, but)
	}
	return w.p.mask(contentWords(title)...) &^ w.p.denied
}

// take keeps a code that was come to, completed, unless a better way to it is known.
func (w *walker) take(code string, at spot) {
	c, said, ok := w.r.complete(code, w.p)
	if !ok {
		return
	}
	at.covered |= said | w.confirmed(c.Title)
	if old, ok := w.best[c.ID]; !ok || better(at, old.spot) > 0 {
		w.best[c.ID] = candidate{at, c}
	}
}
