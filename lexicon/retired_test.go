package lexicon

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

// TestEndedBefore follows codes to what is in force on a date of service.
func TestEndedBefore(t *testing.T) {
	lex, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		code, date string
		to         string // "" when the code has not ended
		successors string
	}{
		{"71020", "2017-12-31", "", ""},
		{"71020", "2018-01-01", "2017-12-31", "71046"},
		{"76092", "2016-05-01", "2006-12-31", "77057"},
		{"76092", "2026-05-01", "2006-12-31", "77067"},
		{"77403", "2026-05-01", "2014-12-31", "77402"},
		{"78990", "2026-05-01", "2004-12-31", ""},
		{"71046", "2016-05-01", "", ""},
		{"99999", "2016-05-01", "", ""},
	} {
		got, ok := lex.EndedBefore(c.code, c.date)
		if ok != (c.to != "") || got.To != c.to || strings.Join(got.Successors, "|") != c.successors {
			t.Errorf("%s on %s: %v %q %v, want %q %s", c.code, c.date, ok, got.To, got.Successors, c.to, c.successors)
		}
	}
}

// TestEndsMatchHCPCS compares last days in force with those that CMS publishes
// for HCPCS codes.
func TestEndsMatchHCPCS(t *testing.T) {
	lex, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	reference(t, "hcpcs2_imaging.tsv.gz", func(r map[string]string) {
		code, day := r["hcpcs"], r["date_terminated"]
		to := ""
		if p := lex.Procedure(code); p != nil {
			to = p.To
		} else if x := lex.RetiredCode(code); x != nil {
			to = x.To
		} else {
			return
		}
		compared++
		if to != day && day != "" {
			t.Errorf("%s ended %s, want %s", code, to, day)
		}
	})
	if compared < 200 {
		t.Errorf("%d codes compared: the reference table is not what it was", compared)
	}
}

// TestLintRetired gives the linter one fault a row.
func TestLintRetired(t *testing.T) {
	files := fstest.MapFS{}
	for _, f := range dataFiles {
		files[f.name] = &fstest.MapFile{Data: []byte(strings.Join(f.columns, "\t") + "\n")}
	}
	codes := []string{"cpt\t70010\t79999\n"}
	files["codespace.tsv"].Data = append(files["codespace.tsv"].Data, strings.Join(codes, "")...)
	row := func(code, to, successor string) string {
		return code + "\tA study" + strings.Repeat("\t", 13) + to + "\t" + successor + "\n"
	}
	files["procedures.tsv"].Data = append(files["procedures.tsv"].Data, row("70100", "", "")+row("70200", "2020-12-31", "")+row("70300", "2010-12-31", "70100")...)
	files["retired.tsv"].Data = append(files["retired.tsv"].Data, strings.Join([]string{
		"70010\t2010-12-31\t70100\tright\t",
		"70100\t2010-12-31\t70200\thas a row\t",
		"71000\t2012-12-31\t70300\tfollowed by what ended before\t",
		"72000\t2012-12-31\t79000\tfollowed by nothing known\t",
		"73000\t2012-12-31\t\tnothing follows\t",
		"74000\t2012-12-31\t70100\tboth\tnothing",
		"75000\t2012\t70100\tyear\t",
		"90000\t2012-12-31\t70100\toutside\t", "",
	}, "\n")...)
	problems, err := Lint(files)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range problems {
		if p.File == "retired.tsv" || strings.Contains(p.Message, "successor") {
			got = append(got, p.Error())
		}
	}
	for _, want := range []string{
		"70200 has ended and has no successor", "code 70100 has a row already", "successor 70300 of 71000 ended no later",
		"successor 79000 of 72000 has no row", "73000 wants either a successor or a note", "74000 wants either", `75000 ended on "2012"`, "90000 is no code",
	} {
		if !slices.ContainsFunc(got, func(p string) bool { return strings.Contains(p, want) }) {
			t.Errorf("no problem %q among %q", want, got)
		}
	}
	if slices.ContainsFunc(got, func(p string) bool { return strings.Contains(p, "70010") }) {
		t.Errorf("the right row is a problem: %q", got)
	}
}

// TestEndsMatchEdits compares last days in force with the edits that ended with
// the code: none outlives it but by the months of grace that Medicare gave until 2004.
func TestEndsMatchEdits(t *testing.T) {
	lex, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	last := map[string]string{}
	reference(t, "ncci_radiology.tsv.gz", func(r map[string]string) {
		day := r["deletion_date"]
		if day == "" {
			day = never
		}
		for _, code := range []string{r["column1"], r["column2"]} {
			last[code] = max(last[code], day)
		}
	})
	compared := 0
	for i := range lex.Retired {
		r := &lex.Retired[i]
		day, ok := last[r.Code]
		if !ok {
			continue
		}
		compared++
		grace := ""
		if day < "2005" {
			grace = day[:4] + "-06-30"
		}
		if day > r.To && (day > grace || r.To < fmt.Sprint(year(day)-1)) {
			t.Errorf("%s: %s ended %s, an edit of it %s", r.Source, r.Code, r.To, day)
		}
	}
	if compared < 100 {
		t.Errorf("%d codes compared: the reference table is not what it was", compared)
	}
}

func year(day string) int {
	y, _ := strconv.Atoi(day[:4])
	return y
}
