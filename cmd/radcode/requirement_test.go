package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// requirements is how many there are: R1 to R184. They are told apart by number; what each
// asks stands in the table, which is not part of the project.
const requirements = 184

// TestEveryRequirementHasATest reads all tests of the module, and the comments of its scripts, for names
// that a requirement opens (R68_ct_ap_with_contrast), and wants one for each.
func TestEveryRequirementHasATest(t *testing.T) {
	tested := map[int]bool{}
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && strings.HasPrefix(d.Name(), ".") && path != "../..":
			return filepath.SkipDir
		case strings.HasSuffix(path, "_test.go"):
			return namesInTests(path, tested)
		case strings.HasSuffix(path, ".txtar"):
			return namesInScript(path, tested)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var missing []string
	for n := 1; n <= requirements; n++ {
		if !tested[n] {
			missing = append(missing, "R"+strconv.Itoa(n))
		}
		delete(tested, n)
	}
	if len(missing) > 0 {
		t.Errorf("%d requirements without a test: %s", len(missing), strings.Join(missing, " "))
	}
	for n := range tested {
		t.Errorf("a test names R%d, which is no requirement", n)
	}
}

// TestRequirementsAreTheTable compares the numbers with those of the table, where it is there.
func TestRequirementsAreTheTable(t *testing.T) {
	data, err := os.ReadFile("../../../shared/requirements/requirements.tsv")
	if err != nil {
		t.Skip("needs the table of requirements beside the checkout")
	}
	var want, got []string
	for n := 1; n <= requirements; n++ {
		want = append(want, "R"+strconv.Itoa(n))
	}
	for i, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		if id, _, _ := strings.Cut(line, "\t"); i > 0 {
			got = append(got, id)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("the table has %v", got)
	}
}

// namesInTests adds the requirements that names of test functions, and literals, of a Go file tell.
func namesInTests(path string, tested map[int]bool) error {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if name, isTest := strings.CutPrefix(n.Name.Name, "Test"); isTest {
				addRequirements(name, tested)
			}
		case *ast.BasicLit:
			if n.Kind == token.STRING {
				if text, err := strconv.Unquote(n.Value); err == nil && strings.HasPrefix(text, "R") {
					addRequirements(text, tested)
				}
			}
		}
		return true
	})
	return nil
}

// namesInScript adds the requirements that comments of a script begin with.
func namesInScript(path string, tested map[int]bool) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for _, line := range strings.Split(string(data), "\n") {
		if name, isComment := strings.CutPrefix(line, "# R"); isComment {
			addRequirements("R"+name, tested)
		}
	}
	return nil
}

var requirementName = regexp.MustCompile(`R([1-9][0-9]{0,2})_`)

// addRequirements adds those of a name; two may share a test (R18_R19_SectionHeadings).
func addRequirements(name string, tested map[int]bool) {
	for _, at := range requirementName.FindAllStringSubmatchIndex(name, -1) {
		if at[0] > 0 && name[at[0]-1] != '_' {
			continue
		}
		n, _ := strconv.Atoi(name[at[2]:at[3]])
		tested[n] = true
	}
}
