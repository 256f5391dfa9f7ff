package eval

import (
	"fmt"
	"math"
	"strings"

	"github.com/radcode/radcode/coding"
)

// at is the evidence of the first place of words in text.
func at(text, words, section string) coding.Evidence {
	start := strings.Index(text, words)
	if start < 0 {
		panic("the sample text lacks " + words)
	}
	return coding.Evidence{Start: start, End: start + len(words), Section: section}
}

// wave is a repeatable number between 0 and 1 that looks like noise.
func wave(i int) float64 {
	_, f := math.Modf(math.Abs(math.Sin(float64(i)*12.9898)) * 43758.5453)
	return f
}

// samplePage has every part of a page; its numbers are invented and fit together
// only as far as the tests need.
func samplePage() *Page {
	return &Page{
		Corpus: "sample-dev.jsonl", Engine: "radcode 1.4.0", Reports: 2000,
		Note:    "Gold is the majority of three coders; codes that only one of them gave are optional.",
		Metrics: sampleMetrics(),
		Systems: []PageSystem{sampleSystem("cpt", "CPT/HCPCS", 0), sampleSystem("icd10cm", "ICD-10-CM", 500)},
		Slices:  sampleSlices(),
		Errors:  PageErrors{Total: 733, Reports: sampleReports(120)},
		Tables: []PageTable{
			{Title: "Flags", Doc: "Documentation flags against gold flags.", Columns: []PageColumn{{Name: "Flag"}, {Name: "Gold", Number: true}, {Name: "Predicted", Number: true}, {Name: "Precision", Doc: "Hits among raised flags.", Number: true}},
				Rows: [][]string{{"laterality_missing", "41", "44", "88.6 %"}, {"contrast_unclear", "1,203", "19", "73.7 %"}, {"views_missing", "9", "7", undefined}}},
			{Title: "Calibration by slice", Columns: []PageColumn{{Name: "Slice"}, {Name: "ECE", Number: true}, {Name: "Brier", Number: true}}, Rows: [][]string{{"CT", "0.021", "0.044"}, {"MR", "0.034", "0.061"}}},
		},
		Manifest: []PageFact{
			{"engine", "radcode 1.4.0"}, {"git", "724f290 (clean)"}, {"go", "go1.26.8 linux/amd64"}, {"cpu", "2 x Example CPU"},
			{"code set icd10cm 2026", "sha256 9f2c0a4be1d77c5e3ab0f2d4518cbb6b1c6d5d1c7e1d8f4b9e4a3f1d0a2b3c4d"}, {"corpus", "sha256 1b7d0f"}, {"seed", "1"},
			{"command", "radcode eval --corpus sample-dev.jsonl --out run"},
		},
		Definitions: []PageDefinition{{"Bootstrap", "Intervals come from 2,000 resamples of groups."}},
	}
}

func sampleMetrics() []PageMetric {
	people := []PageMark{{"coder A", 0.871}, {"coder B", 0.852}, {"coder C", 0.893}}
	return []PageMetric{
		{Group: "Procedures", Name: "Exact match", Doc: "Reports whose set of CPT codes is exactly the gold set.", Value: 0.934, Interval: PageInterval{0.922, 0.944}, Num: 1868, Den: 2000},
		{Group: "Procedures", Name: "Top 5", Doc: "Gold codes among the five best ranked.", Value: 0.987, Interval: PageInterval{0.981, 0.991}, Num: 1974, Den: 2000},
		{Group: "Diagnoses", Name: "Micro-F1", Doc: "2 hit / (2 hit + extra + missed) over all codes.", Value: 0.864, Interval: PageInterval{0.851, 0.876}, Num: 5240, Den: 6065, Humans: people},
		{Group: "Diagnoses", Name: "Macro-F1", Doc: "Mean F1 of the labels with support.", Value: 0.741, Interval: PageInterval{0.702, 0.779}},
		{Group: "Diagnoses", Name: "First-listed", Doc: "Reports whose first-listed diagnosis is right.", Value: 0.812, Interval: PageInterval{0.79, 0.83}, Num: 1624, Den: 2000},
		{Group: "Confidence", Name: "ECE", Plain: true, Doc: "Mean distance of confidence and accuracy over the bins.", Value: 0.021, Interval: PageInterval{0.015, 0.029}},
		{Group: "Confidence", Name: "Flag recall", Doc: "Gold flags that were raised.", Value: math.NaN()},
	}
}

