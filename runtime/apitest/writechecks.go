package apitest

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

// writeChecks test PUT, PATCH and concurrent writes.
func writeChecks() []check {
	changes := func(n int) func(Suite) bool { return func(s Suite) bool { return len(s.mutable()) >= n } }
	immutable := func(_ Suite, f Field) bool { return f.settable() && f.Immutable }
	return []check{
		{"PUT replaces every field", changes(1), (*run).replacesEveryField},
		{"PATCH changes only the fields it names", changes(1), (*run).changesWhatIsNamed},
		{"a stale write is rejected", changes(1), (*run).rejectsStaleWrites},
		{"parallel changes are all kept", changes(2), (*run).losesNothing},
		{"an immutable field cannot be changed", has(immutable), (*run).keepsImmutableFields},
	}
}

func (r *run) replacesEveryField() {
	path := r.create(r.ann, nil)
	read := r.ann.Get(path).Want(200)
	body, want := map[string]any{}, map[string]any{}
	for _, f := range r.settable() {
		switch {
		case f.Immutable:
			body[f.Name] = read.Member(f.Name)
		case f.absent():
			want[f.Name] = f.Default
		default:
			body[f.Name] = r.other(r.ann, f)
		}
	}
	maps.Copy(want, body)
	r.ann.Put(path, body).Want(200)
	r.wantMembers(r.ann.Get(path).Want(200), want)
}

func (r *run) changesWhatIsNamed() {
	path := r.create(r.ann, nil)
	for _, f := range r.mutable() {
		before := r.ann.Get(path).Want(200)
		want := map[string]any{"created_at": before.Member("created_at")}
		for _, other := range r.mutable() {
			want[other.Name] = before.Member(other.Name)
		}
		want[f.Name] = r.other(r.ann, f)
		time.Sleep(2 * time.Millisecond) // times are kept in milliseconds
		r.ann.Patch(path, map[string]any{f.Name: want[f.Name]}).Want(200)
		after := r.ann.Get(path).Want(200)
		r.wantMembers(after, want)
		if before.Member("updated_at") == after.Member("updated_at") {
			r.t.Errorf("a patch of %s leaves updated_at as it was: %s", f.Name, after.Body)
		}
	}
}

func (r *run) rejectsStaleWrites() {
	f := r.mutable()[0]
	path, body := r.create(r.ann, nil), r.body(r.ann, nil)
	before := r.ann.Get(path).Want(200)
	changed := r.ann.With("If-Match", before.Header.Get("ETag")).Patch(path, map[string]any{f.Name: r.other(r.ann, f)}).Want(200)
	stale := r.ann.With("If-Match", before.Header.Get("ETag"))
	stale.Patch(path, map[string]any{f.Name: before.Member(f.Name)}).Want(412)
	stale.Put(path, body).Want(412)
	stale.Delete(path).Want(412)
	r.wantUnchanged(r.ann, path, changed)
	r.ann.With("If-Match", changed.Header.Get("ETag")).Delete(path).Want(204)
}

func (r *run) losesNothing() {
	fields := r.mutable()[:2]
	defer r.app.slow(5 * time.Millisecond)() // so that both have read the row before one writes it, if they can
	for range 3 {
		path, want := r.create(r.ann, nil), map[string]any{}
		var both sync.WaitGroup
		for _, f := range fields {
			want[f.Name] = r.other(r.ann, f)
			patch := map[string]any{f.Name: want[f.Name]}
			both.Go(func() {
				if answer := r.ann.Patch(path, patch); answer.Status != 200 {
					r.t.Errorf("%s: status %d, want 200: %s", answer.request, answer.Status, answer.Body)
				}
			})
		}
		both.Wait()
		r.wantMembers(r.ann.Get(path).Want(200), want)
		r.ann.Delete(path).Want(204)
	}
}

func (r *run) keepsImmutableFields() {
	body := r.body(r.ann, nil)
	path := r.ann.Post(r.List(r.ann), body).Want(201).Header.Get("Location")
	for _, f := range r.where(func(f Field) bool { return f.settable() && f.Immutable }) {
		other := map[string]any{f.Name: r.other(r.ann, f)}
		r.ann.Patch(path, other).WantField(f.Name)
		changed := maps.Clone(body)
		maps.Copy(changed, other)
		r.ann.Put(path, changed).WantField(f.Name)
		r.ann.Patch(path, map[string]any{f.Name: body[f.Name]}).Want(200)
	}
}

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
