package apitest

import "slices"

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
	served := map[string]bool{}
	one := r.Path + "/{id}"
	for _, route := range r.app.Server.Routes() {
		if !slices.Contains([]string{r.Path, one, one + "/restore"}, route.Path) {
			continue
		}
		want := r.Writes
		if route.Method == "GET" {
			want = r.Reads
		}
		if route.Who != string(want) {
			r.t.Errorf("%s %s is for %q, want %q", route.Method, route.Path, route.Who, want)
		}
		served[route.Method+" "+route.Path] = true
	}
	for _, route := range []string{"GET " + r.Path, "POST " + r.Path, "GET " + one, "PUT " + one, "PATCH " + one, "DELETE " + one} {
		if !served[route] {
			r.t.Errorf("the application has no %s: is it registered in routes.go?", route)
		}
	}
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
