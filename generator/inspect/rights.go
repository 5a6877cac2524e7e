package inspect

import (
	"fmt"
	"go/ast"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Rights describes who may read and write the rows of a resource, according to its
// Routes function and the call of it.
type Rights struct {
	Path          string // of the collection: /posts/{post_id}/comments
	Reads, Writes Right
	readBy        string // the method that handles GET of one row
}

// A Right describes who may call an operation.
type Right struct {
	Public bool     // anyone
	Owner  bool     // the owner of the row
	Roles  []string // signed-in users with each of these
	Place  string   // the position in the code
}

// Routes is the code that calls the Routes function of each package. It is parsed once.
type Routes struct {
	app            fs.FS
	folder, module string
	parsed         *folder
}

// NewRoutes searches a directory of an application with this module path.
func NewRoutes(app fs.FS, folder, module string) *Routes {
	return &Routes{app: app, folder: folder, module: module}
}

// Rights reads the Routes function of the package in a directory, and its call. It
// returns fs.ErrNotExist if there is no Routes function.
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
		return nil, &UnreadableError{rights.Reads.Place, fmt.Sprintf("%s only reads rows of their owner, but is registered for all users: register it with guard.Owner()", rights.readBy)}
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

// registered returns the rights with which operations on one row are registered.
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
