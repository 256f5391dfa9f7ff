// Package models holds what is learned: the weights of the procedure ranker,
// the calibrators that turn scores into probabilities, and how both are trained.
// The weights are embedded from data/*.tsv, small enough to review, and are
// reproduced by `radcode train`. Training is single-threaded and seeded:
// the same corpus gives the same bytes.
package models
