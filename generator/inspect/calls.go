package inspect

import (
	"go/ast"
	"strings"
)

// arguments returns the rights with which the application calls Routes of the
// package in a directory, by the names of its parameters.
func (r *Routes) arguments(dir string, routes *ast.FuncDecl) (map[string]Right, error) {
	if r.parsed == nil {
		parsed, err := parseFolder(r.app, r.module, r.folder, func(string) bool { return true })
		if err != nil {
			return nil, err
		}
		r.parsed = parsed
	}
	found := r.parsed.callsOf(r.module + "/" + dir)
	switch len(found) {
	case 0:
		return nil, &UnreadableError{r.folder + "/routes.go", "no call of Routes of " + dir}
	case 1:
		s, err := r.parsed.scopeOf(found[0], nil)
		if err != nil {
			return nil, err
		}
		return s.pass(found[0].call, routes)
	}
	return nil, found[1].unreadable(found[1].call, "a second call of Routes of %s", dir)
}

// A callSite is a call in a function of the routes.
type callSite struct {
	scope
	call *ast.CallExpr
}

// callsOf returns the calls of Routes of a package. All of them are found at once.
func (p *folder) callsOf(importPath string) []callSite {
	if p.calls == nil {
		p.calls = map[string][]callSite{}
		for _, tree := range p.files {
			for _, site := range p.callsIn(tree, func(call *ast.CallExpr) bool {
				sel, ok := call.Fun.(*ast.SelectorExpr)
				return ok && sel.Sel.Name == "Routes"
			}) {
				name := typeText(site.call.Fun.(*ast.SelectorExpr).X)
				if called, imported := p.imports(tree).paths[name]; imported {
					p.calls[called] = append(p.calls[called], site)
				}
			}
		}
	}
	return p.calls[importPath]
}

// callsIn finds calls in the functions of a file.
func (p *folder) callsIn(tree *ast.File, wanted func(*ast.CallExpr) bool) (found []callSite) {
	for _, d := range tree.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Body == nil {
			continue
		}
		ast.Inspect(f.Body, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && wanted(call) {
				found = append(found, callSite{scope{folder: p, tree: tree, f: f}, call})
			}
			return true
		})
	}
	return found
}

// roots are the functions that the application starts with.
const roots = " routes Build "

// scopeOf is the function of a call with the rights of its parameters, which its own
// caller passes. It has to be called from routes, once.
func (p *folder) scopeOf(site callSite, below []string) (scope, error) {
	s, name := site.scope, site.f.Name.Name
	if strings.Contains(roots, " "+name+" ") && s.f.Recv == nil {
		s.params = map[string]Right{}
		for _, param := range s.f.Type.Params.List {
			for _, n := range param.Names {
				if s.typeText(s.tree, param.Type) == "huma.API" {
					s.params[n.Name] = Right{Public: true}
				}
			}
		}
		return s, nil
	}
	var callers []callSite
	for _, tree := range p.files {
		callers = append(callers, p.callsIn(tree, func(call *ast.CallExpr) bool { return typeText(call.Fun) == name })...)
	}
	if len(callers) != 1 || s.f.Recv != nil || len(below) > 9 {
		return s, s.unreadable(site.call, "routes calls %s %d times, so fastgo cannot read who may call this: call it once", name, len(callers))
	}
	caller, err := p.scopeOf(callers[0], append(below, name))
	if err == nil {
		s.params, err = caller.pass(callers[0].call, s.f)
	}
	return s, err
}

// pass returns the rights that a call passes to the parameters of a function.
func (s scope) pass(call *ast.CallExpr, to *ast.FuncDecl) (map[string]Right, error) {
	passed, at := map[string]Right{}, 0
	for _, param := range to.Type.Params.List {
		for _, name := range param.Names {
			if at >= len(call.Args) {
				return nil, s.unreadable(call, "fewer arguments than %s has parameters", to.Name.Name)
			}
			// How the other file calls the packages does not matter to who may call.
			if kind := typeText(param.Type); strings.HasSuffix(kind, ".API") || strings.HasSuffix(kind, ".Guard") {
				right, err := s.right(call.Args[at])
				if err != nil {
					return nil, err
				}
				passed[name.Name] = right
			}
			at++
		}
	}
	return passed, nil
}
