package inspect

import (
	"fmt"
	"go/ast"
	"path"
	"strconv"
	"strings"
)

// A call is a call of a Routes function, with the rights of its arguments by position.
type call struct {
	place  string
	args   []ast.Expr
	values values
	folder *folder
}

// call finds the call of Routes for the package in a directory.
func (r *Routes) call(dir string) (*call, error) {
	if r.parsed == nil {
		parsed, err := parseFolder(r.app, r.folder, func(src string) bool { return strings.Contains(src, ".Routes(") })
		if err != nil {
			return nil, err
		}
		r.parsed = parsed
	}
	importPath := r.module + "/" + dir
	for _, tree := range r.parsed.files {
		name := importName(tree, importPath)
		if name == "" {
			continue
		}
		for _, d := range tree.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Body != nil {
				if found := r.parsed.callIn(f, name); found != nil {
					return found, nil
				}
			}
		}
	}
	return nil, &UnreadableError{r.folder, fmt.Sprintf("no call of Routes of %s", importPath)}
}

// callIn finds name.Routes(…) in a function, with the values of variables there.
func (p *folder) callIn(f *ast.FuncDecl, name string) *call {
	known := values{}
	for _, param := range f.Type.Params.List {
		for _, n := range param.Names {
			switch typeText(param.Type) {
			case "huma.API":
				known[n.Name] = Right{Public: true}
			case "auth.Guard":
				known[n.Name] = Right{}
			}
		}
	}
	var found *call
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			p.assign(known, n)
		case *ast.CallExpr:
			if sel, ok := n.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Routes" && typeText(sel.X) == name && found == nil {
				found = &call{place: p.place(n.Pos()).String(), args: n.Args, values: known, folder: p}
			}
		}
		return found == nil
	})
	return found
}

// importName returns the name by which a file imports a package.
func importName(tree *ast.File, importPath string) string {
	for _, spec := range tree.Imports {
		if given, _ := strconv.Unquote(spec.Path.Value); given == importPath {
			if spec.Name != nil {
				return spec.Name.Name
			}
			return path.Base(importPath)
		}
	}
	return ""
}
