package main

import (
	"go/ast"
	"go/types"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// arrows lists the packages of fastgo that each package may import.
var arrows = map[string]string{
	"fastgo":                    "cmd",
	"fastgo/cmd":                "generator generator/fail generator/field generator/golang generator/name generator/plan generator/schema",
	"fastgo/generator":          "generator/fail generator/field generator/golang generator/gosource generator/name generator/plan generator/project generator/schema",
	"fastgo/generator/golang":   "generator/fail generator/field generator/gosource generator/name generator/schema runtime templates",
	"fastgo/generator/schema":   "generator/fail generator/field generator/inspect generator/name generator/project",
	"fastgo/generator/field":    "generator/fail generator/name",
	"fastgo/generator/name":     "generator/fail",
	"fastgo/generator/plan":     "generator/fail",
	"fastgo/generator/fail":     "",
	"fastgo/generator/gosource": "",
	"fastgo/generator/inspect":  "",
	"fastgo/generator/project":  "",
	"fastgo/generator/spectest": "",
	"fastgo/runtime":            "",
	"fastgo/templates":          "",
	"fastgo/runtime/web":        "runtime/openapi runtime/database",
	"fastgo/runtime/list":       "runtime/database runtime/web",
	"fastgo/runtime/openapi":    "",
	"fastgo/runtime/column":     "",
	"fastgo/runtime/mail":       "",
	"fastgo/runtime/database":   "runtime/column runtime/database/table",
	"fastgo/runtime/outbox":     "runtime/mail",
	"fastgo/runtime/auth":       "runtime/database runtime/mail runtime/openapi runtime/outbox runtime/web",
	"fastgo/runtime/config":     "runtime/auth runtime/mail runtime/web",
	"fastgo/runtime/console":    "runtime/auth runtime/config runtime/database runtime/outbox runtime/web",
}

// TestImportsRunOneWay checks that packages import only what arrows allows, and that
// the generator has no other package.
func TestImportsRunOneWay(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, ".", "./cmd", "./generator/...", "./runtime/...", "./templates").Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		allowed, known := arrows[words[0]]
		if !known {
			if strings.HasPrefix(words[0], "fastgo/generator") {
				t.Errorf("%s has no arrows: add its row", words[0])
			}
			continue
		}
		for _, imported := range words[1:] {
			ours, isOurs := strings.CutPrefix(imported, "fastgo/")
			if isOurs && !slices.Contains(strings.Fields(allowed), ours) {
				t.Errorf("%s imports %s", words[0], imported)
			}
		}
	}
}

// TestFilesHaveNoCallCycles: in every package of the command line, files can be sorted
// so that each one only calls those below it. Types do not count: a method may be in
// another file than its type.
func TestFilesHaveNoCallCycles(t *testing.T) {
	if testing.Short() {
		t.Skip("loads the types of every package")
	}
	all, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax}, "./cmd", "./generator/...")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		if circle := circleOf(calledFiles(p)); circle != nil {
			t.Errorf("%s: %s", p.PkgPath, strings.Join(circle, " -> "))
		}
	}
}

// calledFiles returns, for each file of a package, the files whose functions, variables
// and constants it uses.
func calledFiles(p *packages.Package) map[string][]string {
	file := func(n ast.Node) string { return filepath.Base(p.Fset.Position(n.Pos()).Filename) }
	called := map[string][]string{}
	for _, tree := range p.Syntax {
		from := file(tree)
		ast.Inspect(tree, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if !ok {
				return true
			}
			o := p.TypesInfo.Uses[id]
			_, isFunc := o.(*types.Func)
			if o == nil || o.Pkg() != p.Types || o.Parent() != p.Types.Scope() && !isFunc {
				return true
			}
			if _, isType := o.(*types.TypeName); isType {
				return true
			}
			to := filepath.Base(p.Fset.Position(o.Pos()).Filename)
			if to != from && !slices.Contains(called[from], to) {
				called[from] = append(called[from], to)
			}
			return true
		})
	}
	return called
}

// circleOf returns a cycle of files, or nil.
func circleOf(called map[string][]string) []string {
	done := map[string]bool{}
	var visit func(path []string) []string
	visit = func(path []string) []string {
		last := path[len(path)-1]
		if first := slices.Index(path, last); first < len(path)-1 {
			return path[first:]
		}
		if done[last] {
			return nil
		}
		for _, next := range called[last] {
			if circle := visit(append(slices.Clip(path), next)); circle != nil {
				return circle
			}
		}
		done[last] = true
		return nil
	}
	for file := range called {
		if circle := visit([]string{file}); circle != nil {
			return circle
		}
	}
	return nil
}
