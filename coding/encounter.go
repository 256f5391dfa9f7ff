package coding

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"

	lru "github.com/hashicorp/golang-lru/v2"

	"github.com/radcode/radcode/nlp"
)

// Encounter is what was done for one patient on one day, on one claim. Its flags are about that claim;
// those of the reports stand in their results.
type Encounter struct {
	Patient     string           `json:"patient"`
	Date        string           `json:"date"`    // of service
	Reports     []string         `json:"reports"` // ids, in the order of the input
	Claim       Claim            `json:"claim"`   // every line names its report
	Claims      map[Policy]Claim `json:"claims"`
	Modifiers   []DayModifier    `json:"modifiers"` // that the reports have only together
	Flags       []Flag           `json:"flags"`
	Disposition Disposition      `json:"disposition"`
	Results     []Result         `json:"results"`

	// Sources are the reports behind the lines of Claim, line by line.
	Sources []Source `json:"-"`
}

// DayModifier is a modifier of a line of Encounter.Claim, from 1, and why it applies.
type DayModifier struct {
	Line   int    `json:"line"`
	Code   string `json:"code"`
	Reason string `json:"reason"`
}

// Source is a report with its result.
type Source struct {
	nlp.Report
	Result Result
}

// EncounterRule is a flag that only the reports of a day together can raise.
type EncounterRule struct {
	ID, Doc  string
	Severity Severity
	Query    string
}

// EncounterRules returns them in the order in which they are looked for. The slice is the caller's.
func EncounterRules() []EncounterRule { return slices.Clone(encounterRules) }

var encounterRules = []EncounterRule{
	{splitDay, "the reports of this patient and day do not stand together in the input; what is billed across them was not seen", SeverityWarning, ""},
	{sameReport, "the same report came twice and is billed once", SeverityInfo, ""},
	{supersededReport, "a preliminary report is left out beside the final one of the same study", SeverityInfo, ""},
	{repeatUnconfirmed, "two reports of the day have the same code, and their times do not show that the study was done twice", SeverityWarning, "Was this study done twice on this day?"},
	{dayDxLimit, "a claim holds twelve diagnoses; the rest of the day's are left out", SeverityWarning, ""},
}

// Ids of flags of encounters.
const (
	splitDay          = "patient_day_split"
	sameReport        = "same_report"
	supersededReport  = "preliminary_superseded"
	repeatUnconfirmed = "repeat_unconfirmed"
	dayDxLimit        = "dx_limit"
)

// EncounterFlags returns the ids of EncounterRules.
func EncounterFlags() []string {
	var out []string
	for _, r := range encounterRules {
		out = append(out, r.ID)
	}
	return out
}

// encounterFlag is the flag of a rule, with a message of its own unless that is empty.
func encounterFlag(id, message string, lines []int) Flag {
	for _, r := range encounterRules {
		if r.ID == id {
			return Flag{ID: id, Severity: r.Severity, Message: cmp.Or(message, r.Doc), Query: r.Query, Evidence: []Evidence{}, Lines: lines}
		}
	}
	return Flag{ID: id}
}

// Bounds on what is held of a stream: the reports of one encounter, and the patients and days that are
// remembered to tell when one comes back.
const (
	maxEncounter    = 256
	encountersKnown = 1 << 16
)

// Encounters codes a stream of reports and yields one encounter for each patient and day, in the order of the input.
// The reports of a patient and day must stand together: the input is sorted by patient and date of service. Those that come
// back later, among the last 65,536, make another encounter, which says so; so do more than 256 of one day. A report without patient or
// date of service in its metadata is an encounter of its own. Memory is bounded by one encounter and a few reports per
// worker; the answer is the same for any number of workers. The first error (only ever the context's) ends the sequence.
func (e *Engine) Encounters(ctx context.Context, reports iter.Seq[nlp.Report], workers int) iter.Seq2[Encounter, error] {
	return func(yield func(Encounter, error) bool) {
		known, err := lru.New[encounterKey, struct{}](encountersKnown)
		if err != nil {
			yield(Encounter{}, fmt.Errorf("coding: %w", err))
			return
		}
		var day []attended
		var at encounterKey
		flush := func() bool {
			if len(day) == 0 {
				return true
			}
			_, again := known.Get(at)
			if at != (encounterKey{}) {
				known.Add(at, struct{}{})
			}
			out := e.joinDay(day, again)
			day = nil
			return yield(out, nil)
		}
		for one, err := range e.attend(ctx, reports, workers) {
			if err != nil {
				yield(Encounter{}, err)
				return
			}
			key := encounterKey{one.report.Meta.Patient, one.report.Meta.DateOfService}
			if key.patient == "" || key.date == "" {
				key = encounterKey{}
			}
			if (key != at || key == encounterKey{} || len(day) == maxEncounter) && !flush() {
				return
			}
			at, day = key, append(day, one)
		}
		flush()
	}
}

type encounterKey struct{ patient, date string }

// attended is a report with its result, on its way to an encounter.
type attended struct {
	report  nlp.Report
	result  Result
	minute  int    // time of service in minutes, -1 where none is stated
	reader  string // who signed, "" where nobody did
	session int
}

// attend codes reports and keeps each beside its result.
func (e *Engine) attend(ctx context.Context, reports iter.Seq[nlp.Report], workers int) iter.Seq2[attended, error] {
	return func(yield func(attended, error) bool) {
		waiting := make(chan nlp.Report, 4*max(workers, 1)+4) // more than CodeAll takes ahead
		feed := func(yield func(nlp.Report) bool) {
			for r := range reports {
				select {
				case waiting <- r:
				case <-ctx.Done():
					return
				}
				if !yield(r) {
					return
				}
			}
		}
		for res, err := range e.CodeAll(ctx, feed, workers) {
			if err != nil {
				yield(attended{}, err)
				return
			}
			r := <-waiting
			if !yield(attended{report: r, result: res, minute: minuteOf(r.Meta.TimeOfService), reader: signer(r.Text)}, nil) {
				return
			}
		}
		if err := ctx.Err(); err != nil {
			yield(attended{}, err)
		}
	}
}

// Encounter codes the reports of one patient and day together, in the order of their times
// where all have one. The error is only ever the context's.
func (e *Engine) Encounter(ctx context.Context, reports []nlp.Report) (Encounter, error) {
	var day []attended
	for _, r := range reports {
		res, err := e.Code(ctx, r)
		if err != nil {
			return Encounter{}, err
		}
		day = append(day, attended{report: r, result: res, minute: minuteOf(r.Meta.TimeOfService), reader: signer(r.Text)})
	}
	return e.joinDay(day, false), nil
}
