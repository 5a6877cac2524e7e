package mutation

import (
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A mutant whose fault is inside a function is not built separately, which would
// take seconds. The function gets a copy with the fault, and calls it if the
// environment contains the number of the mutant:
//
//	func now() time.Time {
//		if mutant == "7" {
//			return now7()
//		}

// A variation is the fault of a mutant in a source.
type variation struct {
	number     int
	begin, end int
	text       string
}

// switches returns the sources whose functions call their copies, and the numbers
// of these mutants.
func switches(t *testing.T, a application, mutants []mutant) (sources map[string]string, numbers map[int]bool) {
	t.Helper()
	variations := map[string][]variation{}
	for number, m := range mutants {
		if len(m.edits) == 1 {
			file := m.edits[0].path(t, a)
			begin, end, err := m.edits[0].find(readFile(t, file))
			must(t, err)
			variations[file] = append(variations[file], variation{number, begin, end, m.edits[0].new})
		}
	}
	sources, numbers = map[string]string{}, map[int]bool{}
	for file, all := range variations {
		name, source, switched := withCopies(t, readFile(t, file), all)
		for _, number := range switched {
			numbers[number] = true
			sources[file] = source
			sources[filepath.Join(filepath.Dir(file), "mutant.go")] = fmt.Sprintf("package %s\n\nimport \"os\"\n\nvar mutant = os.Getenv(%q)\n", name, mutantVariable)
		}
	}
	return sources, numbers
}

// withCopies returns the source with copies of its functions, and the numbers of the
// variations inside functions.
func withCopies(t *testing.T, source string, variations []variation) (pkg, changed string, numbers []int) {
	t.Helper()
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "", source, parser.SkipObjectResolution)
	must(t, err)
	at := func(p token.Pos) int { return files.Position(p).Offset }
	changed = source
	for _, declaration := range slices.Backward(file.Decls) {
		f, ok := declaration.(*ast.FuncDecl)
		if !ok || f.Body == nil {
			continue
		}
		calls := ""
		for _, v := range variations {
			if v.begin <= at(f.Body.Lbrace) || v.end > at(f.Body.Rbrace) {
				continue
			}
			numbers = append(numbers, v.number)
			name := fmt.Sprintf("%s%d", f.Name.Name, v.number)
			changed += fmt.Sprintf("\n\nfunc %s%s%s%s%s\n", source[at(f.Pos())+len("func "):at(f.Name.Pos())], name,
				source[at(f.Name.End()):v.begin], v.text, source[v.end:at(f.End())])
			nameAll(f.Recv, "receiver")
			nameAll(f.Type.Params, "argument")
			calls += fmt.Sprintf("\nif mutant == \"%d\" {\n%s\n}\n", v.number, call(f, name))
		}
		if calls != "" {
			changed = changed[:at(f.Pos())] + signature(t, f) + " {" + calls + changed[at(f.Body.Lbrace)+1:]
		}
	}
	return file.Name.Name, changed, numbers
}

// nameAll names unnamed parameters.
func nameAll(fields *ast.FieldList, prefix string) {
	if fields == nil {
		return
	}
	for i, field := range fields.List {
		if field.Names == nil {
			field.Names = []*ast.Ident{ast.NewIdent("_")}
		}
		for _, name := range field.Names {
			if name.Name == "_" {
				name.Name = fmt.Sprintf("%s%d", prefix, i)
			}
		}
	}
}

// signature returns the code before the body of a function.
func signature(t *testing.T, f *ast.FuncDecl) string {
	var b strings.Builder
	must(t, format.Node(&b, token.NewFileSet(), &ast.FuncDecl{Recv: f.Recv, Name: f.Name, Type: f.Type}))
	return b.String()
}

// call returns a call of a function's copy with the same arguments.
func call(f *ast.FuncDecl, name string) string {
	if f.Recv != nil {
		name = f.Recv.List[0].Names[0].Name + "." + name
	} else if f.Type.TypeParams != nil {
		name += "[" + names(f.Type.TypeParams) + "]"
	}
	arguments := names(f.Type.Params)
	if n := len(f.Type.Params.List); n > 0 {
		if _, variadic := f.Type.Params.List[n-1].Type.(*ast.Ellipsis); variadic {
			arguments += "..."
		}
	}
	if f.Type.Results == nil {
		return name + "(" + arguments + ")\nreturn"
	}
	return "return " + name + "(" + arguments + ")"
}

func names(fields *ast.FieldList) string {
	var all []string
	for _, field := range fields.List {
		for _, name := range field.Names {
			all = append(all, name.Name)
		}
	}
	return strings.Join(all, ", ")
}
