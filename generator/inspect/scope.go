package inspect

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// A scope is a function in which APIs and guards are evaluated.
type scope struct {
	*folder
	tree   *ast.File
	f      *ast.FuncDecl
	params map[string]Right // of its parameters
}

func (s scope) unreadable(at ast.Node, format string, args ...any) error {
	return &UnreadableError{s.place(at.Pos()).String(), fmt.Sprintf(format, args...)}
}

// right evaluates an expression that is an API or a guard: api, users.Guard(),
// guard.Role("admin"), huma.NewGroup(api, "/v1").
func (s scope) right(e ast.Expr) (Right, error) {
	unreadable := s.unreadable(e, "fastgo cannot read who may call this: write users.Guard(), a Role of it, or api, in a variable that is set once")
	switch e := e.(type) {
	case *ast.Ident:
		return s.ident(e)
	case *ast.CallExpr:
		sel, ok := e.Fun.(*ast.SelectorExpr)
		if !ok {
			return Right{}, unreadable
		}
		if s.typeText(s.tree, sel) == "huma.NewGroup" && len(e.Args) > 0 {
			return s.right(e.Args[0])
		}
		if sel.Sel.Name == "Guard" && len(e.Args) == 0 {
			if !s.isUsers(sel.X) {
				return Right{}, unreadable
			}
			return Right{Place: s.place(e.Pos()).String()}, nil
		}
		right, err := s.right(sel.X)
		if err != nil {
			return Right{}, err
		}
		return s.narrowed(right, sel.Sel.Name, e)
	}
	return Right{}, unreadable
}

// narrowed returns the right after a method of a guard.
func (s scope) narrowed(r Right, method string, call *ast.CallExpr) (Right, error) {
	switch method {
	case "Owner":
		r.Owner = true
	case "Role":
		for _, arg := range call.Args {
			role, ok := literal(arg)
			if !ok {
				return Right{}, s.unreadable(arg, "write the role as a string: fastgo cannot read a constant or a variable here")
			}
			r.Roles = append(slices.Clip(r.Roles), role)
		}
	default:
		return Right{}, s.unreadable(call, "fastgo does not know what %s() means for those who refer to the rows", method)
	}
	if r.Owner && r.Roles != nil {
		return Right{}, s.unreadable(call, "fastgo does not know rows of an owner within a role")
	}
	return r, nil
}

// ident evaluates a variable, which has to be set in one place only.
func (s scope) ident(name *ast.Ident) (Right, error) {
	place := s.place(name.Pos()).String()
	v := s.variables(s.f)[name.Name]
	if v == nil {
		v = &variable{}
	}
	right, isParameter := s.params[name.Name]
	switch {
	case v.changed:
		return Right{}, s.unreadable(name, "%s gets middleware that may guard it", name.Name)
	case isParameter && v.sets == 1:
		right.Place = place
		return right, nil
	case v.sets != 1 || len(v.values) != 1:
		return Right{}, s.unreadable(name, "fastgo cannot read who %s admits: set it once, to users.Guard() or a Role of it", name.Name)
	}
	right, err := s.right(v.values[0])
	right.Place = place
	return right, err
}

// A variable is what a function does to a name, in whatever block.
type variable struct {
	values  []ast.Expr // that it is set to
	sets    int        // how often it is declared or set
	changed bool       // an API that gets middleware
}

// variables reads a function, once.
func (p *folder) variables(f *ast.FuncDecl) map[string]*variable {
	if known := p.read[f]; known != nil {
		return known
	}
	all := map[string]*variable{}
	p.read[f] = all
	of := func(name string) *variable {
		if all[name] == nil {
			all[name] = &variable{}
		}
		return all[name]
	}
	set := func(e ast.Expr, values ...ast.Expr) {
		if id, ok := e.(*ast.Ident); ok {
			v := of(id.Name)
			v.sets, v.values = v.sets+1, append(v.values, values...)
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field:
			for _, name := range n.Names {
				set(name)
			}
		case *ast.ValueSpec:
			for i, name := range n.Names {
				if len(n.Names) == len(n.Values) {
					set(name, n.Values[i])
				} else {
					set(name)
				}
			}
		case *ast.RangeStmt:
			set(n.Key)
			set(n.Value)
		case *ast.UnaryExpr: // what &guard points to may be set elsewhere
			if n.Op == token.AND {
				set(n.X)
			}
		case *ast.AssignStmt:
			for i, left := range n.Lhs {
				if len(n.Lhs) == len(n.Rhs) {
					set(left, n.Rhs[i])
				} else {
					set(left)
				}
			}
		case *ast.CallExpr:
			if sel, ok := n.Fun.(*ast.SelectorExpr); ok && strings.HasPrefix(sel.Sel.Name, "Use") {
				if id, ok := sel.X.(*ast.Ident); ok {
					of(id.Name).changed = true
				}
			}
		}
		return true
	})
	return all
}

// isUsers reports whether an expression is the application's *auth.Users.
func (s scope) isUsers(e ast.Expr) bool {
	name, ok := e.(*ast.Ident)
	if !ok {
		return false
	}
	v := s.variables(s.f)[name.Name]
	if v == nil || v.sets != 1 {
		return false
	}
	for _, param := range s.f.Type.Params.List {
		star, isPointer := param.Type.(*ast.StarExpr)
		if isPointer && s.typeText(s.tree, star.X) == "auth.Users" && slices.ContainsFunc(param.Names, func(n *ast.Ident) bool { return n.Name == name.Name }) {
			return true
		}
	}
	if len(v.values) != 1 {
		return false
	}
	call, isCall := v.values[0].(*ast.CallExpr)
	return isCall && s.typeText(s.tree, call.Fun) == "auth.New"
}
