// Package eval measures codes against gold: those of the engine, of a rival, of a
// baseline, or of a file, all by the same code. It knows what is measured only as a Coder.
//
// Measure codes a Corpus and scores it; a Run has every Metric with its interval,
// slices, labels, confusions and the stage in which each missed code was lost, and writes them
// as files. Compare tests two written runs against each other. Metrics, relations, slices and
// outputs are tables: a new one is a new row, and docs/eval.md lists them.
//
// Nothing here reads the environment, the clock or the network. The same corpus,
// coder and seed give the same bytes for any number of workers.
package eval
