package lexicon

import (
	"strings"
	"testing"
	"testing/fstest"
)

// officialKinds are the kinds of the tabular list's notes.
var officialKinds = map[string]string{
	InstructExcludes1: "excludes1", InstructExcludes2: "excludes2", InstructCodeFirst: "codeFirst", InstructCodeFirstIf: "codeFirst",
	InstructUseAdditional: "useAdditionalCode", InstructAdditionalIf: "useAdditionalCode",
}

// unnumbered are rows whose note names the others in words, so that it cannot be looked up.
var unnumbered = map[string]string{
	"I85.1": "underlying disease", "M49": "underlying disease", "R18.0": "malignancy, such as", "Z03 R00-R99": "signs or symptoms under study",
}

// TestInstructionsAreOfficial looks up every row in the notes of the tabular list: some code of
// it has a note of the kind that names some of the others.
func TestInstructionsAreOfficial(t *testing.T) {
	type note struct{ owner, kind, text string }
	var notes []note
	reference(t, "icd10cm_notes.tsv.gz", func(r map[string]string) { notes = append(notes, note{r["owner"], r["note_type"], r["text"]}) })
	lex, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for i := range lex.Instructions {
		x := &lex.Instructions[i]
		for _, other := range strings.Fields(x.Others.Text) {
			found := false
			for _, n := range notes {
				above := x.Codes.Holds(n.owner) || strings.HasPrefix(x.Codes.Text, n.owner)
				words := unnumbered[x.Codes.Text]
				if words == "" {
					words = unnumbered[x.Codes.Text+" "+other]
				}
				first, _, _ := strings.Cut(other, "-")
				named := strings.Contains(n.text, first) || words != "" && strings.Contains(n.text, words) || strings.HasPrefix(other, "O") && strings.Contains(n.text, "O9A")
				found = found || above && n.kind == officialKinds[x.Kind] && named
			}
			if !found {
				t.Errorf("%s: no %s note of %s names %s", x.Source, x.Kind, x.Codes.Text, other)
			}
		}
	}
}

func TestCodeSet(t *testing.T) {
	set, err := parseCodeSet("S06 R00-R94 I50.1 B65.0-B83.9")
	if err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string]bool{
		"S06.0X0A": true, "S06": true, "S07.0XXA": false, "R00.0": true, "R94.8": true, "R95": false, "I50.1": true, "I50.9": false,
		"B65.0": true, "B64": false, "B83.9": true, "B83": true, "B84": false, "": false, "r05.9": true,
	} {
		if set.Holds(code) != want {
			t.Errorf("%s: %v", code, !want)
		}
	}
	for _, wrong := range []string{"", "S6", "S06-", "S06-R00", "S06.", "S06.12345", "pain"} {
		if _, err := parseCodeSet(wrong); err == nil {
			t.Errorf("%q is no set of codes", wrong)
		}
	}
}

// TestLintInstructions gives the linter one fault a row.
func TestLintInstructions(t *testing.T) {
	files := fstest.MapFS{}
	for _, f := range dataFiles {
		files[f.name] = &fstest.MapFile{Data: []byte(strings.Join(f.columns, "\t") + "\n")}
	}
	files["codespace.tsv"].Data = append(files["codespace.tsv"].Data, "icd10cm\tR00\tR94\n"...)
	files["instructions.tsv"].Data = append(files["instructions.tsv"].Data, "R05\texcludes1\tR06\t\nR05\texcludes3\tR07\tno such kind\nR06\texcludes1\tR99\tno such category\nR07\texcludes1\tx\tno code\n"...)
	problems, err := Lint(files)
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, p := range problems {
		if p.File == "instructions.tsv" {
			got.WriteString(p.Error() + "\n")
		}
	}
	const want = `instructions.tsv:2: R05 excludes1 R06 has no reason
instructions.tsv:3: kind is "excludes3", want one of ["excludes1" "excludes2" "code_first" "code_first_if" "use_additional" "additional_if"]
instructions.tsv:4: R99: ICD-10-CM has no such category
instructions.tsv:5: no code or range of codes: "x"
`
	if got.String() != want {
		t.Errorf("problems:\n%swant:\n%s", got.String(), want)
	}
}
