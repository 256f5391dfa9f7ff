package nlp

import (
	"sort"
	"strings"
)

// ReadTitle reads an exam name: one section, one sentence, axis mentions only.
//
// Exam names are written by charge masters, not by doctors: cut off at a field's
// length, joined, without vowels. Words the lexicon does not know are therefore
// resolved to the closest word it does know (see speller). Running text is never
// treated so, there an unknown word stays unknown.
func (r *Reader) ReadTitle(title string) *Document {
	d := r.readPhrase(title, r.speller.resolve(title, Scan(title)), true)
	r.resense(d)
	r.resense(d) // what the first round made known decides further senses
	return d
}

// ReadPhrase reads a phrase of running text the same way, without correcting
// its words, and also finds the words of PictureLayer.
func (r *Reader) ReadPhrase(text string) *Document {
	tokens := Scan(text)
	r.vocabulary.number(text, tokens)
	return r.readPhrase(text, tokens, false)
}

func (r *Reader) readPhrase(title string, tokens []Token, shorthand bool) *Document {
	d := &Document{Text: title, Tokens: tokens, letters: lettersOf(title)}
	if shorthand {
		d.Report.Exam = title
	}
	d.Sections = []Section{{Kind: SectionBody}, {Kind: SectionExam, Body: Span{0, len(title)}}}
	d.Sentences = []Sentence{{Span: Span{0, len(title)}, First: 0, Last: len(d.Tokens), Section: 1}}
	r.matchPhrase(d, r.layers[0], shorthand)
	if !shorthand {
		r.matchPhrase(d, r.layers[2], shorthand)
	}
	return d
}

func (r *Reader) matchPhrase(d *Document, l layer, shorthand bool) {
	for i := 0; i < len(d.Tokens); {
		entry, n := l.trie.match(d.Tokens[i:])
		if n == 0 || n == 1 && !shorthand && r.isShorthand(d, d.Tokens[i], &l.terms[entry]) {
			i++
			continue
		}
		r.addTerm(d, Mention{Section: 1, First: i, Layer: l.name}, &l.terms[entry], n)
		i += n
	}
}

// speller maps words of exam names that no lexicon term holds to ones that
// occur in exam terms. Built once, read-only.
type speller struct {
	vocabulary *vocabulary
	exam       []string        // words of exam terms, sorted, letters only
	byInitial  [26][]string    // the same by first letter
	terms      map[string]bool // those that are a term by themselves
}

// newSpeller takes the words of exam terms; true are those that are a term by themselves.
func newSpeller(v *vocabulary, words map[string]bool) *speller {
	s := &speller{vocabulary: v, terms: words}
	for w := range words {
		if len(w) >= 3 && w[0] >= 'a' && w[0] <= 'z' {
			s.exam = append(s.exam, w)
		}
	}
	sort.Slice(s.exam, func(i, j int) bool { // shortest first: the least that explains the letters
		if len(s.exam[i]) != len(s.exam[j]) {
			return len(s.exam[i]) < len(s.exam[j])
		}
		return s.exam[i] < s.exam[j]
	})
	for _, w := range s.exam {
		s.byInitial[w[0]-'a'] = append(s.byInitial[w[0]-'a'], w)
	}
	return s
}

// resolve numbers the tokens, corrects unknown words and cuts joined ones. The
// full stop of an abbreviation is left out ("ext. beam"), not that of initials ("k.u.b.").
func (s *speller) resolve(title string, tokens []Token) []Token {
	out := make([]Token, 0, len(tokens)+2)
	tokens = s.cutDigits(title, tokens)
	for i, t := range tokens {
		if i > 0 && title[t.Start] == '.' && tokens[i-1].Kind == Word && tokens[i-1].Len() > 1 && tokens[i-1].End == t.Start {
			continue
		}
		t.Word = s.vocabulary.find(t.Of(title))
		if t.Word != 0 || t.Kind != Word || t.Len() < 4 {
			out = append(out, t)
			continue
		}
		word := strings.ToLower(t.Of(title))
		if len(word) != t.Len() { // lower case of another length: offsets would be lost
			out = append(out, t)
			continue
		}
		if cuts := s.cutPhase(word); cuts != nil {
			out = s.appendCut(out, t, word, cuts)
			continue
		}
		if near := s.nearest(word); near != "" {
			t.Word = s.vocabulary.ids[near]
			out = append(out, t)
			continue
		}
		if cuts := s.cut(word); cuts != nil {
			out = s.appendCut(out, t, word, cuts)
			continue
		}
		if w := s.skeleton(word); w != "" {
			t.Word = s.vocabulary.ids[w]
		}
		out = append(out, t)
	}
	return out
}

// cutDigits cuts a count from the word it was joined to: "knee3v", "bi2to3v", "min4". A word that the lexicon holds
// (tc99, sv1) stays, and so does a letter with a number (l5, g1).
func (s *speller) cutDigits(title string, tokens []Token) []Token {
	out := make([]Token, 0, len(tokens)+2)
	for _, t := range tokens {
		word := t.Of(title)
		letters := strings.TrimRight(word, "0123456789")
		if t.Kind != Word || len(letters) < 2 || len(word)-len(letters) != 1 || s.vocabulary.find(word) != 0 {
			out = append(out, t)
			continue
		}
		a, b := t, t
		a.End, b.Start = t.Start+len(letters), t.Start+len(letters)
		b.Kind, b.Newline, b.Blank = Number, false, false
		out = append(out, a, b)
	}
	return out
}

