package apitest

import "strings"

// rowChecks test the life of a row.
func rowChecks() []check {
	return []check{
		{"a deleted row is not found", always, (*run).forgetsWhatWasDeleted},
		{"a deleted row can be restored", func(s Suite) bool { return s.SoftDelete }, (*run).restoresWhatWasDeleted},
		{"a write changes one row only", always, (*run).changesOneRow},
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

func (r *run) changesOneRow() {
	path := r.create(r.ann, nil)
	read := r.ann.Get(path).Want(200)
	whole, patch := read.Object(), map[string]any{}
	for _, f := range r.mutable() {
		whole[f.Name], patch[f.Name] = r.other(r.ann, f), read.Member(f.Name)
	}
	r.create(r.ann, nil)
	r.ann.Delete(r.create(r.ann, nil)).Want(204)
	if r.guarded() {
		r.create(r.user("bob"), nil)
	}
	before := r.others(path)
	wantOthers := func(write *Response) {
		if after := r.others(path); after != before {
			r.t.Errorf("%s changed other rows from %s to %s", write.request, before, after)
		}
	}
	wantOthers(r.ann.Put(path, whole).Want(200))
	wantOthers(r.ann.Patch(path, patch).Want(200))
	wantOthers(r.ann.Delete(path).Want(204))
	if r.SoftDelete {
		wantOthers(r.ann.Post(path+"/restore", nil).Want(200))
	}
}

// others returns the other rows of the table, deleted ones too, as JSON.
func (r *run) others(path string) string {
	r.t.Helper()
	var rows []map[string]any
	must(r.t, r.app.DB.Table(r.Table).Where("id <> ?", int64(ID(path))).Order("id").Find(&rows).Error)
	return jsonText(rows)
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

// uniqueChecks test values that no two rows may share.
func uniqueChecks() []check {
	return []check{
		{"a unique value can be used once", has(Suite.unique), (*run).takesValuesOnce},
		{"a unique value is free for another user", has(Suite.uniquePerOwner), (*run).sharesValuesAmongUsers},
		{"a globally unique value is taken for every user", has(func(_ Suite, f Field) bool { return f.settable() && f.Global && !f.isReference() }), (*run).takesValuesForAll},
		{"a unique value is free under another parent", has(Suite.uniquePerParent), (*run).sharesValuesAmongParents},
	}
}

func (s Suite) unique(f Field) bool { return f.settable() && f.Unique && !s.isSelf(f) }

func (r *run) takesValuesOnce() {
	c, first, second := r.ann, r.create(r.ann, nil), r.create(r.ann, nil)
	read, before := c.Get(first).Want(200), c.Get(second).Want(200)
	fields := r.where(r.unique)
	for _, f := range fields {
		taken := map[string]any{f.Name: read.Member(f.Name)}
		c.Post(r.List(c), r.body(c, taken)).Want(409)
		if !f.Immutable {
			c.Patch(second, taken).Want(409)
		}
	}
	c.Delete(first).Want(204)
	for _, f := range fields {
		c.Post(r.List(c), r.body(c, map[string]any{f.Name: read.Member(f.Name)})).Want(201) // available again
	}
	r.wantUnchanged(c, second, before)
}

func (s Suite) uniquePerOwner(f Field) bool {
	return s.owned() && f.settable() && f.Unique && !f.Global && !f.isReference()
}

func (r *run) sharesValuesAmongUsers() {
	bob, read := r.user("bob"), r.ann.Get(r.create(r.ann, nil)).Want(200)
	for _, f := range r.where(r.uniquePerOwner) {
		bob.Delete(r.create(bob, map[string]any{f.Name: read.Member(f.Name)})).Want(204)
	}
}

func (r *run) takesValuesForAll() {
	bob, read := r.user("bob"), r.ann.Get(r.create(r.ann, nil)).Want(200)
	for _, f := range r.where(func(f Field) bool { return f.settable() && f.Global && !f.isReference() }) {
		bob.Post(r.List(bob), r.body(bob, map[string]any{f.Name: read.Member(f.Name)})).Want(409)
	}
}

func (s Suite) uniquePerParent(f Field) bool {
	return s.nested() && f.settable() && f.Unique && !f.Global && !f.isReference()
}

func (r *run) sharesValuesAmongParents() {
	read := r.ann.Get(r.create(r.ann, nil)).Want(200)
	elsewhere := r.under(r.ann.NewRow(r.Parent))
	for _, f := range r.where(r.uniquePerParent) {
		r.ann.Post(elsewhere, r.body(r.ann, map[string]any{f.Name: read.Member(f.Name)})).Want(201)
	}
}
