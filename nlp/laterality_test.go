package nlp_test

import (
	"strings"
	"testing"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

func TestSides(t *testing.T) {
	r := reader(t)
	regions := func(d *nlp.Document) string {
		var out []string
		for _, m := range d.Mentions {
			if m.Problem != nil || m.Axis != lexicon.Region {
				continue
			}
			w := strings.ToLower(m.Of(d.Text))
			if m.Side != nlp.Unstated {
				w += ":" + m.Side.String()
			}
			out = append(out, w)
		}
		return strings.Join(out, ", ")
	}
	for _, tt := range []struct{ text, regions, problems string }{
		{"R101: right knee", "knee:right", ""},
		{"Rt. knee", "knee:right", ""},
		{"Pain in the rt knee.", "knee:right", "pain:right"},
		{"R knee", "knee:right", ""},
		{"L hip", "hip:left", ""},
		{"R. knee pain", "knee:right", "pain:right"},
		{"Knee (L)", "knee:left", ""},
		{"(L) knee", "knee:left", ""},
		{"RLE swelling", "rle:right", "swelling:right"},
		{"Both knees", "knees:bilateral", ""},
		{"bilateral hip pain", "hip:bilateral", "pain:bilateral"},
		{"CT of the right and left kidneys.", "kidneys:bilateral", ""},
		{"Right and left kidneys, right hip.", "kidneys:bilateral, hip:right", ""},
		{"Right kidney and left kidney.", "kidney:right, kidney:left", ""},
		{"right wrist and left foot", "foot:left", ""},
		{"Pneumonia in the right lower lobe.", "right lower lobe:right", "pneumonia:right"},
		{"Right lower lobe pneumonia.", "right lower lobe:right", "pneumonia:right"},
		{"Small pleural effusion on the left.", "pleural:left", "pleural effusion:left"},
		{"Pleural effusions, left greater than right.", "pleural:bilateral", "pleural effusions:bilateral"},
		{"Left greater than right pleural effusions.", "pleural:bilateral", "pleural effusions:bilateral"},
		{"Fracture of the left distal radius.", "radius:left", "fracture:left"},
		{"Fracture and dislocation of the left radius.", "radius:left", "fracture:left, dislocation:left"},
		{"The left kidney contains a stone.", "kidney:left", "stone:left"},
		{"Right hydronephrosis, left kidney normal.", "kidney:left", "hydronephrosis:right"},
		{"The right kidney is normal; stone in the left kidney.", "kidney:right, kidney:left", "stone:left"},
		{"Right knee pain and left hip fracture.", "knee:right, hip:left", "pain:right, fracture:left"},
		{"Left pleural effusion and cardiomegaly.", "pleural:left", "pleural effusion:left, cardiomegaly"},
		{"Right kidney stone, liver mass.", "kidney:right, liver", "kidney stone:right, mass"},
		{"The liver shows a mass on the right.", "liver", "mass:right"},
		{"No hydronephrosis or stones bilaterally.", "", "hydronephrosis:bilateral, stones:bilateral"},
		{"On the left, there is a cyst and a stone.", "", "cyst:left, stone:left"},
		{"He was seen right away for knee pain.", "knee", "pain"},
		{"All right, knee pain.", "knee", "pain"},
		{"Right-handed male with knee pain.", "knee", "pain"},
		{"Right hand dominant with knee pain.", "knee", "pain"},
		{"Left the hospital with pain in the knee.", "knee", "pain"},
		{"Right heart is normal.", "heart", ""},
		{"Left lateral view of the chest.", "chest", ""},
		{"RIGHT: No stone. Mild hydronephrosis.\n\nLEFT: Cyst.", "", "stone:right, hydronephrosis:right, cyst:left"},
		{"Left kidney: 10 cm. No stone.\nLiver: Mass.", "kidney:left, liver", "stone:left, mass"},
		{"Vitamin L and knee pain.", "knee", "pain"},
		{"B/L knee pain", "knee:bilateral", "pain:bilateral"},
	} {
		t.Run(tt.text, func(t *testing.T) {
			d := r.Read(nlp.Report{Text: tt.text})
			if got := regions(d); got != tt.regions {
				t.Errorf("regions  %s\nwant     %s", got, tt.regions)
			}
			if got := problems(d, func(m nlp.Mention) string { return m.Side.String() }); got != tt.problems {
				t.Errorf("problems %s\nwant     %s", got, tt.problems)
			}
		})
	}
}
