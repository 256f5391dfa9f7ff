package lexicon

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// TestTwins checks the embedded table: every pair of codes that the axes cannot
// tell apart has a row in tiebreakers.tsv, and no row there is idle.
func TestTwins(t *testing.T) {
	lex, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range lintTiebreakers(lex) {
		t.Error(p.Error())
	}
}

// TestTwinsAreFound checks the comparison itself on rows that differ in one thing
// each.
func TestTwinsAreFound(t *testing.T) {
	group := func(ids ...ConceptID) Group { return ids }
	first := Procedure{Code: "70001", Region: []Group{group(1, 2)}, Technique: []Group{group(3), group(4)}, ViewsMin: 2, To: "2020-12-31"}
	for _, c := range []struct {
		name   string
		second Procedure
		twins  bool
	}{
		{"same", Procedure{Region: []Group{group(1, 2)}, Technique: []Group{group(3), group(4)}, ViewsMin: 2}, true},
		{"other order", Procedure{Region: []Group{group(2, 1)}, Technique: []Group{group(4), group(3)}, ViewsMin: 2}, true},
		{"tolerated only", Procedure{Region: []Group{group(1, 2)}, Technique: []Group{group(3), group(4)}, ViewsMin: 2, Tolerated: []ConceptID{9}}, true},
		{"last day", Procedure{Region: []Group{group(1, 2)}, Technique: []Group{group(3), group(4)}, ViewsMin: 2, From: "2020-12-31"}, true},
		{"successor", Procedure{Region: []Group{group(1, 2)}, Technique: []Group{group(3), group(4)}, ViewsMin: 2, From: "2021-01-01"}, false},
		{"views", Procedure{Region: []Group{group(1, 2)}, Technique: []Group{group(3), group(4)}, ViewsMin: 3}, false},
		{"contrast", Procedure{Region: []Group{group(1, 2)}, Technique: []Group{group(3), group(4)}, ViewsMin: 2, Contrast: "with"}, false},
		{"side", Procedure{Region: []Group{group(1, 2)}, Technique: []Group{group(3), group(4)}, ViewsMin: 2, Side: "bi"}, false},
		{"groups", Procedure{Region: []Group{group(1, 2)}, Technique: []Group{group(3, 4)}, ViewsMin: 2}, false},
		{"axis", Procedure{Region: []Group{group(1, 2)}, Extent: []Group{group(3), group(4)}, ViewsMin: 2}, false},
	} {
		c.second.Code = "70002"
		l := &Lexicon{Procedures: []Procedure{first, c.second}}
		if got := len(l.Twins()) == 1; got != c.twins {
			t.Errorf("%s: twins %v, want %v", c.name, got, c.twins)
		}
	}
}

// TestLintTiebreakers gives the linter twins without a tiebreaker and
// tiebreakers without twins.
func TestLintTiebreakers(t *testing.T) {
	files := fstest.MapFS{}
	for _, f := range dataFiles {
		files[f.name] = &fstest.MapFile{Data: []byte(strings.Join(f.columns, "\t") + "\n")}
	}
	row := func(code, contrast string) string {
		return code + "\tA study\t\t\t" + contrast + strings.Repeat("\t", len(procedureColumns)-5) + "\n"
	}
	files["procedures.tsv"].Data = append(files["procedures.tsv"].Data, row("70001", "with")+row("70002", "with")+row("70003", "without")+row("70004", "without")...)
	files["tiebreakers.tsv"].Data = append(files["tiebreakers.tsv"].Data, "70001\t70003\tnothing\n70003\t70004\tthe maker\n"...)
	problems, err := Lint(files)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range problems {
		got = append(got, p.Error())
	}
	want := []string{"procedures.tsv:3: 70002 has the axes of 70001", "tiebreakers.tsv:2: 70001 and 70003 have different axes"}
	if len(got) != len(want) {
		t.Fatalf("problems %q, want %d", got, len(want))
	}
	for i := range want {
		if !strings.HasPrefix(got[i], want[i]) {
			t.Errorf("problem %q, want %q", got[i], want[i])
		}
	}
}

// servicesElsewhere are codes that Medicare files under imaging and that no
// radiology department bills.
var servicesElsewhere = map[string]bool{
	"G0255": true, // a test of sensory nerves
}

// TestImagingServicesHaveRows checks that every active service of the radiology
// part of the fee schedule, and every HCPCS code of diagnostic (4) or therapeutic (6)
// radiology that has not ended, has a row that is in force on the date of the table.
func TestImagingServicesHaveRows(t *testing.T) {
	lex, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	inForce := func(code, date string) {
		switch p := lex.Procedure(code); {
		case p == nil:
			t.Errorf("%s has no row", code)
		case !p.InForce(date):
			t.Errorf("%s: %s is not in force on %s", p.Source, code, date)
		}
	}
	seen := 0
	reference(t, "mpfs_radiology.tsv.gz", func(r map[string]string) {
		if code := r["hcpcs"]; r["mod"] == "" && r["status_code"] == "A" && code >= "70010" && code <= "79999" {
			seen++
			inForce(code, "2024-07-01")
		}
	})
	reference(t, "hcpcs2_imaging.tsv.gz", func(r map[string]string) {
		imaging := strings.HasPrefix(r["tos"], "4") || strings.HasPrefix(r["tos"], "6")
		if imaging && r["date_terminated"] == "" && !servicesElsewhere[r["hcpcs"]] {
			seen++
			inForce(r["hcpcs"], "2026-07-01")
		}
	})
	if seen < 600 {
		t.Errorf("%d services compared: the reference tables are not what they were", seen)
	}
}