// nearest returns the shortest exam word that begins with the letters given
// (a name cut off at a field's end), before it one that is a term by itself and lacks two letters at
// most; else a word that is a slip of the pen away.
func (s *speller) nearest(word string) string {
	if word[0] < 'a' || word[0] > 'z' {
		return ""
	}
	slips := 0
	switch {
	case len(word) >= 9:
		slips = 2
	case len(word) >= 5:
		slips = 1
	}
	best, bestDist, begun := "", slips+1, ""
	for _, w := range s.byInitial[word[0]-'a'] {
		if begun != "" && len(w) > len(word)+2 {
			break
		}
		if len(w) > len(word) && strings.HasPrefix(w, word) {
			if len(word) < 5 || s.terms[w] && len(w) <= len(word)+2 {
				return w
			}
			if begun == "" {
				begun = w
			}
		}
		if diff := len(w) - len(word); begun == "" && diff <= slips && -diff <= slips {
			if dist := editDistance(word, w, slips); dist < bestDist {
				best, bestDist = w, dist
			}
		}
	}
	if begun != "" {
		return begun
	}
	return best
}

// The endings and beginnings that charge masters join to other words although
// they are shorter than the words that cut looks for: "spinewo", "ctheart".
var (
	phaseEndings  = []string{"wwo", "wow", "wo"}
	shortModality = []string{"ct", "mr"}
)

// cutPhase finds where the contrast phase was joined to known words, nil when
// nowhere: "pelviswo" is no slip of the pen for pelvis.
func (s *speller) cutPhase(word string) []int {
	for _, end := range phaseEndings {
		stem, ok := strings.CutSuffix(word, end)
		if !ok || len(stem) < 4 || s.vocabulary.find(end) == 0 {
			continue
		}
		if s.vocabulary.find(stem) != 0 {
			return []int{len(stem)}
		}
		if cuts := s.cut(stem); cuts != nil {
			return append(cuts, len(stem))
		}
	}
	return nil
}

// cut finds where known words were joined, nil when nowhere. The longer the
// first word, the better.
func (s *speller) cut(word string) []int {
	for i := len(word) - 3; i >= 3; i-- {
		if s.vocabulary.find(word[:i]) != 0 && s.vocabulary.find(word[i:]) != 0 {
			return []int{i}
		}
	}
	for _, m := range shortModality {
		if rest, ok := strings.CutPrefix(word, m); ok && len(rest) >= 4 && s.vocabulary.find(rest) != 0 {
			return []int{len(m)}
		}
	}
	return s.cutMany(word)
}

// minJoined is how many letters each of three or more joined words has at
// least: short words are found in anything.
const minJoined = 4

// cutMany finds where three or more known words were joined
// ("upperextremityjoint"), the longest first. A short word may only come first.
func (s *speller) cutMany(word string) []int {
	for i := len(word) - 2*minJoined; i >= 3; i-- {
		if s.vocabulary.find(word[:i]) == 0 {
			continue
		}
		if rest := s.cutLong(word[i:]); rest != nil {
			cuts := []int{i}
			for _, c := range rest {
				cuts = append(cuts, i+c)
			}
			return cuts
		}
	}
	return nil
}

// cutLong cuts letters into two or more words of at least minJoined letters.
func (s *speller) cutLong(word string) []int {
	for i := len(word) - minJoined; i >= minJoined; i-- {
		if s.vocabulary.find(word[:i]) == 0 {
			continue
		}
		if s.vocabulary.find(word[i:]) != 0 {
			return []int{i}
		}
		if rest := s.cutLong(word[i:]); rest != nil {
			cuts := []int{i}
			for _, c := range rest {
				cuts = append(cuts, i+c)
			}
			return cuts
		}
	}
	return nil
}

// appendCut appends the tokens that a joined word falls into at the cuts given.
func (s *speller) appendCut(out []Token, t Token, word string, cuts []int) []Token {
	first := 0
	for _, end := range append(cuts, len(word)) {
		part := t
		part.Start, part.End = t.Start+first, t.Start+end
		part.Word = s.vocabulary.find(word[first:end])
		if first > 0 {
			part.Newline, part.Blank = false, false
		}
		out = append(out, part)
		first = end
	}
	return out
}

// skeleton returns the shortest exam word that holds the letters in order and
// begins and ends alike (prfuj is no such word, xtrmty is: extremity), at
// most twice as long.
func (s *speller) skeleton(word string) string {
	if word[0] < 'a' || word[0] > 'z' {
		return ""
	}
	for _, w := range s.byInitial[word[0]-'a'] {
		if len(w) > 2*len(word)+1 {
			break
		}
		if len(w) > len(word) && w[len(w)-1] == word[len(word)-1] && isSubsequence(word, w) {
			return w
		}
	}
	return ""
}

func isSubsequence(short, long string) bool {
	i := 0
	for j := 0; j < len(long) && i < len(short); j++ {
		if long[j] == short[i] {
			i++
		}
	}
	return i == len(short)
}

// editDistance counts insertions, deletions, substitutions and swaps of
// neighbours (optimal string alignment), or limit+1 when there are more.
func editDistance(a, b string, limit int) int {
	var rows [3][32]int
	if len(b) >= len(rows[0]) || len(a) >= len(rows[0]) {
		return limit + 1
	}
	prev2, prev, cur := &rows[0], &rows[1], &rows[2]
	for j := range prev[:len(b)+1] {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		low := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, prev2[j-2]+1)
			}
			cur[j] = d
			low = min(low, d)
		}
		if low > limit {
			return limit + 1
		}
		prev2, prev, cur = prev, cur, prev2
	}
	return prev[len(b)]
}

// Spelling returns the lexicon's spelling of a token's word, "" when the
// lexicon does not hold it.
func (r *Reader) Spelling(t Token) string { return r.vocabulary.words[t.Word] }
