package apitest

import (
	"fmt"
	"maps"
	"strings"
	"time"
)

// referenceChecks test fields that refer to another row.
func referenceChecks() []check {
	return []check{
		{"an unreadable row cannot be referenced", has(Suite.refersToPrivate), (*run).rejectsPrivateRows},
		{"a deleted row cannot be referenced", has(Suite.refersToDeletable), (*run).rejectsDeletedRows},
		{"a reference needs the role that reads the row", has(Suite.refersToRole), (*run).rejectsRowsOfRoles},
		{"a referenced row cannot be deleted", has(Suite.isKept), (*run).keepsRowsInUse},
	}
}

func (s Suite) refersToPrivate(f Field) bool {
	return f.mutable() && f.isReference() && !s.isSelf(f) && f.Refers.private()
}

func (r *run) rejectsPrivateRows() {
	bob, path := r.user("bob"), r.create(r.ann, nil)
	before := r.ann.Get(path).Want(200)
	for _, f := range r.where(r.refersToPrivate) {
		bobs, whole := map[string]any{f.Name: bob.NewRow(f.Refers)}, before.Object()
		r.ann.Post(r.List(r.ann), r.body(r.ann, bobs)).WantField(f.Name)
		r.ann.Patch(path, bobs).WantField(f.Name)
		maps.Copy(whole, bobs)
		r.ann.Put(path, whole).WantField(f.Name)
	}
}

func (s Suite) refersToDeletable(f Field) bool {
	return f.settable() && f.isReference() && !s.isSelf(f) && f.Refers.SoftDelete
}

func (r *run) rejectsDeletedRows() {
	for _, f := range r.where(r.refersToDeletable) {
		id := r.ann.NewRow(f.Refers)
		member := map[string]any{f.Name: id}
		path := r.create(r.ann, member)
		r.app.Set(f.Refers.Table, id, "deleted_at", time.Now().UTC())
		r.ann.Post(r.List(r.ann), r.body(r.ann, member)).WantField(f.Name)
		r.ann.Patch(path, member).Want(200) // it is the same as before
	}
}

// refersToRole reports whether users without the role that reads the row may write the resource.
func (s Suite) refersToRole(f Field) bool {
	role := f.Refers.Reads.role()
	return f.settable() && f.isReference() && !s.isSelf(f) && role != "" && role != s.Writes.role() && s.Parent.role() == ""
}

func (r *run) rejectsRowsOfRoles() {
	eve := r.outsider()
	for _, f := range r.where(r.refersToRole) {
		eve.Post(r.List(eve), r.body(eve, map[string]any{f.Name: r.ann.NewRow(f.Refers)})).WantField(f.Name)
	}
}

func (s Suite) isKept(f Field) bool { return f.settable() && s.isSelf(f) && !f.Cascade }

func (r *run) keepsRowsInUse() {
	for _, f := range r.where(r.isKept) {
		path := r.create(r.ann, nil)
		other := r.create(r.ann, map[string]any{f.Name: ID(path)})
		r.wantListed(r.ann, fmt.Sprintf("%s=%v", f.Name, ID(path)), other)
		r.ann.Delete(path).Want(409)
		r.ann.Get(path).Want(200)
	}
}

// parentChecks test rows that have a parent.
func parentChecks() []check {
	return []check{
		{"a row is found only under its parent", Suite.nested, (*run).standsUnderParent},
		{"an unreadable parent is not found", func(s Suite) bool { return s.nested() && s.Parent.private() }, (*run).hidesUnderParent},
		{"a deleted parent hides its rows", func(s Suite) bool { return s.nested() && s.Parent.SoftDelete }, (*run).hidesWithParent},
	}
}

func (r *run) standsUnderParent() {
	c, path, body := r.ann, r.create(r.ann, nil), r.body(r.ann, nil)
	id := path[strings.LastIndex(path, "/"):]
	elsewhere, missing := r.under(c.NewRow(r.Parent)), r.under(999999)
	for _, list := range []string{elsewhere, missing} {
		c.Get(list + id).Want(404)
		c.Put(list+id, body).Want(404)
		c.Patch(list+id, map[string]any{}).Want(404)
		c.Delete(list + id).Want(404)
	}
	c.Get(missing).Want(404)
	c.Post(missing, body).Want(404)
	for _, wrong := range []string{"0", "abc", "1%20OR%201=1"} {
		c.Get(r.under(wrong)).WantField(r.parentKey())
	}
	r.wantMembers(c.Get(elsewhere).Want(200), map[string]any{"items": []any{}})
	r.wantMembers(c.Get(path).Want(200), map[string]any{r.parentKey(): c.Row(r.Parent)})
}

func (r *run) hidesUnderParent() {
	bob, path, list := r.user("bob"), r.create(r.ann, nil), r.List(r.ann)
	bob.Get(list).Want(404)
	bob.Post(list, r.body(bob, nil)).Want(404)
	bob.Get(path).Want(404)
	r.wantListed(r.ann, "", path)
}

func (r *run) hidesWithParent() {
	c, path, list, body := r.ann, r.create(r.ann, nil), r.List(r.ann), r.body(r.ann, nil)
	r.app.Set(r.Parent.Table, c.Row(r.Parent), "deleted_at", time.Now().UTC())
	c.Get(list).Want(404)
	c.Post(list, body).Want(404)
	c.Get(path).Want(404)
	c.Patch(path, map[string]any{}).Want(404)
	c.Delete(path).Want(404)
}
