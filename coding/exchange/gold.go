package exchange

import (
	"slices"
	"strings"
)

// Accepts says whether a code counts as this gold code: the code itself, or one
// that begins with an entry of Accept. Dots are ignored.
func (g GoldCode) Accepts(code string) bool {
	bare := func(s string) string { return strings.ReplaceAll(s, ".", "") }
	code = bare(code)
	return bare(g.Code) == code || slices.ContainsFunc(g.Accept, func(prefix string) bool { return strings.HasPrefix(code, bare(prefix)) })
}