func sampleSystem(id, name string, seed int) PageSystem {
	return PageSystem{
		ID: id, Name: name, Reliability: sampleReliability(seed), Curve: sampleCurve(seed), Labels: sampleLabels(id, seed),
		Confusions: []PageConfusion{
			{"71045", "Chest film, one view", "71046", "Chest film, two views", "wrong views", 31}, {"74177", "CT abdomen and pelvis with contrast", "74176", "CT abdomen and pelvis", "wrong contrast", 24},
			{"73630", "Foot film, three views", "", "", "not given", 9}, {"", "", "77067", "Screening mammography", "not in gold", 4},
		},
		Partial: []PagePartial{{"right region", "The code has the gold code's region and modality.", 41, 0.62}, {"same family", "The first three characters agree.", 17, 0.26}, {"unrelated", "Nothing agrees.", 8, 0.12}},
		Losses:  []PageLoss{{"retrieval", "No stage proposed the code.", 12 + seed/50}, {"ranking", "It was proposed and another was ranked first.", 63}, {"threshold", "It was ranked first and left out as too unsure.", 21}, {"gold", "Review found the gold code to be doubtful.", 9}},
	}
}

func sampleReliability(seed int) *PageReliability {
	r := &PageReliability{ECE: 0.021, ECEInterval: PageInterval{0.015, 0.029}, Caption: "Brier score 0.052."}
	for i := range 10 {
		mean := 0.45 + 0.055*float64(i)
		accuracy := min(mean+0.06*(wave(seed+i)-0.6), 1)
		r.Bins = append(r.Bins, PageBin{mean, accuracy, 200, PageInterval{accuracy - 0.05, min(accuracy+0.04, 1)}})
	}
	for i := range 20 {
		n := int(4 + 600*math.Pow(float64(i)/19, 6))
		r.Histogram = append(r.Histogram, PageBar{n, int(float64(n) * (0.3 + 0.69*float64(i)/19))})
	}
	return r
}

// sampleCurve has 200 thresholds 1, 0.995 ... of ten reports each; the number of
// errors grows with the square of what is automated.
func sampleCurve(seed int) *PageCurve {
	c := &PageCurve{Total: 2000, Doc: "A precision is certified where the bound is not below it.", Targets: []PageTarget{{Precision: 0.95}, {Precision: 0.98}, {Precision: 0.99}, {Precision: 0.999}}}
	for i := range 190 {
		automated := 10 * (i + 1)
		errors := int(float64(45+seed/50) * math.Pow(float64(i)/189, 2))
		precision := 1 - float64(errors)/float64(automated)
		c.Points = append(c.Points, PagePoint{1 - 0.005*float64(i), automated, errors, max(precision-0.1/math.Sqrt(float64(automated)), 0)})
		for k := range c.Targets {
			if t, p := &c.Targets[k], c.Points[i]; p.Low >= t.Precision {
				t.Certified, t.Threshold = true, p.Threshold
			}
		}
	}
	return c
}

func sampleLabels(system string, seed int) []PageLabel {
	var out []PageLabel
	for i := range 130 {
		code := fmt.Sprint(70010 + 37*i)
		if system == "icd10cm" {
			code = fmt.Sprintf("%c%02d.%d", 'A'+i%20, i%97, i%9)
		}
		support := 1 + int(300*math.Pow(wave(seed+i), 4))
		hit := int(float64(support) * (0.5 + wave(i)/2))
		extra := int(5 * wave(i+9))
		l := PageLabel{Code: code, Title: fmt.Sprintf("Sample title number %d", i+1), Support: support, Predicted: hit + extra, Hit: hit, Extra: extra, Missed: support - hit}
		l.Precision, l.Recall = float64(hit)/float64(hit+extra), float64(hit)/float64(support)
		l.F1 = 2 * float64(hit) / float64(2*hit+extra+support-hit)
		l.LostF1 = float64(extra+support-hit) / 12000
		out = append(out, l)
	}
	return out
}

