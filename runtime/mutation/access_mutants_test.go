package mutation

import "slices"

// ownerMutants do not look at the owner in one of the statements, or set
// another one.
func ownerMutants() []mutant {
	return slices.Concat(
		in("app/post/handlers.go", "./app/post",
			fault{"the list shows everybody's rows", "handlers) list(", `owned(h.db.WithContext(ctx), user)`, `h.db.WithContext(ctx)`},
			fault{"everybody's row is shown", "handlers) show(", `owned(h.db.WithContext(ctx), user)`, `h.db.WithContext(ctx)`},
			fault{"an update holds anybody's row", "handlers) update(", `LockForUpdate(owned(tx, user)`, `LockForUpdate(tx`},
			fault{"an update writes anybody's row", "handlers) update(", `owned(tx, user).Select`, `tx.Select`},
			fault{"a deletion holds anybody's row", "handlers) delete(", `LockForUpdate(owned(tx, user)`, `LockForUpdate(tx`},
			fault{"a soft deletion deletes anybody's row", "handlers) delete(", `SoftDelete(owned(tx, user)`, `SoftDelete(tx`},
			fault{"a restoration holds anybody's row", "handlers) restore(", `LockForUpdate(owned(tx, user).Unscoped()`, `LockForUpdate(tx.Unscoped()`},
			fault{"a restoration writes anybody's row", "handlers) restore(", `owned(tx, user).Unscoped().Model`, `tx.Unscoped().Model`},
			fault{"nobody looks at the owner", "func owned(", `db.Where("user_id = ?", user.ID)`, `db`},
			fault{"rows of older users are the user's too", "func owned(", `user_id = ?`, `user_id >= ?`},
			fault{"every row is an admin's", "func owned(", `return db`, `if user.Role == "admin" { return db.Where("user_id > 0") }; return db`},
			fault{"the routes do not say that rows are the user's own", "", `guard.Owner()`, `guard`},
		),
		in("app/task/handlers.go", "./app/task",
			fault{"a deletion deletes anybody's row", "handlers) delete(", `owned(tx, user).Delete`, `tx.Delete`},
		),
		in("app/page/handlers.go", "./app/page",
			fault{"anybody's public row can be changed", "func owned(", `db.Where("user_id = ?", user.ID)`, `db`},
			fault{"anybody may make public rows", "", `auth.Post(owner, "/pages"`, `auth.Optional(owner, "POST", "/pages"`},
			fault{"anybody may delete public rows", "", `auth.Delete(owner,`, `auth.Optional(owner, "DELETE",`},
		),
		[]mutant{{name: "the owner is taken from the body", tests: "./app/post", edits: []edit{
			{"app/post/post.go", "", "UserID int64 `json:\"user_id\"` // the owner", ""},
			{"app/post/post.go", "type Fields struct {", "\n", "\nUserID int64 `json:\"user_id\" required:\"false\"`\n"},
			{"app/post/handlers.go", "handlers) create(", "post := Post{UserID: user.ID, Fields: in.Fields()}",
				"post := Post{Fields: in.Fields()}; if post.UserID == 0 { post.UserID = user.ID }"},
		}}},
	)
}

// guardMutants let somebody in.
func guardMutants() []mutant {
	return slices.Concat(
		in("app/topic/handlers.go", "./app/topic",
			fault{"anybody may list", "", `auth.Get(guard, "/topics", `, `auth.Optional(guard, "GET", "/topics", `},
			fault{"anybody may list by another path", "", `auth.Get(guard, "/topics", `, `auth.Optional(guard, "GET", "/topics-export", h.list); auth.Get(guard, "/topics", `},
			fault{"anybody may create", "", `auth.Post(guard, `, `auth.Optional(guard, "POST", `},
			fault{"anybody may read a row", "", `auth.Get(guard, "/topics/{id}", `, `auth.Optional(guard, "GET", "/topics/{id}", `},
			fault{"anybody may replace", "", `auth.Put(guard, `, `auth.Optional(guard, "PUT", `},
			fault{"anybody may change", "", `auth.Patch(guard, `, `auth.Optional(guard, "PATCH", `},
			fault{"anybody may delete", "", `auth.Delete(guard, `, `auth.Optional(guard, "DELETE", `},
		),
		in("app/post/handlers.go", "./app/post",
			fault{"anybody may restore", "", `auth.Post(owner, "/posts/{id}/restore", `, `auth.Optional(owner, "POST", "/posts/{id}/restore", `},
		),
		in("internal/auth/guard.go", "./app/topic",
			fault{"a request without a token passes", "", `err == nil && user == nil`, `false`},
			fault{"a guard asks for no token", "func register[", `g.admit)`, `g.admitAnyone)`},
		),
		in("internal/auth/guard.go", "./app/category",
			fault{"nobody looks at the role", "", `g.role != "" && user.Role != g.role || `, ``},
			fault{"the role is not kept", "", `g.role = role;`, `g.role = "";`},
		),
		in("internal/auth/guard.go", "./app/page",
			fault{"rows of a role can be referred to without the role", "", `u.Role != role`, `false`},
		),
		in("internal/web/operation.go", "./app/topic",
			fault{"the body is checked before the guard", "", `op.Middlewares = append(op.Middlewares, checkParameters, checkBody(api))`,
				`op.Middlewares = append(huma.Middlewares{checkParameters, checkBody(api)}, op.Middlewares...)`},
		),
	)
}

