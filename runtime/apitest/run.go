package apitest

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"
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

// listed returns the paths of the rows on a page.
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

// wantListed checks that a query lists these rows.
func (r *run) wantListed(c *Client, query string, want ...string) {
	r.t.Helper()
	if got := r.listed(c, query); !slices.Equal(got, want) {
		r.t.Errorf("GET %s?%s: listed %v, want %v", r.List(c), query, got, want)
	}
}

// wantMembers checks that the response has these members.
func (r *run) wantMembers(answer *Response, want map[string]any) {
	r.t.Helper()
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if got := answer.Member(name); !same(got, want[name]) {
			r.t.Errorf("%s: %s is %v, want %v: %s", answer.request, name, got, want[name], answer.Body)
		}
	}
}

// wantUnchanged checks that a row is unchanged.
func (r *run) wantUnchanged(c *Client, path string, before *Response) {
	r.t.Helper()
	if after := c.Get(path).Want(200); string(after.Body) != string(before.Body) {
		r.t.Errorf("a rejected request changed %s from %s to %s", path, before.Body, after.Body)
	}
}

// same reports whether two values have the same JSON.
func same(a, b any) bool { return reflect.DeepEqual(plain(a), plain(b)) }
