package verify

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/index"
)

// checkLines builds the lines again: one per exam with a code, or one per side
// where both sides are billed apart; in the order of the exams, or as a fee schedule pays them.
func (s *subject) checkLines(path string, c coding.Claim) {
	taken := make([]bool, len(c.Lines))
	inOrder, last := true, -1
	for i := range s.result.Exams {
		x := &s.result.Exams[i]
		if len(x.Procedures) == 0 {
			continue
		}
		want := [][]string{modifiersOf(x)}
		at := lineOf(c.Lines, taken, x.Procedures[0].Code, want[0])
		if at < 0 && slices.Contains(want[0], "50") {
			want = bySides(want[0])
			at = lineOf(c.Lines, taken, x.Procedures[0].Code, want[0])
		}
		for k, modifiers := range want {
			if k > 0 {
				at = lineOf(c.Lines, taken, x.Procedures[0].Code, modifiers)
			}
			if at < 0 {
				s.fail(path, "no line has code, modifiers and one unit of exam %d", i+1)
				continue
			}
			taken[at] = true
			inOrder = inOrder && at > last
			last = at
		}
	}
	if n := slices.Index(taken, false); n >= 0 {
		s.fail(fmt.Sprintf("%s.lines[%d]", path, n), "the line bills no exam")
	}
	fees := s.options.Tables.On(index.FeeTable, s.setting(), s.date)
	switch {
	case fees == nil && !inOrder:
		s.fail(path, "the lines are not in the order of the exams, and no fee schedule has another")
	case fees != nil && !slices.IsSortedFunc(c.Lines, func(a, b coding.Line) int {
		return cmp.Or(s.value(fees, &b)-s.value(fees, &a), cmp.Compare(a.Code, b.Code))
	}):
		s.fail(path, "the lines are not as the fee schedule pays them, the dearest first")
	}
	for n := range c.Lines {
		s.checkLine(fmt.Sprintf("%s.lines[%d]", path, n), c, &c.Lines[n])
	}
}

// lineOf finds a line that nothing was found for yet, -1 for none.
func lineOf(lines []coding.Line, taken []bool, code string, modifiers []string) int {
	for n := range lines {
		if !taken[n] && lines[n].Code == code && lines[n].Units == 1 && slices.Equal(lines[n].Modifiers, modifiers) {
			return n
		}
	}
	return -1
}

// checkLine checks what a line says beside its code. Pointers go up; the only exam has those that come first, of several
// each has some.
func (s *subject) checkLine(path string, c coding.Claim, l *coding.Line) {
	exams := 0
	for i := range s.result.Exams {
		if len(s.result.Exams[i].Procedures) > 0 {
			exams++
		}
	}
	room := min(len(c.Dx), maxPointers)
	wrong := len(l.Dx) > room || len(l.Dx) == 0 && room > 0 || len(s.result.Exams) == 1 && len(l.Dx) != room
	for k, n := range l.Dx {
		wrong = wrong || n < 1 || n > len(c.Dx) || k > 0 && n <= l.Dx[k-1] || len(s.result.Exams) == 1 && n != k+1
	}
	if wrong {
		s.fail(path, "the pointers are not those of a line of %d exams", exams)
	}
	if (l.Coverage.Status == coding.CoverageEdit) != (len(l.Coverage.Edits) > 0) {
		s.fail(path, "coverage is %q with %d edits", l.Coverage.Status, len(l.Coverage.Edits))
	}
}

// modifiersOf are the modifiers of the line of an exam.
func modifiersOf(x *coding.Exam) []string {
	modifiers := []string{}
	for _, m := range x.Modifiers {
		if len(modifiers) < maxModifiers {
			modifiers = append(modifiers, m.Code)
		}
	}
	return modifiers
}

func bySides(modifiers []string) [][]string {
	var out [][]string
	for _, side := range []string{"RT", "LT"} {
		one := slices.DeleteFunc(slices.Clone(modifiers), func(m string) bool { return m == "50" })
		out = append(out, append(one, side))
	}
	return out
}

// setting tells whose tables count.
func (s *subject) setting() index.Setting {
	if s.report.Meta.Component == "technical" && hospitals[s.report.Meta.PlaceOfService] {
		return index.Hospital
	}
	return index.Practitioner
}

// value is what a fee schedule pays of a line, in hundredths of relative value units.
func (s *subject) value(fees *index.PaymentTable, l *coding.Line) int {
	fee, _ := fees.Fee(l.Code, "", s.date)
	for _, code := range l.Modifiers {
		m := s.lex.Modifier(code)
		if m == nil || m.Class != "component" && m.Class != "reduced" {
			continue
		}
		if f, ok := fees.Fee(l.Code, code, s.date); ok {
			fee = f
			break
		}
	}
	if hospitals[s.report.Meta.PlaceOfService] {
		return fee.Facility
	}
	return fee.NonFacility
}
