package coding

import (
	"slices"
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
	"breasts": nlp.Bilateral, "bilt": nlp.Bilateral, "bila": nlp.Bilateral, "bltrl": nlp.Bilateral, "biltrl": nlp.Bilateral,
}

// sideOf returns the side that a word of an exam name says. What begins like bilateral is that, however it ends:
// "bilate", "bilatrl", "bilateralw/".
func sideOf(word string) nlp.Side {
	if strings.HasPrefix(word, "bilat") {
		return nlp.Bilateral
	}
	return titleSides[word]
}

// unilateralWords say that one side was examined without saying which.
var unilateralWords = lexicon.WordList("unilateral")

func isUnilateral(word string) bool {
	return strings.HasPrefix(word, "unilat") || unilateralWords[word]
}

// ledgerWords are what charge masters put before and after an exam name; they
// say who bills, not what was done.
var ledgerWords = lexicon.WordList("ledger")

// factsOfTitle reads everything an exam name states.
func (e *Engine) factsOfTitle(title string, source string) Facts {
	d := e.reader.ReadTitle(title)
	f := e.factsIn(d, 0, len(d.Tokens), "title", source)
	e.readName(d, &f, "title", source)
	return f
}

// readName adds to the facts of a document that is an exam name what only names say.
func (e *Engine) readName(d *nlp.Document, f *Facts, section, source string) {
	e.readDepartment(d, f, section, source)
	e.readVessels(f)
	e.readContrastStudy(f)
	e.readMyelogram(f)
	e.readUltrasound(d, f, section, source)
	e.readNuclear(f)
	f.Words, f.Grams = e.titleWords(d), titleGrams(d.Text)
}

// factsIn reads the facts from the tokens [first, last) of a document and the
// mentions that lie in them.
func (e *Engine) factsIn(d *nlp.Document, first, last int, section, source string) Facts {
	var f Facts
	evidence := func(s nlp.Span) Evidence { return Evidence{s.Start, s.End, section, source} }
	var contrasts, views []nlp.Mention
	for _, m := range d.Mentions {
		if m.Problem != nil || m.First < first || m.Last > last || !trusted(d, m) || e.misread(d, m) {
			continue
		}
		switch m.Axis {
		case lexicon.Contrast:
			if e.isContrast(d, m, last) && !e.leftOut(d, m.Last) {
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
	e.compound(&f)
	f.Contrast = e.contrastState(d, contrasts, last)
	if d.Report.Exam != "" {
		e.addImplied(&f)
	}
	e.readViews(d, &f, first, last, views, evidence)
	e.readSide(d, &f, first, last, evidence)
	e.readRadiotherapy(d, &f, first, last, evidence)
	return f
}

// trusted keeps modalities of running text to the words that name one there:
// exam names say "biometry" for an ultrasound of the eye, reports do not.
func trusted(d *nlp.Document, m nlp.Mention) bool {
	return d.Report.Exam != "" || m.Axis != lexicon.Modality || m.Layer == nlp.PictureLayer
}

func (e *Engine) readSide(d *nlp.Document, f *Facts, first, last int, evidence func(nlp.Span) Evidence) {
	for i := first; i < last; i++ {
		w := d.Words(i)
		f.OneSided = f.OneSided || (isUnilateral(w) || e.oneOfTwo(d, i)) && d.Report.Exam != ""
		side := sideOf(w)
		if side == nlp.Unstated {
			side = sideOf(e.reader.Spelling(d.Tokens[i]))
		}
		if side == nlp.Unstated || d.Tokens[i].Kind != nlp.Word || e.viewFollows(d, i) || notASide(d, i) {
			continue
		}
		f.SideAt = append(f.SideAt, evidence(d.Tokens[i].Span))
		if f.Side != nlp.Unstated && f.Side != side {
			side = nlp.Bilateral
		}
		f.Side = side
	}
	e.readCutSide(d, f, last, evidence)
	if f.OneSided && f.Side == nlp.Bilateral {
		f.Side, f.SideAt, f.OneSided = nlp.Unstated, nil, false // "uni/bil": whichever it is, the code is the same
	}
}

// readCutSide reads the letter of a side on which the field of a breast exam's
// name ends: the codes of breasts come as unilateral and bilateral.
func (e *Engine) readCutSide(d *nlp.Document, f *Facts, last int, evidence func(nlp.Span) Evidence) {
	if last == 0 || d.Report.Exam == "" || f.Side != nlp.Unstated || !e.hasRegion(f, "breast") {
		return
	}
	switch d.Words(last - 1) {
	case "u", "un":
		f.OneSided = true
	case "b":
		f.Side, f.SideAt = nlp.Bilateral, []Evidence{evidence(d.Tokens[last-1].Span)}
	}
}

// oneOfTwo reads "one breast" and "1 leg": a paired body part that is counted.
func (e *Engine) oneOfTwo(d *nlp.Document, i int) bool {
	if w := d.Words(i); w != "one" && w != "1" {
		return false
	}
	return slices.ContainsFunc(d.Mentions, func(m nlp.Mention) bool {
		return m.First == i+1 && m.Axis == lexicon.Region && e.lex.Concept(m.Concept).Paired
	})
}

// notASide reports a single letter that is part of something else: the l of "l spine" and "l/t 3 views", the
// r of "r/s" (rest and stress).
func notASide(d *nlp.Document, i int) bool {
	if d.Tokens[i].Len() != 1 {
		return false
	}
	return i+2 < len(d.Tokens) && d.Words(i+1) == "/" && d.Words(i+2) == "t" ||
		slices.ContainsFunc(d.Mentions, func(m nlp.Mention) bool {
			holds := m.First <= i && i < m.Last
			return holds && (m.Axis == lexicon.Region || m.Axis == lexicon.Technique && m.Last-m.First > 1)
		})
}

// viewFollows tells "both obliques" and "chest left lateral" from a side of the body: the side word belongs to a
// projection. Before a projection of a paired body part it says which of the two.
func (e *Engine) viewFollows(d *nlp.Document, i int) bool {
	paired := false
	for _, m := range d.Mentions {
		paired = paired || m.Axis == lexicon.Region && e.lex.Concept(m.Concept).Paired
	}
	for _, m := range d.Mentions {
		if m.Axis == lexicon.View && !splitLateral(d, m) && (m.First == i+1 && !paired || m.First <= i && i < m.Last) {
			return true
		}
	}
	return false
}

// titleWords are the features of the learned ranker: lower-case words, the
// lexicon's spelling where the reader corrected one, without ledger words; the pairs of
// neighbours; and the pieces of words that the lexicon does not hold as written: its spelling
// is a guess then. The chest of "ribs w/o chest" is no word for a chest film.
func (e *Engine) titleWords(d *nlp.Document) []string {
	words := make([]string, 0, 2*len(d.Tokens))
	var pieces []string
	for i, t := range d.Tokens {
		if t.Kind == nlp.Punct && d.Words(i) != "<" && d.Words(i) != ">" || e.leftOut(d, i) {
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
