package inspect

import (
	"fmt"
	"go/ast"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// typeText formats a type, or a function of a package, by the names that generated
// code has for packages, whatever this file calls them.
func (p *folder) typeText(tree *ast.File, t ast.Expr) string {
	switch t := t.(type) {
	case *ast.SelectorExpr:
		name, ok := t.X.(*ast.Ident)
		if !ok {
			return typeText(t)
		}
		return p.typeText(tree, name) + "." + t.Sel.Name
	case *ast.IndexExpr:
		return p.typeText(tree, t.X) + "[" + p.typeText(tree, t.Index) + "]"
	case *ast.Ident:
		if importPath, imported := p.imports(tree).paths[t.Name]; imported {
			return p.packageName(importPath)
		}
	}
	return typeText(t)
}

// packageName is the name of a package in generated code, or its whole path where
// that has none.
func (p *folder) packageName(importPath string) string {
	if own, ok := strings.CutPrefix(importPath, p.module+"/internal/"); ok {
		return own
	}
	switch importPath {
	case "time", "gorm.io/gorm":
		return path.Base(importPath)
	case "github.com/danielgtaylor/huma/v2":
		return "huma"
	}
	return importPath
}

// typeText formats the types that occur in models.
func typeText(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.Ident:
		return t.Name
	case *ast.SelectorExpr:
		return typeText(t.X) + "." + t.Sel.Name
	case *ast.IndexExpr:
		return typeText(t.X) + "[" + typeText(t.Index) + "]"
	case *ast.ArrayType:
		return "[]" + typeText(t.Elt)
	}
	return fmt.Sprintf("%T", t)
}

var majorVersion = regexp.MustCompile(`/v[0-9]+$`)

// imports are those of a file: paths by name, and names by path.
type imports struct{ paths, names map[string]string }

// imports reads the imports of a file, once.
func (p *folder) imports(tree *ast.File) imports {
	if known, ok := p.names[tree]; ok {
		return known
	}
	all := imports{map[string]string{}, map[string]string{}}
	for _, spec := range tree.Imports {
		importPath, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		name := path.Base(majorVersion.ReplaceAllString(importPath, ""))
		if spec.Name != nil {
			name = spec.Name.Name
		}
		all.paths[name], all.names[importPath] = importPath, name
	}
	p.names[tree] = all
	return all
}
