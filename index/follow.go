package index

import (
	"regexp"
	"slices"
	"strings"
)

// noReference is what the index says at adjectives: look up the noun.
const noReference = "condition"

// bracketed are words of a reference that may be absent at its target.
var bracketed = regexp.MustCompile(`\s*\([^)]*\)`)

// follow goes where a reference points: as far as the index has the entry, the rest
// of its words being granted.
func (w *walker) follow(target string, at spot) {
	at.references++
	at.steps = append(slices.Clip(at.steps), "see "+target)
	if rest, ok := strings.CutPrefix(target, "Table of Neoplasms"); ok {
		target = "Neoplasm" + rest
		if rest == "" {
			target = "Neoplasm, unspecified behavior"
		}
	}
	if site, column, ok := NeoplasmReference(target); ok {
		w.followNeoplasm(site, column, at)
		return
	}
	parts := slices.DeleteFunc(strings.Split(bracketed.ReplaceAllString(target, ""), ","), func(p string) bool { return strings.HasPrefix(strings.TrimSpace(p), "by ") })
	for n := len(parts); n > 0; n-- {
		rows := w.r.referred(w.table, strings.Join(parts[:n], ","))
		if rows == nil {
			continue
		}
		at.granted = contentWords(strings.Join(parts[n:], " "))
		at.covered |= w.p.mask(contentWords(strings.Join(parts[:n], " "))...)
		for _, row := range rows {
			w.visit(row, at)
		}
		return
	}
}

// spoken are the words for columns of the neoplasm table that overrule a reference
// to malignant or unspecified ones.
var spoken = []struct {
	word   string
	column Behavior
}{
	{"metastasis", MalignantSecondary}, {"metastatic", MalignantSecondary}, {"secondary", MalignantSecondary},
	{"situ", InSitu}, {"benign", Benign}, {"uncertain", Uncertain}, {"malignant", MalignantPrimary},
}

// followNeoplasm looks a site up in the table of neoplasms.
func (w *walker) followNeoplasm(site string, column Behavior, at spot) {
	at.column = int(column)
	if column == MalignantPrimary || column == Unspecified {
		for _, s := range spoken {
			if bit := w.p.bits[s.word]; bit != 0 {
				at.column, at.covered = int(s.column), at.covered|bit
				break
			}
		}
	}
	at.covered |= w.p.mask("neoplasm", "behavior", "primary")
	at.granted = contentWords(site)
	for _, head := range w.r.mains(Neoplasms, "neoplasm, neoplastic") {
		rows := []int{head}
		if site != "" {
			if below := w.r.below(head, site); below != nil {
				rows = w.titledFirst(below, site)
			}
		}
		for _, row := range rows {
			w.visit(row, at)
		}
	}
}

// titledFirst keeps the rows whose title begins with the last part of a reference, where
// there are such: "lung" means "lung" before "lingula, lung".
func (w *walker) titledFirst(rows []int, target string) []int {
	last := termKey(target[strings.LastIndex(target, ",")+1:])
	var out []int
	for _, row := range rows {
		if strings.HasPrefix(bareKey(w.r.flat.text(secTerms, row, colTitle)), last) {
			out = append(out, row)
		}
	}
	if out == nil {
		return rows
	}
	return out
}

// metastasis goes to the column of secondary neoplasms: the index sends there from
// "deposits" and "spread", which nobody says.
func (w *walker) metastasis() {
	if said := w.p.mask("metastasis", "metastatic"); said != 0 {
		w.follow("Neoplasm, secondary, by site", spot{covered: said, named: said, head: w.heads(said), steps: []string{"Metastasis, metastatic"}})
	}
}
