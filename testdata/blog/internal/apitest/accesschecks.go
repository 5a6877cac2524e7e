package apitest

import (
	"cmp"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"example.com/blog/internal/web"
)

// accessChecks test who may call which operation, as routes.go says.
func accessChecks() []check {
	role := func(s Suite) bool { return s.Reads.role() != "" && s.Writes.role() != "" }
	return []check{
		{"a request needs a token", Suite.guarded, (*run).needsToken},
		{"a user without the role is rejected", role, (*run).needsRole},
		{"users share the rows", func(s Suite) bool { return s.guarded() && !s.owned() }, (*run).sharesRows},
	}
}

func (r *run) saysWhoMayCall() {
	for _, problem := range r.wrongRoutes(r.app.Server.Routes()) {
		r.t.Error(problem)
	}
}

// wrongRoutes describes the routes of the resource, and others that its package registers, that are missing or have the wrong
// access.
func (s Suite) wrongRoutes(routes []web.Route) []string {
	var all []string
	pkg, served, one := "", map[string]bool{}, s.Path+"/{id}"
	if i := slices.IndexFunc(routes, func(route web.Route) bool { return route.Path == s.Path }); i >= 0 {
		pkg = filepath.Dir(routes[i].File)
	}
	for _, route := range routes {
		extra := !slices.Contains([]string{s.Path, one, one + "/restore"}, route.Path)
		if extra && filepath.Dir(route.File) != pkg {
			continue
		}
		name, want, fix := route.Method+" "+route.Path, s.Writes, ""
		if route.Method == "GET" {
			want = s.Reads
		}
		if extra {
			want = cmp.Or(s.Routes[name], want)
			fix = fmt.Sprintf("; if that is intended, add %q: %q to Routes of the suite", name, route.Who)
		}
		if route.Who != string(want) {
			all = append(all, fmt.Sprintf("%s is for %q, want %q%s", name, route.Who, want, fix))
		}
		served[name] = true
	}
	names := []string{"GET " + s.Path, "POST " + s.Path, "GET " + one, "PUT " + one, "PATCH " + one, "DELETE " + one}
	for _, name := range append(names, slices.Sorted(maps.Keys(s.Routes))...) {
		if !served[name] {
			all = append(all, fmt.Sprintf("the application has no %s: is it registered in routes.go?", name))
		}
	}
	return all
}

// needsToken also checks that the guard comes first: before the row is looked up and the body validated.
func (r *run) needsToken() {
	path, list, body := r.create(r.ann, nil), r.List(r.ann), r.body(r.ann, nil)
	anybody := r.app.Anonymous()
	for _, at := range []string{path, list + "/999999"} {
		for _, method := range []string{"PUT", "PATCH", "DELETE"} {
			anybody.Do(method, at, body).Want(401)
			anybody.Do(method, at, nil).Want(401)
		}
		if r.SoftDelete {
			anybody.Post(at+"/restore", nil).Want(401)
		}
		if !r.readFree() {
			anybody.Get(at).Want(401)
		}
	}
	anybody.Post(list, body).Want(401)
	anybody.Post(list, "{").Want(401)
	want := 401
	if r.readFree() {
		want = 200
	}
	anybody.Get(list).Want(want)
	anybody.Get(path).Want(want)
}

func (r *run) needsRole() {
	path, list, body := r.create(r.ann, nil), r.List(r.ann), r.body(r.ann, nil)
	before, eve := r.ann.Get(path).Want(200), r.outsider()
	for _, at := range []string{path, list + "/999999"} {
		for _, method := range []string{"GET", "PUT", "PATCH", "DELETE"} {
			eve.Do(method, at, body).Want(403)
		}
	}
	if r.SoftDelete {
		eve.Post(path+"/restore", nil).Want(403)
	}
	eve.Get(list).Want(403)
	eve.Post(list, body).Want(403)
	r.wantUnchanged(r.ann, path, before)
}

