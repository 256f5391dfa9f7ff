// Package verify re-checks a coding.Result against the report that it is about,
// with code of its own. It never calls the engine: it reads the words of the
// report with a plain matcher over the terms of the lexicon, looks codes up in the tables
// and in imported releases, and compares what the result claims with what stands there.
//
// A result that passes says nothing that the report does not bear out by these
// means; it may still leave something out. docs/verify.md lists what cannot be seen.
package verify
