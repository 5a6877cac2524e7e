package gosource_test

import (
	"errors"
	"strings"
	"testing"

	"fastgo/generator/gosource"
)

const build = `package main

import (
	"log/slog"

	"example.com/blog/internal/web"
	"example.com/blog/migrations"
)

// build wires the application together.
func build(c config.Config, log *slog.Logger) (*console.App, error) {
	db, err := database.Open(c.DatabaseURL, log)
	if err != nil {
		return nil, err
	}
	server := web.New(c, db, log) // everything in one
	users := auth.New(server)     // who
	return &console.App{Server: server}, nil
}
`

func after(src, pkg, line string) (string, error) {
	got, err := gosource.AddCallAfter([]byte(src), app+pkg, "build", "server", line)
	return string(got), err
}

func TestAddCallAfterKeepsTheOrder(t *testing.T) {
	got := build
	for _, call := range []struct{ pkg, line string }{
		{"timer", "server.Use(timer.Middleware)"}, {"quota", "server.Use(quota.Middleware(db, 5)) // for all"}, {"audit", "server.Use(audit.Middleware)"},
	} {
		for range 2 {
			var err error
			if got, err = after(got, call.pkg, call.line); err != nil {
				t.Fatal(err)
			}
		}
	}
	want := strings.Replace(build, "// everything in one\n\tusers := auth.New(server)     // who", `// everything in one
	server.Use(timer.Middleware)
	server.Use(quota.Middleware(db, 5)) // for all
	server.Use(audit.Middleware)
	users := auth.New(server) // who`, 1)
	want = strings.Replace(want, "\t\"example.com/blog/internal", "\t\"example.com/blog/app/audit\"\n\t\"example.com/blog/app/quota\"\n\t\"example.com/blog/app/timer\"\n\t\"example.com/blog/internal", 1)
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestAddCallAfterFindsThePlace(t *testing.T) {
	tests := map[string]struct{ old, new, want string }{
		"with an error":    {"server := web.New(c, db, log)", "server, err := web.New(c, db, log)\n\tif err != nil {\n\t\treturn nil, err\n\t}\n\t", "return nil, err\n\t}\n\tserver.Use(timer.Middleware)\n"},
		"declared by var":  {"server := web.New(c, db, log)", "var server = web.New(c, db, log)", "// everything in one\n\tserver.Use(timer.Middleware)\n"},
		"on several lines": {"server := web.New(c, db, log)", "server := web.New(\n\t\tc, db,\n\t\tlog)", "\t\tlog) // everything in one\n\tserver.Use(timer.Middleware)\n"},
		"other lines between": {"users := auth.New(server)", "server.Listen()\n\tserver.Use(first)\n\tserver.Use(second)\n\tusers := auth.New(server)",
			"server.Use(second)\n\tserver.Use(timer.Middleware)\n"},
		"one line":    {"// everything in one\n\t", "; ", "log)\n\tserver.Use(timer.Middleware)"},
		"CRLF at all": {"\n", "\r\n", "// everything in one\r\n\tserver.Use(timer.Middleware)\r\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			src := strings.ReplaceAll(build, test.old, test.new)
			got, err := after(src, "timer", "server.Use(timer.Middleware)")
			if err != nil {
				t.Fatal(err)
			}
			if missing := lost(src, got); missing != "" || !strings.Contains(got, test.want) {
				t.Errorf("lost %q in\n%s", missing, got)
			}
			if isNeat(src) && !isNeat(got) {
				t.Errorf("no longer formatted:\n%s", got)
			}
		})
	}
}

func TestCommentDoesNotHideTheCall(t *testing.T) {
	src := strings.Replace(build, "// everything in one\n\t", "; ", 1)
	got, err := after(src, "timer", "server.Use(timer.Middleware) // how long")
	if err != nil || !strings.Contains(got, "server.Use(timer.Middleware) ; users := auth.New(server)") {
		t.Errorf("%v in\n%s", err, got)
	}
}

func TestAddCallAfterAcceptsAnExistingCall(t *testing.T) {
	for _, there := range []string{
		"server . Use( timer.Middleware )", "server.Use(audit.Middleware, timer.Middleware)", "server.Use(timer.Middleware(5))",
		"server.Use(web.Unless(test, timer.Middleware))", "if production {\nserver.Use(\ntimer.Middleware,\n)\n}", "s.Use(timer.Middleware)",
	} {
		src := strings.Replace(build, "// everything in one", "\n"+there, 1)
		src = strings.Replace(src, "\t\"example.com/blog/internal", "\t\"example.com/blog/app/timer\"\n\t\"example.com/blog/internal", 1)
		for _, line := range []string{"server.Use(timer.Middleware)", "server.Use(timer.Middleware(db, 7))"} {
			if got, err := after(src, "timer", line); err != nil || got != src {
				t.Errorf("%s: %v\n%s", there, err, got)
			}
		}
	}
}

func TestAddCallAfterReportsAnUnknownLayout(t *testing.T) {
	tests := map[string]struct{ src, line, want string }{
		"no function":     {strings.Replace(build, "func build", "func setup", 1), "server.Use(timer.Middleware)", "function build is missing"},
		"no variable":     {strings.Replace(build, "server :=", "s :=", 1), "server.Use(timer.Middleware)", "does not declare server"},
		"not in a block":  {strings.Replace(build, "server := web.New(c, db, log)", "{\nserver := web.New(c, db, log)\n}", 1), "server.Use(timer.Middleware)", "does not declare server"},
		"declared later":  {build, "server.Use(timer.Middleware(users))", "has no users in the right place"},
		"nowhere":         {build, "server.Use(timer.Middleware(cache.Size()))", "has no cache"},
		"another package": {strings.Replace(build, "internal/web", "internal/timer", 1), "server.Use(timer.Middleware)", "another package as timer"},
		"broken":          {build + "}", "server.Use(timer.Middleware)", "not valid Go"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := after(test.src, "timer", test.line)
			var shape *gosource.ShapeError
			if !errors.As(err, &shape) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want a ShapeError with %q", err, test.want)
			}
		})
	}
}
