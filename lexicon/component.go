package lexicon

// A WholeCode is billed in one piece: it takes neither modifier 26 nor TC.
type WholeCode struct {
	Code   string
	Kind   string // physician, professional, technical, global, incident, none: the PC/TC indicators 0, 2, 3, 4, 5 and 9
	Source Source
}

var wholeCodeColumns = []string{"code", "component"}

func wholeCodes(t table) ([]WholeCode, []Problem) {
	var out []WholeCode
	var problems []Problem
	for _, r := range t.rows {
		if err := oneOf("component", r.cells[1], "physician", "professional", "technical", "global", "incident", "none"); err != nil {
			problems = append(problems, Problem{r.src.File, r.src.Line, err.Error()})
		}
		out = append(out, WholeCode{r.cells[0], r.cells[1], r.src})
	}
	return out, problems
}

// SplitsComponents reports whether a code's professional and technical
// component can be billed apart (Medicare PC/TC indicator 1). Surgical codes never are.
func (l *Lexicon) SplitsComponents(code string) bool {
	if len(code) == 5 && code >= "10000" && code < "70000" && isDigit(code[4]) {
		return false
	}
	return !l.whole[code]
}
