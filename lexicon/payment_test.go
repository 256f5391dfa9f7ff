package lexicon

import (
	"strings"
	"testing"
	"testing/fstest"
)

// TestLintPayment gives the linters of the tables about claim lines one fault a row.
func TestLintPayment(t *testing.T) {
	files := fstest.MapFS{}
	for _, f := range dataFiles {
		files[f.name] = &fstest.MapFile{Data: []byte(strings.Join(f.columns, "\t") + "\n")}
	}
	add := func(name, rows string) { files[name].Data = append(files[name].Data, rows...) }
	add("procedures.tsv", "70001\tOne"+strings.Repeat("\t", 14)+"\n70002\tTwo\t\t\twith"+strings.Repeat("\t", 11)+"\n")
	add("bundles.tsv", "70001\t70001\t\t70002\n70001\t70002\t\t70003\n70001\t70002\tleft\t70002\n70002\t70001\t\t70002\n")
	add("modifiers.tsv", "26\tcomponent\t10\t0\tTC\tProfessional\n5\tside\t1\t0\t\tShort\n50\tkin\tx\t2\tXX\tBoth\nTC\tcomponent\t10\t0\t\tTechnical\n")
	add("carc.tsv", "097\tncci_pair\tzeros\n16\tNcci\tbig\n16\tdx_limit\tone\n16\tdx_limit\ttwo\nN519\tunits\ta remark code\n")
	problems, err := Lint(files)
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, p := range problems {
		got.WriteString(p.Error() + "\n")
	}
	for _, want := range []string{
		"bundles.tsv:2: one code twice is a code for each side", "bundles.tsv:3: 70003 has no row", `bundles.tsv:4: sides is "left"`, "bundles.tsv:5: 70002 stands before 70001",
		"modifiers.tsv:2: TC does not exclude 26 in turn", `modifiers.tsv:3: modifier "5" lacks two characters`, `modifiers.tsv:4: class is "kin"`, `separates is "2"`, "XX has no row",
		`carc.tsv:2: "097" is no reason code as it is written here`, `carc.tsv:3: "Ncci" is no flag id`, "carc.tsv:5: 16 and dx_limit stand twice", `carc.tsv:6: "N519" is no reason code`,
	} {
		if !strings.Contains(got.String(), want) {
			t.Errorf("no problem %q in\n%s", want, got.String())
		}
	}
	lex, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	if b := lex.Bundle("72192", "74150"); b == nil || b.Combined != "74176" {
		t.Errorf("72192 and 74150: %+v", b)
	}
	if lex.Bundle("71046", "71275") != nil || lex.Modifier("ZZ") != nil {
		t.Error("something of nothing")
	}
}
