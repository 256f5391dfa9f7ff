package lexicon

import "strings"

// An IndexWord says what a word or phrase of clinicians is called in the official
// tables of ICD-10-CM. A hyphen at one end of both cells makes them endings or
// beginnings of words.
type IndexWord struct {
	Said  string
	Index string // words of the index; for the drug table a circumstance
	Table string // "index", "external", "drug"
	Source
}

var indexWordColumns = []string{"said", "index", "table"}

func indexWords(t table) ([]IndexWord, []Problem) {
	out := make([]IndexWord, 0, len(t.rows))
	var problems []Problem
	for _, r := range t.rows {
		w := IndexWord{r.cells[0], r.cells[1], r.cells[2], r.src}
		if err := oneOf("table", w.Table, "index", "external", "drug"); err != nil {
			problems = append(problems, problemAt(r.src, "%s", err))
		}
		out = append(out, w)
	}
	return out, problems
}

// circumstances are the columns of the table of drugs and chemicals.
var circumstances = []string{"poisoning", "accidental", "self_harm", "assault", "undetermined", "adverse_effect", "underdosing"}

func lintIndexWords(l *Lexicon) []Problem {
	var out []Problem
	for _, w := range l.IndexWords {
		if w.Table == "drug" {
			if err := oneOf("index", w.Index, circumstances...); err != nil {
				out = append(out, problemAt(w.Source, "%s", err))
			}
		}
		for _, cell := range []string{w.Said, w.Index} {
			if cell == "" || cell != strings.ToLower(cell) {
				out = append(out, problemAt(w.Source, "%q: want words in lower case", cell))
			}
		}
		if w.Table == "index" && w.Said == w.Index {
			out = append(out, problemAt(w.Source, "%q stands for itself", w.Said))
		}
		if part(w.Said) != part(w.Index) {
			out = append(out, problemAt(w.Source, "%q and %q: a hyphen at one end of both or of none", w.Said, w.Index))
		}
	}
	return out
}

// part tells endings and beginnings of words from words.
func part(cell string) string {
	switch {
	case strings.HasPrefix(cell, "-"):
		return "ending"
	case strings.HasSuffix(cell, "-"):
		return "beginning"
	}
	return ""
}
