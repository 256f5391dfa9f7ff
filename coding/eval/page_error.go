package eval

import (
	"cmp"
	"encoding/json"
	"slices"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/radcode/radcode/coding"
)

// Cap sorts the reports by falling severity, then by id, sets Total if it is
// not set, and keeps the first MaxPageErrors, leaving out those with which the
// page would hold more than MaxPageErrorBytes of JSON about them.
func (e *PageErrors) Cap() {
	e.Total = max(e.Total, len(e.Reports))
	slices.SortStableFunc(e.Reports, func(a, b PageReport) int {
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), cmp.Compare(a.ID, b.ID))
	})
	kept, size := []PageReport{}, 0
	for i := range e.Reports {
		if len(kept) == MaxPageErrors {
			break
		}
		data, err := json.Marshal(e.Reports[i].data())
		if err == nil && size+len(data) <= MaxPageErrorBytes {
			size += len(data)
			kept = append(kept, e.Reports[i])
		}
	}
	e.Reports = kept
}

// reportData is a report of the error browser as the page's script reads it.
type reportData struct {
	ID       string     `json:"id"`
	Exam     string     `json:"exam,omitempty"`
	Text     string     `json:"text"`
	Severity float64    `json:"severity"`
	Tags     []string   `json:"tags,omitempty"`
	Note     string     `json:"note,omitempty"`
	Codes    []codeData `json:"codes"`
}

// codeData has the places as UTF-16 offsets, which is how scripts count, each
// list sorted and half-open.
type codeData struct {
	System         string      `json:"system"`
	Outcome        PageOutcome `json:"outcome"`
	Gold           string      `json:"gold,omitempty"`
	GoldTitle      string      `json:"goldTitle,omitempty"`
	Predicted      string      `json:"predicted,omitempty"`
	PredictedTitle string      `json:"predictedTitle,omitempty"`
	Confidence     float64     `json:"confidence,omitempty"`
	Kind           string      `json:"kind,omitempty"`
	Stage          string      `json:"stage,omitempty"`
	InText         [][2]int    `json:"inText,omitempty"`
	InExam         [][2]int    `json:"inExam,omitempty"`
}

func (r *PageReport) data() reportData {
	d := reportData{r.ID, r.Exam, r.Text, number(r.Severity), r.Tags, r.Note, []codeData{}}
	inText, inExam := utf16Offsets(r.Text), utf16Offsets(r.Exam)
	for i := range r.Codes {
		c := &r.Codes[i]
		x := codeData{c.System, c.Outcome, c.Gold, c.GoldTitle, c.Predicted, c.PredictedTitle, number(c.Confidence), c.Kind, c.Stage, nil, nil}
		x.InText = spans(c.Evidence, inText, false)
		x.InExam = spans(c.Evidence, inExam, true)
		d.Codes = append(d.Codes, x)
	}
	return d
}

// utf16Offsets are the UTF-16 offsets of all bytes of a text, and of its end,
// in what JSON makes of it: each invalid byte is one U+FFFD. A byte within a rune
// has the offset of the rune.
func utf16Offsets(s string) []int {
	out := make([]int, len(s)+1)
	at := 0
	for i := 0; i < len(s); {
		r, width := utf8.DecodeRuneInString(s[i:])
		for k := range width {
			out[i+k] = at
		}
		i += width
		at += utf16.RuneLen(r)
	}
	out[len(s)] = at
	return out
}

// spans are the places in the exam name, or in the text, cut at its ends.
func spans(evidence []coding.Evidence, offsets []int, exam bool) [][2]int {
	var out [][2]int
	last := len(offsets) - 1
	for _, e := range evidence {
		if (e.Section == "title") != exam {
			continue
		}
		start, end := min(max(e.Start, 0), last), min(max(e.End, 0), last)
		for end < last && end > start && offsets[end] == offsets[end-1] {
			end++ // within a rune
		}
		if start < end {
			out = append(out, [2]int{offsets[start], offsets[end]})
		}
	}
	slices.SortFunc(out, func(a, b [2]int) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	return slices.Compact(out)
}
