package gosource

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"slices"
)

// PruneImports takes out the imports that a file does not use. Each stands on
// a line of its own, and the packages have the names of their paths.
func PruneImports(src []byte) ([]byte, error) {
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, "", src, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	used := map[string]bool{}
	ast.Inspect(tree, func(n ast.Node) bool {
		if selector, ok := n.(*ast.SelectorExpr); ok {
			if pkg, ok := selector.X.(*ast.Ident); ok {
				used[pkg.Name] = true
			}
		}
		return true
	})
	var out bytes.Buffer
	done := 0
	if block := (&file{tree: tree}).importBlock(); block != nil {
		if left := slices.DeleteFunc(slices.Clone(tree.Imports), func(spec *ast.ImportSpec) bool { return !used[packageName(spec)] }); len(left) == 1 {
			out.Write(src[:set.Position(block.Pos()).Offset])
			out.WriteString("import " + left[0].Path.Value)
			out.Write(src[set.Position(block.End()).Offset:])
			return out.Bytes(), nil
		}
	}
	for _, spec := range tree.Imports {
		if used[packageName(spec)] {
			continue
		}
		at, end := set.Position(spec.Pos()).Offset, set.Position(spec.End()).Offset
		start := bytes.LastIndexByte(src[:at], '\n') + 1
		if eol := bytes.IndexByte(src[end:], '\n'); eol >= 0 {
			end += eol + 1
		}
		out.Write(src[done:start])
		done = end
	}
	out.Write(src[done:])
	return out.Bytes(), nil
}

// packageName is the name by which an import is used; a version at the end of
// a path is not part of it.
func packageName(spec *ast.ImportSpec) string {
	name := localName(spec)
	if spec.Name == nil && len(name) > 1 && name[0] == 'v' && isDigits(name[1:]) {
		return path.Base(path.Dir(importPath(spec)))
	}
	return name
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
