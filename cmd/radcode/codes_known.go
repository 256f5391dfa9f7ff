package main

import (
	"slices"
	"strings"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/index"
	"github.com/radcode/radcode/index/codeset"
	"github.com/radcode/radcode/lexicon"
)

// knownCodes answers which codes radcode knows while payment tables are read:
// procedures of the lexicon, diagnoses of the lexicon and of every imported release.
type knownCodes struct {
	procedures, diagnoses []string // sorted; diagnoses as the lexicon spells them
	releases              *index.Releases
	err                   error // of a release that could not be opened
}

func (a *app) knownCodes() (*knownCodes, error) {
	lex, err := lexicon.Default()
	if err != nil {
		return nil, err
	}
	k := &knownCodes{}
	for _, c := range coding.Descriptors(lex) {
		if c.System == lexicon.ICD10CM {
			k.diagnoses = append(k.diagnoses, c.ID)
		} else {
			k.procedures = append(k.procedures, c.ID)
		}
	}
	slices.Sort(k.procedures)
	slices.Sort(k.diagnoses)
	k.releases, err = a.releases()
	return k, err
}

// into lets the readers ask.
func (k *knownCodes) into(o *codeset.Options) {
	o.Procedure, o.Diagnosis, o.Between = k.procedure, k.diagnosis, k.between
}

// procedure knows a code, or with a star one that begins so.
func (k *knownCodes) procedure(code string) bool {
	if beginning, ok := strings.CutSuffix(code, "*"); ok {
		return begins(k.procedures, beginning)
	}
	_, ok := slices.BinarySearch(k.procedures, code)
	return ok
}

// begins reports whether one of sorted texts has a beginning.
func begins(sorted []string, beginning string) bool {
	at, _ := slices.BinarySearch(sorted, beginning)
	return at < len(sorted) && strings.HasPrefix(sorted[at], beginning)
}

// diagnosis knows a code, or a category with codes below it.
func (k *knownCodes) diagnosis(code string) bool {
	if begins(k.diagnoses, code) {
		return true
	}
	for _, m := range k.releases.All() {
		r, err := k.releases.Named(m.System, m.Release)
		if err != nil {
			k.err = err
			continue
		}
		if _, ok := r.Code(code); ok {
			return true
		}
	}
	return false
}

// between lists the procedures of the lexicon in a range, or the diagnoses of the newest
// release; without one none, as the lexicon has not all.
func (k *knownCodes) between(first, last string) []string {
	if len(first) == 5 && !strings.Contains(first, ".") {
		from, _ := slices.BinarySearch(k.procedures, first)
		to, found := slices.BinarySearch(k.procedures, last)
		if found {
			to++
		}
		return k.procedures[from:max(from, to)]
	}
	r, err := k.releases.On(lexicon.ICD10CM, "")
	if err != nil {
		k.err = err
	}
	if err != nil || r == nil {
		return nil
	}
	return r.Between(first, last)
}
