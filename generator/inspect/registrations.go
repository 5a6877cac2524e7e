package inspect

import (
	"go/ast"
	"path"
	"slices"
	"strings"
)

// A registration is a call such as auth.Get(guard, "/posts/{id}", h.show).
type registration struct {
	call        *ast.CallExpr
	pkg, method string
	by          ast.Expr
	route       string
	handler     string // the method that handles it
}

// registrations returns those of one row of a table by GET, PUT and PATCH. The last
// element of their path is the table, unless there is only one such path.
func (s scope) registrations(table string) ([]registration, error) {
	top := map[ast.Node]bool{}
	for _, statement := range s.f.Body.List {
		if e, ok := statement.(*ast.ExprStmt); ok {
			top[e.X] = true
		}
	}
	var own, all []registration
	var failed error
	ast.Inspect(s.f.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || failed != nil {
			return failed == nil
		}
		g, isRegistration := s.registration(call)
		if g.route == "" {
			return true
		}
		mine := path.Base(path.Dir(g.route)) == table
		switch {
		case mine && !isRegistration:
			failed = s.unreadable(call, "%s is registered in a way that fastgo cannot read: use web.Get or auth.Get", g.route)
		case mine && !top[call]:
			failed = s.unreadable(call, "%s is registered on a condition", g.route)
		case mine:
			own = append(own, g)
		case isRegistration:
			all = append(all, g)
		}
		return true
	})
	if failed != nil || own != nil {
		return own, failed
	}
	for _, g := range all {
		if g.route != all[0].route || !top[g.call] {
			return nil, s.unreadable(g.call, "no path ends in /%s/{id}, so fastgo cannot tell which operations are those of a row", table)
		}
	}
	return all, nil
}

// registration reads a call. The route is that of one row, /…/{id}, or "".
func (s scope) registration(call *ast.CallExpr) (g registration, ok bool) {
	g.call = call
	for _, arg := range call.Args {
		if route, isText := literal(arg); isText && strings.HasPrefix(route, "/") && path.Base(route) == "{id}" {
			g.route = route
		}
	}
	sel, isSelector := call.Fun.(*ast.SelectorExpr)
	if g.route == "" || !isSelector || len(call.Args) < 3 {
		return g, false
	}
	if sel.Sel.Name == "Delete" || sel.Sel.Name == "Post" {
		g.route = ""
		return g, false
	}
	g.pkg, g.method, g.by = s.typeText(s.tree, sel.X), sel.Sel.Name, call.Args[0]
	if handler, isMethod := call.Args[2].(*ast.SelectorExpr); isMethod {
		g.handler = handler.Sel.Name
	}
	route, isText := literal(call.Args[1])
	known := slices.Contains([]string{"web", "auth"}, g.pkg) && slices.Contains([]string{"Get", "Put", "Patch"}, g.method)
	for _, option := range call.Args[3:] { // one that is not ours may guard
		made, isCall := option.(*ast.CallExpr)
		known = known && isCall && strings.HasPrefix(s.typeText(s.tree, made.Fun), "web.")
	}
	return g, known && isText && route == g.route
}
