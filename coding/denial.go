package coding

import "github.com/radcode/radcode/lexicon"

// CARC returns the claim adjustment reason codes with which a payer would answer a claim on which a flag
// stands, the smallest first; none for flags that no payer sees. What the codes mean is in
// lexicon.DenialReasons.
func CARC(flag string) []string {
	lex, err := lexicon.Default()
	if err != nil {
		return nil // the embedded tables are tested
	}
	return lex.DenialsOf(flag)
}
