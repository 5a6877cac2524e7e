package golang

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"fastgo/generator/fail"
	"fastgo/generator/name"
)

// A Middleware is HTTP middleware in its own package. It is the data of the templates in
// templates/middleware.
type Middleware struct {
	Name   name.Name
	Module string
}

// NewMiddleware parses the name of middleware in any case.
func NewMiddleware(given string) (Middleware, error) {
	name, err := name.ParsePackage("middleware", given)
	if err == nil && isWired(name.Package) {
		err = fail.Usage("middleware %q: app.go already uses the name %s; use a more specific name, such as Request%s", given, name.Package, name.Type)
	}
	return Middleware{Name: name}, err
}

// isWired reports whether app.go has a variable or import of that name.
func isWired(name string) bool {
	return slices.Contains([]string{"c", "err", "log", "sender", "server", "slog"}, name)
}

// Call returns the line in app.go.
func (m Middleware) Call() string { return fmt.Sprintf("server.Use(%s.Middleware)", m.Name.Package) }

// File returns the path of the middleware.
func (m Middleware) File() string { return path.Join("app", m.Name.Package, m.Name.Package+".go") }

// Middleware renders the files of middleware.
func (s Source) Middleware(m Middleware) ([]File, error) {
	code, err := s.Source("middleware", m.File(), m, "middleware.go.tmpl")
	if err != nil {
		return nil, err
	}
	test, err := s.Source("middleware", strings.TrimSuffix(m.File(), ".go")+"_test.go", m, "middleware_test.go.tmpl")
	return []File{code, test}, err
}
