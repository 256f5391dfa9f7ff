package nlp

import (
	"strings"

	"github.com/radcode/radcode/lexicon"
)

// class is a set of grammatical roles of a word. The stages ask for classes
// instead of comparing strings: one slice lookup per token.
type class uint32

const (
	verb         class = 1 << iota // finite: makes a clause out of a noun
	participle                     // "seen", "noted": ends a list that a negation opened
	preposition                    // ends a noun phrase
	conjunction                    // joins two noun phrases or two clauses
	alternative                    // "or", "nor": joins noun phrases only
	determiner                     // opens a noun phrase that is not a list item
	abbreviation                   // a full stop after it does not end the sentence
	numbered                       // the same, but only before a digit
	opener                         // a capital one opens a sentence even after a wrapped line
	relative                       // opens a relative clause: its verb is not the clause's
	denying                        // makes a statement without a verb
	toRight                        // right, rt
	toLeft                         // left, lt
	toBoth                         // both, bilateral
	sideLetter                     // R and L: a side only in capitals
	sided                          // "sided", "side": belongs to the side before it
	comparing                      // "greater" in "left greater than right"
	handed                         // "right hand dominant"
	noSideBefore                   // right and left are no sides before it: "right away", "left handed"
	noLeftBefore                   // left is a verb before it: "left the hospital", "left in place"
	noSideAfter                    // "all right", "has left"
	projection                     // "left lateral view": the side belongs to the picture
)

// classWords lists the words of each class. Plural s is not written: the
// vocabulary finds "shows" as "show".
var classWords = []struct {
	class class
	words string
}{
	{verb, "is are was were has have had appear remain show demonstrate reveal measure contain extend persist " +
		"suggest represent indicate do does did may can could will would should must lie lay present continue become became " +
		"underwent complain report state deny denies went came seem involve abut cause compress displace exhibit " +
		"enhance project maintain preserve terminate overlie"},
	{participle, "seen noted identified appreciated demonstrated visualized visualised evident apparent present detected found " +
		"observed suspected reported shown evidenced recognized recognised visible elicited palpated heard documented " +
		"encountered discerned delineated perceived imaged not"},
	{preposition, "of in at on within with without to for from by into through over under between along involving overlying near " +
		"about around above below behind beneath adjacent throughout across during after before since than per via as"},
	{conjunction, "and & plus"},
	{alternative, "or nor"},
	{determiner, "the there this that these those his her he she it they its we patient pt"},
	{abbreviation, "dr mr mrs ms prof vs v approx eg ie st cf al etc mt ft sr jr resp ca dept incl excl esp inj " +
		"tech pt hx dx tx sx rt lt bilat post ant lat sup inf med prox dist abd"},
	{numbered, "no fig nos figs ser img im se level vol wt ht"},
	{opener, "the there this these no a an it findings impression both right left normal mild moderate severe small large " +
		"patient please recommend mildly stable unchanged bilateral heart lungs liver"},
	{relative, "who whom which that whose"},
	{denying, "no without negative free absent"},
	{toRight, "right rt rle rue"},
	{toLeft, "left lt lle lue"},
	{toBoth, "bilateral bilaterally both bilat bl"},
	{sideLetter, "r l"},
	{sided, "sided side"},
	{comparing, "greater more worse larger less lesser >"},
	{noSideBefore, "away now handed hander handedness angle angled dominant dominance after before through along there"},
	{handed, "handed handedness dominant dominance"},
	{noLeftBefore, "the a against in for open alone untreated unrepaired before ama at over behind out off work school home hospital his her"},
	{noSideAfter, "all has had have he she they"},
	{projection, "view lateral oblique decubitus projection"},
}

// cueRole and cueCategory are the data file's words as small numbers.
type cueRole uint8

const (
	pre cueRole = iota
	post
	pseudo
	stop
)

type category uint8

const (
	negated category = iota
	uncertain
	historical
	hypothetical
	family
	allCategories
)

// Tables in the order of the constants above.
var (
	roleNames     = []string{"pre", "post", "pseudo", "stop"}
	categoryNames = []string{"negated", "uncertain", "historical", "hypothetical", "family", "all"}
)

