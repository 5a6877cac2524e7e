package apitest

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"fastgo/runtime/web"
)

// A run is one execution of a check. ann may call every operation of the resource.
type run struct {
	Suite
	t   *testing.T
	app *App
	ann *Client
}

// everybodysRole is the role of an account by default.
const everybodysRole = "user"

// start empties the tables and creates ann.
func (s Suite) start(t *testing.T, app *App) *run {
	t.Helper()
	r := &run{Suite: s, t: t, app: app.on(t)}
	r.empty()
	if r.ann = r.app.Anonymous(); s.guarded() || s.role() != "" {
		r.ann = r.user("ann")
	}
	return r
}

// user creates another user who may do what ann may.
func (r *run) user(name string) *Client {
	r.t.Helper()
	if role := r.role(); role != "" {
		return r.app.UserWithRole(name, role)
	}
	return r.app.User(name)
}

// outsider creates a user without the role that the resource requires.
func (r *run) outsider() *Client {
	r.t.Helper()
	if r.role() == everybodysRole {
		return r.app.UserWithRole("eve", "guest")
	}
	return r.app.User("eve")
}

// body returns a valid body with the given members.
func (r *run) body(c *Client, members map[string]any) map[string]any {
	r.t.Helper()
	body := r.Body(c)
	maps.Copy(body, members)
	return body
}

// create creates a row and returns its path.
func (r *run) create(c *Client, members map[string]any) string {
	r.t.Helper()
	return c.Post(r.List(c), r.body(c, members)).Want(201).Header.Get("Location")
}

// other is a second value of the field.
func (r *run) other(c *Client, f Field) any {
	r.t.Helper()
	switch {
	case r.isSelf(f):
		return ID(r.create(c, nil))
	case f.isReference():
		return c.NewRow(f.Refers)
	}
	return f.second()
}

// listed returns the paths of the rows on the page that a query gives.
func (r *run) listed(c *Client, query string) []string {
	r.t.Helper()
	return r.paths(c, c.Get(r.List(c)+"?"+query).Want(200))
}

func (r *run) paths(c *Client, page *Response) []string {
	r.t.Helper()
	var answer struct{ Items []struct{ ID int64 } }
	page.Decode(&answer)
	paths := []string{}
	for _, item := range answer.Items {
		paths = append(paths, fmt.Sprintf("%s/%d", r.List(c), item.ID))
	}
	return paths
}

// wantListed fails the check unless a query gives these rows.
func (r *run) wantListed(c *Client, query string, want ...string) {
	r.t.Helper()
	if got := r.listed(c, query); !slices.Equal(got, want) {
		r.t.Errorf("GET %s?%s: listed %v, want %v", r.List(c), query, got, want)
	}
}

// wantMembers fails the check unless the answer has these members.
func (r *run) wantMembers(answer *Response, want map[string]any) {
	r.t.Helper()
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if got := answer.Member(name); !same(got, want[name]) {
			r.t.Errorf("%s: %s is %v, want %v: %s", answer.request, name, got, want[name], answer.Body)
		}
	}
}

// wantUnchanged fails the check unless a row is answered as before.
func (r *run) wantUnchanged(c *Client, path string, before *Response) {
	r.t.Helper()
	if after := c.Get(path).Want(200); string(after.Body) != string(before.Body) {
		r.t.Errorf("what was rejected changed %s from %s to %s", path, before.Body, after.Body)
	}
}

// same reports whether two values are one in JSON.
func same(a, b any) bool { return reflect.DeepEqual(plain(a), plain(b)) }

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

// List is the path of the list for a client. If the rows have a parent, one that the client may read is created.
func (s Suite) List(c *Client) string {
	c.t.Helper()
	if s.nested() {
		return s.under(c.Row(s.Parent))
	}
	return s.Path
}

// Body returns a valid request body. The rows that it refers to are created.
func (s Suite) Body(c *Client) map[string]any {
	c.t.Helper()
	body := map[string]any{}
	for _, f := range s.settable() {
		body[f.Name] = s.value(c, f)
	}
	return body
}

// value is what a new row gets in a field.
func (s Suite) value(c *Client, f Field) any {
	c.t.Helper()
	switch {
	case s.isSelf(f):
		return nil // a row must not need another one of its kind
	case f.isReference() && f.Unique:
		return c.NewRow(f.Refers)
	case f.isReference():
		return c.Row(f.Refers)
	case f.Unique:
		return f.New(c.next())
	}
	return f.sample()
}

// isSelf reports whether a field refers to a row of the resource itself.
func (s Suite) isSelf(f Field) bool { return f.Refers.Table == s.Table }
