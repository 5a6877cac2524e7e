package cmd_test

import (
	"maps"
	"strings"
	"testing"
)

func TestMiddlewareIsInstalledInCreationOrder(t *testing.T) {
	app := newApp(t)
	run(t, app, "make:middleware", "RateLimit").want(t, 0)
	run(t, app, "make:middleware", "audit").want(t, 0)
	files := read(t, app)
	if main := files["app/app.go"]; !strings.Contains(main, "\tserver := web.New(c.Web, db, log)\n\tserver.Use(ratelimit.Middleware)\n\tserver.Use(audit.Middleware)\n\tusers :=") {
		t.Error(main)
	}
	again := run(t, app, "make:middleware", "rate_limit").want(t, 0)
	if strings.Count(again.out, "identical") != 3 || !maps.Equal(read(t, app), files) {
		t.Error(again.out)
	}
	write(t, app, "app/audit/audit.go", files["app/audit/audit.go"]+"\n// mine\n")
	if got := run(t, app, "make:middleware", "Audit").want(t, 2); !strings.Contains(got.out, "skip  app/audit/audit.go") {
		t.Error(got.out)
	}
	write(t, app, "app/app.go", strings.Replace(files["app/app.go"], "server :=", "s :=", 1))
	if got := run(t, app, "make:middleware", "Timer").want(t, 2); !strings.Contains(got.errors, "server.Use(timer.Middleware)") || !strings.Contains(got.errors, "app/app.go") {
		t.Error(got.errors)
	}
}

func TestConflictingMiddlewareIsRejected(t *testing.T) {
	app := newApp(t)
	run(t, app, "make:resource", "Post").want(t, 0)
	run(t, app, "make:handler", "Stats").want(t, 0)
	write(t, app, "app/mine/mine.go", "package mine\n")
	before := read(t, app)
	for _, test := range []struct {
		args, want string
		code       int
	}{
		{"make:middleware Post", "app/post is already the package of Post", 2},
		{"make:middleware Stats", "package app/stats already exists", 2},
		{"make:middleware Mine", "package app/mine already exists", 2},
		{"make:middleware log", "app.go already uses the name log; use a more specific name, such as RequestLog", 4},
		{"make:middleware Auth", "already imports a package auth", 4},
		{"make:middleware CON", "Windows", 4},
		{"make:middleware a/b", "not a path", 4},
		{"make:middleware", "make:middleware NAME", 4},
		{"make:middleware Log --role x", "unknown flag", 4},
	} {
		if got := run(t, app, strings.Fields(test.args)...).want(t, test.code); !strings.Contains(got.errors, test.want) {
			t.Errorf("%s: %s", test.args, got.errors)
		}
	}
	if !maps.Equal(read(t, app), before) {
		t.Error("files were written")
	}
}
