package eval

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite testdata/eval and the tables of docs/eval.md")

// documented are the generated parts of docs/eval.md.
func documented() map[string]string {
	table := func(header string, rows func(add func(cells ...string))) string {
		var b strings.Builder
		n := strings.Count(header, "|") + 1
		fmt.Fprintf(&b, "| %s |\n|%s\n", header, strings.Repeat("---|", n))
		rows(func(cells ...string) { fmt.Fprintf(&b, "| %s |\n", strings.Join(cells, " | ")) })
		return b.String()
	}
	return map[string]string{
		"files": table("file | what it holds", func(add func(...string)) {
			for _, o := range Outputs() {
				doc := o.Doc
				if o.parquet {
					doc += " (with `--parquet`)"
				}
				add("`"+o.Name+"`", doc)
			}
		}),
		"figures": table("figure | definition", func(add func(...string)) {
			for _, m := range Metrics() {
				doc := m.Doc
				if m.Lower {
					doc += ". Lower is better"
				}
				add("`"+m.Name+"`", doc)
			}
		}),
		"relations": table("system | relation | what it is | credit", func(add func(...string)) {
			for _, r := range Relations() {
				add(r.System, r.Name, r.Doc, fmt.Sprint(r.Credit))
			}
		}),
		"stages": table("stage | what it means", func(add func(...string)) {
			for _, s := range stages {
				add(s.name, s.doc)
			}
		}),
		"operators": table("operator | kind | what it changes", func(add func(...string)) {
			for _, o := range Operators() {
				add("`"+o.ID+"`", string(o.Kind), o.Doc)
			}
		}),
		"slices": table("slice | parts by", func(add func(...string)) {
			for _, s := range Slices() {
				add(s.Name, s.Doc)
			}
		}),
	}
}

// TestDocs compares the tables of docs/eval.md with the tables of the package.
func TestDocs(t *testing.T) {
	const file = "../../docs/eval.md"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for name, table := range documented() {
		begin := "<!-- " + name + " -->\n"
		before, rest, ok := strings.Cut(text, begin)
		_, after, closed := strings.Cut(rest, "<!-- end -->")
		if !ok || !closed {
			t.Fatalf("%s has no block %q", file, name)
		}
		text = before + begin + table + "<!-- end -->" + after
	}
	if text == string(data) {
		return
	}
	if !*update {
		t.Fatalf("the tables of %s are not those of the package: go test ./coding/eval -run TestDocs -update", file)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
