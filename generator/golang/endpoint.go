package golang

import (
	"fmt"
	"path"

	"fastgo/generator/fail"
	"fastgo/generator/name"
	"fastgo/generator/schema"
)

// An Endpoint is a single operation in its own package. It is the data of the templates
// in templates/handler.
type Endpoint struct {
	Name    name.Name
	Module  string
	Path    string
	Comment string // of Routes
	Params  string // of Routes, before the database
	Passed  string // the arguments in routes.go
	By      Registrar
	Call    string // the line in routes.go
	Who     string // who may call it, as listed by routes

	UserParam string // of the handler; "" if it is public
	Message   string // in the response
	Client    string // the client in tests
	Answered  string // the message in tests
	Role      string
	Outsider  string // a client without the role
}

// NewEndpoint parses the name of an operation, in any case, and its access: public,
// signed-in users, or those with a role.
func NewEndpoint(given string, protected bool, role string) (Endpoint, error) {
	n, nameErr := name.ParsePackage("handler", given)
	if nameErr == nil && name.IsBasePath(n.Snake) {
		nameErr = fail.Usage("handler %q: the application already serves /%s; use a more specific name, such as Item%s", given, n.Snake, n.Type)
	}
	a, accessErr := schema.Flags{Shared: protected && role == "", Role: role}.Access()
	h := Handlers{Resource: Resource{Resource: &schema.Resource{Name: n, Access: a, Role: role}}}
	h.register()
	e := Endpoint{
		Name: n, Path: "/" + n.Snake, Role: role, Params: h.Params, Passed: h.Passed, By: h.Reader, Call: h.Call(), Who: a.Who(role),
		Comment: "It is public.", Message: `"Hello"`, Client: "Anonymous()", Answered: "Hello",
	}
	if a.IsGuarded() {
		e.Comment = "Its handler takes the current\n// user, so it is guarded."
		e.UserParam, e.Message = "user *auth.User, ", `"Hello " + user.Name`
		e.Client, e.Answered = `User("ann")`, "Hello ann"
	}
	if role != "" {
		e.Client, e.Outsider = fmt.Sprintf(`UserWithRole("ann", %q)`, role), outsider("bob", role == schema.EverybodysRole)
	}
	return e, fail.Join(nameErr, accessErr)
}

// IsGuarded reports whether a request requires a token.
func (e Endpoint) IsGuarded() bool { return e.UserParam != "" }

// Endpoint renders the files of an operation.
func (s Source) Endpoint(e Endpoint) ([]File, error) {
	var files []File
	for _, name := range []string{"handlers.go", "handlers_test.go"} {
		f, err := s.Source("handler", path.Join("app", e.Name.Package, name), e, name+".tmpl")
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, nil
}
