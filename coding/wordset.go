package coding

import "github.com/radcode/radcode/nlp"

// wordSet tells most words that are not in it from their first and last letter
// and their length, without making a string of the token. Rules that look at every word of every
// report ask it first.
type wordSet [26 * 26 * wordSetLengths / 64]uint64

const wordSetLengths = 16

func (s *wordSet) add(word string) {
	if key := wordKey(word); key >= 0 {
		s[key/64] |= 1 << (key % 64)
	}
}

// mayHold reports whether the letters of a token may be in the set.
func (s *wordSet) mayHold(text string, t *nlp.Token) bool {
	if t.Kind != nlp.Word {
		return false
	}
	key := wordKey(text[t.Start:t.End])
	return key >= 0 && s[key/64]&(1<<(key%64)) != 0
}

// wordKey is the place of a word in the set, -1 for a word with other letters
// than those of English at its ends. Digits at the end do not count.
func wordKey(word string) int {
	n := len(word)
	for n > 0 && word[n-1] <= '9' {
		n--
	}
	if n == 0 {
		return -1
	}
	first, last := int(word[0]|0x20)-'a', int(word[n-1]|0x20)-'a'
	if first < 0 || first > 25 || last < 0 || last > 25 {
		return -1
	}
	return (first*26+last)*wordSetLengths + min(n, wordSetLengths-1)
}
