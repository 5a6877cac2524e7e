package apitest

import (
	"maps"
	"slices"
	"strings"
)

// rowChecks are about one row, from its creation to its end.
func rowChecks() []check {
	return []check{
		{"a row is read as it was created", always, (*run).readsWhatWasCreated},
		{"a deleted row is not found", always, (*run).forgetsWhatWasDeleted},
		{"a deleted row can be restored", func(s Suite) bool { return s.SoftDelete }, (*run).restoresWhatWasDeleted},
		{"what was read can be sent back", always, (*run).takesBackWhatWasRead},
		{"a malformed request is refused", always, (*run).refusesMalformedRequests},
	}
}

func (r *run) readsWhatWasCreated() {
	body := r.body(r.ann, nil)
	created := r.ann.Post(r.list(r.ann), body).Want(201)
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
	r.ann.Post(r.list(r.ann)+"/999999/restore", nil).Want(404)
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

// readOnly are the members of an answer that a request cannot set, but for the times.
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

func (r *run) refusesMalformedRequests() {
	c, body := r.ann, r.body(r.ann, nil)
	for _, id := range []string{"0", "-1", "abc", "9223372036854775808", "1%20OR%201=1"} {
		for _, method := range []string{"GET", "PUT", "PATCH", "DELETE"} {
			c.Do(method, r.list(c)+"/"+id, body).Want(422)
		}
	}
	for _, malformed := range []string{"", "{", "null", "[]", "{} {}"} {
		if answer := c.Post(r.list(c), malformed); answer.Status != 400 && answer.Status != 422 {
			r.t.Errorf("%s: status %d, want 400 or 422: %s", answer.request, answer.Status, answer.Body)
		}
	}
	c.Post(r.list(c), strings.Repeat(" ", 2<<20)).Want(413)
	c.With("Content-Type", "text/plain").Post(r.list(c), body).Want(415)
}

// fieldChecks are about the values of the fields.
func fieldChecks() []check {
	settable := func(_ Suite, f Field) bool { return f.settable() }
	return []check{
		{"an invalid value is refused", has(settable), (*run).refusesInvalidValues},
		{"a boundary value is kept", has(settable), (*run).keepsBoundaryValues},
		{"a missing field is refused", has(func(_ Suite, f Field) bool { return f.settable() && !f.absent() }), (*run).refusesMissingFields},
		{"a field that is left out has its default", has(func(_ Suite, f Field) bool { return f.settable() && f.absent() }), (*run).setsDefaults},
	}
}

func (r *run) refusesInvalidValues() {
	path := r.create(r.ann, nil)
	before := r.ann.Get(path).Want(200)
	refuse := func(field string, value any) {
		body, whole := map[string]any{field: value}, before.Object()
		r.ann.Post(r.list(r.ann), r.body(r.ann, body)).WantField(field)
		r.ann.Patch(path, body).WantField(field)
		maps.Copy(whole, body)
		r.ann.Put(path, whole).WantField(field)
	}
	for _, f := range r.Fields {
		if f.settable() {
			for _, value := range f.invalid() {
				refuse(f.Name, value)
			}
			refuse(strings.ToUpper(f.Name[:1])+f.Name[1:], r.value(r.ann, f))
		}
		if f.Hidden {
			refuse(f.Name, 1)
		}
	}
	refuse("not a field", 1)
	r.wantUnchanged(r.ann, path, before)
}

func (r *run) keepsBoundaryValues() {
	for _, f := range r.settable() {
		for _, value := range f.valid() {
			path := r.create(r.ann, map[string]any{f.Name: value})
			r.wantMembers(r.ann.Get(path).Want(200), map[string]any{f.Name: value})
			r.ann.Delete(path).Want(204)
		}
	}
}

func (r *run) refusesMissingFields() {
	path := r.create(r.ann, nil)
	for _, f := range r.settable() {
		if f.absent() {
			continue
		}
		body := r.body(r.ann, nil)
		delete(body, f.Name)
		r.ann.Post(r.list(r.ann), body).WantField(f.Name)
		r.ann.Put(path, body).WantField(f.Name)
	}
}

func (r *run) setsDefaults() {
	body, want := r.body(r.ann, nil), map[string]any{}
	for _, f := range slices.DeleteFunc(r.settable(), func(f Field) bool { return !f.absent() }) {
		delete(body, f.Name)
		want[f.Name] = f.Default
	}
	r.wantMembers(r.ann.Post(r.list(r.ann), body).Want(201), want)
}