// cue is what one row of the cue table does.
type cue struct {
	role     cueRole
	category category
}

// grammar is what the stages know about words beside the lexicon's terms.
type grammar struct {
	classes []class // by WordID
	cues    [][]cue // by the first row of a phrase: all rows with the same text
	kinds   []SectionKind
}

// fill puts every word of the lexicon and the grammar into the vocabulary and
// then makes a plural and its singular one word. It runs before any phrase is
// numbered: otherwise a plural in one table would hide the singular in another.
func (v *vocabulary) fill(lex *lexicon.Lexicon) {
	for _, cw := range classWords {
		v.phrase(cw.words)
	}
	for _, t := range lex.Terms {
		v.phrase(t.Text)
	}
	for _, t := range lex.Senses {
		v.phrase(t.Text)
	}
	for _, a := range lex.Abbreviations {
		v.phrase(a.Short)
	}
	for _, x := range lex.Variants {
		v.phrase(x.Phrase)
	}
	for _, t := range lex.Qualifiers {
		v.phrase(t.Text)
	}
	for _, t := range lex.Appearances {
		v.phrase(t.Text)
	}
	for _, t := range lex.DiagnosisTerms {
		v.phrase(t.Text)
	}
	for _, c := range lex.Cues {
		v.phrase(c.Text)
	}
	for _, h := range lex.Headings {
		v.phrase(h.Text)
	}
	canonical := make([]WordID, len(v.words))
	for i := range canonical {
		canonical[i] = WordID(i)
	}
	for i, w := range v.words[1:] {
		if !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is") {
			if id := v.singular([]byte(w)); id != 0 {
				v.ids[w], canonical[i+1] = id, id
			}
		}
	}
	for _, words := range v.phrases { // in any order: each is changed on its own
		for i, w := range words {
			words[i] = canonical[w]
		}
	}
}

func newGrammar(lex *lexicon.Lexicon, v *vocabulary) *grammar {
	g := &grammar{classes: make([]class, len(v.words)), cues: make([][]cue, len(lex.Cues))}
	for _, cw := range classWords {
		for _, w := range strings.Fields(cw.words) {
			g.classes[v.ids[w]] |= cw.class
		}
	}
	g.classes[0] = 0
	first := map[string]int{}
	for i, c := range lex.Cues {
		at, seen := first[c.Text]
		if !seen {
			at = i
			first[c.Text] = i
		}
		g.cues[at] = append(g.cues[at], cue{cueRole(indexOf(roleNames, c.Role)), category(indexOf(categoryNames, c.Category))})
	}
	for _, h := range lex.Headings {
		g.kinds = append(g.kinds, SectionKind(h.Kind))
	}
	return g
}

func indexOf(names []string, name string) int {
	for i, n := range names {
		if n == name {
			return i
		}
	}
	return 0
}

// is reports whether a token belongs to one of the classes.
func (r *Reader) is(t Token, c class) bool {
	return t.Word != 0 && r.grammar.classes[t.Word]&c != 0
}

// mark returns the punctuation mark that token i is, or 0.
func (d *Document) mark(i int) byte {
	if i < 0 || i >= len(d.Tokens) || d.Tokens[i].Kind != Punct {
		return 0
	}
	return d.Text[d.Tokens[i].Start]
}

// capital reports whether token i begins with an upper-case ASCII letter, or
// might: in a text of small letters any word does.
func (d *Document) capital(i int) bool {
	c := d.Text[d.Tokens[i].Start]
	return c >= 'A' && c <= 'Z' || d.letters == smallLetters && c >= 'a' && c <= 'z'
}

// shouted reports whether tokens [i,j) hold a word and no lower-case letter.
func (d *Document) shouted(i, j int) bool {
	word := false
	for ; i < j; i++ {
		if d.Tokens[i].Kind != Word {
			continue
		}
		if !isUpper(d.Tokens[i].Of(d.Text)) {
			return false
		}
		word = true
	}
	return word
}

// lineEnd returns the index of the first token after i that stands on a later
// line.
func (d *Document) lineEnd(i int) int {
	for i++; i < len(d.Tokens) && !d.Tokens[i].Newline; i++ {
	}
	return i
}
