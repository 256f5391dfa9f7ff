package verify_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/radcode/radcode/coding/verify"
)

// mayCall are the functions of the engine's packages that the verifier may call:
// tables that are printed for people, and the threshold that a key has. Types, constants
// and methods of plain values are free.
var mayCall = map[string][]string{
	"coding": {"Rules", "Profiles", "AutomaticFrom"},
	"nlp":    {},
	"models": {"LoadWeights", "Sigmoid", "Logit"},
}

// conversions are types, which look like calls.
var conversions = []string{"SectionKind", "Role", "Policy", "Severity", "Disposition"}

// TestNeverCallsTheEngine reads the source of the package: neither an engine nor a
// reader is built, and no rule or stage is run.
func TestNeverCallsTheEngine(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.SelectorExpr:
				from, ok := x.X.(*ast.Ident)
				if ok && slices.Contains([]string{"Engine", "Options", "New", "CodeAll", "Stages", "Reader", "Scan", "NewDocument", "Retriever"}, x.Sel.Name) && mayCall[from.Name] != nil {
					t.Errorf("%s: names %s.%s", fset.Position(x.Pos()), from.Name, x.Sel.Name)
				}
			case *ast.CallExpr:
				sel, ok := x.Fun.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				if from, ok := sel.X.(*ast.Ident); ok {
					allowed, ours := mayCall[from.Name]
					if ours && !slices.Contains(allowed, sel.Sel.Name) && !slices.Contains(conversions, sel.Sel.Name) {
						t.Errorf("%s: calls %s.%s", fset.Position(x.Pos()), from.Name, sel.Sel.Name)
					}
				}
				if sel.Sel.Name == "Diagnose" {
					t.Errorf("%s: calls Diagnose, by which the engine picks its codes", fset.Position(x.Pos()))
				}
			}
			return true
		})
	}
}

// TestChecks asks that every check has an id of its own and says what holds.
func TestChecks(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range verify.Checks() {
		if c.ID == "" || c.Doc == "" || c.Check == nil || seen[c.ID] {
			t.Errorf("check %q lacks a doc or a function, or stands twice", c.ID)
		}
		seen[c.ID] = true
	}
}
