package lexicon

import (
	"strings"
	"testing"
	"testing/fstest"
)

// TestEditsMatchMedicare compares the table with the published edits: direction and
// modifier. The published extract holds only pairs whose first code is of the radiology
// section; what is ours alone is told.
func TestEditsMatchMedicare(t *testing.T) {
	lex, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	published := map[[2]string]string{}
	reference(t, "ncci_radiology.tsv.gz", func(r map[string]string) {
		if r["deletion_date"] == "" {
			published[[2]string{r["column1"], r["column2"]}] = r["modifier_indicator"]
		}
	})
	compared := 0
	var ours []string
	for _, x := range lex.Edits {
		indicator, ok := published[[2]string{x.Code, x.Includes}]
		_, reversed := published[[2]string{x.Includes, x.Code}]
		switch {
		case ok:
			compared++
			if (indicator == "0") != x.Never {
				t.Errorf("%s: %s and %s: Medicare's modifier indicator is %s", x.Source, x.Code, x.Includes, indicator)
			}
		case reversed:
			t.Errorf("%s: for Medicare %s is the one that includes %s", x.Source, x.Includes, x.Code)
		default:
			ours = append(ours, x.Code+">"+x.Includes)
		}
	}
	t.Logf("%d pairs compared; %d that the published extract does not hold: %s", compared, len(ours), strings.Join(ours, " "))
	if compared < 400 {
		t.Errorf("%d pairs compared: the reference table is not what it was", compared)
	}
}

// TestLintEdits gives the linter one fault a row.
func TestLintEdits(t *testing.T) {
	files := fstest.MapFS{}
	for _, f := range dataFiles {
		files[f.name] = &fstest.MapFile{Data: []byte(strings.Join(f.columns, "\t") + "\n")}
	}
	files["procedures.tsv"].Data = append(files["procedures.tsv"].Data, "70001\tOne"+strings.Repeat("\t", 14)+"\n70002\tTwo\t\t\twith"+strings.Repeat("\t", 11)+"\n"...)
	files["edits.tsv"].Data = append(files["edits.tsv"].Data, "70001\t70002\t1\tviews\n70001\t70003\t1\tviews\n70002\t70001\t1\tviews\n70002\t70002\t2\tkin\n"...)
	problems, err := Lint(files)
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, p := range problems {
		if p.File == "edits.tsv" {
			got.WriteString(p.Error() + "\n")
		}
	}
	for _, want := range []string{":3: 70003 has no row", ":4: 70002 and 70001 include each other", `modifier is "2"`, `unknown relation "kin"`} {
		if !strings.Contains(got.String(), want) {
			t.Errorf("no problem %q in\n%s", want, got.String())
		}
	}
}
