package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/radcode/radcode"

// mayImport is the import table of docs/architecture.md: which of our packages
// a package may import. Its external tests stand outside and may import any.
var mayImport = map[string][]string{
	"lexicon":         {},
	"nlp":             {"lexicon"},
	"models":          {},
	"index":           {},
	"index/codeset":   {"index"},
	"coding":          {"index", "lexicon", "models", "nlp"},
	"coding/audit":    {"coding", "coding/eval", "coding/exchange", "index", "lexicon", "nlp"},
	"coding/eval":     {"coding", "coding/exchange", "index", "lexicon", "models", "nlp"},
	"coding/exchange": {"coding", "index", "lexicon", "models", "nlp"},
	"coding/verify":   {"coding", "index", "lexicon", "models", "nlp"},
}

// onlyIn names the one package that may import a library.
var onlyIn = map[string]string{
	"github.com/blevesearch/": "index",
	"github.com/sugarme/":     "models",
	"github.com/jdkato/":      "nlp",
	"github.com/parquet-go/":  "coding/eval",
	"github.com/spf13/":       "cmd/",
	"github.com/schollz/":     "cmd/",
}

type goPackage struct {
	ImportPath           string
	Imports, TestImports []string
	Module               *struct{ Path string }
	Standard             bool
}

func goList(t *testing.T, args ...string) []goPackage {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-json=ImportPath,Imports,TestImports,Module,Standard"}, args...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []goPackage
	dec := json.NewDecoder(bytes.NewReader(out))
	for {
		var p goPackage
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

func TestImports(t *testing.T) {
	for _, p := range goList(t, module+"/...") {
		name := strings.TrimPrefix(p.ImportPath, module+"/")
		allowed, known := mayImport[name]
		if !known && !strings.HasPrefix(name, "cmd/") {
			t.Errorf("%s is not in the import table", name)
			continue
		}
		for _, path := range slices.Concat(p.Imports, p.TestImports) {
			if own, ok := strings.CutPrefix(path, module+"/"); ok && known && own != name && !slices.Contains(allowed, own) {
				t.Errorf("%s imports %s", name, own)
			}
			for library, only := range onlyIn {
				if strings.HasPrefix(path, library) && !strings.HasPrefix(name, only) {
					t.Errorf("%s imports %s, which only %s may", name, path, only)
				}
			}
		}
	}
}

// TestImportTable compares the table with the one in docs/architecture.md.
func TestImportTable(t *testing.T) {
	data, err := os.ReadFile("../../docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	documented := map[string]string{}
	for s := bufio.NewScanner(bytes.NewReader(data)); s.Scan(); {
		cells := strings.Split(s.Text(), "|")
		if len(cells) == 5 {
			documented[strings.Trim(cells[1], " `")] = strings.TrimSpace(cells[2])
		}
	}
	for name, imports := range mayImport {
		want := strings.Join(imports, ", ")
		if want == "" {
			want = "-"
		}
		if documented[name] != want {
			t.Errorf("docs/architecture.md: %s imports %q, the table says %q", name, documented[name], want)
		}
	}
}

// TestLibraries wants the licence of every linked module to be listed.
func TestLibraries(t *testing.T) {
	var listed []string
	for _, l := range libraries {
		listed = append(listed, strings.Fields(l.modules)...)
	}
	for _, p := range goList(t, "-deps", ".") {
		if p.Standard || p.Module.Path == module || slices.Contains(listed, p.Module.Path) {
			continue
		}
		t.Errorf("the licence of %s is not listed", p.Module.Path)
		listed = append(listed, p.Module.Path)
	}
}
