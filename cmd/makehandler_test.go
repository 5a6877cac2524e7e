package cmd_test

import (
	"maps"
	"strings"
	"testing"
)

func TestMakeHandlerAddsAPackageAndARoute(t *testing.T) {
	app := newApp(t)
	for _, test := range []struct{ args, file, line, who, path string }{
		{"Stats", "app/stats/handlers.go", "stats.Routes(api, db)", "public", "/api/stats"},
		{"dash-board -p", "app/dashboard/handlers.go", "dashboard.Routes(users.Guard(), db)", "user", "/api/dash_board"},
		{"monthly_reports --role admin", "app/monthlyreports/handlers.go", `monthlyreports.Routes(users.Guard().Role("admin"), db)`, "role admin", "/api/monthly_reports"},
	} {
		args := append([]string{"make:handler"}, strings.Fields(test.args)...)
		got := run(t, app, append(args, "--json")...).want(t, 0)
		files := read(t, app)
		if files[test.file] == "" || !strings.Contains(files["app/routes.go"], "\t"+test.line+" ") {
			t.Errorf("%s: %s", test.args, files["app/routes.go"])
		}
		if !strings.Contains(got.out, `"path": "`+test.path+`"`) || !strings.Contains(got.out, `"who": "`+test.who+`"`) {
			t.Errorf("%s: %s", test.args, got.out)
		}
		again := run(t, app, args...).want(t, 0)
		if strings.Count(again.out, "identical") != 3 || !maps.Equal(read(t, app), files) {
			t.Errorf("%s: %s", test.args, again.out)
		}
	}
	files := read(t, app)
	write(t, app, "app/stats/handlers.go", strings.Replace(files["app/stats/handlers.go"], "Hello", "Welcome", 1))
	if got := run(t, app, "make:handler", "Stats").want(t, 2); !strings.Contains(got.out, "skip  app/stats/handlers.go") {
		t.Error(got.out)
	}
	if got := run(t, app, "make:handler", "dash-board").want(t, 2); strings.Count(got.out, "skip  app/dashboard/") != 2 {
		t.Error(got.out)
	}
}

func TestConflictingHandlerIsRejected(t *testing.T) {
	app := newApp(t)
	run(t, app, "make:resource", "Post").want(t, 0)
	run(t, app, "make:resource", "Foo", "--plural", "crew").want(t, 0)
	run(t, app, "make:model", "OrderItem").want(t, 0)
	run(t, app, "make:middleware", "Audit").want(t, 0)
	run(t, app, "make:handler", "Stats").want(t, 0)
	write(t, app, "app/mine/mine.go", "package mine\n")
	write(t, app, "app/other/handlers.go", "package other\n")
	before := read(t, app)
	for _, test := range []struct {
		args, want string
		code       int
	}{
		{"make:handler Post", "app/post is already the package of Post", 2},
		{"make:handler Posts", "GET /posts already lists posts", 2},
		{"make:handler crew", "GET /crew already lists crew", 2},
		{"make:handler Orderitem", "app/orderitem is already the package of OrderItem", 2},
		{"make:handler Audit", "package app/audit already exists", 2},
		{"make:handler Mine", "package app/mine already exists", 2},
		{"make:handler Other", "package app/other already exists", 2},
		{"make:resource Stat", "app/stats already serves GET /stats", 2},
		{"make:resource Stats --plural stats", "package app/stats already exists", 2},
		{"make:handler docs", "the application already serves /docs", 4},
		{"make:handler me -p", "the application already serves /me", 4},
		{"make:handler ../x --role A", "must be a name, not a path", 4},
		{"make:handler ../x --role A", "--role \"A\"", 4},
		{"make:handler type", "Go keyword", 4},
		{"make:handler routes", "routes is a function", 4},
		{"make:handler x y", "make:handler NAME", 4},
	} {
		if got := run(t, app, strings.Fields(test.args)...).want(t, test.code); !strings.Contains(got.errors, test.want) {
			t.Errorf("%s: %s", test.args, got.errors)
		}
	}
	if !maps.Equal(read(t, app), before) {
		t.Error("files were written")
	}
}
