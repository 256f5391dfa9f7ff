package coding

import (
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// segment is a stretch of words that names one examination.
type segment struct {
	text    string // the words
	offset  int    // of text in the report, 0 for an exam name that came beside it
	section string // where it stands, "title" for such a name
}

// draft is an examination on its way to a result.
type draft struct {
	segment
	facts     Facts
	ordered   string // contrast state of the title when the technique section overrode it
	orderedAt []Evidence
	ranked    []ranked

	separate *separation // why it counts beside an exam whose code includes its own
	followed bool        // the best code is the successor of a stated code that has ended

	modifiers []Modifier // of the best code, once the claim is built

	repeatedAt []Evidence // the time of day in the name of a study that repeats an earlier one

	limitedFrom []Evidence // where the name says complete, when the text does not bear it out
}

// exams finds the examinations of a report. The exam name says what they are;
// technique, findings and the rest fill the axes on which it is silent, and what the technique section says
// was done wins over what the name says.
func (e *Engine) exams(s *study) []draft {
	d, date := s.doc, s.date
	if e.isVisitNote(d) && strings.TrimSpace(d.Report.Exam) == "" {
		return nil // studies are told there, not reported
	}
	var drafts []draft
	operation := e.isOperativeNote(d)
	for _, sg := range e.examSegments(d) {
		if operation && len(e.anchors(e.readSegment(sg))) == 0 {
			continue // an operation, not an imaging study
		}
		drafts = append(drafts, e.named(sg, date)...)
	}
	drafts = dropEmpty(drafts)
	if len(drafts) == 0 {
		drafts = e.narrated(d)
	}
	t := e.textFacts(d)
	for i := range drafts {
		e.fill(d, &t, &drafts[i], len(drafts) == 1)
	}
	drafts = e.join(drafts, date)
	drafts = e.splitRegions(drafts, date)
	drafts = e.splitApproaches(drafts)
	for i := range drafts {
		e.limitExtent(d, &drafts[i])
		drafts[i].ranked = e.rank(&drafts[i].facts, date, max(rankedKept, e.options.Candidates))
		if strings.TrimSpace(d.Text) != "" {
			e.preferCPT(drafts[i].ranked)
		} else {
			e.preferCPTName(drafts[i].ranked)
		}
	}
	e.followCharges(e.charges(d, date), d.Report.Meta.Charged, drafts, date)
	drafts = e.applyEdits(s, e.dedupe(e.withProcedures(d, drafts, date)))
	return e.payersCodes(s, e.withAddons(drafts, date))
}

// named returns the exams of one exam name. It is cut only into parts that each
// stand alone: a code of their own explains all they say.
func (e *Engine) named(s segment, date string) []draft {
	d := e.readSegment(s)
	whole := draft{segment: s, facts: e.factsRead(s, d)}
	parts := e.split(s, d)
	if len(parts) == 1 {
		return []draft{whole}
	}
	var drafts []draft
	for _, part := range parts {
		dr := draft{segment: part, facts: e.factsOfSegment(part)}
		for _, one := range e.splitRegion(dr, date, 0) {
			if !e.standsAlone(&one.facts, date) {
				return []draft{whole}
			}
		}
		drafts = append(drafts, dr)
	}
	if e.restated(&whole, drafts, date) {
		return []draft{whole}
	}
	if e.isAcuteSeries(drafts) {
		for _, at := range drafts[0].facts.Views.Evidence {
			whole.facts.add(lexicon.Technique, e.lex.Lookup(lexicon.Technique, "acute_series"), at)
		}
		return []draft{whole}
	}
	return drafts
}

// isAcuteSeries reports films of the abdomen in two views or more and one of the chest: charged together
// they are the acute abdomen series, whatever the order is called.
func (e *Engine) isAcuteSeries(parts []draft) bool {
	film := e.lex.Lookup(lexicon.Modality, "xr")
	abdomen, chest := false, false
	for i := range parts {
		f := &parts[i].facts
		if m := f.Of(lexicon.Modality); len(m) != 1 || m[0] != film || len(f.Of(lexicon.Region)) != 1 {
			return false
		}
		abdomen = abdomen || f.Has(e.lex.Lookup(lexicon.Region, "abdomen")) && f.Views.Min >= 2
		chest = chest || f.Has(e.lex.Lookup(lexicon.Region, "chest")) && f.Views.Min == 1 && f.Views.Max == 1
	}
	return abdomen && chest && len(parts) == 2
}

// restated tells "CT lower extremity w/o contrast - CT right femur wo contrast",
// one exam in the words of the price list and of the department, from two exams:
// every part has the code of the whole, and no two parts have different sides. A
// part that is silent on contrast ("CT abd & pelv 1+ regns - CT abdomen pelvis w wo") means what the whole says.
func (e *Engine) restated(whole *draft, parts []draft, date string) bool {
	code := e.rank(&whole.facts, date, 1)
	if len(code) > 0 && e.lex.Procedures[code[0].index].Side == "uni" && e.severalSites(parts) {
		return false // the knee and the ankle have one code and are two studies
	}
	side := nlp.Unstated
	if len(clockTime.FindAllString(whole.text, 2)) > 1 {
		return false // done twice
	}
	for i := range parts {
		f := parts[i].facts
		if f.Contrast == "" {
			f.Contrast = whole.facts.Contrast
		}
		if top := e.rank(&f, date, 1); len(top) == 0 || len(code) == 0 || top[0].index != code[0].index {
			return false
		}
		if side != nlp.Unstated && f.Side != nlp.Unstated && f.Side != side {
			return false
		}
		side = max(side, f.Side)
	}
	return true
}

// severalSites reports whether two parts of a name are of different body parts.
func (e *Engine) severalSites(parts []draft) bool {
	for i := range parts {
		for k := range i {
			if e.differentSites(&parts[i].facts, &parts[k].facts) {
				return true
			}
		}
	}
	return false
}

// rankedKept is how many procedure codes are kept per exam at least.
const rankedKept = 10

// factsOfSegment reads a segment. The spelling is corrected, and the learned
// word weights apply, only where exam names stand: in running text both would
// read things into it.
func (e *Engine) factsOfSegment(s segment) Facts { return e.factsRead(s, e.readSegment(s)) }

// factsRead does the same for a segment that was read already.
func (e *Engine) factsRead(s segment, d *nlp.Document) Facts {
	f := e.factsIn(d, 0, len(d.Tokens), s.section, "")
	if s.isName() {
		e.readName(d, &f, s.section, "")
	} else {
		f.Narrated = true
	}
	f.shift(s.offset)
	return f
}

func (s *segment) isName() bool {
	return s.section == "title" || s.section == string(nlp.SectionExam) || s.section == string(nlp.SectionProcedure)
}

func (e *Engine) readSegment(s segment) *nlp.Document {
	if s.isName() {
		return e.reader.ReadTitle(s.text)
	}
	return e.reader.ReadPhrase(s.text)
}

// shift moves all evidence by the place of the segment in the report.
func (f *Facts) shift(offset int) {
	if offset == 0 {
		return
	}
	move := func(es []Evidence) {
		for i := range es {
			es[i].Start += offset
			es[i].End += offset
		}
	}
	for i := range f.Facts {
		move(f.Facts[i].Evidence)
	}
	move(f.Views.Evidence)
	move(f.SideAt)
}

// maxName is the longest procedure section that is a name and not an account of
// what was done, in bytes.
const maxName = 240

// examSegments collects the places that name the exam, best source only: the
// name beside the text, else exam and procedure sections, else nothing.
func (e *Engine) examSegments(d *nlp.Document) []segment {
	if t := strings.TrimSpace(d.Report.Exam); t != "" {
		return []segment{{cutAtRune(d.Report.Exam, maxSegmentBytes), 0, "title"}}
	}
	for _, kind := range []nlp.SectionKind{nlp.SectionExam, nlp.SectionProcedure} {
		var out []segment
		for _, s := range d.Sections {
			body := s.Body.Of(d.Text)
			if s.Kind != kind || strings.TrimSpace(body) == "" || kind == nlp.SectionProcedure && len(body) > maxName {
				continue
			}
			sg := segment{cutAtRune(body, maxSegmentBytes), s.Body.Start, string(s.Kind)}
			if len(out) < maxSegments && e.namesExam(sg) {
				out = append(out, sg)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// Bounds on what is read as exam names: a longer list is a log, not a report.
const (
	maxSegments     = 24
	maxSegmentBytes = 2000
)

// namesExam asks for a modality, or a body part, in the segment.
func (e *Engine) namesExam(s segment) bool {
	f := e.factsOfSegment(s)
	return len(f.Of(lexicon.Modality)) > 0 || len(f.Of(lexicon.Region)) > 0
}

// dropEmpty drops parts of a name that give neither modality nor body part; a
// part that stands alone stays.
func dropEmpty(drafts []draft) []draft {
	var out []draft
	for _, dr := range drafts {
		hasModality, hasRegion := len(dr.facts.Of(lexicon.Modality)) > 0, len(dr.facts.Of(lexicon.Region)) > 0
		if !hasModality && !hasRegion && len(drafts) > 1 {
			continue
		}
		out = append(out, dr)
	}
	return out
}

// fill completes an exam from the rest of the report. Only a report with one
// exam lends it side and views from running text: with several it would be
// guesswork whose they are.
func (e *Engine) fill(d *nlp.Document, t *textFacts, dr *draft, only bool) {
	f := &dr.facts
	if len(f.Of(lexicon.Modality)) == 0 && !f.Views.Stated() {
		f.take(t.modality)
	}
	if len(f.Of(lexicon.Modality)) == 0 && !f.Views.Stated() {
		f.take(e.looksLike(d))
	}
	if len(f.Of(lexicon.Modality)) == 0 && !f.Views.Stated() {
		f.take(e.orderedModality(d))
	}
	if only && len(f.Of(lexicon.Region)) == 0 {
		f.take(t.region)
	}
	if only && len(f.Of(lexicon.Region)) == 0 {
		f.take(e.votedRegion(d, f.Of(lexicon.Modality)))
	}
	e.readGestation(d, f)
	if only && f.Side == nlp.Unstated {
		f.Side, f.SideAt = e.describedSide(d, f)
	}
	if only {
		f.take(t.technique)
		if v, ok := e.onlyView(d); ok {
			f.Views = v
		} else if !f.Views.Stated() {
			f.Views = t.views
		}
		if f.Side == nlp.Unstated {
			f.Side, f.SideAt = t.side, t.sideAt
		}
	}
	if t.contrast != "" {
		if f.Contrast != "" && f.Contrast != t.contrast && t.contrastInTechnique {
			dr.ordered, dr.orderedAt = f.Contrast, f.evidenceOf(lexicon.Contrast)
			f.drop(lexicon.Contrast)
			f.Contrast = t.contrast
			f.take(t.contrastFacts)
		} else if f.Contrast == "" {
			f.Contrast = t.contrast
			f.take(t.contrastFacts)
		}
	}
}

func (f *Facts) take(facts []Fact) {
	for _, x := range facts {
		for _, ev := range x.Evidence {
			f.add(x.Axis, x.Concept, ev)
		}
	}
}

// drop forgets what is stated on an axis.
func (f *Facts) drop(a lexicon.Axis) {
	var kept []Fact
	for _, x := range f.Facts {
		if x.Axis != a {
			kept = append(kept, x)
		}
	}
	f.Facts = kept
}

func (f *Facts) evidenceOf(a lexicon.Axis) []Evidence {
	var out []Evidence
	for _, x := range f.Facts {
		if x.Axis == a {
			out = append(out, x.Evidence...)
		}
	}
	return out
}
