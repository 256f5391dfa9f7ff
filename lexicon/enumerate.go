package lexicon

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// A DiagnosisCode is one code that a row can produce, with a title for lists
// and searching: the row's title and what the slots were filled with. Side and
// Encounter are the values of those slots, Rest the words of the others; all are
// empty for a row without such a slot.
type DiagnosisCode struct {
	Code, Title           string
	Side, Encounter, Rest string
}

// Enumerate returns every code the row can produce. Two choices that give the
// same code ("bilateral" where only unspecified exists) are one code; the first stands.
func (l *Lexicon) Enumerate(d *Diagnosis) []DiagnosisCode {
	if len(d.Pattern.parts) == 0 {
		return nil
	}
	type partial struct {
		DiagnosisCode
		side  string // as the title says it
		words []string
	}
	all := []partial{{}}
	for _, p := range d.Pattern.parts {
		var next []partial
		for _, x := range all {
			if p.slot == nil {
				x.Code += p.literal
				next = append(next, x)
				continue
			}
			for _, v := range p.slot.Values {
				y := x
				y.Code += v.Chars
				word := l.slotWord(v)
				switch p.slot.Dimension {
				case "side":
					y.Side = v.Value
				case "encounter":
					y.Encounter = v.Value
				default:
					y.Rest += word + "|"
				}
				switch {
				case word == "":
				case p.slot.Dimension == "side":
					y.side = word + " "
				default:
					y.words = append(x.words[:len(x.words):len(x.words)], word)
				}
				next = append(next, y)
			}
		}
		all = next
	}
	var out []DiagnosisCode
	seen := map[string]bool{}
	for _, x := range all {
		if seen[x.Code] {
			continue
		}
		seen[x.Code] = true
		title := strings.Join(strings.Fields(strings.ReplaceAll(d.Title, "{side}", x.side)), " ")
		x.Title = strings.Join(append([]string{title}, x.words...), ", ")
		out = append(out, x.DiagnosisCode)
	}
	return out
}

// slotWord is how a title says what a slot was filled with: nothing for
// unspecified.
func (l *Lexicon) slotWord(v SlotValue) string {
	if v.Concept != 0 {
		return l.Concept(v.Concept).Title
	}
	if v.Value == "unspecified" {
		return ""
	}
	return v.Value
}

// Digest returns the SHA-256 of embedded data files, in hexadecimal: the names
// and bytes in the order given.
func Digest(files ...string) (string, error) {
	h := sha256.New()
	for _, name := range files {
		data, err := embedded.ReadFile("data/" + name)
		if err != nil {
			return "", fmt.Errorf("lexicon: %w", err)
		}
		fmt.Fprintf(h, "%s %d\n", name, len(data))
		h.Write(data) // a hash does not fail
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
