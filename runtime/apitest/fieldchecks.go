package apitest

import (
	"maps"
	"slices"
	"strings"
)

// fieldChecks test the values of the fields.
func fieldChecks() []check {
	settable := func(_ Suite, f Field) bool { return f.settable() }
	return []check{
		{"an invalid value is rejected", has(settable), (*run).rejectsInvalidValues},
		{"a boundary value is accepted", has(settable), (*run).keepsBoundaryValues},
		{"a missing field is rejected", has(func(_ Suite, f Field) bool { return f.settable() && !f.absent() }), (*run).rejectsMissingFields},
		{"an omitted field gets its default", has(func(_ Suite, f Field) bool { return f.settable() && f.absent() }), (*run).setsDefaults},
	}
}

func (r *run) rejectsInvalidValues() {
	path := r.create(r.ann, nil)
	before := r.ann.Get(path).Want(200)
	reject := func(field string, value any) {
		body, whole := map[string]any{field: value}, before.Object()
		maps.Copy(whole, body)
		for _, answer := range []*Response{r.ann.Post(r.List(r.ann), r.body(r.ann, body)), r.ann.Patch(path, body), r.ann.Put(path, whole)} {
			if answer.Status != 422 || !answer.names(field) {
				r.t.Errorf("%s = %.60v is not rejected. %s: status %d: %s", field, value, answer.request, answer.Status, answer.Body)
			}
		}
	}
	for _, f := range r.Fields {
		if f.settable() {
			for _, value := range f.invalid() {
				reject(f.Name, value)
			}
			reject(strings.ToUpper(f.Name[:1])+f.Name[1:], r.value(r.ann, f))
		}
		if f.Hidden {
			reject(f.Name, 1)
		}
	}
	reject("not a field", 1)
	r.wantUnchanged(r.ann, path, before)
}

func (r *run) keepsBoundaryValues() {
	for _, f := range r.settable() {
		for _, value := range f.valid() {
			created := r.ann.Post(r.List(r.ann), r.body(r.ann, map[string]any{f.Name: value}))
			if created.Status != 201 {
				r.t.Errorf("%s = %.60v is rejected. %s: status %d: %s", f.Name, value, created.request, created.Status, created.Body)
				continue
			}
			path := created.Header.Get("Location")
			r.wantMembers(r.ann.Get(path).Want(200), map[string]any{f.Name: value})
			r.ann.Delete(path).Want(204)
		}
	}
}

func (r *run) rejectsMissingFields() {
	path := r.create(r.ann, nil)
	for _, f := range r.settable() {
		if f.absent() {
			continue
		}
		body := r.body(r.ann, nil)
		delete(body, f.Name)
		r.ann.Post(r.List(r.ann), body).WantField(f.Name)
		r.ann.Put(path, body).WantField(f.Name)
	}
}

func (r *run) setsDefaults() {
	body, want := r.body(r.ann, nil), map[string]any{}
	for _, f := range slices.DeleteFunc(r.settable(), func(f Field) bool { return !f.absent() }) {
		delete(body, f.Name)
		want[f.Name] = f.Default
	}
	r.wantMembers(r.ann.Post(r.List(r.ann), body).Want(201), want)
}