func (r *run) sharesRows() {
	bob, path := r.user("bob"), r.create(r.ann, nil)
	body := r.ann.Get(path).Want(200).Object()
	bob.Get(path).Want(200)
	bob.Put(path, body).Want(200)
	bob.Patch(path, map[string]any{}).Want(200)
	r.wantListed(bob, "", path)
	bob.Delete(path).Want(204)
}

// ownerChecks test rows that have an owner.
func ownerChecks() []check {
	private := func(s Suite) bool { return s.Reads == Owner }
	anyRole := func(s Suite) bool { return s.owned() && s.role() == "" }
	readByOthers := func(s Suite) bool { return s.owned() && s.readFree() }
	return []check{
		{"a row of another user is not found", Suite.owned, func(r *run) { r.hidesFrom(r.user("bob")) }},
		{"a row of another user is not found by an admin", anyRole, func(r *run) { r.hidesFrom(r.app.UserWithRole("bob", "admin")) }},
		{"the owner is never taken from the body", Suite.owned, (*run).keepsTheOwner},
		{"every statement filters by the owner", Suite.owned, (*run).namesTheOwner},
		{"a list shows only the user's own rows", private, (*run).listsOwnRows},
		{"a list can be filtered by owner", readByOthers, (*run).filtersByOwner},
	}
}

func (r *run) hidesFrom(bob *Client) {
	path, body := r.create(r.ann, nil), r.body(r.ann, nil)
	before := r.ann.Get(path).Want(200)
	if !r.readFree() {
		bob.Get(path).Want(404)
		r.wantListed(bob, "")
	}
	bob.Put(path, body).Want(404)
	bob.Patch(path, body).Want(404)
	bob.Delete(path).Want(404)
	if r.SoftDelete {
		bob.Post(path+"/restore", nil).Want(404)
		r.ann.Delete(path).Want(204)
		bob.Post(path+"/restore", nil).Want(404)
		r.ann.Get(path).Want(404)
		r.ann.Post(path+"/restore", nil).Want(200)
	}
	r.wantUnchanged(r.ann, path, before)
}

func (r *run) keepsTheOwner() {
	bobs := map[string]any{"user_id": r.user("bob").UserID}
	path := r.create(r.ann, bobs)
	r.ann.Patch(path, bobs).Want(200)
	whole := r.ann.Get(path).Want(200).Object()
	whole["user_id"] = bobs["user_id"]
	r.ann.Put(path, whole).Want(200)
	r.wantMembers(r.ann.Get(path).Want(200), map[string]any{"user_id": r.ann.UserID})
}

// namesTheOwner checks every statement. One that filters by owner would be enough to protect the row, but only as long as
// nobody edits it.
func (r *run) namesTheOwner() {
	path := r.create(r.ann, nil)
	body := r.ann.Get(path).Want(200).Object()
	for _, statement := range r.app.statements(r.Table, func() {
		if !r.readFree() {
			r.ann.Get(path).Want(200)
			r.ann.Get(r.List(r.ann) + "?total=true").Want(200)
		}
		r.ann.Put(path, body).Want(200)
		r.ann.Patch(path, map[string]any{}).Want(200)
		r.ann.Delete(path).Want(204)
		if r.SoftDelete {
			r.ann.Post(path+"/restore", nil).Want(200)
		}
	}) {
		if _, condition, _ := strings.Cut(statement, " WHERE "); !strings.Contains(condition, "user_id") {
			r.t.Errorf("statement without a filter by the owner: %s", statement)
		}
	}
}

func (r *run) listsOwnRows() {
	bob, path := r.user("bob"), r.create(r.ann, nil)
	r.create(bob, nil)
	for _, query := range []string{"", "total=true", "sort=-created_at", "offset=0"} {
		r.wantListed(r.ann, query, path)
	}
	r.wantMembers(r.ann.Get(r.List(r.ann)+"?total=true").Want(200), map[string]any{"total": 1})
}

func (r *run) filtersByOwner() {
	bob := r.user("bob")
	r.create(r.ann, nil)
	path := r.create(bob, nil)
	r.wantListed(r.ann, fmt.Sprintf("user_id=%v", bob.UserID), path)
}
