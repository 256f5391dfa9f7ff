package eval

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/lexicon"
)

const (
	calibrationBins  = 15   // of equal mass
	classwiseCodes   = 20   // the commonest gold codes
	certificateLevel = 0.95 // of the one-sided bound under a certified coverage
)

// certifiedPrecisions are what an automatic answer may have to keep.
var certifiedPrecisions = []float64{0.95, 0.98, 0.99}

// confidenceMetrics ask whether the confidence of assigned codes means a
// probability, and what could be billed without a look. Optional codes and
// answers without confidence are left out.
func confidenceMetrics(t int) []Metric {
	name, title := tasks[t].name, tasks[t].title
	const over = "; over assigned codes with a confidence, optional ones left out"
	ranked := func(of func(r Ranking, weights []float64) float64) func([]*Case) Weighted {
		return func(cases []*Case) Weighted {
			r := Rank(scoredAnswers(cases, t))
			return func(weights []float64) (float64, float64) {
				if len(r.answers) == 0 {
					return 0, 0
				}
				return of(r, weights), 1
			}
		}
	}
	out := []Metric{
		{
			Name: name + ".ece", Title: title + " ECE", Lower: true, Headline: true, Biased: true,
			Doc:     fmt.Sprintf("expected calibration error: mean distance of confidence and accuracy over %d bins of equal mass (Naeini 2015, Nguyen and O'Connor 2015)", calibrationBins) + over,
			Prepare: ranked(func(r Ranking, w []float64) float64 { return r.ECE(calibrationBins, w) }),
		},
		{
			Name: name + ".ece_classwise", Title: title + " class-wise ECE", Lower: true, Biased: true,
			Doc: fmt.Sprintf("mean over the %d commonest gold codes of the calibration error of the confidence that the code was given as a "+
				"candidate, assigned or not (Kull 2019, restricted to reports where the code is a candidate)", classwiseCodes),
			Prepare: func(cases []*Case) Weighted { return classwise(cases, t) },
		},
		{
			Name: name + ".brier", Title: title + " Brier score", Lower: true, Doc: "mean squared distance of confidence from right (1) or wrong (0)" + over,
			Prepare: ranked(Ranking.Brier),
		},
		{
			Name: name + ".logloss", Title: title + " log loss", Lower: true, Doc: "mean of -ln of the probability given to what turned out, clipped at 1e-15" + over,
			Prepare: ranked(Ranking.LogLoss),
		},
		{
			Name: name + ".aurc", Title: title + " AURC", Lower: true, Doc: "area under the risk-coverage curve (Geifman and El-Yaniv 2017): the error rate, averaged over all coverages" + over,
			Prepare: ranked(Ranking.AURC),
		},
	}
	for _, target := range certifiedPrecisions {
		percent := int(math.Round(100 * target))
		out = append(out, Metric{
			Name: fmt.Sprintf("%s.coverage%d", name, percent), Title: fmt.Sprintf("%s coverage at %d %% precision", title, percent),
			Doc:     fmt.Sprintf("the largest part of the answers, the surest first, that is right in %d %%", percent) + over,
			Prepare: ranked(func(r Ranking, w []float64) float64 { return r.coverage(w, target, false) }),
		}, Metric{
			Name: fmt.Sprintf("%s.coverage%d.certified", name, percent), Title: fmt.Sprintf("%s certified coverage at %d %% precision", title, percent),
			Doc: fmt.Sprintf("the largest part of the answers, the surest first, whose precision is at least %d %% by the one-sided 95 %% Wilson bound; "+
				"a bound already, so it gets no interval", percent) + over,
			Prepare: ranked(func(r Ranking, w []float64) float64 {
				if w != nil {
					return math.NaN()
				}
				return r.coverage(nil, target, true)
			}),
		})
	}
	return out
}

// scoredAnswers are the assigned codes that state a confidence.
func scoredAnswers(cases []*Case, t int) []Scored {
	var out []Scored
	for i, c := range cases {
		o := c.outcomes[t]
		if o == nil {
			continue
		}
		right := make([]bool, len(o.Answers))
		neutral := make([]bool, len(o.Answers))
		for _, p := range o.Hits {
			right[p.Predicted] = true
		}
		for _, p := range o.Optional {
			neutral[p.Predicted] = true
		}
		for k, a := range o.Answers {
			if a.Confidence > 0 && !neutral[k] {
				out = append(out, Scored{a.Confidence, right[k], i})
			}
		}
	}
	return out
}

