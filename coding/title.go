package coding

import (
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// titleSides are the side words of exam names. The single letters count only in
// exam names; in running text nlp decides.
var titleSides = map[string]nlp.Side{
	"left": nlp.Left, "lt": nlp.Left, "l": nlp.Left, "lft": nlp.Left, "lef": nlp.Left,
	"right": nlp.Right, "rt": nlp.Right, "r": nlp.Right, "rgt": nlp.Right, "rig": nlp.Right, "righ": nlp.Right,
	"bilat": nlp.Bilateral, "bilateral": nlp.Bilateral, "bil": nlp.Bilateral, "bi": nlp.Bilateral, "both": nlp.Bilateral,
	"bilate": nlp.Bilateral, "bilater": nlp.Bilateral, "bilatera": nlp.Bilateral, "bilt": nlp.Bilateral, "bila": nlp.Bilateral,
}

// unilateralWords say that one side was examined without saying which.
var unilateralWords = lexicon.WordList("unilateral")

// ledgerWords are what charge masters put before and after an exam name; they
// say who bills, not what was done.
var ledgerWords = lexicon.WordList("ledger")

// factsOfTitle reads everything an exam name states.
func (e *Engine) factsOfTitle(title string, source string) Facts {
	d := e.reader.ReadTitle(title)
	f := e.factsIn(d, 0, len(d.Tokens), "title", source)
	f.Words, f.Grams = e.titleWords(d), titleGrams(d.Text)
	return f
}

// factsIn reads the facts from the tokens [first, last) of a document and the
// mentions that lie in them.
func (e *Engine) factsIn(d *nlp.Document, first, last int, section, source string) Facts {
	var f Facts
	evidence := func(s nlp.Span) Evidence { return Evidence{s.Start, s.End, section, source} }
	var contrasts, views []nlp.Mention
	for _, m := range d.Mentions {
		if m.Problem != nil || m.First < first || m.Last > last || !trusted(d, m) {
			continue
		}
		switch m.Axis {
		case lexicon.Contrast:
			if e.isContrast(d, m, last) {
				contrasts = append(contrasts, m)
				f.add(m.Axis, m.Concept, evidence(m.Span))
			}
		case lexicon.Appearance:
		case lexicon.View:
			views = append(views, m)
			f.add(m.Axis, m.Concept, evidence(m.Span))
		default:
			f.add(m.Axis, m.Concept, evidence(m.Span))
		}
	}
	f.Contrast = e.contrastState(contrasts)
	e.readViews(d, &f, first, last, views, evidence)
	readSide(d, &f, first, last, evidence)
	return f
}

// trusted keeps modalities of running text to the words that name one there:
// exam names say "biometry" for an ultrasound of the eye, reports do not.
func trusted(d *nlp.Document, m nlp.Mention) bool {
	return d.Report.Exam != "" || m.Axis != lexicon.Modality || m.Layer == nlp.PictureLayer
}

// isContrast tells "CT chest w" from "hip w pelvis": a bare with or without is
// about contrast unless it introduces something else.
func (e *Engine) isContrast(d *nlp.Document, m nlp.Mention, last int) bool {
	if m.Last-m.First > 2 || !bareWith[d.Words(m.First)] {
		return true
	}
	i := m.Last
	for i < last && d.Tokens[i].Kind == nlp.Punct && d.Words(i) != "(" && d.Words(i) != "," && d.Words(i) != ";" {
		i++
	}
	if i >= last || d.Tokens[i].Kind != nlp.Word {
		return true
	}
	w := d.Words(i)
	if titleSides[w] != nlp.Unstated || unilateralWords[w] || bareWith[w] || ledgerWords[w] || w == "iv" || w == "and" || w == "or" {
		return true
	}
	for _, o := range d.Mentions {
		if o.First == i && o.Problem == nil {
			return o.Axis == lexicon.Contrast
		}
	}
	return false
}

// bareWith are the first words of contrast terms that have other uses.
var bareWith = lexicon.WordList("bare_with")

// contrastState folds the contrast mentions of one exam: with and without
// together are the two-phase study.
func (e *Engine) contrastState(ms []nlp.Mention) string {
	with, without, agent := false, false, false
	for _, m := range ms {
		switch e.lex.Concept(m.Concept).Name {
		case "agent":
			agent = agent || m.Len() > 2
		case "with":
			with = true
		case "without":
			without = true
		case "without_with":
			return "without_with"
		}
	}
	switch {
	case with && without:
		return "without_with"
	case with:
		return "with"
	case without:
		return "without"
	case agent: // "CT chest contrast"
		return "with"
	}
	return ""
}

// readViews prefers a stated count; else the named projections are counted,
// each once.
func (e *Engine) readViews(d *nlp.Document, f *Facts, first, last int, named []nlp.Mention, evidence func(nlp.Span) Evidence) {
	if v, span, ok := countViews(d, first, last); ok {
		v.Evidence = []Evidence{evidence(span)}
		f.Views = v
		return
	}
	seen := map[lexicon.ConceptID]bool{}
	for _, m := range named {
		if !seen[m.Concept] {
			seen[m.Concept] = true
			f.Views.Min++
			f.Views.Evidence = append(f.Views.Evidence, evidence(m.Span))
		}
	}
	f.Views.Max = f.Views.Min
}

func readSide(d *nlp.Document, f *Facts, first, last int, evidence func(nlp.Span) Evidence) {
	for i := first; i < last; i++ {
		w := d.Words(i)
		side := titleSides[w]
		if side == nlp.Unstated || d.Tokens[i].Kind != nlp.Word || viewFollows(d, i) {
			continue
		}
		f.SideAt = append(f.SideAt, evidence(d.Tokens[i].Span))
		if f.Side != nlp.Unstated && f.Side != side {
			side = nlp.Bilateral
		}
		f.Side = side
	}
}

// viewFollows tells "both obliques" and "left lateral" from a side of the body:
// the side word belongs to a projection.
func viewFollows(d *nlp.Document, i int) bool {
	for _, m := range d.Mentions {
		if m.Axis == lexicon.View && (m.First == i+1 || m.First <= i && i < m.Last) {
			return true
		}
	}
	return false
}

// titleWords are the features of the learned ranker: lower-case words, the
// lexicon's spelling where the reader corrected one, without ledger words; the pairs of
// neighbours; and the pieces of words that the lexicon does not hold as written: its spelling
// is a guess then.
func (e *Engine) titleWords(d *nlp.Document) []string {
	words := make([]string, 0, 2*len(d.Tokens))
	var pieces []string
	for i, t := range d.Tokens {
		if t.Kind == nlp.Punct && d.Words(i) != "<" && d.Words(i) != ">" {
			continue
		}
		written := strings.ToLower(t.Of(d.Text))
		spelling := e.reader.Spelling(t)
		w := spelling
		if w == "" {
			w = written
		}
		if ledgerWords[w] || t.Kind == nlp.Number && t.Len() > 3 {
			continue
		}
		words = append(words, w)
		if t.Kind == nlp.Word && spelling != written {
			pieces = e.appendPieces(pieces, written)
		}
	}
	return append(appendPairs(words, words), pieces...)
}
