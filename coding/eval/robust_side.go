package eval

import (
	"regexp"
	"slices"
	"strings"

	"github.com/radcode/radcode/lexicon"
)

var sideOperators = []Operator{
	{
		ID: "swap_side", Kind: Directional,
		Doc:   "left and right change places everywhere: modifiers and sided diagnoses become their mirror, all else stays",
		Apply: swapSide,
	},
}

// mirrorWords are the words of the sides, each with its mirror.
var mirrorWords = mirrored([][2]string{
	{"right", "left"}, {"rights", "lefts"}, {"rt", "lt"}, {"rightward", "leftward"}, {"rul", "lul"}, {"rll", "lll"}, {"ruq", "luq"}, {"rlq", "llq"},
	{"rue", "lue"}, {"rle", "lle"}, {"dextroscoliosis", "levoscoliosis"}, {"dextroconvex", "levoconvex"}, {"dextrocurvature", "levocurvature"},
	{"rica", "lica"}, {"rcca", "lcca"}, {"od", "os"},
})

func mirrored(pairs [][2]string) map[string]string {
	m := map[string]string{}
	for _, p := range pairs {
		m[p[0]], m[p[1]] = p[1], p[0]
	}
	return m
}

var (
	sideWord = regexp.MustCompile(`(?i)\b(?:right|left)(?:s|ward)?\b|\b(?:rt|lt|rul|lul|rll|lll|ruq|luq|rlq|llq|rue|lue|rle|lle|rica|lica|rcca|lcca)\b|\b(?:dextro|levo)(?:scoliosis|convex|curvature)\b|\b(?:OD|OS)\b`)

	// sideLetter is R or L as coders of exam names use it: in brackets, or before
	// a body part. Initials, vertebrae and R/O are none.
	sideLetter = regexp.MustCompile(`\((?:R|L)\)|\b(?:R|L) (?i:shoulder|humerus|elbow|forearm|wrist|hand|finger|thumb|hip|femur|thigh|knee|tibia|leg|ankle|foot|toe|heel|breast|kidney|lung)\b`)

	// notSide is left and right in another sense.
	notSide = regexp.MustCompile(`(?i)\b(?:patient|he|she|was|were|been|being) left\b|\bleft (?:in (?:place|situ|good)|the (?:department|hospital|room)|against|untreated)\b|\bright (?:away|now|after|before)\b|\ball right\b`)

	// oneSided are organs and lobes that have no mirror: to swap their side would
	// name another organ or none.
	oneSided = regexp.MustCompile(`(?i)\b(?:right|left|rt|lt)[ -](?:sided )?(?:heart|atri|ventric|main (?:coronary|pulmonary)|anterior descending|circumflex|coronary|bundle|middle|colon|hemicolon|hemicolectomy|gastric|hepatic|lobe of the liver|subclavian|brachiocephalic|aortic|arch)|\b(?:RML|LAD|LVEF|LVH|RVH|LV|RV|lingula\w*)\b`)
)

func swapSide(p *Perturbation) {
	if oneSided.MatchString(p.Report.Exam + "\n" + p.Report.Text) {
		return
	}
	want, ok := mirrorOf(p.know.mirrors, p.Answer)
	if !ok {
		return
	}
	p.Add(p.rewritten(swapSides), want)
}

// swapSides changes left and right in a text.
func swapSides(s string) string {
	keep := notSide.FindAllStringIndex(s, -1)
	var edits []edit
	for _, m := range append(sideWord.FindAllStringIndex(s, -1), sideLetter.FindAllStringIndex(s, -1)...) {
		if slices.ContainsFunc(keep, func(k []int) bool { return k[0] <= m[0] && m[1] <= k[1] }) {
			continue
		}
		var e edit
		e.Start, e.End = m[0], m[1]
		old := s[m[0]:m[1]]
		if mirror, known := mirrorWords[strings.ToLower(old)]; known {
			e.text = inCaseOf(old, mirror)
		} else {
			e.text = swapLetter.Replace(old)
		}
		edits = append(edits, e)
	}
	return apply(s, edits)
}

var swapLetter = strings.NewReplacer("(R)", "(L)", "(L)", "(R)", "R ", "L ", "L ", "R ")

// mirrorModifiers are the modifiers of sides (CMS: RT, LT, E1-E4, FA-F9, TA-T9).
var mirrorModifiers = mirrored([][2]string{
	{"RT", "LT"}, {"E1", "E3"}, {"E2", "E4"}, {"FA", "F5"}, {"F1", "F6"}, {"F2", "F7"}, {"F3", "F8"}, {"F4", "F9"},
	{"TA", "T5"}, {"T1", "T6"}, {"T2", "T7"}, {"T3", "T8"}, {"T4", "T9"},
})

// mirrorOf mirrors an answer. It is not ok when nothing in it has a side, or
// when a diagnosis is not in the lexicon, so that its mirror is not known.
func mirrorOf(mirrors map[string]string, a Prediction) (Expectation, bool) {
	before := judged(a)
	want := Expectation{CPT: []string{}, ICD10CM: []string{}}
	for _, c := range a.CPT {
		modifiers := slices.Clone(c.Modifiers)
		for i, m := range modifiers {
			if mirror, sided := mirrorModifiers[m]; sided {
				modifiers[i] = mirror
			}
		}
		want.CPT = append(want.CPT, withModifiers(c.Code, modifiers))
	}
	for _, code := range before.ICD10CM {
		mirror, known := mirrors[code]
		if !known {
			return want, false
		}
		want.ICD10CM = append(want.ICD10CM, mirror)
	}
	slices.Sort(want.CPT)
	slices.Sort(want.ICD10CM)
	return want, !slices.Equal(want.CPT, before.CPT) || !slices.Equal(want.ICD10CM, before.ICD10CM)
}

// readMirrors maps every diagnosis code of a lexicon to the code of the other
// side, or to itself when it knows no side: the code whose title says right where
// this one says left, of the same row if it has one, else of the same concept. A
// code whose mirror cannot be told by its title has no entry.
func readMirrors(lex *lexicon.Lexicon) map[string]string {
	type name struct{ concept, title string }
	byName := map[name]string{}
	for i := range lex.Diagnoses {
		for _, c := range lex.Enumerate(&lex.Diagnoses[i]) {
			byName[name{lex.Diagnoses[i].Concept, c.Title}] = c.Code
		}
	}
	mirrors, ambiguous := map[string]string{}, map[string]bool{}
	for i := range lex.Diagnoses {
		d := &lex.Diagnoses[i]
		byTitle := map[string]string{}
		codes := lex.Enumerate(d)
		for _, c := range codes {
			if other, dup := byTitle[c.Title]; dup {
				ambiguous[c.Code], ambiguous[other] = true, true
			}
			byTitle[c.Title] = c.Code
		}
		for _, c := range codes {
			mirror, title := c.Code, swapSides(c.Title)
			if other, found := byTitle[title]; found {
				mirror = other
			} else if other, found := byName[name{d.Concept, title}]; found {
				mirror = other
			}
			if _, done := mirrors[c.Code]; !done || mirror != c.Code {
				mirrors[c.Code] = mirror
			}
		}
	}
	known := map[string]string{}
	for code, mirror := range mirrors {
		if mirrors[mirror] == code && (mirror != code || !ambiguous[code]) {
			known[code] = mirror
		}
	}
	return known
}
