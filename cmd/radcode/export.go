package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/nlp"
)

type exportFlags struct {
	engineFlags
	claimLines  bool
	as, groupBy string
	workers     int
}

func newExport(a *app) *cobra.Command {
	var f exportFlags
	c := &cobra.Command{
		Long: `Write the lines of claims for billing systems, prior authorisation and decision support, one
line of the output for each line of a claim: code, up to four modifiers in payment order, units, up to four pointers
into up to twelve diagnoses (A is the first), the reduction for multiple procedures, what is known of coverage, and the
order behind it (order_cpt, order_dx).

Whatever its disposition says, a claim is written: choose by the column.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return a.export(c.Context(), f, args) },
	}
	f.add(c)
	c.Flags().BoolVar(&f.claimLines, "claim-lines", false, "write claim lines")
	c.Flags().StringVar(&f.as, "as", "csv", "csv or jsonl")
	addGroupBy(c, &f.groupBy)
	c.Flags().IntVar(&f.workers, "workers", runtime.GOMAXPROCS(0), "reports coded at the same time")
	return c
}

// export streams the claim lines of reports to stdout.
func (a *app) export(ctx context.Context, f exportFlags, paths []string) error {
	if !f.claimLines {
		return errors.New("say what to export: --claim-lines")
	}
	if err := checkGroupBy(f.groupBy); err != nil {
		return err
	}
	newWriter, ok := claimLineFormats[f.as]
	if !ok {
		return fmt.Errorf("--as %q: want csv or jsonl", f.as)
	}
	engine, err := a.engine(f.engineFlags)
	if err != nil {
		return err
	}
	in := a.openInput(paths, f.date)
	done := a.progress(in, true)
	defer done()
	out := bufio.NewWriterSize(a.out, 1<<16)
	write, err := newWriter(out)
	if err != nil {
		return err
	}
	lines := reportLines(ctx, engine, in, f.workers)
	if f.groupBy != "" {
		lines = dayLines(ctx, engine, in, f.workers)
	}
	for l, err := range lines {
		if err == nil {
			err = write(l)
		}
		if err != nil {
			return errors.Join(err, out.Flush())
		}
	}
	return in.finish(out.Flush())
}

// serviceLine is a line of a claim with what a billing system needs beside it.
type serviceLine struct {
	Claim           string             `json:"claim"` // id of the report, or patient and day
	Line            int                `json:"line"`
	Report          string             `json:"report"`
	Patient         string             `json:"patient"`
	DateOfService   string             `json:"date_of_service"`
	PlaceOfService  string             `json:"place_of_service"`
	Payer           string             `json:"payer"`
	Policy          coding.Policy      `json:"policy"`
	Code            string             `json:"code"`
	Modifiers       []string           `json:"modifiers"`
	Units           int                `json:"units"`
	Pointers        []int              `json:"pointers"`
	Dx              []string           `json:"dx"` // of the whole claim
	MPPR            *coding.Reduction  `json:"mppr,omitempty"`
	Coverage        coding.Coverage    `json:"coverage"`
	PriorAuth       string             `json:"prior_auth"`
	PriorAuthLikely bool               `json:"prior_auth_likely"`
	Order           coding.Order       `json:"order"`
	Disposition     coding.Disposition `json:"disposition"`
}

// newServiceLine fills in a line of a claim, number from 0.
func newServiceLine(claim coding.Claim, number int, name string, meta *nlp.Meta) serviceLine {
	l := claim.Lines[number]
	return serviceLine{
		Claim: name, Line: number + 1, Report: l.Report, Patient: meta.Patient, DateOfService: meta.DateOfService, PlaceOfService: meta.PlaceOfService,
		Payer: meta.Payer, Policy: claim.Policy, Code: l.Code, Modifiers: l.Modifiers, Units: l.Units, Pointers: l.Dx, Dx: claim.Dx, MPPR: l.MPPR,
		Coverage: l.Coverage, PriorAuth: meta.PriorAuth, PriorAuthLikely: l.PriorAuthLikely,
	}
}

// reportLines yields the lines of the claim of each report.
func reportLines(ctx context.Context, engine *coding.Engine, in *input, workers int) iter.Seq2[serviceLine, error] {
	return func(yield func(serviceLine, error) bool) {
		for x, err := range (batch{engine: engine, workers: workers}).run(ctx, in.records(ctx)) {
			if err != nil {
				yield(serviceLine{}, err)
				return
			}
			order := engine.Order(x.Report, x.result)
			for n := range x.result.Claim.Lines {
				l := newServiceLine(x.result.Claim, n, x.ID, &x.Meta)
				l.Report, l.Order, l.Disposition = x.ID, order, x.result.Disposition
				if !yield(l, nil) {
					return
				}
			}
		}
	}
}

// dayLines yields the lines of the claim of each patient and day. Each has the order behind its own report.
func dayLines(ctx context.Context, engine *coding.Engine, in *input, workers int) iter.Seq2[serviceLine, error] {
	return func(yield func(serviceLine, error) bool) {
		for x, err := range engine.Encounters(ctx, in.reports(ctx), workers) {
			if err != nil {
				yield(serviceLine{}, err)
				return
			}
			name := strings.TrimSpace(x.Patient + " " + x.Date)
			if name == "" || x.Patient == "" {
				name = strings.Join(x.Reports, " ")
			}
			for n := range x.Claim.Lines {
				of := x.Sources[n]
				l := newServiceLine(x.Claim, n, name, &of.Meta)
				l.Order, l.Disposition = engine.Order(of.Report, of.Result), x.Disposition
				if !yield(l, nil) {
					return
				}
			}
		}
	}
}

// claimLineFormats are the ways to write claim lines; each begins by writing its header.
var claimLineFormats = map[string]func(w *bufio.Writer) (func(serviceLine) error, error){
	"csv": claimLinesCSV, "jsonl": claimLinesJSON,
}

func claimLinesJSON(w *bufio.Writer) (func(serviceLine) error, error) {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return func(l serviceLine) error { return enc.Encode(l) }, nil
}

// Widths of the form: modifiers of a line and diagnoses of a claim (NUCC 1500 manual, items 24D and 21).
const (
	formModifiers = 4
	formDiagnoses = 12
)

// claimLinesCSV writes into the buffer that it is given, as bufio.NewWriter promises; who made that flushes it.
func claimLinesCSV(w *bufio.Writer) (func(serviceLine) error, error) {
	out := csv.NewWriter(w)
	header := []string{"claim", "line", "report", "patient", "date_of_service", "place_of_service", "payer", "policy", "code"}
	for n := range formModifiers {
		header = append(header, "modifier"+strconv.Itoa(n+1))
	}
	header = append(header, "units", "pointers")
	for n := range formDiagnoses {
		header = append(header, "dx_"+strings.ToLower(pointer(n+1)))
	}
	header = append(header, "mppr_pc", "mppr_tc", "coverage", "edits", "prior_auth", "prior_auth_likely", "order_cpt", "order_dx", "disposition")
	if err := out.Write(header); err != nil {
		return nil, err
	}
	return func(l serviceLine) error {
		row := []string{l.Claim, strconv.Itoa(l.Line), l.Report, l.Patient, l.DateOfService, l.PlaceOfService, l.Payer, string(l.Policy), l.Code}
		row = append(row, padded(l.Modifiers, formModifiers)...)
		var pointers strings.Builder
		for _, n := range l.Pointers {
			pointers.WriteString(pointer(n))
		}
		row = append(row, strconv.Itoa(l.Units), pointers.String())
		row = append(row, padded(l.Dx, formDiagnoses)...)
		pc, tc := "", ""
		if l.MPPR != nil {
			pc, tc = strconv.FormatFloat(l.MPPR.PC, 'f', 2, 64), strconv.FormatFloat(l.MPPR.TC, 'f', 2, 64)
		}
		var edits []string
		for _, o := range l.Coverage.Edits {
			edits = append(edits, o.Kind)
		}
		row = append(row, pc, tc, string(l.Coverage.Status), strings.Join(edits, " "), l.PriorAuth, strconv.FormatBool(l.PriorAuthLikely),
			strings.Join(l.Order.CPT, " "), strings.Join(l.Order.Dx, " "), string(l.Disposition))
		return out.Write(row)
	}, nil
}

// pointer is a diagnosis pointer as the form writes it: A for the first.
func pointer(n int) string { return string(rune('A' + n - 1)) }

// padded is a list of a fixed length, blank at its end.
func padded(list []string, length int) []string {
	out := make([]string, length)
	copy(out, list)
	return out
}
