package gosource

import (
	"go/ast"
	"go/token"
	"slices"
)

// calls reports whether a file contains a matching call.
func calls(tree *ast.File, kind func(*ast.CallExpr) bool) bool {
	found := false
	ast.Inspect(tree, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && !found {
			found = kind(call)
		}
		return !found
	})
	return found
}

// same reports whether two expressions are the same name, such as post.Routes.
func same(a, b ast.Expr) bool {
	switch a := ast.Unparen(a).(type) {
	case *ast.Ident:
		b, ok := ast.Unparen(b).(*ast.Ident)
		return ok && a.Name == b.Name
	case *ast.SelectorExpr:
		b, ok := ast.Unparen(b).(*ast.SelectorExpr)
		return ok && a.Sel.Name == b.Sel.Name && same(a.X, b.X)
	}
	return false
}

// lastName returns Use for server.Use.
func lastName(function ast.Expr) string {
	switch f := ast.Unparen(function).(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

// passesSame reports whether a call has all arguments of another one, and the same
// function name.
func passesSame(call, other *ast.CallExpr) bool {
	return lastName(call.Fun) == lastName(other.Fun) && !slices.ContainsFunc(other.Args, func(arg ast.Expr) bool {
		if inner, ok := arg.(*ast.CallExpr); ok {
			arg = inner.Fun
		}
		return lastName(arg) != "" && !slices.ContainsFunc(call.Args, func(passed ast.Expr) bool { return contains(passed, arg) })
	})
}

// contains reports whether an expression contains a name.
func contains(expr, name ast.Expr) bool {
	found := false
	ast.Inspect(expr, func(n ast.Node) bool {
		if part, ok := n.(ast.Expr); ok && same(part, name) {
			found = true
		}
		return !found
	})
	return found
}

// mentions reports whether an expression contains one of the names.
func mentions(expr ast.Expr, names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return contains(expr, ast.NewIdent(name)) })
}

// undeclared returns a name in the arguments that is neither a parameter, nor
// declared in the statements above, nor a package.
func undeclared(fn *ast.FuncDecl, above []ast.Stmt, args []ast.Expr, packages ...string) string {
	declared := packages
	for _, param := range fn.Type.Params.List {
		for _, name := range param.Names {
			declared = append(declared, name.Name)
		}
	}
	for _, stmt := range above {
		declared = append(declared, declares(stmt)...)
	}
	for _, arg := range args {
		name := root(arg)
		if name == nil {
			continue
		}
		if !slices.Contains(declared, name.Name) {
			return name.Name
		}
		if call, ok := arg.(*ast.CallExpr); ok && slices.Contains(packages, name.Name) {
			if name := undeclared(fn, above, call.Args, packages...); name != "" {
				return name
			}
		}
	}
	return ""
}

// declares returns the names of the variables that a statement declares.
func declares(stmt ast.Stmt) []string {
	var names []string
	switch s := stmt.(type) {
	case *ast.AssignStmt:
		for _, left := range s.Lhs {
			if name, ok := left.(*ast.Ident); ok && s.Tok == token.DEFINE {
				names = append(names, name.Name)
			}
		}
	case *ast.DeclStmt:
		for _, spec := range s.Decl.(*ast.GenDecl).Specs {
			if values, ok := spec.(*ast.ValueSpec); ok {
				for _, name := range values.Names {
					names = append(names, name.Name)
				}
			}
		}
	}
	return names
}

// root returns users for users.Guard().Role("admin").
func root(expr ast.Expr) *ast.Ident {
	switch e := expr.(type) {
	case *ast.Ident:
		return e
	case *ast.SelectorExpr:
		return root(e.X)
	case *ast.CallExpr:
		return root(e.Fun)
	}
	return nil
}
