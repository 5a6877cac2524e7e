package generator

import (
	"bytes"
	"io/fs"
	"path"
	"strings"

	"fastgo/generator/fail"
	"fastgo/generator/golang"
	"fastgo/generator/plan"
	"fastgo/generator/schema"
)

// Endpoint plans an endpoint and its line in routes.go.
func (app *App) Endpoint(e golang.Endpoint) (plan.Plan, error) {
	if err := fail.Join(app.checkPackage(e.Name, "handler", "handlers.go", "Routes"), app.collision(e)); err != nil {
		return plan.Plan{}, err
	}
	p := plan.Plan{Routes: []plan.Route{{Method: "GET", Path: "/api" + e.Path, Who: e.Who}}}
	e.Module = app.Module
	files, err := app.Source.Endpoint(e)
	if err != nil {
		return plan.Plan{}, err
	}
	if p.Changes, err = merged(app.FS, nil, files); err != nil {
		return plan.Plan{}, err
	}
	routes, err := addRoutes(app.FS, e.Module+"/app/"+e.Name.Package, e.Call)
	p.Changes = append(p.Changes, routes)
	return p, err
}

// pathTaken returns an error if a handler already serves the path of the resource.
func pathTaken(r *schema.Resource, app fs.FS) error {
	if r.Model || r.Under != "" {
		return nil
	}
	pkg := strings.ReplaceAll(r.Name.Table, "_", "")
	src, err := fs.ReadFile(app, path.Join("app", pkg, "handlers.go"))
	if err != nil || pkg == r.Name.Package || !bytes.Contains(src, []byte(`.Get(api, "/`+r.Name.Table+`"`)) && !bytes.Contains(src, []byte(`.Get(guard, "/`+r.Name.Table+`"`)) {
		return nil
	}
	return fail.Conflict("resource %s: app/%s already serves GET /%s: use another name or --plural", r.Name.Type, pkg, r.Name.Table)
}

// collision returns an error if a resource already serves the path of the endpoint.
func (app *App) collision(e golang.Endpoint) error {
	resources, err := app.schema()
	if err != nil {
		return nil // reported by checkPackage
	}
	all, err := resources.All()
	if err != nil {
		return err
	}
	for _, r := range all {
		if r.Name.Table == e.Name.Snake && r.Under == "" && !r.Model {
			return fail.Conflict("handler %s: GET %s already lists %s: use another name", e.Name.Type, e.Path, r.Name.Humans)
		}
	}
	return nil
}
