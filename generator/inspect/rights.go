package inspect

import (
	"fmt"
	"go/ast"
	"io/fs"
	"path"
	"slices"
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
