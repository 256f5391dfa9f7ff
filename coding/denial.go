package coding

import "github.com/radcode/radcode/lexicon"

// CARC returns the claim adjustment reason codes with which a payer would answer a claim on which a flag
// stands, the smallest first; none for flags that no payer sees. Why stands in lexicon/data/carc.tsv, which
// (*lexicon.Lexicon).DenialsOf reads.
func CARC(flag string) []string {
	lex, err := lexicon.Default()
	if err != nil {
		return nil // the embedded tables are tested
	}
	var out []string
	for _, d := range lex.DenialsOf(flag) {
		out = append(out, d.CARC)
	}
	return out
}
