package nlp

import "github.com/radcode/radcode/lexicon"

// letters says how a text uses capitals. Only in a mixed one do they tell an
// abbreviation from a word, or the beginning of a sentence from its middle.
type letters uint8

const (
	mixedLetters letters = iota
	smallLetters         // typed without capitals
	bigLetters           // typed in capitals throughout
)

// A text without capitals may have one in a hundred letters, one in capitals one
// in twenty small letters: units, or a name from a template.
const (
	maxCapitals = 100
	maxSmall    = 20
)

func lettersOf(text string) letters {
	big, small := 0, 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case 'A' <= c && c <= 'Z':
			big++
		case 'a' <= c && c <= 'z':
			small++
		}
	}
	switch all := big + small; {
	case big*maxCapitals < all:
		return smallLetters
	case small*maxSmall < all:
		return bigLetters
	}
	return mixedLetters
}

// Words that are also short terms: "be" is a barium enema in an exam name, cm
// are centimetres. Where capitals tell nothing they are words; "us" is one only
// in small letters, for exams are named in capitals.
var (
	commonWords = lexicon.WordList("common")
	smallWords  = lexicon.WordList("common_small")
)

// isWord reports whether a short term is more likely the word in this text.
func (d *Document) isWord(word string) bool {
	return commonWords[word] || d.letters == smallLetters && smallWords[word]
}
