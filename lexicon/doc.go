// Package lexicon holds what radcode knows about words and codes: which term
// names which concept, which axes a procedure code has, which code a diagnosis
// concept becomes at a site, on a side, in an encounter.
//
// All knowledge stands in data/*.tsv (formats: docs/lexicon.md), is embedded in
// the binary and parsed once. A Lexicon is immutable after Load and safe for
// concurrent use. The package knows nothing about reports.
package lexicon
