package apitest

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
