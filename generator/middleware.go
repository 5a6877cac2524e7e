package generator

import (
	"fmt"
	"io/fs"
	"path"
	"slices"

	"fastgo/generator/fail"
	"fastgo/generator/gosource"
	"fastgo/generator/name"
	"fastgo/generator/plan"
)

// A Middleware is what every request passes, in a package of its own. The
// templates of templates/middleware are executed with it.
type Middleware struct {
	Name   name.Name
	Module string
}

// NewMiddleware reads the name of a middleware in any spelling.
func NewMiddleware(given string) (Middleware, error) {
	name, err := name.ParsePackage("middleware", given)
	if err == nil && isWired(name.Package) {
		err = fail.Usage("middleware %q: main.go uses the name %s already; take a name that says more, such as Request%s", given, name.Package, name.Type)
	}
	return Middleware{Name: name}, err
}

// isWired names the variables and the imports of main.go that a package could
// be hidden by.
func isWired(name string) bool {
	return slices.Contains([]string{"c", "err", "log", "os", "sender", "server", "slog"}, name)
}

// Call is the line of main.go.
func (m Middleware) Call() string { return fmt.Sprintf("server.Use(%s.Middleware)", m.Name.Package) }

// Middleware plans a middleware and its place in main.go.
func (s Source) Middleware(app fs.FS, m Middleware) (plan.Plan, error) {
	file := m.Name.Package + ".go"
	if err := checkPackage(m.Name, app, "middleware", file, "Middleware"); err != nil {
		return plan.Plan{}, err
	}
	var p plan.Plan
	for _, f := range []struct{ Related, template string }{
		{file, "middleware.go.tmpl"}, {m.Name.Package + "_test.go", "middleware_test.go.tmpl"},
	} {
		c, err := s.source("middleware", path.Join("app", m.Name.Package, f.Related), m, f.template)
		if err == nil {
			err = c.Keep(app, nil)
		}
		if err != nil {
			return plan.Plan{}, err
		}
		p.Changes = append(p.Changes, c)
	}
	pkg := m.Module + "/app/" + m.Name.Package
	main, err := edit(app, "main.go", fmt.Sprintf("%s (import %q)", m.Call(), pkg), func(src []byte) ([]byte, error) {
		return gosource.AddCallAfter(src, pkg, "build", "server", m.Call())
	})
	p.Changes = append(p.Changes, main)
	return p, err
}