// nestedMutants do not look at the parent.
func nestedMutants() []mutant {
	return slices.Concat(
		in("app/comment/handlers.go", "./app/comment",
			fault{"nobody looks for the parent", "func owned(", `web.Scoped(db, db.Table("posts").Where("user_id = ? AND deleted_at IS NULL", user.ID), postID)`, `db`},
			fault{"the parent may be anybody's", "func owned(", `"user_id = ? AND deleted_at IS NULL", user.ID`, `"deleted_at IS NULL"`},
			fault{"the parent may be deleted", "func owned(", `"user_id = ? AND deleted_at IS NULL"`, `"user_id = ?"`},
			fault{"a row stands under every parent", "func owned(", `"post_id = ? AND user_id = ?", postID, user.ID`, `"user_id = ?", user.ID`},
			fault{"a row under the user's parent may be anybody's", "func owned(", `"post_id = ? AND user_id = ?", postID, user.ID`, `"post_id = ?", postID`},
			fault{"a row is made under any parent", "handlers) create(", `owned(tx, user, in.Parent()).Create`, `tx.Create`},
			fault{"a row is made without its parent", "handlers) create(", `PostID: in.Parent(), `, ``},
		),
		in("app/reply/handlers.go", "./app/reply",
			fault{"nobody looks for the public parent", "func under(", `web.Scoped(db, db.Table("pages"), pageID)`, `db`},
			fault{"a row stands under every public parent", "func under(", `.Where("page_id = ?", pageID)`, ``},
			fault{"an update reaches rows of another parent", "handlers) update(", `LockForUpdate(under(tx, in.Parent())`, `LockForUpdate(tx`},
		),
		in("internal/web/references.go", "./app/reply",
			fault{"a missing parent is no error", "func Scoped(", `!found`, `found && !found`},
			fault{"the id of a parent may be 0", "", `err != nil || id < 1`, `err != nil`},
		),
	)
}

// referenceMutants refer to what they may not.
func referenceMutants() []mutant {
	return slices.Concat(
		in("app/task/handlers.go", "./app/task",
			fault{"a new row may refer to anything", "handlers) create(", `err := task.check(tx, user, Fields{}); err != nil`, `err := error(nil); err != nil`},
			fault{"a changed row may refer to anything", "handlers) update(", `err := task.check(tx, user, before); err != nil`, `err := error(nil); err != nil || before.Name == ""`},
			fault{"a row may refer to anybody's", ") check(", `"user_id = ? AND deleted_at IS NULL", user.ID`, `"deleted_at IS NULL"`},
			fault{"a row may refer to a deleted one", ") check(", `"user_id = ? AND deleted_at IS NULL"`, `"user_id = ?"`},
			fault{"a reference to a shared row is not checked", ") check(", `web.Reference("topic_id", f.TopicID, before.TopicID, tx.Table("topics")),`, ``},
			fault{"what is referred to already is checked again", "handlers) update(", `before := task.Fields`, `var before Fields`},
		),
		in("app/page/handlers.go", "./app/page",
			fault{"a row of a role can be referred to by all", ") check(", `.Scopes(user.WithRole("admin"))`, ``},
		),
		in("app/post/handlers.go", "./app/post",
			fault{"a row that others refer to is deleted", "handlers) delete(", `database.SoftDelete(owned(tx, user), &post)`, `owned(tx, user).Delete(&post).Error`},
		),
		in("internal/web/references.go", "./app/task",
			fault{"no reference is checked", "", `r.id == 0 || r.id == r.before`, `true`},
			fault{"a reference is checked at its first use only", "", `r.id == r.before`, `r.before != 0`},
		),
		in("internal/web/references.go", "./app/post",
			fault{"the deletion of what is referred to is a 422", "", `method == http.MethodDelete`, `false`},
		),
	)
}
