package audit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/eval"
	"github.com/radcode/radcode/coding/exchange"
)

// service is one study of one side: a line for both sides is two of them, so that
// 73130-50 and 73130-RT with 73130-LT are the same.
type service struct {
	code   string
	side   string   // RT, LT or ""
	others []string // modifiers but for sides
	units  int
	line   int          // 1-based, of the claim or of ours
	half   bool         // of a line for both sides
	ours   bool         // of the report's claim, not of the one billed
	name   string       // as the line was written
	exam   *coding.Exam // ours: what was read; nil for a line that stands for no exam
}

func expand(l exchange.CodedLine, line int) []service {
	s := service{code: l.Code, units: l.Units, line: line, name: l.Name()}
	right, left := false, false
	for _, m := range l.Modifiers {
		switch m {
		case "RT":
			right = true
		case "LT":
			left = true
		case "50":
			right, left = true, true
		default:
			s.others = append(s.others, m)
		}
	}
	if right && left {
		a, b := s, s
		a.side, b.side, a.half, b.half = "RT", "LT", true, true
		a.units, b.units = 1, 1 // 50 is billed with one unit or two, both mean two sides
		return []service{a, b}
	}
	if right {
		s.side = "RT"
	} else if left {
		s.side = "LT"
	}
	return []service{s}
}

// ours are the services of the engine's claim beside the exams that they are of.
func (r *review) ours() []service {
	var out []service
	taken := make([]bool, len(r.result.Exams))
	for i, l := range r.result.Claim.Lines {
		var exam *coding.Exam
		for k := range r.result.Exams {
			x := &r.result.Exams[k]
			if !taken[k] && len(x.Procedures) > 0 && x.Procedures[0].Code == l.Code {
				taken[k], exam = true, x
				break
			}
		}
		line := exchange.CodedLine{Code: l.Code, Modifiers: l.Modifiers, Units: l.Units}
		if r.pair.Claim.NoModifiers {
			line.Modifiers = nil
		}
		for _, s := range expand(line, i+1) {
			s.exam, s.ours = exam, true
			out = append(out, s)
		}
	}
	return out
}

// billed are the services of the claim that the engine can judge; the others are
// noted.
func (r *review) billed() []service {
	var out []service
	for i, l := range r.pair.Claim.Lines {
		if r.lex.Procedure(l.Code) == nil {
			r.out.NotJudged = append(r.out.NotJudged, l.Name())
			continue
		}
		out = append(out, expand(l, i+1)...)
	}
	return out
}

// procedures compares the services of the claim with ours.
func (r *review) procedures() {
	ours := r.ours()
	if len(ours) > 0 {
		r.out.Modality = r.book.Modality(ours[0].code)
	}
	if r.pair.Claim.Lines == nil {
		return
	}
	billed := r.billed()
	if r.out.Modality == "" && len(billed) > 0 {
		r.out.Modality = r.book.Modality(billed[0].code)
	}
	before := len(r.out.Differences)
	paired := assign(len(ours), len(billed), func(i, k int) float64 { return r.likeness(&ours[i], &billed[k]) })
	agree := &r.out.Agreement
	for i, k := range paired {
		agree.Lines.Den++
		agree.Exact.Den++
		switch {
		case k < 0:
			r.missedService(&ours[i], ours, billed, paired)
		case ours[i].code != billed[k].code:
			r.otherService(&ours[i], &billed[k])
		default:
			agree.Lines.Num++
			if r.sameService(&ours[i], &billed[k]) {
				agree.Exact.Num++
			}
		}
	}
	for k := range billed {
		if !slices.Contains(paired, k) {
			agree.Lines.Den++
			agree.Exact.Den++
			r.extraService(&billed[k], ours, billed, paired)
		}
	}
	agree.Procedures = whole(len(r.out.Differences) == before)
}

// likeness is the weight of a pair: the same code above all, then what is nearly
// right, as eval.Relations orders it. Another study of another body part is no pair.
func (r *review) likeness(o, c *service) float64 {
	if o.code == c.code {
		w := 10000.0
		switch {
		case o.side == c.side:
			w += 100
		case o.side == "" || c.side == "":
			w += 50
		}
		for _, m := range c.others {
			if slices.Contains(o.others, m) {
				w += 10
			}
		}
		if o.units == c.units {
			w++
		}
		return w
	}
	rel, ok := r.book.Relate(systemCPT, o.code, c.code)
	if _, paired := relationTypes[rel.Name]; !ok || !paired {
		return 0
	}
	rank := slices.IndexFunc(eval.Relations(), func(x eval.Relation) bool { return x.System == systemCPT && x.Name == rel.Name })
	return 1000*rel.Credit + float64(100-rank)
}

// relationTypes says what two related procedure codes are to an auditor.
var relationTypes = map[string]string{
	"contrast": Contrast, "views": Views, "side": Laterality, "extent": Extent, "intent": Different, "component": Different,
	"technique": Different, "details": Different, "region": Different, "modality": Different,
}

// sure is our confidence in a service and from where on it is certified.
func (r *review) sure(o *service) (confidence, certified float64) {
	certified = r.engine.Certified(systemCPT, o.code)
	if o.exam == nil {
		return 0, certified
	}
	return o.exam.Procedures[0].Confidence, certified
}