func sampleSlices() PageSlices {
	s := PageSlices{Metrics: []PageDefinition{{"CPT exact", "Exact match of procedures in the slice."}, {"ICD micro-F1", ""}, {"First-listed", ""}}}
	for i, name := range []string{"CT", "MR", "Radiography", "Ultrasound", "Mammography", "Fluoroscopy"} {
		row := PageSlice{Name: name, Doc: "Reports whose first exam is of this modality.", Reports: 400 - 60*i}
		for k := range s.Metrics {
			v := 0.62 + 0.37*wave(i*7+k)
			row.Cells = append(row.Cells, PageCell{v, PageInterval{v - 0.04, v + 0.03}, 400 - 60*i})
		}
		if i == 5 {
			row.Cells[2].Value = math.NaN()
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// sampleText has letters of one to four bytes, and a place that two codes share.
const sampleText = "INDICATION: Überwachung, 63 y/o ♀ with flank pain 😀 and hematuria.\n\n" +
	"TECHNIQUE: CT of the abdomen and pelvis after 100 mL i.v. contrast, 5 mm, Δt 70 s.\n\n" +
	"FINDINGS: There is a 4 mm stone in the left distal ureter with mild hydronephrosis. No free air. " +
	"The liver, spleen, pancreas and adrenals are unremarkable. Degenerative changes of the lumbar spine.\n\n" +
	"IMPRESSION: Obstructing left ureteral stone with hydronephrosis.\n"

// sampleReports differ in id and severity; the first has evidence in odd places.
func sampleReports(n int) []PageReport {
	exam := "CT ABDOMEN+PELVIS W CONTRAST – ÜBERSICHT"
	var out []PageReport
	for i := range n {
		r := PageReport{ID: fmt.Sprintf("sample-%04d", i+1), Exam: exam, Text: sampleText, Severity: float64(n - i), Tags: []string{"CT"}}
		r.Codes = []PageCode{
			{System: "cpt", Outcome: PageConfused, Gold: "74177", GoldTitle: "CT abdomen and pelvis with contrast", Predicted: "74176", PredictedTitle: "CT abdomen and pelvis", Confidence: 0.61, Kind: "wrong contrast", Stage: "ranking",
				Evidence: []coding.Evidence{at(sampleText, "CT of the abdomen and pelvis", "technique"), at(exam, "CT ABDOMEN+PELVIS", "title"), at(exam, "ÜBERSICHT", "title")}},
			{System: "icd10cm", Outcome: PageHit, Gold: "N13.2", GoldTitle: "Hydronephrosis with ureteral stone", Predicted: "N13.2", Confidence: 0.97,
				Evidence: []coding.Evidence{at(sampleText, "left ureteral stone with hydronephrosis", "impression")}},
			{System: "icd10cm", Outcome: PageExtra, Predicted: "N20.1", PredictedTitle: "Ureteral stone", Confidence: 0.55, Kind: "not in gold",
				Evidence: []coding.Evidence{at(sampleText, "ureteral stone", "impression"), at(sampleText, "😀 and hematuria", "indication")}},
			{System: "icd10cm", Outcome: PageOptional, Gold: "M47.816"},
		}
		if i%3 == 1 {
			r.Tags = []string{"MR"}
			r.Codes = []PageCode{{System: "icd10cm", Outcome: PageMissed, Gold: "R31.9", GoldTitle: "Hematuria", Kind: "not given", Stage: "threshold"}}
		}
		out = append(out, r)
	}
	return out
}
