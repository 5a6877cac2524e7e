package generator

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"fastgo/generator/fail"
	"fastgo/generator/name"
	"fastgo/generator/plan"
	"fastgo/generator/project"
)

// An Endpoint is one operation in a package of its own. The templates of
// templates/handler are executed with it.
type Endpoint struct {
	Name    name.Name
	Module  string
	Path    string
	Comment string // of Routes
	Params  string // of Routes, before the database
	Passed  string // what routes.go passes for them
	By      Registrar
	Call    string // the line of routes.go
	Who     string // may call it, as the list of routes says it

	UserParam string // of the handler; "" where anybody may call it
	Message   string // what it answers
	Client    string // who calls it in a test
	Answered  string // what he is answered
	Role      string
	Outsider  string // who is refused for want of the role
}

// NewEndpoint reads the name of an operation in any spelling, and who may call
// it: anybody, users who are signed in, or those with a role.
func NewEndpoint(given string, protected bool, role string) (Endpoint, error) {
	n, nameErr := name.ParsePackage("handler", given)
	if nameErr == nil && name.IsBasePath(n.Snake) {
		nameErr = fail.Usage("handler %q: the application answers at /%s already; take a name that says more, such as Item%s", given, n.Snake, n.Type)
	}
	a, accessErr := Flags{Shared: protected && role == "", Role: role}.access()
	h := Handlers{resourceCode: resourceCode{Resource: &Resource{Name: n, access: a, role: role}}}
	h.register()
	e := Endpoint{
		Name: n, Path: "/" + n.Snake, Role: role, Params: h.Params, Passed: h.Passed, By: h.Reader, Call: h.Call(), Who: a.who,
		Comment: "Anybody may call it.", Message: `"Hello"`, Client: "Anonymous()", Answered: "Hello",
	}
	if a.isGuarded() {
		e.Comment = "Its handler takes\n// the current user, so it is guarded."
		e.UserParam, e.Message = "user *auth.User, ", `"Hello " + user.Name`
		e.Client, e.Answered = `User("ann")`, "Hello ann"
	}
	if role != "" {
		e.Client, e.Outsider = fmt.Sprintf(`UserWithRole("ann", %q)`, role), outsider("bob", role == everybodysRole)
	}
	return e, fail.Join(nameErr, accessErr)
}

// IsGuarded reports whether a request needs a token.
func (e Endpoint) IsGuarded() bool { return e.UserParam != "" }

// Endpoint plans an operation and its line in routes.go.
func (s Source) Endpoint(app fs.FS, e Endpoint) (plan.Plan, error) {
	if err := fail.Join(checkPackage(e.Name, app, "handler", "handlers.go", "Routes"), e.collision(app)); err != nil {
		return plan.Plan{}, err
	}
	p := plan.Plan{Routes: []plan.Route{{Method: "GET", Path: "/api" + e.Path, Who: e.Who}}}
	for _, file := range []string{"handlers.go", "handlers_test.go"} {
		c, err := s.source("handler", path.Join("app", e.Name.Package, file), e, file+".tmpl")
		if err == nil {
			err = c.Keep(app, nil)
		}
		if err != nil {
			return plan.Plan{}, err
		}
		p.Changes = append(p.Changes, c)
	}
	routes, err := addRoutes(app, e.Module+"/app/"+e.Name.Package, e.Call)
	p.Changes = append(p.Changes, routes)
	return p, err
}

// pathTaken says that make:handler has written what answers at the path of the
// resource; nil if nothing does.
func (r *Resource) pathTaken(app fs.FS) error {
	if r.model || r.under != "" {
		return nil
	}
	pkg := strings.ReplaceAll(r.Name.Table, "_", "")
	src, err := fs.ReadFile(app, path.Join("app", pkg, "handlers.go"))
	if err != nil || pkg == r.Name.Package || !bytes.Contains(src, []byte(`.Get(api, "/`+r.Name.Table+`"`)) && !bytes.Contains(src, []byte(`.Get(guard, "/`+r.Name.Table+`"`)) {
		return nil
	}
	return fail.Conflict("resource %s: app/%s answers GET /%s already: take another name, or another --plural", r.Name.Type, pkg, r.Name.Table)
}

// collision returns the resource that answers at the path of the operation.
func (e Endpoint) collision(app fs.FS) error {
	specs, err := project.LoadResources(app)
	if err != nil {
		return err
	}
	for _, spec := range specs {
		if name, err := name.Parse(spec.Name, spec.Plural); err == nil && name.Table == e.Name.Snake && spec.Parent == "" && spec.Kind != project.Model {
			return fail.Conflict("handler %s: GET %s is the list of %s already: take another name", e.Name.Type, e.Path, name.Humans)
		}
	}
	return nil
}
