package gosource

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"path"
	"slices"
)

// Format formats a file and removes its unused imports. It expects package names to
// match their paths.
func Format(src []byte) ([]byte, error) {
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, "", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	prune(set.File(tree.FileStart), tree)
	ast.SortImports(set, tree)
	var out bytes.Buffer
	err = (&printer.Config{Mode: printer.UseSpaces | printer.TabIndent, Tabwidth: 8}).Fprint(&out, set, tree)
	return out.Bytes(), err
}

// prune removes the unused imports of a tree.
func prune(lines *token.File, tree *ast.File) {
	used := map[string]bool{}
	ast.Inspect(tree, func(n ast.Node) bool {
		if selector, ok := n.(*ast.SelectorExpr); ok {
			if pkg, ok := selector.X.(*ast.Ident); ok {
				used[pkg.Name] = true
			}
		}
		return true
	})
	tree.Decls = slices.DeleteFunc(tree.Decls, func(decl ast.Decl) bool {
		block, ok := decl.(*ast.GenDecl)
		if !ok || block.Tok != token.IMPORT {
			return false
		}
		block.Specs = slices.DeleteFunc(block.Specs, func(s ast.Spec) bool {
			spec := s.(*ast.ImportSpec)
			unused := !used[packageName(spec)] && (spec.Name == nil || spec.Name.Name != "_")
			if unused && block.Lparen.IsValid() {
				lines.MergeLine(lines.Line(spec.Pos())) // leave no blank line
			}
			return unused
		})
		if len(block.Specs) == 1 {
			block.Lparen, block.Rparen = token.NoPos, token.NoPos
		}
		return len(block.Specs) == 0
	})
}

// packageName returns the name by which an import is used, without a version suffix.
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
