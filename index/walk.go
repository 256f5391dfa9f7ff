package index

import (
	"cmp"
	"math/bits"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// mainWords finds main terms of a table by their words.
type mainWords struct {
	once sync.Once
	rows map[string][]int32
}

// headed returns the main terms of a table that have a word of the phrase, in order of print.
func (r *Release) headed(table Table, p *phrase) []int {
	heads := &r.heads[table]
	heads.once.Do(func() {
		heads.rows = map[string][]int32{}
		for row := range r.mainRows(table) {
			for _, w := range contentWords(withEndings(r.flat.text(secTerms, row, colTitle), "")) {
				heads.rows[w] = append(heads.rows[w], int32(row))
			}
		}
	})
	var rows []int
	for w, bit := range p.bits {
		if bit&p.all() != 0 {
			for _, row := range heads.rows[w] {
				rows = append(rows, int(row))
			}
		}
	}
	slices.Sort(rows)
	return slices.Compact(rows)
}

// maxSteps bounds the entries that one reading may visit, maxReferences the references
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
	others         int      // words found under another name
	references     int      // followed so far
	head           int      // 1: the main term is the last or the first word of the phrase
	granted        []string // words of a reference that are as good as said
	column         int      // Behavior or Circumstance
	steps          []string
}

// candidate is a code that a walk came to.
type candidate struct {
	spot
	code  ReleaseCode
	loss  int // ten for each word not explained or not said, three for a loose one
	cost  int // of the reading
	asked int // 1: from a table that the phrase asks for
}

// walker collects candidates for one reading in one table.
type walker struct {
	r     *Release
	p     *phrase
	table Table
	steps int
	best  map[string]candidate
}

// walk looks every reading up.
func (r *Release) walk(q Phrase) []Found {
	best := map[string]candidate{}
	for _, p := range r.readings(q, Alphabetic) {
		w := &walker{r: r, p: p, best: best}
		w.enter(spot{})
		w.metastasis()
	}
	r.walkCauses(q, best)
	r.walkDrugs(q, best)
	all := make([]candidate, 0, len(best))
	for _, c := range best {
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(better(b, a), strings.Compare(a.code.ID, b.code.ID))
	})
	out := make([]Found, len(all))
	words := len(newPhrase(q).words)
	for i, c := range all {
		out[i] = Found{c.code, c.steps, c.loss == 0 && !rivalled(all, c), 10*words - c.loss}
	}
	return out
}

// rivalled asks for a code of another category that explains a phrase as well: which of the
// two is meant the phrase does not say.
func rivalled(all []candidate, c candidate) bool {
	return slices.ContainsFunc(all, func(o candidate) bool {
		return o.loss == 0 && o.asked >= c.asked && o.cost <= c.cost && o.code.ID[:3] != c.code.ID[:3]
	})
}

// enter tries every main term of the table that the phrase holds.
func (w *walker) enter(from spot) {
	for _, row := range w.r.headed(w.table, w.p) {
		if at, full, _ := w.read(row, from); full && at.covered&^from.covered&^w.p.denied != 0 {
			at.head = w.heads(at.covered)
			w.visit(row, at)
		}
	}
}

// better is positive when a candidate explains the phrase better than another.
func better(a, b candidate) int {
	return cmp.Or(
		cmp.Compare(b.loss, a.loss), cmp.Compare(a.asked, b.asked), cmp.Compare(b.missing, a.missing), cmp.Compare(b.cost, a.cost),
		cmp.Compare(bits.OnesCount64(a.named), bits.OnesCount64(b.named)), cmp.Compare(b.others, a.others), cmp.Compare(a.agree, b.agree),
		cmp.Compare(a.head, b.head), cmp.Compare(b.references, a.references), cmp.Compare(a.met, b.met), cmp.Compare(len(b.steps), len(a.steps)),
	)
}

// heads asks whether a main term stands where the noun of a phrase stands.
func (w *walker) heads(covered uint64) int {
	if covered&(1|1<<(len(w.p.words)-1)) != 0 {
		return 1
	}
	return 0
}

// squared is another name of what stands before it: "antigen [PSA]".
var squared = regexp.MustCompile(`\s*\[[^]]*\]`)

// read adds the words of an entry to a place. full: one of the wordings of its title
// is said whole. fits: it may be entered, saying something of the phrase or nothing
// that is not in it.
func (w *walker) read(row int, at spot) (out spot, full, fits bool) {
	title := w.r.flat.text(secTerms, row, colTitle)
	wording := withEndings(title, "")
	if strings.Contains(wording, "[") && w.p.mask(contentWords(strings.Join(squared.FindAllString(wording, -1), " "))...) == 0 {
		wording = squared.ReplaceAllString(wording, "")
	}
	var said []string
	var mask uint64
	least := 1 << 10
	pieces := strings.Split(wording, ",")
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
	fresh, top := mask&^at.covered, at.steps == nil
	at.named |= mask
	at.covered |= mask | w.p.mask(wordsOf(w.r.flat.text(secTerms, row, colNonessential))...)
	if !full {
		at.missing, at.loose = at.missing+least/10, at.loose+least%10
	} else {
		for _, piece := range left {
			words := wordsOf(piece)
			switch {
			case akin(words, said) || top && len(words) == 1 && words[0] == "traumatic":
			case len(words) == 1 && neverMeant[words[0]]:
				at.missing++
			default:
				at.loose++
			}
		}
	}
	at.steps = append(slices.Clip(at.steps), title)
	return at, full, at.missing <= maxMissing && (fresh != 0 || full || least < 10)
}

// neverMeant are what a title says behind a comma and no phrase means without saying so. An
// injury is meant: "Fracture, traumatic".
var neverMeant = set("pathological nontraumatic congenital psychogenic hysterical newborn neonatal puerperal obstetric obstetrical")

// compare holds the words of a title against the phrase.
func (w *walker) compare(words []string, at *spot) (mask uint64, missing, loose int) {
	for _, word := range words {
		bit, ok := w.p.bits[word]
		switch {
		case ok:
			mask |= bit
			if w.p.others[word] {
				at.others++
			}
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

func (w *walker) takeColumn(cells int, at spot) {
	if code := w.r.flat.text(secCells, cells, at.column); code != "" {
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

// take keeps a code that was come to, completed, unless a better way to it is known or it
// says what the phrase does not.
func (w *walker) take(code string, at spot) {
	c, said, ok := w.r.complete(code, w.p)
	if !ok || !w.p.accepts(c.Title) {
		return
	}
	at.covered |= said | w.confirmed(c.Title)
	if w.p.presumes(c.Title) {
		at.loose++
	}
	found := candidate{spot: at, code: c, loss: w.p.loss(at.covered) + 10*at.missing + 3*at.loose, cost: w.p.cost}
	if w.table != Alphabetic {
		found.asked = 1
	}
	if old, ok := w.best[c.ID]; !ok || better(found, old) > 0 {
		w.best[c.ID] = found
	}
}
