package nlp_test

import (
	"testing"
	"unicode/utf8"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// sample is a report of ordinary length and layout.
const sample = `EXAM: CT ABDOMEN AND PELVIS WITH CONTRAST

CLINICAL HISTORY: 61-year-old with left flank pain for two days, history of kidney stones. Rule out obstruction.

COMPARISON: CT dated one year ago.

TECHNIQUE: Axial images from the lung bases through the pubic symphysis after intravenous contrast. Coronal and
sagittal reformats were reviewed.

FINDINGS:
Lung bases: Mild dependent atelectasis. No pleural effusion or pneumothorax.
Liver: Normal in size. A 9 mm cyst in the right lobe is unchanged. No suspicious mass.
Gallbladder: Surgically absent. No biliary dilatation.
Spleen and pancreas: Unremarkable.
Kidneys: There is a 5 mm stone in the distal left ureter, approx. 2 cm above the bladder, with mild left
hydronephrosis and perinephric stranding. The right kidney is normal without hydronephrosis, and no right
renal stone is identified. No renal mass on either side.
Bowel: Scattered colonic diverticula without inflammation. The appendix is normal. No obstruction.
Vessels: Mild calcification of the aorta. No aneurysm.
Lymph nodes: No adenopathy by size criteria.
Bones: Degenerative change of the lumbar spine. No acute fracture, dislocation, or suspicious lesion.

IMPRESSION:
1. Obstructing 5 mm stone in the distal left ureter with mild hydronephrosis.
2. Stable hepatic cyst. 3. Diverticulosis without diverticulitis.
4. Findings may represent early pyelonephritis; correlation with urinalysis is recommended, since infection cannot
be excluded.

Electronically signed by A. Example, M.D.
`

func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		sample, "", ":", "**", "1.", "FINDINGS", "**FINDINGS:**", "R", "(L", "L/R knee\xff", "No\x00mass\r\rIMPRESSION:", "left > right", "no (", ")",
		"EXAM:MRI RIGHT FOOT", "ÉTUDE: sans lésion. “Normal”", "RIGHT:\n\n: no .", "versus", "No. 5. R. knee, rt.", "CT\nMRI", "Dictated by", "X R/", "(R", "L)",
	} {
		f.Add(seed)
	}
	small := reader(f)
	f.Fuzz(func(t *testing.T, text string) {
		check(t, small.Read(nlp.Report{Text: text}))
		if len(text) > 0 {
			small.Assert(text, nlp.Span{Start: len(text) / 3, End: len(text) / 2})
		}
	})
}

// check holds a document to what every reader of it relies on.
func check(t *testing.T, d *nlp.Document) {
	t.Helper()
	inside := func(what string, s nlp.Span) {
		if s.Start < 0 || s.End > len(d.Text) || s.Start > s.End {
			t.Fatalf("%s %v is out of bounds", what, s)
		}
		if utf8.ValidString(d.Text) && (s.Start < len(d.Text) && !utf8.RuneStart(d.Text[s.Start]) || s.End < len(d.Text) && !utf8.RuneStart(d.Text[s.End])) {
			t.Fatalf("%s %v is not on rune starts", what, s)
		}
	}
	end := 0
	for _, tok := range d.Tokens {
		inside("token", tok.Span)
		if tok.Start < end || tok.Len() == 0 {
			t.Fatalf("token %v overlaps or is empty", tok.Span)
		}
		end = tok.End
	}
	if len(d.Sections) == 0 || d.Sections[0].Kind != nlp.SectionBody || d.Sections[0].Heading.Len() > 0 {
		t.Fatal("the first section is not the body")
	}
	end = 0
	for _, s := range d.Sections {
		inside("heading", s.Heading)
		inside("body", s.Body)
		start := s.Body.Start
		if s.Heading.Len() > 0 {
			if start = s.Heading.Start; s.Heading.End > s.Body.Start {
				t.Fatalf("heading %v runs into its body %v", s.Heading, s.Body)
			}
		}
		if start < end {
			t.Fatalf("section at %d begins before %d", start, end)
		}
		end = s.Body.End
	}
	covered := make([]bool, len(d.Tokens))
	next := 0
	for _, s := range d.Sentences {
		inside("sentence", s.Span)
		if s.First < next || s.Last <= s.First || s.Last > len(d.Tokens) {
			t.Fatalf("sentence tokens [%d,%d) after %d", s.First, s.Last, next)
		}
		if body := d.Sections[s.Section].Body; s.Start < body.Start || s.End > body.End {
			t.Fatalf("sentence %v leaves its section %v", s.Span, body)
		}
		for i := s.First; i < s.Last; i++ {
			covered[i] = true
		}
		next = s.Last
	}
	for i, tok := range d.Tokens {
		for _, s := range d.Sections {
			if !covered[i] && s.Body.Start <= tok.Start && tok.End <= s.Body.End {
				t.Fatalf("token %q of a body is in no sentence", tok.Of(d.Text))
			}
		}
	}
	for _, m := range d.Mentions {
		inside("mention", m.Span)
		inside("cue", m.Assertion.Cue)
		inside("scope", m.Assertion.Scope)
		inside("side", m.SideSpan)
	}
}

// TestReadFullLexicon runs the invariants with all tables loaded.
func TestReadFullLexicon(t *testing.T) {
	check(t, full(t).Read(nlp.Report{Text: sample}))
}

func full(t testing.TB) *nlp.Reader {
	t.Helper()
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	r, err := nlp.New(lex)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func BenchmarkRead(b *testing.B) {
	r := full(b)
	if d := r.Read(nlp.Report{Text: sample}); len(d.Sections) != 8 {
		b.Fatalf("%d sections", len(d.Sections))
	}
	b.SetBytes(int64(len(sample)))
	b.ReportAllocs()
	for b.Loop() {
		r.Read(nlp.Report{Text: sample})
	}
}
