package nlp_test

import (
	"strings"
	"testing"

	"github.com/radcode/radcode/nlp"
)

// said writes an assertion as letters: n u h y f (y = hypothetical).
func said(a nlp.Assertion) string {
	var out strings.Builder
	for _, f := range []struct {
		on     bool
		letter byte
	}{{a.Negated, 'n'}, {a.Uncertain, 'u'}, {a.Historical, 'h'}, {a.Hypothetical, 'y'}, {a.Family, 'f'}} {
		if f.on {
			out.WriteByte(f.letter)
		}
	}
	return out.String()
}

// problems writes the problem mentions as "word" or "word:letters".
func problems(d *nlp.Document, show func(nlp.Mention) string) string {
	var out []string
	for _, m := range d.Mentions {
		if m.Problem == nil {
			continue
		}
		w := strings.ToLower(m.Of(d.Text))
		if s := show(m); s != "" {
			w += ":" + s
		}
		out = append(out, w)
	}
	return strings.Join(out, ", ")
}

func TestAssertions(t *testing.T) {
	r := reader(t)
	for _, tt := range []struct{ text, want string }{
		{"There is a mass.", "mass"},
		{"No mass.", "mass:n"},
		{"No acute fracture or dislocation.", "fracture:n, dislocation:n"},
		{"No fracture, dislocation or effusion is seen.", "fracture:n, dislocation:n, effusion:n"},
		{"No fracture, dislocation, or effusion is seen.", "fracture:n, dislocation:n, effusion:n"},
		{"There is no evidence of mass, edema, or infarct.", "mass:n, edema:n, infarct:n"},
		{"No effusion, there is a nodule.", "effusion:n, nodule"},
		{"No pneumothorax, the mass is unchanged.", "pneumothorax:n, mass"},
		{"No pneumothorax and the effusion has increased.", "pneumothorax:n, effusion"},
		{"No pneumothorax; small effusion.", "pneumothorax:n, effusion"},
		{"No pneumothorax but a small effusion.", "pneumothorax:n, effusion"},
		{"Effusion without pneumothorax.", "effusion, pneumothorax:n"},
		{"Denies fever or cough, has pain.", "fever:n, cough:n, pain"},
		{"Negative for pneumonia.", "pneumonia:n"},
		{"Pneumonia was ruled out.", "pneumonia:n"},
		{"Torsion is not seen.", "torsion:n"},
		{"A mass is not identified.", "mass:n"},
		{"Fracture and dislocation are not seen.", "fracture:n, dislocation:n"},
		{"There is a nodule and pneumothorax is not seen.", "nodule, pneumothorax:n"},
		{"Effusion has resolved.", "effusion:n"},
		{"Fever: none.", "fever:n"},
		{"No increase in the effusion.", "effusion"},
		{"No significant change in the nodule.", "nodule"},
		{"Not only edema but also effusion.", "edema, effusion"},
		{"Walks without difficulty, pain in the knee.", "pain"},
		{"CT of the chest without contrast, mass seen.", "mass"},
		{"Possible pneumonia.", "pneumonia:u"},
		{"Pneumonia. Edema can have a similar appearance.", "pneumonia, edema:u"},
		{"Pneumonia is favored over effusion.", "pneumonia:u, effusion:u"},
		{"This can be associated with edema.", "edema:u"},
		{"It is uncertain whether this is a mass.", "mass:u"},
		{"Probable edema with effusion.", "edema:u, effusion"},
		{"Findings consistent with pneumonia.", "pneumonia:u"},
		{"Nodule suspicious for cancer.", "nodule, cancer:u"},
		{"Edema, pneumonia cannot be excluded.", "edema, pneumonia:u"},
		{"Atelectasis versus pneumonia.", "atelectasis:u, pneumonia:u"},
		{"Cannot exclude a fracture.", "fracture:u"},
		{"No effusion, possible pneumonia.", "effusion:n, pneumonia:u"},
		{"History of asthma.", "asthma:h"},
		{"History of asthma, now with fever.", "asthma:h, fever"},
		{"History of cancer presenting with cough.", "cancer:h, cough"},
		{"No mass in a patient with history of cancer.", "mass:n, cancer:h"},
		{"No history of cancer.", "cancer:nh"},
		{"Fracture 3 years ago.", "fracture:h"},
		{"45 year old with fever.", "fever"},
		{"Rule out pneumonia.", "pneumonia:y"},
		{"Evaluate for stone, pain.", "stone:y, pain:y"},
		{"Pain, rule out stone.", "pain, stone:y"},
		{"Return for fever.", "fever:y"},
		{"If pain persists, CT is recommended.", "pain:y"},
		{"Mother had cancer.", "cancer:f"},
		{"Family history of aneurysm.", "aneurysm:f"},
		{"Mother reports cough and fever.", "cough, fever"},
		{"No family history of cancer.", "cancer:nf"},
		{"Wall motion is normal. No edema. Effusion.", "edema:n, effusion"},
		{"Mass (no edema) and effusion.", "mass, edema:n, effusion"},
		{"It is not certain if pneumonia is present.", "pneumonia:u"},
	} {
		t.Run(tt.text, func(t *testing.T) {
			d := r.Read(nlp.Report{Text: tt.text})
			if got := problems(d, func(m nlp.Mention) string { return said(m.Assertion) }); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestAssertKeepsCueAndScope(t *testing.T) {
	text := "Stable. No mass, effusion."
	at := strings.Index(text, "effusion")
	a := reader(t).Assert(text, nlp.Span{Start: at, End: at + len("effusion")})
	if !a.Negated || a.Cue.Of(text) != "No" || a.Scope.Of(text) != "mass, effusion." {
		t.Errorf("%+v cue %q scope %q", a, a.Cue.Of(text), a.Scope.Of(text))
	}
}
