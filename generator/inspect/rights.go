package inspect

import (
	"fmt"
	"go/ast"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Rights are who may read and who may write the rows of a resource, as its Routes
// registers the operations and as the application calls Routes.
type Rights struct {
	Path          string // of all rows: /posts/{post_id}/comments
	Reads, Writes Right
	readBy        string // the method that answers GET of one row
}

// A Right is who may call an operation.
type Right struct {
	Public bool     // anybody
	Owner  bool     // the owner of the row
	Roles  []string // signed-in users with each of these
	Place  string   // where that is said
}

// Routes is the code that says who may call what: the calls of each package's
// Routes. It is parsed once.
type Routes struct {
	app            fs.FS
	folder, module string
	parsed         *folder
}

// NewRoutes looks in a folder of an application, whose import path is the module.
func NewRoutes(app fs.FS, folder, module string) *Routes {
	return &Routes{app: app, folder: folder, module: module}
}

// Rights reads Routes of the package in a folder, and its call. The error is
// fs.ErrNotExist where there is no Routes.
func (r *Routes) Rights(dir string) (*Rights, error) {
	p, err := parseFolder(r.app, dir, func(src string) bool { return strings.Contains(src, "func Routes(") || strings.Contains(src, "owned(") })
	if err != nil {
		return nil, err
	}
	var f *ast.FuncDecl
	for _, tree := range p.files {
		for _, d := range tree.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && d.Name.Name == "Routes" && d.Recv == nil {
				f = d
			}
		}
	}
	if f == nil || f.Body == nil {
		return nil, fs.ErrNotExist
	}
	call, err := r.call(dir)
	if err != nil {
		return nil, err
	}
	scope, err := p.parameters(f, call)
	if err != nil {
		return nil, err
	}
	rights, err := p.registered(f, scope)
	if err == nil && !rights.Reads.Public && !rights.Reads.Owner && p.asksOwner(rights.readBy) {
		return nil, &UnreadableError{rights.Reads.Place, fmt.Sprintf("%s reads the rows of their owner alone, but is registered for more users: register it by guard.Owner()", rights.readBy)}
	}
	return rights, err
}

// asksOwner reports whether a method calls owned.
func (p *folder) asksOwner(method string) bool {
	asks := false
	for _, tree := range p.files {
		for _, d := range tree.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == method && f.Body != nil {
				ast.Inspect(f.Body, func(n ast.Node) bool {
					c, ok := n.(*ast.CallExpr)
					asks = asks || ok && typeText(c.Fun) == "owned"
					return true
				})
			}
		}
	}
	return asks
}

// A call is one of a Routes, with the right of each argument that is an API or a
// guard, by its position.
type call struct {
	place  string
	args   []ast.Expr
	values values
	folder *folder
}

// values are the rights that local variables hold.
type values map[string]Right

// call finds the call of Routes of the package in a folder.
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
	return nil, &UnreadableError{r.folder, fmt.Sprintf("nothing calls Routes of %s", importPath)}
}

// callIn finds name.Routes(…) in a function, with what its variables hold there.
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

// assign remembers the rights of variables.
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

// right reads an expression that is an API or a guard: api, users.Guard(),
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

// narrowed is the right behind a method of a guard.
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

// parameters are the rights of the parameters of Routes, as its call has them.
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

// registered reads by what the operations on one row are registered.
func (p *folder) registered(f *ast.FuncDecl, known values) (*Rights, error) {
	r := &Rights{}
	var failed error
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			p.assign(known, n)
		case *ast.CallExpr:
			sel, ok := n.Fun.(*ast.SelectorExpr)
			if !ok || len(n.Args) < 3 || !slices.Contains([]string{"Get", "Put", "Patch"}, sel.Sel.Name) {
				return true
			}
			route, ok := literal(n.Args[1])
			if !ok || path.Base(route) != "{id}" {
				return true
			}
			right, err := p.right(known, n.Args[0])
			if err != nil && failed == nil {
				failed = err
			}
			if sel.Sel.Name == "Get" {
				r.Path, r.Reads = path.Dir(route), right
				if handler, ok := n.Args[2].(*ast.SelectorExpr); ok {
					r.readBy = handler.Sel.Name
				}
			} else {
				r.Writes = right
			}
		}
		return true
	})
	switch {
	case failed != nil:
		return nil, failed
	case r.Path == "":
		return nil, &UnreadableError{p.place(f.Pos()).String(), "Routes registers no GET of one row, …/{id}"}
	case r.Writes.Place == "":
		r.Writes = r.Reads
	}
	return r, nil
}

// importName is the name by which a file knows a package.
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