// TestPublishedCodesAreKnown checks that every code of the fee schedule's radiology part, whoever pays for it, every
// add-on of radiology and every drug and agent that imaging uses has a row that is in force, or is known to have ended;
// and that what is only billed beside another code says so.
func TestPublishedCodesAreKnown(t *testing.T) {
	lex, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	known := func(code string) *Procedure {
		p := lex.Procedure(code)
		if p == nil && lex.RetiredCode(code) == nil && !servicesElsewhere[code] {
			t.Errorf("%s is not known", code)
		}
		seen[code] = true
		return p
	}
	reference(t, "mpfs_radiology.tsv.gz", func(r map[string]string) { known(r["hcpcs"]) })
	reference(t, "aoc_radiology.tsv.gz", func(r map[string]string) {
		if p := known(r["add_on"]); p != nil && len(p.Component) == 0 && !isSupervision(lex, p) {
			t.Errorf("%s: %s is an add-on and has no component", p.Source, p.Code)
		}
	})
	reference(t, "hcpcs2_imaging.tsv.gz", func(r map[string]string) {
		code := r["hcpcs"]
		agent := strings.HasPrefix(code, "A95") || strings.HasPrefix(code, "A96") || strings.HasPrefix(code, "Q99") || strings.HasPrefix(code, "C89")
		if agent && r["description"] != "" {
			known(code)
		}
	})
	if len(seen) < 750 {
		t.Errorf("%d codes compared: the reference tables are not what they were", len(seen))
	}
}

// isSupervision reports whether a code tolerates being called supervision and
// interpretation: pictures beside a procedure, which Medicare lists as add-ons.
func isSupervision(lex *Lexicon, p *Procedure) bool {
	return slices.Contains(p.Tolerated, lex.Lookup(Component, "supervision_interpretation"))
}

// TestInterventionalCodesHaveRows checks the codes outside the radiology section
// that radiology bills: what stands in each range, by number.
func TestInterventionalCodesHaveRows(t *testing.T) {
	lex, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		first, last string
		rows        int
	}{
		{"10005", "10012", 8}, {"19081", "19086", 6}, {"19281", "19288", 8}, {"20206", "20206", 1}, {"20225", "20225", 1},
		{"19105", "19105", 1}, {"20610", "20611", 2}, {"27093", "27093", 1}, {"32400", "32408", 3}, {"33016", "33019", 4}, {"34701", "34711", 11}, {"36221", "36228", 8}, {"36245", "36248", 4},
		{"36465", "36483", 12}, {"36836", "36837", 2}, {"37184", "37200", 11}, {"37211", "37218", 8}, {"37220", "37253", 30}, {"37254", "37299", 46}, {"47000", "47000", 1}, {"47531", "47544", 14},
		{"49083", "49083", 1}, {"49405", "49407", 3}, {"50200", "50200", 1}, {"50430", "50435", 6}, {"61623", "61651", 11},
		{"62270", "62270", 1}, {"62284", "62284", 1}, {"62302", "62305", 4}, {"62320", "62323", 4}, {"64479", "64495", 14}, {"64633", "64636", 4},
		{"93303", "93356", 21}, {"93880", "93998", 32},
	} {
		rows := 0
		for i := range lex.Procedures {
			if code := lex.Procedures[i].Code; c.first <= code && code <= c.last {
				rows++
			}
		}
		if rows != c.rows {
			t.Errorf("%s-%s: %d rows, want %d", c.first, c.last, rows, c.rows)
		}
	}
}

// TestGuidanceIsIncluded asks for guidance that a procedure holds (CPT,
// parenthetical notes), and for some that it does not.
func TestGuidanceIsIncluded(t *testing.T) {
	lex, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		code, guidance string
		want           bool
	}{
		{"10006", "76942", true}, {"10008", "77002", true}, {"10012", "77021", true}, {"19085", "77021", true}, {"19284", "77002", true},
		{"32408", "77012", true}, {"37191", "76937", true}, {"37242", "75894", true}, {"37263", "76000", true}, {"47533", "76942", true},
		{"49406", "75989", true}, {"50432", "77002", true}, {"62304", "72265", true}, {"64488", "76942", true}, {"73040", "77002", true},
		{"36475", "76942", true}, {"33016", "76942", true}, {"64635", "77003", true}, {"60660", "76942", true}, {"32553", "77012", false}, {"62273", "77003", false},
		{"47000", "76942", false}, {"50200", "77012", false}, {"20206", "76942", false}, {"20610", "76942", false}, {"61624", "75894", false},
	} {
		if got := lex.Edit(c.code, c.guidance) != nil; got != c.want {
			t.Errorf("%s includes %s: %v", c.code, c.guidance, got)
		}
	}
}
