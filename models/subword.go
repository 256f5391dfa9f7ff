package models

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/sugarme/tokenizer/model"
	"github.com/sugarme/tokenizer/model/wordpiece"
)

// Continuation marks a piece that does not begin a word.
const Continuation = "##"

// Subwords cuts words into the pieces of a WordPiece vocabulary (Schuster and
// Nakajima 2012; greedy, longest piece first), so that a spelling nobody has
// seen still shares something with ones that were. It is safe for concurrent use.
type Subwords struct {
	pieces []string
	model  wordpiece.WordPiece
	memo   *lru.Cache[string, []string]
}

// The tokenizer takes microseconds per word, and departments use the same few
// thousand words every day. Texts longer than maxMemoText are cut anew each
// time, which bounds the memory.
const (
	memoTexts   = 4096
	maxMemoText = 128
)

// maxWord is the longest word that is cut, in runes; longer runs of letters are
// identifiers, and cutting takes quadratic time.
const maxWord = 32

// unknownPiece is what the tokenizer answers for a word it cannot cut.
const unknownPiece = "[UNK]"

//go:embed data/subword.txt
var embeddedPieces string

// LoadSubwords builds the embedded vocabulary.
func LoadSubwords() (*Subwords, error) {
	return ReadSubwords(strings.NewReader(embeddedPieces), "subword.txt")
}

// ReadSubwords reads one piece a line; a line that begins with "# " is a comment.
func ReadSubwords(r io.Reader, file string) (*Subwords, error) {
	var pieces []string
	s := bufio.NewScanner(r)
	for n := 1; s.Scan(); n++ {
		p := s.Text()
		if p == "" || strings.HasPrefix(p, "# ") {
			continue
		}
		if letters := strings.TrimPrefix(p, Continuation); letters == "" || strings.ContainsFunc(letters, separates) {
			return nil, fmt.Errorf("models: %s:%d: want a piece of letters and digits, got %q", file, n, p)
		}
		pieces = append(pieces, p)
	}
	if err := s.Err(); err != nil {
		return nil, fmt.Errorf("models: %s: %w", file, err)
	}
	return NewSubwords(pieces), nil
}

// NewSubwords builds a vocabulary from its pieces.
func NewSubwords(pieces []string) *Subwords {
	s := &Subwords{pieces: slices.Clone(pieces)}
	slices.Sort(s.pieces)
	s.pieces = slices.Compact(s.pieces)
	ids := model.Vocab{unknownPiece: 0}
	for i, p := range s.pieces {
		ids[p] = i + 1
	}
	s.model = wordpiece.NewWordPieceBuilder().Vocab(&ids).UnkToken(unknownPiece).
		ContinuingSubwordPrefix(Continuation).MaxInputCharsPerWord(maxWord).Build()
	memo, err := lru.New[string, []string](memoTexts)
	if err != nil {
		panic(err) // only a size below one is refused
	}
	s.memo = memo
	return s
}

// Pieces returns the vocabulary, sorted.
func (s *Subwords) Pieces() []string { return slices.Clone(s.pieces) }

// Split returns the pieces of all words of a text in order, in lower case;
// pieces that continue a word begin with Continuation. Anything that is neither
// letter nor digit separates words. A word with a letter that the vocabulary lacks
// has no pieces. Any bytes are a text. The result is shared: do not change it.
func (s *Subwords) Split(text string) []string {
	if len(text) > maxMemoText {
		return s.split(text)
	}
	if pieces, ok := s.memo.Get(text); ok {
		return pieces
	}
	pieces := s.split(text)
	s.memo.Add(strings.Clone(text), pieces) // text may be a slice of a whole report
	return pieces
}

func (s *Subwords) split(text string) []string {
	var pieces []string
	for _, word := range strings.FieldsFunc(strings.ToLower(text), separates) {
		tokens, err := s.model.Tokenize(word)
		if err != nil {
			continue // only for a vocabulary without unknownPiece
		}
		for _, t := range tokens {
			if t.Value != unknownPiece {
				pieces = append(pieces, t.Value)
			}
		}
	}
	return pieces
}

// separates also holds for the replacement character, which is what invalid
// UTF-8 reads as: the tokenizer never sees any.
func separates(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// Write prints the vocabulary as ReadSubwords reads it.
func (s *Subwords) Write(out io.Writer, comment string) error {
	b := bufio.NewWriter(out)
	for _, line := range strings.Split(strings.TrimSpace(comment), "\n") {
		fmt.Fprintf(b, "# %s\n", line)
	}
	for _, p := range s.pieces {
		fmt.Fprintln(b, p)
	}
	return b.Flush()
}