// coverage is the largest part of the answers at which precision, or its lower
// bound, reaches the target.
func (r Ranking) coverage(weights []float64, target float64, certified bool) float64 {
	best, mass, right := 0.0, 0.0, 0.0
	for i := len(r.answers) - 1; i >= 0; {
		m, good, next := r.level(i, -1, weights)
		i = next
		mass += m
		right += good
		precision := right / mass
		if certified {
			precision = WilsonLower(int(right), int(mass), certificateLevel)
		}
		if precision >= target {
			best = mass
		}
	}
	return best / mass
}

// classwise averages the calibration error over the commonest codes.
func classwise(cases []*Case, t int) Weighted {
	classes := classRankings(cases, t)
	return func(weights []float64) (num, den float64) {
		for _, c := range classes {
			if c.mass(weights) > 0 {
				num += c.ECE(calibrationBins, weights)
				den++
			}
		}
		return num, den
	}
}

// class is one code with the confidences it was given as a candidate.
type class struct {
	code string
	Ranking
}

func classRankings(cases []*Case, t int) []class {
	var out []class
	for _, code := range commonest(cases, t, classwiseCodes) {
		if r := Rank(candidacies(cases, t, code)); len(r.answers) > 0 {
			out = append(out, class{code, r})
		}
	}
	return out
}

// CodeCalibration says whether the confidence in one code means a probability.
type CodeCalibration struct {
	System, Code, Title  string
	N                    int     // reports where it was a candidate and not optional
	Confidence, Accuracy float64 // mean confidence, and part of them in which it is gold
	ECE                  float64
}

// CodeCalibrations are the 20 commonest gold codes of each system, those of
// cpt.ece_classwise and icd10cm.ece_classwise.
func (r *Run) CodeCalibrations() []CodeCalibration {
	var out []CodeCalibration
	for _, t := range trecSystems {
		for _, c := range classRankings(r.Cases, t) {
			all := c.Bins(1, nil)[0]
			out = append(out, CodeCalibration{tasks[t].name, c.code, r.Title(c.code), len(c.answers), all.Mean, all.Accuracy, c.ECE(calibrationBins, nil)})
		}
	}
	return out
}

// commonest are the n codes that are gold most often, ties by code.
func commonest(cases []*Case, t, n int) []string {
	support := map[string]int{}
	var codes []string
	for _, c := range cases {
		if o := c.outcomes[t]; o != nil {
			for _, g := range o.Gold {
				if g.Optional {
					continue
				}
				if support[g.Code]++; support[g.Code] == 1 {
					codes = append(codes, g.Code)
				}
			}
		}
	}
	slices.SortFunc(codes, func(a, b string) int { return cmp.Or(support[b]-support[a], cmp.Compare(a, b)) })
	return codes[:min(n, len(codes))]
}

// candidacies are the confidences that one code was given, once per report.
// Reports where it is optional are left out.
func candidacies(cases []*Case, t int, code string) []Scored {
	var out []Scored
	for i, c := range cases {
		o := c.outcomes[t]
		if o == nil {
			continue
		}
		best := 0.0
		for _, x := range c.candidates(t) {
			if sameCode(x.Code, code) {
				best = max(best, x.Confidence)
			}
		}
		if wanted, neutral := o.wants(code); best > 0 && !neutral {
			out = append(out, Scored{best, wanted, i})
		}
	}
	return out
}

// wants reports whether a gold entry that is required accepts the code, or only
// an optional one does.
func (o *Outcome) wants(code string) (wanted, neutral bool) {
	for _, g := range o.Gold {
		if g.Accepts(code) {
			wanted, neutral = wanted || !g.Optional, true
		}
	}
	return wanted, neutral && !wanted
}

// candidates are all codes of a task that were considered with a confidence,
// assigned or not.
func (c *Case) candidates(t int) []coding.Candidate {
	if tasks[t].system == lexicon.ICD10CM {
		return c.Prediction.Considered.ICD10CM
	}
	var out []coding.Candidate
	for _, a := range c.Prediction.CPT {
		out = append(out, coding.Candidate{Code: a.Code, Confidence: a.Confidence})
		out = append(out, a.RunnersUp...)
	}
	return out
}
