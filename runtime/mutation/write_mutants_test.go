package mutation

import "slices"

// writeMutants are faults in the handlers that write, but for who may.
func writeMutants() []mutant {
	return slices.Concat(
		in("app/post/handlers.go", "./app/post",
			fault{"a creation is answered with 200", "", `"/posts", h.create)`, `"/posts", h.create, web.Status(http.StatusOK))`},
			fault{"a restoration is answered with 201", "", `http.StatusOK`, `http.StatusCreated`},
			fault{"an update does not look at If-Match", "handlers) update(", `in.Match(post)`, `error(nil)`},
			fault{"a deletion does not look at If-Match", "handlers) delete(", `in.Match(post)`, `error(nil)`},
			fault{"an update has no transaction", "handlers) update(", `.Transaction(`, `.Connection(`},
			fault{"an update leaves out false, 0 and null", "handlers) update(", `.Select("*")`, ``},
			fault{"an update leaves updated_at as it was", "handlers) update(", `.Updates(&post)`, `.UpdateColumns(&post)`},
			fault{"a soft deletion deletes for good", "handlers) delete(", `database.SoftDelete(owned(tx, user), &post)`, `owned(tx, user).Unscoped().Delete(&post).Error`},
			fault{"a deletion deletes nothing", "handlers) delete(", `database.SoftDelete(owned(tx, user), &post)`, `nil`},
			fault{"a restoration restores nothing", "handlers) restore(", `UpdateColumn("deleted_at", nil)`, `UpdateColumn("deleted_at", post.DeletedAt)`},
			fault{"a restoration restores every row of the user", "handlers) restore(", `.Model(&post)`, `.Model(&Post{})`},
			fault{"deleted rows are still shown", "handlers) show(", `.Take(`, `.Unscoped().Take(`},
			fault{"deleted rows are still listed", "handlers) list(", `user), in)`, `user).Unscoped(), in)`},
			fault{"deleted rows can be changed", "handlers) update(", `owned(tx, user), in`, `owned(tx.Unscoped(), user), in`},
		),
		in("app/task/handlers.go", "./app/task",
			fault{"an update writes every row of the user", "handlers) update(", `.Select("*")`, `.Model(&Task{}).Select("name", "updated_at")`},
			fault{"a deletion deletes every row of the user", "handlers) delete(", `.Delete(&task)`, `.Delete(&Task{})`},
		),
		in("app/topic/handlers.go", "./app/topic",
			fault{"a deletion deletes every shared row", "handlers) delete(", `tx.Delete(&topic)`, `tx.Where("1 = 1").Delete(&Topic{})`},
		),
		in("app/page/handlers.go", "./app/page",
			fault{"an error of the fields is passed over", "handlers) update(", `err := in.Apply(&page.Fields); err != nil`, `err := in.Apply(&page.Fields); err != nil && false`},
		),
		in("internal/web/rows.go", "./app/page",
			fault{"PUT changes what is immutable", "*Replace[F]) Apply", `checkImmutable(&before, to)`, `checkImmutable(&before, &before)`},
			fault{"PATCH changes what is immutable", "*PatchByID[F]) Apply", `checkImmutable(&before, to)`, `checkImmutable(&before, &before)`},
		),
		in("internal/web/fields.go", "./app/page",
			fault{"PATCH clears what it does not name", "*MergePatch[F]) Apply", `return decode(p.patch, to)`, "*to = p.fields\nreturn nil"},
		),
		onPostgres(in("internal/database/rows.go", "./app/post",
			fault{"an update does not hold the row", "", `clause.Locking{Strength: "UPDATE"}`, `clause.Limit{}`},
		)),
		in("internal/database/sqlite.go", "./app/post",
			fault{"transactions do not hold what they read", "", `_txlock=immediate`, `_txlock=deferred`},
			fault{"foreign keys are not looked at", "", `foreign_keys = ON`, `foreign_keys = OFF`},
		),
	)
}
