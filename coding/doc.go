// Package coding is the engine: a report in, exams with ranked procedure codes,
// diagnoses under both first-listed policies, claim lines, documentation flags
// and a disposition out.
//
// What a report says and what a code means are both sets of concepts per axis.
// One comparison of the two (compare.go) gives the score, its explanation and
// the flags: a flag is an axis on which good candidates differ and the report
// is silent. An Engine is immutable and safe for concurrent use; the same report
// gives the same bytes.
package coding