func (o *service) evidence() []coding.Evidence {
	if o.exam == nil {
		return nil
	}
	return o.exam.Procedures[0].Evidence
}

// factsOf are the places where the exam states something about an axis.
func (o *service) factsOf(axis string) []coding.Evidence {
	var out []coding.Evidence
	if o.exam != nil {
		for _, f := range o.exam.Facts {
			if f.Axis == axis {
				out = append(out, f.Evidence...)
			}
		}
	}
	return out
}

func (r *review) missedService(o *service, ours, billed []service, paired []int) {
	confidence, certified := r.sure(o)
	d := Difference{Type: Missed, System: systemCPT, Supported: o.name, Confidence: confidence, Certified: certified, Words: r.quotes(o.evidence())}
	d.Message = fmt.Sprintf("the report describes %s (%s), and it is not on the claim", o.name, r.Title(o.code))
	for i, k := range paired { // the other half was billed
		if k >= 0 && o.half && ours[i].line == o.line && billed[k].code == o.code {
			d.Type, d.Coded, d.Line = Laterality, billed[k].name, billed[k].line
			d.Words = r.quotes(o.factsOf("laterality"))
			d.Message = fmt.Sprintf("the report describes both sides (%s), the claim has %s", o.name, billed[k].name)
		}
	}
	r.addPriced(d, nil, o)
}

// otherService is a pair of different codes.
func (r *review) otherService(o, c *service) {
	rel, _ := r.book.Relate(systemCPT, o.code, c.code)
	confidence, certified := r.sure(o)
	d := Difference{
		Type: relationTypes[rel.Name], System: systemCPT, Line: c.line, Coded: c.name, Supported: o.name,
		Confidence: confidence, Certified: certified,
		Message: fmt.Sprintf("the report describes %s (%s), billed was %s (%s)", o.code, r.Title(o.code), c.code, r.Title(c.code)),
	}
	if date := r.pair.Report.Meta.DateOfService; !r.book.InForce(c.code, date) {
		d.Message += fmt.Sprintf("; %s was not in force on %s", c.code, cmp.Or(date, "the date of service"))
	}
	d.Words = r.quotes(o.factsOf(typeAxis[d.Type]), o.evidence())
	r.addPriced(d, c, o)
}

// extraService is a billed code without a partner.
func (r *review) extraService(c *service, ours, billed []service, paired []int) {
	d := Difference{Type: Unsupported, System: systemCPT, Line: c.line, Coded: c.name}
	d.Message = fmt.Sprintf("nothing in the report describes %s (%s)", c.code, r.Title(c.code))
	// How sure we are that it was not done is not measured; what counts is how sure we are of all that was.
	d.Confidence, d.Certified = 0, r.engine.Certified(systemCPT, c.code)
	if len(ours) == 0 {
		d.Message = fmt.Sprintf("no study was read in the report, and %s was billed", c.name)
	}
	for i, k := range paired {
		o := &ours[i]
		rel, _ := r.book.Relate(systemCPT, o.code, c.code)
		switch {
		case k >= 0 && billed[k].code == c.code && billed[k].line == c.line: // the other half of a line for both sides
			d.Type, d.Supported, d.Words = Laterality, o.name, r.quotes(o.factsOf("laterality"))
			d.Confidence, d.Certified = r.sure(o)
			d.Message = fmt.Sprintf("billed for both sides (%s), the report describes %s", c.name, cmp.Or(sideNames[o.side], "no side"))
		case k >= 0 && billed[k].code == c.code:
			d.Type, d.Words = Extra, r.quotes(o.evidence())
			d.Message = fmt.Sprintf("%s is billed on line %d as well, and the report describes it once", c.code, billed[k].line)
			if repeats(c, &billed[k]) && !r.pair.Claim.NoModifiers {
				d.Basis = Rule
				d.Message += "; no modifier says why"
			}
		case d.Type == Unsupported && (relationTypes[rel.Name] != Different || rel.Name == "component" || rel.Name == "details" || rel.Name == "technique") && relationTypes[rel.Name] != "":
			d.Type, d.Words = Extra, r.quotes(o.evidence())
			d.Message = fmt.Sprintf("the report describes one study of this kind, %s (%s); %s is billed beside it", o.code, r.Title(o.code), c.code)
		}
	}
	r.bundledWords(&d, c.code)
	r.addPriced(d, c, nil)
}

// bundledWords says so where the engine left the code out as a part of another one.
func (r *review) bundledWords(d *Difference, code string) {
	for _, f := range r.result.Flags {
		if f.ID == "bundled" && strings.HasPrefix(f.Message, code+" ") && d.Type != Laterality {
			d.Type, d.Message = Extra, f.Message
			d.Words = append(d.Words, r.quotes(f.Evidence)...)
		}
	}
}

// repeatModifiers say why a code stands twice.
var repeatModifiers = []string{"59", "76", "77", "91", "XE", "XS", "XP", "XU", "RT", "LT", "26", "TC"}

// repeats reports whether two lines say the same without a reason.
func repeats(a, b *service) bool {
	excused := func(s *service) bool {
		return slices.ContainsFunc(s.others, func(m string) bool { return slices.Contains(repeatModifiers, m) })
	}
	return a.line != b.line && a.side == b.side && !excused(a) && !excused(b)
}

var sideNames = map[string]string{"RT": "the right side", "LT": "the left side"}
