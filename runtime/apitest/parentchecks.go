package apitest

import (
	"strings"
	"time"
)

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
