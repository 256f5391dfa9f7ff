package nlp

import (
	"strings"
	"unicode/utf8"

	"github.com/jdkato/prose/v2"
)

// NounPhrases cuts text into the runs of adjectives and nouns that may name
// something: "acute left iritis", "congestion". A phrase holds at least one
// noun, runs over a line end but not over an empty line, a number or a mark.
// Spans are bytes of text, in order, on rune starts, and do not overlap.
//
// The first call loads the tagger (some tenths of a second); each call costs
// about 5 µs per byte, so it is meant for short text that the lexicon left
// unresolved. Any bytes are a text. Safe for concurrent use.
func (r *Reader) NounPhrases(text string) []Span {
	tokens := Scan(text)
	var out []Span
	for first := 0; first < len(tokens); {
		last := taggable(text, tokens, first)
		if last == first {
			first++
			continue
		}
		out = appendNounPhrases(out, tokens[first:last], r.tag(text, tokens[first:last]))
		first = last
	}
	return out
}

// loadTagger loads the tagger alone; the entity model, which a document would
// bring by default, is not needed.
func loadTagger() *prose.Model {
	doc, err := prose.NewDocument("", prose.WithSegmentation(false), prose.WithExtraction(false))
	if err != nil {
		return nil // the tagger is part of the program; no text, no error
	}
	return doc.Model
}

// taggable returns the end of the piece that starts at first and is tagged at
// once: words and numbers without a mark or an empty line between them. It
// also ends before a word that it holds already, because prose gives both the
// tag of the last.
func taggable(text string, tokens []Token, first int) int {
	seen := map[string]bool{}
	for i := first; i < len(tokens); i++ {
		word := plain(tokens[i].Of(text))
		if tokens[i].Kind == Punct || i > first && tokens[i].Blank || seen[word] {
			return i
		}
		seen[word] = true
	}
	return len(tokens)
}

// maxTagged is how much of a word the tagger sees; no English word is longer.
const maxTagged = 40

// plain spells a word so that prose's tokenizer leaves it whole: lower case,
// and ASCII only. Capitals would make every word of a report a proper noun.
func plain(word string) string {
	var b strings.Builder
	for _, c := range strings.ToLower(word) {
		if c >= utf8.RuneSelf {
			c = 'e'
		}
		b.WriteRune(c)
		if b.Len() == maxTagged {
			break
		}
	}
	return b.String()
}

// tag returns one part of speech (Penn Treebank) per token of a piece; nil when
// prose saw other words than these.
func (r *Reader) tag(text string, piece []Token) []string {
	words := make([]string, len(piece))
	for i, t := range piece {
		words[i] = plain(t.Of(text))
	}
	doc, err := prose.NewDocument(strings.Join(words, " "), prose.UsingModel(r.tagger()),
		prose.WithSegmentation(false), prose.WithExtraction(false))
	if err != nil {
		return nil
	}
	tagged := doc.Tokens()
	if len(tagged) != len(piece) {
		return nil
	}
	tags := make([]string, len(piece))
	for i := range tagged {
		if tagged[i].Text != words[i] {
			return nil
		}
		tags[i] = tagged[i].Tag
	}
	return tags
}

// appendNounPhrases adds the runs of a tagged piece.
func appendNounPhrases(out []Span, piece []Token, tags []string) []Span {
	for i := 0; i < len(tags); {
		start, noun := i, false
		for i < len(tags) && piece[i].Kind == Word && (isNoun(tags[i]) || isModifier(tags[i])) {
			noun = noun || isNoun(tags[i])
			i++
		}
		if noun {
			out = append(out, Span{piece[start].Start, piece[i-1].End})
		}
		if i == start {
			i++
		}
	}
	return out
}

// isNoun also takes foreign words, which is what the tagger makes of Latin.
func isNoun(tag string) bool { return strings.HasPrefix(tag, "NN") || tag == "FW" }

// isModifier also takes participles: "thickened fold", "worsening murmur".
func isModifier(tag string) bool {
	return strings.HasPrefix(tag, "JJ") || tag == "VBG" || tag == "VBN"
}
