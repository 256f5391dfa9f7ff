package coding

import (
	"fmt"
	"slices"
	"strings"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/errgroup"

	"github.com/radcode/radcode/index"
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

	calibration   models.Weights
	rules         []Rule
	retrieval     *retrieval // nil: the lexicon alone
	advisor       *advisor
	followupCodes *lru.Cache[string, string] // by date and name of the study
	instructions  *lru.Cache[instructionKey, []instruction]
	assessor      *assessor
	guided        []int // procedures whose code holds imaging guidance, by index
	profiles      []Profile
	codeable      map[lexicon.ConceptID][]lexicon.ConceptID // body parts that codes of a modality name
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

	// Profile is how the payer of all reports wants claims; nil: that of Profiles which the payer in the metadata
	// chooses, and where none does a payer of whom nothing is known.
	Profile  *Profile
	Profiles []Profile // tried in order; nil: the built-in ones

	// OmitExternalCauses leaves external causes of injuries (V00-Y99) off the claims, for payers that
	// do not want them; they stay among the diagnoses, in their role.
	OmitExternalCauses bool

	Bilateral Bilateral // how a study of both sides is billed with a code for one; "" = by the payer's profile
	Distinct  Distinct  // how a separate service is told from a part of another; "" = by the payer's profile

	// Retriever opens what is asked for indications that the lexicon does not
	// know; nil: nothing is. It is called once, with the first such phrase, and
	// should tell its own errors: without a Retriever the engine goes on alone. nil
	// with a Release: the release is asked.
	Retriever func() (Retriever, error)

	// Release returns the imported release of ICD-10-CM in force on a date of
	// service, the newest for "", nil when there is none: titles and validity of
	// diagnoses come from it. It must be safe for concurrent use, give the same answer every time, and
	// tell its own errors. What the lexicon does not know is looked up in it. nil: the lexicon alone.
	Release func(date string) *index.Release

	Tables *index.PaymentTables // imported payment tables; nil: none
}

// Bilateral is a payer's style for a study of both sides.
type Bilateral string

// Styles: one line with modifier 50, or a line for each side. "" is one line.
const (
	OneLine  Bilateral = "one-line"
	TwoLines Bilateral = "two-line"
)

// New builds an engine.
//
// It refuses a date, a policy or a style of billing that it does not know: the claim
// would be empty, or another one than was asked for.
func New(o Options) (*Engine, error) {
	if err := o.check(); err != nil {
		return nil, fmt.Errorf("coding: %w", err)
	}
	if err := o.load(); err != nil {
		return nil, fmt.Errorf("coding: %w", err)
	}
	e := &Engine{
		lex: o.Lexicon, features: newFeatures(o.Lexicon), subwords: o.Subwords, options: o,
		stages: Stages(), calibration: o.Calibration, rules: bySeverity(Rules()), codeable: codeableRegions(o.Lexicon),
		assessor: newAssessor(o.Lexicon), advisor: newAdvisor(o.Lexicon), guided: guidedProcedures(o.Lexicon),
		followupCodes: newCache[string, string](cachedFollowups), instructions: newCache[instructionKey, []instruction](cachedInstructions),
	}
	if e.profiles = o.Profiles; e.profiles == nil {
		var err error
		if e.profiles, err = Profiles(); err != nil {
			return nil, err
		}
	}
	if err := checkRules(e.rules); err != nil {
		return nil, fmt.Errorf("coding: %w", err)
	}
	// The reader and the ranker take about as long as each other, and nothing of
	// each other.
	var g errgroup.Group
	g.Go(func() (err error) {
		e.reader, err = nlp.New(o.Lexicon)
		return err
	})
	g.Go(func() error {
		e.ranker = newRanker(e.lex, e.features, o.Weights)
		return nil
	})
	if err := g.Wait(); err != nil {
		return nil, fmt.Errorf("coding: %w", err)
	}
	if o.Retriever == nil && o.Release != nil {
		o.Retriever = func() (Retriever, error) { return ReleaseRetriever(o.Release, Thesaurus(o.Lexicon)), nil }
	}
	e.retrieval = newRetrieval(o.Lexicon, o.Retriever)
	return e, nil
}

// check refuses values that are none of those that an option can have.
func (o *Options) check() error {
	if o.Today != "" && !isDate(o.Today) {
		return fmt.Errorf("today %q is no date: write YYYY-MM-DD", o.Today)
	}
	for _, c := range []struct {
		name, value string
		allowed     []string
	}{
		{"policy", string(o.Policy), []string{string(Indication), string(Official)}},
		{"bilateral style", string(o.Bilateral), []string{string(OneLine), string(TwoLines)}},
		{"style of separate services", string(o.Distinct), []string{string(Distinct59), string(DistinctX)}},
	} {
		if c.value != "" && !slices.Contains(c.allowed, c.value) {
			return fmt.Errorf("unknown %s %q: use one of %s", c.name, c.value, strings.Join(c.allowed, ", "))
		}
	}
	return nil
}

func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// load fills in what is embedded, tables and weights side by side: a program
// that codes one report spends its time here.
func (o *Options) load() error {
	var g errgroup.Group
	if o.Lexicon == nil {
		g.Go(func() (err error) { o.Lexicon, err = lexicon.Default(); return err })
	}
	if o.Weights == nil {
		g.Go(func() (err error) { o.Weights, err = models.LoadWeights("procedure"); return err })
	}
	if o.Subwords == nil {
		g.Go(func() (err error) { o.Subwords, err = models.LoadSubwords(); return err })
	}
	if o.Calibration == nil {
		g.Go(func() (err error) { o.Calibration, err = models.LoadWeights("calibration"); return err })
	}
	return g.Wait()
}
