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

// Rights reads the Routes function of the package in a directory, which serves the
// rows of a table, and the call of it. It returns fs.ErrNotExist if there is no Routes
// function. Whatever it does not understand is an UnreadableError: nothing is read as
// more open than it may be.
func (r *Routes) Rights(dir, table string) (*Rights, error) {
	p, err := parseFolder(r.app, r.module, dir, func(src string) bool { return strings.Contains(src, "func Routes(") || strings.Contains(src, "owned(") })
	if err != nil {
		return nil, err
	}
	tree, f := p.function("Routes")
	if f == nil || f.Body == nil {
		return nil, fs.ErrNotExist
	}
	args, err := r.arguments(dir, f)
	if err != nil {
		return nil, err
	}
	s := scope{folder: p, tree: tree, f: f, params: args}
	found, err := s.registrations(table)
	if err != nil {
		return nil, err
	}
	return s.rights(found)
}

// rights combines the registrations of one row.
func (s scope) rights(found []registration) (*Rights, error) {
	r := &Rights{}
	for _, g := range found {
		right, err := s.right(g.by)
		if err == nil && right.Public != (g.pkg == "web") {
			err = s.unreadable(g.call, "%s.%s of something else than %s", g.pkg, g.method, map[bool]string{true: "the API", false: "a guard"}[g.pkg == "web"])
		}
		if err != nil {
			return nil, err
		}
		switch {
		case g.method == "Get":
			r.Path, r.Reads = path.Dir(g.route), right
			if !right.Public && !right.Owner && s.asksOwner(g.handler) {
				return nil, &UnreadableError{right.Place, fmt.Sprintf("%s only reads rows of their owner, but is registered for more users: register it with guard.Owner()", g.handler)}
			}
		case r.Writes.Place != "" && !right.same(r.Writes):
			return nil, s.unreadable(g.call, "PUT and PATCH are registered for different users")
		default:
			r.Writes = right
		}
	}
	if r.Path == "" {
		return nil, s.unreadable(s.f, "Routes registers no GET of one row, …/{id}")
	}
	if r.Writes.Place == "" {
		r.Writes = r.Reads
	}
	return r, nil
}

// same reports whether two rights admit the same users.
func (r Right) same(other Right) bool {
	return r.Public == other.Public && r.Owner == other.Owner && slices.Equal(r.Roles, other.Roles)
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
