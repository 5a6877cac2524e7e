package apitest

import "strings"

// rowChecks test the life of a row.
func rowChecks() []check {
	return []check{
		{"a deleted row is not found", always, (*run).forgetsWhatWasDeleted},
		{"a deleted row can be restored", func(s Suite) bool { return s.SoftDelete }, (*run).restoresWhatWasDeleted},
		{"a row that was read can be sent back", always, (*run).takesBackWhatWasRead},
		{"a malformed request is rejected", always, (*run).rejectsMalformedRequests},
	}
}

func (r *run) readsWhatWasCreated() {
	body := r.body(r.ann, nil)
	created := r.ann.Post(r.List(r.ann), body).Want(201)
	path := created.Header.Get("Location")
	read := r.ann.Get(path).Want(200)
	if string(read.Body) != string(created.Body) || read.Header.Get("ETag") != created.Header.Get("ETag") {
		r.t.Errorf("%s: created %s, read %s", path, created.Body, read.Body)
	}
	r.ann.Get(path+"/").Want(200).WantHeader("ETag", read.Header.Get("ETag"))
	r.wantMembers(read, body)
}

func (r *run) forgetsWhatWasDeleted() {
	path, body := r.create(r.ann, nil), r.body(r.ann, nil)
	r.ann.Delete(path).Want(204)
	r.ann.Get(path).Want(404)
	r.ann.Put(path, body).Want(404)
	r.ann.Patch(path, body).Want(404)
	r.ann.Delete(path).Want(404)
	r.wantListed(r.ann, "")
}

func (r *run) restoresWhatWasDeleted() {
	path := r.create(r.ann, nil)
	before := r.ann.Get(path).Want(200)
	r.ann.Delete(path).Want(204)
	restored := r.ann.Post(path+"/restore", nil).Want(200)
	if string(restored.Body) != string(before.Body) {
		r.t.Errorf("%s: restored %s, want %s", path, restored.Body, before.Body)
	}
	r.wantUnchanged(r.ann, path, before)
	r.wantListed(r.ann, "", path)
	r.ann.Post(path+"/restore", nil).Want(200)
	r.ann.Post(r.List(r.ann)+"/999999/restore", nil).Want(404)
}

func (r *run) takesBackWhatWasRead() {
	path := r.create(r.ann, nil)
	read := r.ann.Get(path).Want(200)
	r.ann.Put(path, string(read.Body)).Want(200)
	kept := map[string]any{}
	patch := map[string]any{"created_at": nil}
	for _, name := range r.readOnly() {
		patch[name] = 0
	}
	for name := range patch {
		kept[name] = read.Member(name)
	}
	r.ann.Patch(path, patch).Want(200)
	r.wantMembers(r.ann.Get(path).Want(200), kept)
}

// readOnly returns the members of an answer that a request cannot set, except the times.
func (s Suite) readOnly() []string {
	all := []string{"id"}
	if s.nested() {
		all = append(all, s.parentKey())
	}
	if s.owned() {
		all = append(all, "user_id")
	}
	for _, f := range s.where(func(f Field) bool { return f.ReadOnly }) {
		all = append(all, f.Name)
	}
	return all
}

func (r *run) rejectsMalformedRequests() {
	c, body := r.ann, r.body(r.ann, nil)
	for _, id := range []string{"0", "-1", "abc", "9223372036854775808", "1%20OR%201=1"} {
		for _, method := range []string{"GET", "PUT", "PATCH", "DELETE"} {
			c.Do(method, r.List(c)+"/"+id, body).Want(422)
		}
	}
	for _, malformed := range []string{"", "{", "null", "[]", "{} {}"} {
		if answer := c.Post(r.List(c), malformed); answer.Status != 400 && answer.Status != 422 {
			r.t.Errorf("%s: status %d, want 400 or 422: %s", answer.request, answer.Status, answer.Body)
		}
	}
	c.Post(r.List(c), strings.Repeat(" ", 2<<20)).Want(413)
	c.With("Content-Type", "text/plain").Post(r.List(c), body).Want(415)
}
