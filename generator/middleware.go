package generator

import (
	"fmt"
	"path"

	"fastgo/generator/golang"
	"fastgo/generator/gosource"
	"fastgo/generator/plan"
)

// Middleware plans middleware and its line in app/app.go.
func (app *App) Middleware(m golang.Middleware) (plan.Plan, error) {
	if err := app.checkPackage(m.Name, "middleware", path.Base(m.File()), "Middleware"); err != nil {
		return plan.Plan{}, err
	}
	m.Module = app.Module
	files, err := app.Source.Middleware(m)
	if err != nil {
		return plan.Plan{}, err
	}
	var p plan.Plan
	if p.Changes, err = merged(app.FS, nil, files); err != nil {
		return plan.Plan{}, err
	}
	pkg := m.Module + "/app/" + m.Name.Package
	built, err := edit(app.FS, wiring, fmt.Sprintf("%s (import %q)", m.Call(), pkg), func(src []byte) ([]byte, error) {
		return gosource.AddCallAfter(src, pkg, "Build", "server", m.Call())
	})
	p.Changes = append(p.Changes, built)
	return p, err
}
