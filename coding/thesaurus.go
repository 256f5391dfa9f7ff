package coding

import (
	"fmt"

	"github.com/radcode/radcode/index"
	"github.com/radcode/radcode/lexicon"
)

// Thesaurus says what clinicians' words are called in the official tables: the rows of
// index_words.tsv and the lexicon's diagnosis terms of one meaning. Names of body parts are not taken from anatomy.tsv:
// there a fibroid is the uterus. Making it takes some 0.1 s.
func Thesaurus(lex *lexicon.Lexicon) *index.Thesaurus {
	return index.NewThesaurus(indexWordings(lex), meanings(lex))
}

var tables = map[string]index.Table{"index": index.Alphabetic, "external": index.External, "drug": index.Drugs}

func indexWordings(lex *lexicon.Lexicon) []index.Wording {
	out := make([]index.Wording, len(lex.IndexWords))
	for i, w := range lex.IndexWords {
		out[i] = index.Wording{Said: w.Said, Index: w.Index, Table: tables[w.Table]}
	}
	return out
}

// maxSynonyms bounds the terms of one meaning: those of more are collections ("a past
// operation"), not names of one thing.
const maxSynonyms = 60

// meanings are the groups of diagnosis terms that mean the same, in order.
func meanings(lex *lexicon.Lexicon) []index.Group {
	groups, codes := map[string][]string{}, map[string]string{}
	var keys []string
	for i := range lex.DiagnosisTerms {
		t := &lex.DiagnosisTerms[i]
		key := fmt.Sprint(t.Concept, t.Site, t.With)
		if c, ok := lex.Diagnose(lexicon.Finding{Concept: t.Concept, Site: t.Site, With: t.With}); ok {
			codes[key] = c.Code
		}
		if groups[key] == nil {
			keys = append(keys, key)
		}
		groups[key] = append(groups[key], lex.DiagnosisTerms[i].Text)
	}
	var out []index.Group
	for _, key := range keys {
		if terms := groups[key]; len(terms) > 1 && len(terms) <= maxSynonyms {
			out = append(out, index.Group{Terms: terms, Code: codes[key]})
		}
	}
	return out
}
