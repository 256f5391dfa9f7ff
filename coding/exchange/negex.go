package exchange

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// negexKit reads the rows of the NegEx test kit (number, phrase, sentence,
// negation) and of its successor for ConText (also temporality and
// experiencer), with a header or without.
type negexKit struct {
	begun bool
}

// errHeader is the answer to the row that names the columns.
var errHeader = errors.New("header")

const (
	negexColumns   = 4
	contextColumns = 6
)

func (k *negexKit) example(x *AssertionExample, line string) error {
	cells := strings.Split(line, "\t")
	for len(cells) > negexColumns && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	for i := range cells {
		cells[i] = unquote(cells[i])
	}
	header := !k.begun && isNegexHeader(cells)
	k.begun = true
	switch {
	case header:
		return errHeader
	case len(cells) < negexColumns || len(cells) > contextColumns:
		return fmt.Errorf("%d columns; want number, phrase, sentence, negation, and perhaps temporality and experiencer", len(cells))
	}
	x.ID, x.Sentence, x.Negation = cells[0], cells[2], cells[3]
	if len(cells) > 4 {
		x.Temporality = cells[4]
	}
	if len(cells) > 5 {
		x.Experiencer = cells[5]
	}
	start, end, ok := locate(cells[1], x.Sentence)
	if !ok {
		return fmt.Errorf("the phrase %q does not stand in the sentence", cells[1])
	}
	x.Start, x.End = start, end
	return nil
}

// isNegexHeader tells names of columns from a first row of data.
func isNegexHeader(cells []string) bool {
	return len(cells) >= negexColumns && strings.EqualFold(cells[2], "sentence") && slices.ContainsFunc(cells[3:], func(c string) bool {
		return strings.EqualFold(c, "negation")
	})
}

// unquote removes spaces, and the quotation marks that spreadsheets put around
// a cell that holds some.
func unquote(cell string) string {
	cell = strings.TrimSpace(cell)
	if len(cell) >= 2 && cell[0] == '"' && cell[len(cell)-1] == '"' {
		return strings.TrimSpace(strings.ReplaceAll(cell[1:len(cell)-1], `""`, `"`))
	}
	return cell
}

// locate finds a phrase in a sentence, whatever the letter case and the white
// space between its words. The first place where it stands as whole words wins,
// else the first place.
func locate(phrase, sentence string) (start, end int, ok bool) {
	words := strings.Fields(phrase)
	if len(words) == 0 {
		return 0, 0, false
	}
	for i, w := range words {
		words[i] = regexp.QuoteMeta(strings.ToValidUTF8(w, "�"))
	}
	find, err := regexp.Compile(`(?i)` + strings.Join(words, `[\s\p{Z}]+`))
	if err != nil {
		return 0, 0, false // longer than regexp goes
	}
	all := find.FindAllStringIndex(sentence, -1)
	for _, at := range all {
		before, _ := utf8.DecodeLastRuneInString(sentence[:at[0]])
		after, _ := utf8.DecodeRuneInString(sentence[at[1]:])
		if !isWord(before) && !isWord(after) {
			return at[0], at[1], true
		}
	}
	if len(all) == 0 {
		return 0, 0, false
	}
	return all[0][0], all[0][1], true
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
