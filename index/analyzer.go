package index

import (
	"fmt"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
	"github.com/blevesearch/bleve/v2/analysis/token/porter"
	"github.com/blevesearch/bleve/v2/analysis/token/stop"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
	"github.com/blevesearch/bleve/v2/analysis/tokenmap"
	"github.com/blevesearch/bleve/v2/mapping"
)

const (
	medicalAnalyzer = "medical"
	fieldTitle      = "title"
	fieldTerms      = "terms"
	fieldSystem     = "system"
)

// stopWords carry nothing in a code title. The usual English list is not used:
// it drops "without", "no", "not", "both" and "other", on which codes differ.
var stopWords = []any{"a", "an", "and", "as", "at", "by", "for", "in", "is", "of", "on", "or", "the", "to", "due"}

// descriptorMapping analyses titles and terms as medical English: Unicode
// words, lower case, possessives off, a small stop list, Porter stems. Term
// vectors and stored fields are left out; the codes themselves are in memory.
func descriptorMapping() (mapping.IndexMapping, error) {
	im := bleve.NewIndexMapping()
	if err := im.AddCustomTokenMap("codeStops", map[string]any{"type": tokenmap.Name, "tokens": stopWords}); err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	if err := im.AddCustomTokenFilter("codeStops", map[string]any{"type": stop.Name, "stop_token_map": "codeStops"}); err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	err := im.AddCustomAnalyzer(medicalAnalyzer, map[string]any{
		"type": custom.Name, "tokenizer": unicode.Name,
		"token_filters": []string{lowercase.Name, en.PossessiveName, "codeStops", porter.Name},
	})
	if err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	text := bleve.NewTextFieldMapping()
	text.Analyzer, text.Store, text.IncludeTermVectors, text.IncludeInAll, text.DocValues = medicalAnalyzer, false, false, false, false
	exact := bleve.NewKeywordFieldMapping()
	exact.Store, exact.IncludeTermVectors, exact.IncludeInAll, exact.DocValues = false, false, false, false
	doc := bleve.NewDocumentStaticMapping()
	doc.AddFieldMappingsAt(fieldTitle, text)
	doc.AddFieldMappingsAt(fieldTerms, text)
	doc.AddFieldMappingsAt(fieldSystem, exact)
	im.DefaultMapping = doc
	im.DefaultAnalyzer = medicalAnalyzer
	return im, nil
}
