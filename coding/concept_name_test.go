package coding_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/radcode/radcode/lexicon"
)

// axesByName are the axes as the engine writes them.
var axesByName = map[string]lexicon.Axis{
	"Modality": lexicon.Modality, "Region": lexicon.Region, "Contrast": lexicon.Contrast, "Extent": lexicon.Extent, "Technique": lexicon.Technique,
	"Intent": lexicon.Intent, "Component": lexicon.Component, "Age": lexicon.Age, "Qualifier": lexicon.Qualifier, "View": lexicon.View,
}

// Lookup knows nothing of a name that is no concept, and a rule that asks for it
// is silent from then on. So every name that the engine asks for must be one: those
// written at the call, and those in its word lists.
func TestEngineAsksForConceptsThatExist(t *testing.T) {
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	know := func(where string, axis lexicon.Axis, name string) {
		if lex.Lookup(axis, name) == 0 {
			t.Errorf("%s: no concept %s:%s", where, axis, name)
		}
	}
	set := token.NewFileSet()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	calls, tables := 0, 0
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if axis, name, ok := askedFor(n); ok {
					calls++
					know(set.Position(n.Pos()).String(), axis, name)
				}
			case *ast.ValueSpec:
				names := tabled(n)
				if len(names) > 0 {
					tables++
				}
				for _, name := range names {
					if !onAnyAxis(lex, name) {
						t.Errorf("%s: no concept %s on any axis", set.Position(n.Pos()), name)
					}
				}
			}
			return true
		})
	}
	if calls < 100 {
		t.Errorf("only %d names found: has Lookup another form?", calls)
	}
	if tables != len(conceptTables) {
		t.Errorf("%d tables of %d found", tables, len(conceptTables))
	}
	for _, l := range []struct {
		list string
		axis lexicon.Axis
	}{
		{"added_view", lexicon.View}, {"advanced_modality", lexicon.Modality}, {"core_organ", lexicon.Region},
		{"described_techniques", lexicon.Technique}, {"intervention", lexicon.Technique},
	} {
		for _, name := range lexicon.Phrases(l.list) {
			know("words.tsv, "+l.list, l.axis, name)
		}
	}
}

// conceptTables are the tables of the engine that name concepts, an axis beside
// them or not.
var conceptTables = []string{
	"bendingViews", "channelCounts", "completeAbdomen", "compounds", "contrastStudies", "heartStudies", "implied", "impliedVessels", "kindsOfService", "levelTechniques",
	"limbParts", "nuclearRules", "nuclearStudies", "numberedParts", "obstetricTechniques", "onTheWay", "spineParts", "statedGrades", "stressTests", "vesselStudies", "vesselsOf",
}

var conceptName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// tabled returns the names in a table of concepts. What is no name is a doc, and
// what a call is given is a word list's name.
func tabled(v *ast.ValueSpec) []string {
	if !slices.Contains(conceptTables, v.Names[0].Name) {
		return nil
	}
	var out []string
	for _, value := range v.Values {
		ast.Inspect(value, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if s, err := strconv.Unquote(lit.Value); err == nil && conceptName.MatchString(s) {
					out = append(out, s)
				}
			}
			_, isCall := n.(*ast.CallExpr)
			return !isCall
		})
	}
	return out
}

func onAnyAxis(lex *lexicon.Lexicon, name string) bool {
	for _, axis := range axesByName {
		if lex.Lookup(axis, name) != 0 {
			return true
		}
	}
	return false
}

// askedFor reads lex.Lookup(lexicon.Region, "heart") and e.hasRegion(f, "heart").
func askedFor(call *ast.CallExpr) (axis lexicon.Axis, name string, ok bool) {
	fun, isMethod := call.Fun.(*ast.SelectorExpr)
	if !isMethod || len(call.Args) != 2 {
		return 0, "", false
	}
	lit, isName := call.Args[1].(*ast.BasicLit)
	if !isName || lit.Kind != token.STRING {
		return 0, "", false
	}
	name, err := strconv.Unquote(lit.Value)
	if err != nil {
		return 0, "", false
	}
	switch fun.Sel.Name {
	case "hasRegion":
		return lexicon.Region, name, true
	case "Lookup":
		if sel, isAxis := call.Args[0].(*ast.SelectorExpr); isAxis {
			axis, ok = axesByName[sel.Sel.Name]
		}
	}
	return axis, name, ok
}
