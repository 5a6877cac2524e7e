package mutation

import "slices"

// routeMutants change the policy: a role that is dropped, added or another one,
// a guard that asks for more, a list that stands elsewhere, a line that is gone.
func routeMutants() []mutant {
	file := "app/routes.go"
	const admins, users = `users.Guard().Role("admin")`, `users.Guard()`
	all := slices.Concat(
		in(file, "./app/category",
			fault{"users without the role reach the rows of admins", "category.Routes(", admins, users},
			fault{"another role reaches the rows of admins", "category.Routes(", `"admin"`, `"editor"`},
			fault{"admins have to be verified", "category.Routes(", admins, admins + ".Verified()"},
		),
		in(file, "./app/page",
			fault{"a public list stands elsewhere than its writes", "page.Routes(", `api`, `huma.NewGroup(api, "/v2")`},
		),
		in(file, "./app/event",
			fault{"public rows stand elsewhere", "event.Routes(", `api`, `huma.NewGroup(api, "/v2")`},
			fault{"public rows have no routes", "", `event.Routes(api, db)`, `_ = event.Routes`},
		),
		in(file, "./internal/auth",
			fault{"nobody can log in", "", `users.Routes()`, ``},
		),
	)
	for _, resource := range []string{"topic", "post", "comment", "page", "reply", "task"} {
		call := resource + ".Routes("
		all = append(all, in(file, "./app/"+resource,
			fault{"only admins reach the " + resource, call, users, admins},
			fault{"only verified users reach the " + resource, call, users, users + ".Verified()"},
			fault{"the " + resource + " has no routes", "", call + map[bool]string{true: "api, "}[resource == "page"] + users + ", db)", `_ = ` + resource + ".Routes"},
		)...)
	}
	return all
}
