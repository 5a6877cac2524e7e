package inspect

import (
	"go/ast"
	"slices"
)

// values are the rights in local variables.
type values map[string]Right

// assign records the rights in variables.
func (p *folder) assign(known values, a *ast.AssignStmt) {
	if len(a.Lhs) != len(a.Rhs) {
		return
	}
	for i, left := range a.Lhs {
		name, ok := left.(*ast.Ident)
		if !ok {
			continue
		}
		if right, err := p.right(known, a.Rhs[i]); err == nil {
			known[name.Name] = right
		} else {
			delete(known, name.Name)
		}
	}
}

// right evaluates an expression that is an API or a guard: api, users.Guard(),
// guard.Role("admin"), huma.NewGroup(api, "/v1").
func (p *folder) right(known values, e ast.Expr) (Right, error) {
	place := p.place(e.Pos()).String()
	unreadable := &UnreadableError{place, "this says who may call an operation in a way that fastgo cannot read"}
	switch e := e.(type) {
	case *ast.Ident:
		if right, ok := known[e.Name]; ok {
			right.Place = place
			return right, nil
		}
	case *ast.CallExpr:
		sel, ok := e.Fun.(*ast.SelectorExpr)
		if !ok {
			return Right{}, unreadable
		}
		if typeText(sel.X) == "huma" && sel.Sel.Name == "NewGroup" && len(e.Args) > 0 {
			return p.right(known, e.Args[0])
		}
		if sel.Sel.Name == "Guard" && len(e.Args) == 0 {
			return Right{Place: place}, nil
		}
		right, err := p.right(known, sel.X)
		if err != nil {
			return Right{}, err
		}
		return right.narrowed(sel.Sel.Name, e.Args, unreadable)
	}
	return Right{}, unreadable
}

// narrowed returns the right after a method of a guard.
func (r Right) narrowed(method string, args []ast.Expr, unreadable error) (Right, error) {
	switch method {
	case "Owner":
		r.Owner = true
	case "Verified":
	case "Role":
		for _, arg := range args {
			role, ok := literal(arg)
			if !ok {
				return Right{}, unreadable
			}
			r.Roles = append(slices.Clip(r.Roles), role)
		}
	default:
		return Right{}, unreadable
	}
	return r, nil
}

// parameters returns the rights of the parameters of Routes.
func (p *folder) parameters(f *ast.FuncDecl, c *call) (values, error) {
	known := values{}
	at := 0
	for _, param := range f.Type.Params.List {
		for _, name := range param.Names {
			if at >= len(c.args) {
				return nil, &UnreadableError{c.place, "fewer arguments than Routes has parameters"}
			}
			switch typeText(param.Type) {
			case "huma.API":
				known[name.Name] = Right{Public: true, Place: c.place}
			case "auth.Guard":
				right, err := c.folder.right(c.values, c.args[at])
				if err != nil {
					return nil, err
				}
				known[name.Name] = right
			}
			at++
		}
	}
	return known, nil
}
