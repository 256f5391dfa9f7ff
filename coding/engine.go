package coding

import (
	"fmt"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/models"
	"github.com/radcode/radcode/nlp"
)

// Engine codes reports. Build it once with New; it is immutable and safe for
// concurrent use.
type Engine struct {
	lex      *lexicon.Lexicon
	reader   *nlp.Reader
	features *features
	ranker   *ranker
	subwords *models.Subwords
	options  Options
	stages   []Stage

	calibration models.Weights
	rules       []Rule
	retrieval   *retrieval                                // nil: the lexicon alone
	codeable    map[lexicon.ConceptID][]lexicon.ConceptID // body parts that codes of a modality name
}

// Options configure an engine. The zero value works.
type Options struct {
	Lexicon *lexicon.Lexicon // nil: the embedded one
	Today   string           // date of service when the report has none, YYYY-MM-DD; "" = newest release known
	Policy  Policy           // whose claim is Result.Claim; "" = Indication
	Weights models.Weights   // nil: the embedded ones

	Subwords *models.Subwords // what Weights know of words outside the lexicon; nil: the embedded ones

	Calibration models.Weights // nil: the embedded one
	Codesets    []Codeset      // what Result.Version reports
	Candidates  int            // procedure codes ranked per exam, which Trace shows; at least 10, a Result shows 5

	Bilateral Bilateral // how a study of both sides is billed with a code for one; "" = OneLine

	// Retriever opens what is asked for indications that the lexicon does not
	// know; nil: nothing is. It is called once, with the first such phrase, and
	// should tell its own errors: without a Retriever the engine goes on alone.
	Retriever func() (Retriever, error)
}

// Bilateral is a payer's style for a study of both sides.
type Bilateral string

// Styles: one line with modifier 50, or a line for each side.
const (
	OneLine  Bilateral = "one-line"
	TwoLines Bilateral = "two-line"
)

// New builds an engine.
func New(o Options) (*Engine, error) {
	if o.Lexicon == nil {
		lex, err := lexicon.Default()
		if err != nil {
			return nil, fmt.Errorf("coding: %w", err)
		}
		o.Lexicon = lex
	}
	if o.Weights == nil {
		w, err := models.LoadWeights("procedure")
		if err != nil {
			return nil, fmt.Errorf("coding: %w", err)
		}
		o.Weights = w
	}
	if o.Subwords == nil {
		s, err := models.LoadSubwords()
		if err != nil {
			return nil, fmt.Errorf("coding: %w", err)
		}
		o.Subwords = s
	}
	if o.Calibration == nil {
		w, err := models.LoadWeights("calibration")
		if err != nil {
			return nil, fmt.Errorf("coding: %w", err)
		}
		o.Calibration = w
	}
	reader, err := nlp.New(o.Lexicon)
	if err != nil {
		return nil, fmt.Errorf("coding: %w", err)
	}
	e := &Engine{lex: o.Lexicon, reader: reader, features: newFeatures(o.Lexicon), subwords: o.Subwords, options: o, stages: Stages(), calibration: o.Calibration, rules: Rules(), codeable: codeableRegions(o.Lexicon)}
	if err := checkRules(e.rules); err != nil {
		return nil, fmt.Errorf("coding: %w", err)
	}
	if e.retrieval, err = newRetrieval(o.Lexicon, o.Retriever); err != nil {
		return nil, fmt.Errorf("coding: %w", err)
	}
	e.ranker = newRanker(e.lex, e.features, o.Weights)
	return e, nil
}
