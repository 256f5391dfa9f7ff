package nlp_test

import (
	"strings"
	"testing"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// TestHistory asks about phrases in brackets, with the cues that are shipped.
func TestHistory(t *testing.T) {
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	r, err := nlp.New(lex)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ text, want string }{
		// ages and times of life
		{"He had [asthma] as a teenager.", "h"},
		{"[Seizures] since childhood.", "h"},
		{"She had [sciatica] in her twenties.", "h"},
		{"[Rheumatic fever] at the age of 12.", "h"},
		{"12 year old boy with [rheumatic fever].", ""},
		// times ago
		{"[Fracture] many years before.", "h"},
		{"[Pneumonia] last month.", "h"},
		{"Two years ago, she had [shingles].", "h"},
		{"Fell two years ago, [pain] in the wrist.", ""},
		{"Treated at that time for [gout].", ""},
		{"[Gout] was treated at that time.", "h"},
		{"[stroke] previously.", "h"},
		{"[Nodule] previously seen.", ""},
		// years
		{"[Cholecystectomy] in 1998.", "h"},
		{"Had a [stroke] in April 2004.", "h"},
		{"[Cough], pneumonia in 2015.", ""},
		{"[Nodule] seen in 2015.", ""},
		{"A [nodule] on the CT in 2015.", ""},
		{"There is [effusion] as in 2015.", ""},
		{"[Cysts] in 210 places.", ""},
		// labels hold for all that follows them
		{"PMH: Hypertension, acute MI, [asthma].", "h"},
		{"Past Medical History: Gout; [asthma].", "h"},
		{"PAST SURGICAL HISTORY: She had an appendectomy and she had a [hysterectomy].", "h"},
		{"PMH: Gout, presents with [cough].", ""},
		{"PAST MEDICAL HISTORY: Gout. INDICATION: [Cough].", ""},
		{"HISTORY OF PRESENT ILLNESS: [Cough].", ""},
		// verbs and nouns
		{"He used to have [migraine].", "h"},
		{"Background of [diabetes].", "h"},
		{"Multiple admissions for [asthma].", "h"},
		{"Admitted for [asthma].", ""},
		{"Past medical history of gout, who now has [cough].", ""},
		// entries of a history that come without their document
		{"[Hypertension].", "h"},
		{"[Appendectomy].", "h"},
		{"[Appendectomy] today.", ""},
		{"[Appendicitis].", ""},
		{"She denies [alcohol use].", "nh"},
		{"[Tobacco]: one pack a day.", "h"},
		{"[Alcohol intoxication].", ""},
		{"Family history of [colon polyps].", "hf"},
		{"Mother has [colon polyps].", "f"},
	} {
		t.Run(tt.text, func(t *testing.T) {
			from, to := strings.Index(tt.text, "["), strings.Index(tt.text, "]")-1
			text := strings.NewReplacer("[", "", "]", "").Replace(tt.text)
			a := r.Assert(text, nlp.Span{Start: from, End: to})
			if got := said(a); got != tt.want {
				t.Errorf("got %q by %q, want %q", got, a.Cue.Of(text), tt.want)
			}
		})
	}
}
