package eval

import "github.com/radcode/radcode/coding"

// Page is all that report.html of an evaluation says, already counted and
// computed: WritePage only lays it out. Every part may be empty and is left out
// then; the zero Page is an empty report.
//
// Shares, precisions and confidences are between 0 and 1. NaN is a value that
// is not defined (0 of 0) and is shown as a dash. Slices are shown in the order
// given. Text may hold anything, also invalid UTF-8; it is escaped.
type Page struct {
	Title   string // "" is "Evaluation of ENGINE on CORPUS"
	Corpus  string // name of the corpus
	Engine  string // name and version of what was measured
	Reports int    // reports measured
	Note    string // one or two sentences a reader must know, such as how gold was made

	Metrics     []PageMetric
	Systems     []PageSystem // code systems, each a tab
	Slices      PageSlices
	Errors      PageErrors
	Tables      []PageTable // flags, calibration and whatever else is a plain table
	Manifest    []PageFact  // what is needed to repeat the run
	Definitions []PageDefinition
}

// PageMetric is one line of the headline table. Metrics of one Group stand
// together under its name, in the order in which the groups first appear.
type PageMetric struct {
	Group    string
	Name     string
	Doc      string
	Value    float64
	Plain    bool         // Value is a number, such as a kappa or a mean rank, not a share shown in percent and drawn
	Interval PageInterval // 95 %
	Num, Den float64      // what Value is a ratio of; Den 0: not a ratio of counts
	Humans   []PageMark   // the same metric of each coder, drawn beside it
}

// PageInterval is a confidence interval. Zero and NaN: not known.
type PageInterval struct{ Low, High float64 }

// PageMark is a named value on the scale of a metric.
type PageMark struct {
	Name  string
	Value float64
}

// PageSystem is what is told of one code system.
type PageSystem struct {
	ID          string // "cpt"; PageCode.System refers to it
	Name        string // "CPT/HCPCS"
	Reliability *PageReliability
	Curve       *PageCurve
	Labels      []PageLabel
	Confusions  []PageConfusion
	Partial     []PagePartial
	Losses      []PageLoss
}

// PageReliability compares stated confidence with what came true.
type PageReliability struct {
	Bins        []PageBin // equal mass, by rising confidence
	ECE         float64   // expected calibration error over Bins
	ECEInterval PageInterval
	Histogram   []PageBar // bars of equal width over 0 to 1, the last one closed
	Caption     string    // further sentences, such as the Brier score
}

// PageBin is a bin of a reliability diagram.
type PageBin struct {
	Mean     float64 // mean confidence
	Accuracy float64
	N        int
	Wilson   PageInterval // 95 % interval of Accuracy
}

// PageBar is a bar of a histogram: N answers, Right of them right.
type PageBar struct{ N, Right int }

// PageCurve says what is gained and risked by accepting answers from a
// confidence on without a look.
type PageCurve struct {
	Unit    string      // what is automated, in the plural: "reports" (also when empty) or "codes"
	Total   int         // units in all, the answered and the unanswered
	Points  []PagePoint // by falling threshold, so that Automated never falls; MaxPagePoints is plenty
	Level   float64     // confidence of PagePoint.Low; 0 is 0.95
	Targets []PageTarget
	Doc     string // a sentence or two: how the bound is computed and a target certified
}

// PagePoint is one threshold of a curve: Automated units have at least that
// confidence, and Errors of them are wrong.
type PagePoint struct {
	Threshold         float64 // finite
	Automated, Errors int
	Low               float64 // lower confidence bound of the precision
}

// PageTarget is a precision that was asked for, such as 0.98, and the lowest
// threshold at which it is certified, if any is.
type PageTarget struct {
	Precision float64
	Certified bool
	Threshold float64 // one of the thresholds of the curve
}

// PageLabel is one code of the per-label table.
type PageLabel struct {
	Code, Title                            string
	Support, Predicted, Hit, Extra, Missed int
	Precision, Recall, F1                  float64
	LostF1                                 float64 // micro-F1 that would be won if every answer about this code were right
}

// PageConfusion is a code given in place of another. An empty Gold or Predicted
// is "none".
type PageConfusion struct {
	Gold, GoldTitle           string
	Predicted, PredictedTitle string
	Kind                      string // relation of the two, such as "wrong contrast"
	Count                     int
}

// PagePartial is a kind of near miss.
type PagePartial struct {
	Kind, Doc string
	Count     int
	Share     float64
}

// PageLoss is how many gold codes were lost in a stage.
type PageLoss struct {
	Stage, Doc string
	Count      int
}

// PageSlices are the heat map of slices by metrics.
type PageSlices struct {
	Metrics []PageDefinition
	Rows    []PageSlice
}

// PageSlice is a row of the heat map: a part of the corpus.
type PageSlice struct {
	Name, Doc string
	Reports   int
	Cells     []PageCell // one per metric of PageSlices; absent ones are not defined
}

// PageCell is a metric of a slice. N is what the metric is a share of.
type PageCell struct {
	Value    float64
	Interval PageInterval
	N        int
}

// PageErrors are the reports of the error browser. A page holds at most what
// Cap leaves, so that a browser opens it at once; Total says how many there are.
type PageErrors struct {
	Total   int // reports with errors in the evaluation; less than len(Reports) is len(Reports)
	Reports []PageReport
}

// PageReport is a report with at least one error.
type PageReport struct {
	ID, Exam, Text string
	Severity       float64  // the higher, the earlier it is listed
	Tags           []string // slices it belongs to
	Note           string
	Codes          []PageCode
}

// PageCode is one line of gold and predicted codes side by side. Outcome
// decides which sides are filled.
type PageCode struct {
	System                    string // PageSystem.ID
	Outcome                   PageOutcome
	Gold, GoldTitle           string
	Predicted, PredictedTitle string
	Confidence                float64 // of the predicted code; 0: none was stated
	Kind                      string  // of error, such as "wrong contrast"
	Stage                     string  // that lost the gold code, such as "ranking"
	// Evidence are the places that justify the predicted code: bytes, half-open,
	// in Text or, when Section is "title", in Exam. What lies outside is cut off.
	Evidence []coding.Evidence
}

// PageOutcome says how a code of a report fared.
type PageOutcome string

// Outcomes. Confused is a gold code and the wrong one given in its place: one
// missed and one extra code in one line.
const (
	PageHit      PageOutcome = "hit"      // Gold and Predicted
	PageMissed   PageOutcome = "missed"   // Gold only
	PageExtra    PageOutcome = "extra"    // Predicted only
	PageConfused PageOutcome = "confused" // Gold and Predicted
	PageOptional PageOutcome = "optional" // Gold, and Predicted if it was given: neither hit nor miss
)

// PageTable is a table of its own section. Rows have the length of Columns.
type PageTable struct {
	Title, Doc string
	Columns    []PageColumn
	Rows       [][]string
}

// PageColumn is a column of a PageTable. A Number column is aligned right and
// sorted by the number its cells begin with ("12", "93.1 %", "1,024").
type PageColumn struct {
	Name, Doc string
	Number    bool
}

// PageFact is a line of the manifest.
type PageFact struct{ Key, Value string }

// PageDefinition explains a term in the list at the end of the page. Terms of
// metrics, columns, kinds and stages that have a Doc are listed without being
// given again.
type PageDefinition struct{ Term, Doc string }

// Limits that keep a page small and quick; nothing fails beyond them.
const (
	MaxPageErrors     = 1000    // reports that PageErrors.Cap leaves
	MaxPageErrorBytes = 4 << 20 // and the bytes of JSON about them
	MaxPagePoints     = 2000    // points of a curve worth giving
)
