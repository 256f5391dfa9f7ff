package exchange

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"iter"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/nlp"
)

// Record is a report with what is known about it: one corpus line, or what a
// message of another format says in those terms.
type Record struct {
	nlp.Report
	Gold  *Gold    `json:"gold,omitempty"`  // nil: not labelled
	Group string   `json:"group,omitempty"` // what must stay in one fold: a hospital, a patient
	Tags  []string `json:"tags,omitempty"`

	Line  int                        `json:"-"` // 1-based line of the file where the item begins; 0 when not read from one
	Extra map[string]json.RawMessage `json:"-"` // keys the format does not know, as they stood
	Notes []string                   `json:"-"` // what the reader did that a person should know

	Identifiers []string `json:"-"` // values beside the text that say who patient and staff are; no output shows them
}

// Gold is what coders assigned. A nil slice or map was not labelled and is not
// scored; an empty one says that nothing applies.
type Gold struct {
	CPT           []GoldCode                   `json:"cpt,omitzero"`
	ICD10CM       []GoldCode                   `json:"icd10cm,omitzero"` // the claim under coding.Official
	Primary       map[coding.Policy][]GoldCode `json:"primary,omitzero"`
	Flags         []string                     `json:"flags,omitzero"`
	FlagsOptional []string                     `json:"flags_optional,omitzero"` // neither hit nor miss
	Findings      []string                     `json:"findings,omitzero"`       // what a chest film shows: any of 14 findings, or normal alone; empty: something else
}

// GoldCode is one assigned code. Accept lists codes and code prefixes that
// count as right as well; an optional code is neither hit nor miss.
type GoldCode struct {
	Code      string   `json:"code"`
	Accept    []string `json:"accept,omitzero"`
	Modifiers []string `json:"modifiers,omitzero"`
	ICD9CM    string   `json:"icd9cm,omitempty"` // the code that coders gave, when Code was converted from it
	Optional  bool     `json:"optional,omitempty"`
}

// recordKeys are the keys of a corpus line that Record has fields for.
var recordKeys = []string{"id", "exam", "text", "meta", "gold", "group", "tags"}

// UnmarshalJSON reads a corpus line; unknown keys go to Extra.
func (r *Record) UnmarshalJSON(line []byte) error {
	type plain Record // without this method
	*r = Record{}
	if err := json.Unmarshal(line, (*plain)(r)); err != nil {
		return err
	}
	if err := json.Unmarshal(line, &r.Extra); err != nil {
		return err
	}
	for _, key := range recordKeys {
		delete(r.Extra, key)
	}
	if len(r.Extra) == 0 {
		r.Extra = nil
	}
	return nil
}

// ReadCorpus reads JSON lines: corpus lines, or FHIR resources as bulk exports
// write them. Memory is bounded by the longest line. Empty lines, a byte order
// mark, CRLF and a missing last newline are fine. A bad line is an *ItemError
// and reading goes on; any other error is the reader's and comes last. Name is
// for messages.
func ReadCorpus(r io.Reader, name string) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		lines := lineReader{r: unwrap(r)}
		for {
			line, err := lines.next()
			if err == io.EOF {
				return
			}
			if err != nil && !errors.Is(err, errTooLong) {
				yield(Record{}, err)
				return
			}
			if line = bytes.TrimSpace(line); len(line) == 0 && err == nil {
				continue
			}
			if !yieldItem(line, err, name, lines.line, yield) {
				return
			}
		}
	}
}

// yieldItem yields the records of one JSON value, or the error that stands in
// its place. It reports whether to go on.
func yieldItem(item []byte, err error, name string, line int, yield func(Record, error) bool) bool {
	var records []Record
	if err == nil {
		records, err = jsonRecords(item)
	}
	if err != nil {
		return yield(Record{}, &ItemError{name, line, explain(err)})
	}
	for _, rec := range records {
		rec.Line = line
		if !yield(rec, nil) {
			return false
		}
	}
	return true
}

// jsonRecords reads one JSON object: a corpus line or a FHIR resource.
func jsonRecords(item []byte) ([]Record, error) {
	text, note := decode(item)
	item = []byte(text)
	if bytes.Contains(item, []byte(`"resourceType"`)) {
		var head struct{ ResourceType string }
		if err := json.Unmarshal(item, &head); err == nil && head.ResourceType != "" {
			return fhirRecords(item)
		}
	}
	var rec Record
	if err := json.Unmarshal(item, &rec); err != nil {
		return nil, err
	}
	rec.note(note)
	return []Record{rec}, nil
}

func (r *Record) note(s string) {
	if s != "" {
		r.Notes = append(r.Notes, s)
	}
}

// lineReader reads lines up to MaxItem into a buffer that it uses again.
type lineReader struct {
	r    *bufio.Reader
	buf  []byte
	line int // number of the line that next returned
}

// next returns the next line with its end. A line over the limit is skipped and
// errTooLong returned for it.
func (l *lineReader) next() ([]byte, error) {
	l.buf = l.buf[:0]
	l.line++
	tooLong := false
	for {
		part, err := l.r.ReadSlice('\n')
		tooLong = tooLong || len(l.buf)+len(part) > MaxItem
		if !tooLong {
			l.buf = append(l.buf, part...)
		}
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err != nil && err != io.EOF:
			return nil, err
		case tooLong:
			return nil, errTooLong
		case err == io.EOF && len(l.buf) == 0:
			return nil, io.EOF
		}
		return l.buf, nil
	}
}
