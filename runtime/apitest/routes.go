package apitest

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fastgo/runtime/web"
)

// AnswersEveryRoute fails the test unless the application serves its documentation and every route.
func (a *App) AnswersEveryRoute() {
	a.t.Helper()
	for _, path := range []string{"/healthz", "/readyz", "/openapi.json", "/docs"} {
		a.Anonymous().Get(path).Want(200)
	}
	for _, route := range a.Server.Routes() {
		answer := a.Anonymous().Do(route.Method, route.Path, nil)
		if answer.Status == 404 || answer.Status == 405 || answer.Status >= 500 {
			a.t.Errorf("%s: status %d: %s", answer.request, answer.Status, answer.Body)
		}
	}
}

// ServesEveryPackage fails the test unless the Routes of every package below a folder are called.
func (a *App) ServesEveryPackage(folder string) {
	a.t.Helper()
	routes := a.Server.Routes()
	files, err := filepath.Glob(filepath.Join(folder, "*", "*.go"))
	must(a.t, err)
	for _, file := range files {
		source, err := os.ReadFile(file) // #nosec G304 -- a source of the application
		must(a.t, err)
		pkg := filepath.Base(filepath.Dir(file))
		registered := func(r web.Route) bool { return filepath.Base(filepath.Dir(r.File)) == pkg }
		if strings.Contains(string(source), "\nfunc Routes(") && !slices.ContainsFunc(routes, registered) {
			a.t.Errorf("routes.go does not call the Routes of %s", pkg)
		}
	}
}
