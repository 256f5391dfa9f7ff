package nlp

import (
	"unicode"
	"unicode/utf8"
)

// TokenKind is what a token is made of.
type TokenKind uint8

// Token kinds.
const (
	Word TokenKind = iota
	Number
	Punct
)

// Token is a word, a run of digits, or one punctuation mark.
type Token struct {
	Span
	Kind    TokenKind
	Word    WordID // 0 when no lexicon term holds the word
	Newline bool   // a line break stands before the token
	Blank   bool   // an empty line stands before the token
}

// Scan cuts text into tokens. Letters and the digits after them stay together
// (t2, l5); digits are cut from letters that follow (3 views in "3views", 10 cm
// in "10cm"). A decimal number is one token (8.5, 1,200 is three). A hyphen or
// apostrophe between letters is skipped, so x-ray is two words and the lexicon
// may write it either way; other marks are tokens of their own. Bytes that are
// not UTF-8 separate words.
func Scan(text string) []Token { return scanInto(nil, text) }

func scanInto(tokens []Token, text string) []Token {
	if tokens == nil {
		tokens = make([]Token, 0, len(text)/5+4)
	}
	newlines := 0
	add := func(start, end int, k TokenKind) {
		tokens = append(tokens, Token{Span: Span{start, end}, Kind: k, Newline: newlines > 0, Blank: newlines > 1})
		newlines = 0
	}
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c == '\n':
			newlines++
			i++
		case c == '\r':
			if i+1 >= len(text) || text[i+1] != '\n' {
				newlines++ // an old Macintosh line end, and HL7's segment end
			}
			i++
		case c == ' ' || c == '\t' || c == '\f' || c == '\v':
			i++
		case isDigit(c):
			end := scanNumber(text, i)
			add(i, end, Number)
			i = end
		case isLetter(c) || c >= utf8.RuneSelf:
			end := scanWord(text, i)
			if end == i { // a symbol or a broken byte
				_, size := utf8.DecodeRuneInString(text[i:])
				i += size
				continue
			}
			add(i, end, Word)
			i = end
		case skipsBetweenLetters(text, i):
			i++
		case c < ' ' || c == 0x7f:
			i++
		default:
			add(i, i+1, Punct)
			i++
		}
	}
	return tokens
}

func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func scanNumber(text string, i int) int {
	for i < len(text) && isDigit(text[i]) {
		i++
	}
	if i+1 < len(text) && text[i] == '.' && isDigit(text[i+1]) {
		for i++; i < len(text) && isDigit(text[i]); i++ {
		}
	}
	return i
}

// scanWord returns the end of the letters and trailing digits at i, or i when
// there is no letter.
func scanWord(text string, i int) int {
	digits := false
	for i < len(text) {
		c := text[i]
		switch {
		case isDigit(c):
			digits = true
			i++
		case isLetter(c):
			if digits {
				return i
			}
			i++
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRuneInString(text[i:])
			if r == utf8.RuneError && size <= 1 || digits || !unicode.IsLetter(r) && !unicode.IsMark(r) {
				return i
			}
			i += size
		default:
			return i
		}
	}
	return i
}

func skipsBetweenLetters(text string, i int) bool {
	c := text[i]
	if c != '-' && c != '\'' && c != '_' {
		return false
	}
	return i > 0 && i+1 < len(text) && (isLetter(text[i-1]) || text[i-1] >= utf8.RuneSelf) &&
		(isLetter(text[i+1]) || text[i+1] >= utf8.RuneSelf)
}
