package gosource_test

import (
	"errors"
	"go/format"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"fastgo/generator/gosource"
)

const routes = `package main

import (
	"github.com/danielgtaylor/huma/v2"
	"gorm.io/gorm"

	"example.com/blog/internal/auth"
)

// routes is the whole API and who may call it.
func routes(api huma.API, users *auth.Users, db *gorm.DB) {
	users.Routes()
}
`

const (
	post = `post.Routes(users.Guard(), db) // each user's own`
	tag  = `tag.Routes(api, db) // public`
	app  = "example.com/blog/app/"
)

func TestAddCallAddsTheLineAndTheImport(t *testing.T) {
	got := add(t, routes, "post", post)
	got = add(t, got, "tag", tag)
	want := `package main

import (
	"github.com/danielgtaylor/huma/v2"
	"gorm.io/gorm"

	"example.com/blog/app/post"
	"example.com/blog/app/tag"
	"example.com/blog/internal/auth"
)

// routes is the whole API and who may call it.
func routes(api huma.API, users *auth.Users, db *gorm.DB) {
	users.Routes()
	post.Routes(users.Guard(), db) // each user's own
	tag.Routes(api, db)            // public
}
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestAddCallKeepsAnExistingCall(t *testing.T) {
	there := strings.Replace(add(t, routes, "post", post), "\tpost.Routes(users.Guard(), db) // each user's own",
		"\tif true {\n\t\tpost.Routes(\n\t\t\tusers.Guard().Role(\"admin\"),\n\t\t\tdb)\n\t}", 1)
	if got := add(t, there, "post", post); got != there {
		t.Errorf("changed to\n%s", got)
	}
}

func TestAddCallKeepsOtherCode(t *testing.T) {
	tests := map[string]string{
		"CRLF":                    strings.ReplaceAll(routes, "\n", "\r\n"),
		"byte order mark":         "\ufeff" + routes,
		"comments at the end":     strings.Replace(routes, "Routes()\n", "Routes()\n\n\t// the rest follows\n", 1),
		"not formatted":           strings.Replace(routes, "\tusers.Routes()", "  users . Routes( )  ;", 1),
		"one line":                strings.Replace(routes, "{\n\tusers.Routes()\n}", "{ users.Routes() }", 1),
		"no newline at the end":   strings.TrimSpace(routes),
		"mixed line endings":      strings.Replace(routes, "\n", "\r\n", 3),
		"a local variable":        strings.Replace(routes, "users *auth.Users, db *gorm.DB) {\n", "app *App) {\n\tusers, db := app.Users, app.DB\n", 1),
		"imports on single lines": "package main\n\nimport \"example.com/blog/internal/auth\"\n\nfunc routes(users *auth.Users, db any) {\n}\n",
		"no imports":              "package main\n\nfunc routes(users, db any) {\n}\n",
		"another block only":      "package main\n\nimport (\n\t\"fmt\"\n)\n\nfunc routes(users, db any) {\n\tfmt.Println()\n}\n",
	}
	for name, src := range tests {
		t.Run(name, func(t *testing.T) {
			got := add(t, src, "post", post)
			if missing := lost(src, got); missing != "" {
				t.Errorf("lost %q in\n%s", missing, got)
			}
			if !strings.Contains(got, post) || !strings.Contains(got, app+"post") {
				t.Errorf("not added:\n%s", got)
			}
			if _, err := parser.ParseFile(token.NewFileSet(), "", got, 0); err != nil {
				t.Errorf("%v in\n%s", err, got)
			}
			if isNeat(src) && !isNeat(got) {
				t.Errorf("no longer formatted:\n%s", got)
			}
			if again := add(t, got, "post", post); again != got {
				t.Errorf("added twice:\n%s", again)
			}
		})
	}
	crlf := add(t, tests["CRLF"], "post", post)
	if strings.Count(crlf, "\n") != strings.Count(crlf, "\r\n") {
		t.Errorf("line endings are mixed: %q", crlf)
	}
}

func TestAddCallReportsAnUnknownLayout(t *testing.T) {
	tests := map[string]struct{ src, want string }{
		"no function":      {strings.Replace(routes, "func routes", "func setup", 1), "function routes is missing"},
		"a method":         {strings.Replace(routes, "func routes", "func (a App) routes", 1), "function routes is missing"},
		"no parameter":     {strings.Replace(routes, "users *auth.Users", "all *auth.Users", 1), "has no users"},
		"a return":         {strings.Replace(routes, "users.Routes()", "return", 1), "ends with a return"},
		"broken":           {routes + "}", "not valid Go"},
		"another package":  {strings.Replace(routes, `"gorm.io/gorm"`, `"gorm.io/post"`, 1), "another package as post"},
		"another own name": {strings.Replace(routes, `"gorm.io/gorm"`, `p "example.com/blog/app/post"`, 1), "as p"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := gosource.AddCall([]byte(test.src), app+"post", "routes", post)
			var shape *gosource.ShapeError
			if !errors.As(err, &shape) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want a ShapeError with %q", err, test.want)
			}
		})
	}
}

const list = `package migrations

// All lists the migrations in their order.
func All() []*gormigrate.Migration {
	return []*gormigrate.Migration{
		createUsers(), // the base
	}
}
`

func TestAddElementAddsOnce(t *testing.T) {
	tests := map[string]string{
		"a line each": list,
		"one line":    strings.Replace(list, "{\n\t\tcreateUsers(), // the base\n\t}", "{createUsers()}", 1),
		"empty":       strings.Replace(list, "{\n\t\tcreateUsers(), // the base\n\t}", "{}", 1),
		"CRLF":        strings.ReplaceAll(list, "\n", "\r\n"),
	}
	for name, src := range tests {
		t.Run(name, func(t *testing.T) {
			once, err := gosource.AddElement([]byte(src), "All", "createPosts()")
			if err != nil {
				t.Fatal(err)
			}
			if missing := lost(src, string(once)); missing != "" || strings.Count(string(once), "createPosts()") != 1 {
				t.Errorf("lost %q in\n%s", missing, once)
			}
			if isNeat(src) && !isNeat(string(once)) {
				t.Errorf("no longer formatted:\n%s", once)
			}
			if twice, err := gosource.AddElement(once, "All", "createPosts( )"); err != nil || string(twice) != string(once) {
				t.Errorf("added twice: %v\n%s", err, twice)
			}
		})
	}
}

func TestAddElementReportsAnUnknownLayout(t *testing.T) {
	for _, src := range []string{
		"package migrations\n",
		"package migrations\nfunc All() []int { all := []int{}; return all }\n",
		"package migrations\nfunc All() []int { return append(a, b) }\n",
		"package migrations\nfunc All() T { return T{} }\n",
		"package migrations\nfunc All()\n",
	} {
		_, err := gosource.AddElement([]byte(src), "All", "createPosts()")
		if shape := (*gosource.ShapeError)(nil); !errors.As(err, &shape) {
			t.Errorf("%q: got %v, want a ShapeError", src, err)
		}
	}
}

func TestRenameImportsKeepsTheFormat(t *testing.T) {
	src := `package main

import (
	"fmt"

	"fastgo/runtime/auth" // who
	"fastgo/runtime/web"
	"gorm.io/gorm"
	_ "zombie.example/z" // last
)

import "fastgo/runtime/config"

const path = "fastgo/runtime/web"
`
	rename := func(path string) string {
		if rest, ours := strings.CutPrefix(path, "fastgo/runtime/"); ours {
			return "zoo.example/blog/internal/" + rest
		}
		return path
	}
	got, err := gosource.RenameImports([]byte(src), rename)
	if err != nil {
		t.Fatal(err)
	}
	want := `package main

import (
	"fmt"

	"gorm.io/gorm"
	_ "zombie.example/z" // last
	"zoo.example/blog/internal/auth" // who
	"zoo.example/blog/internal/web"
)

import "zoo.example/blog/internal/config"

const path = "fastgo/runtime/web"
`
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// FuzzAddCall: whatever the owner's file looks like, nothing in it is lost.
func FuzzAddCall(f *testing.F) {
	f.Add(routes)
	f.Add(strings.ReplaceAll(routes, "\n", "\r\n"))
	f.Add("\ufeff" + routes)
	f.Add("package a;import(\"x/app/y\");func routes(users,db int){{}/**/}//")
	f.Fuzz(func(t *testing.T, src string) {
		got, err := gosource.AddCall([]byte(src), app+"post", "routes", post)
		if err != nil {
			return
		}
		if missing := lost(src, string(got)); missing != "" {
			t.Errorf("lost %q", missing)
		}
		if _, err := parser.ParseFile(token.NewFileSet(), "", got, 0); err != nil {
			t.Errorf("%v in %q, made of %q", err, got, src)
		}
		again, err := gosource.AddCall(got, app+"post", "routes", post)
		if err != nil || string(again) != string(got) {
			t.Errorf("a second run: %v, %q", err, again)
		}
		if isNeat(src) && !isNeat(string(got)) {
			t.Errorf("no longer formatted: %q, made of %q", got, src)
		}
	})
}

func add(t *testing.T, src, pkg, line string) string {
	t.Helper()
	got, err := gosource.AddCall([]byte(src), app+pkg, "routes", line)
	if err != nil {
		t.Fatal(err)
	}
	return string(got)
}

// lost returns the first byte sequence of old, but for blanks, that is not in new.
func lost(old, new string) string {
	at := 0
	for i := range len(old) {
		if strings.IndexByte(" \t\r\n;,", old[i]) >= 0 {
			continue
		}
		found := strings.IndexByte(new[at:], old[i])
		if found < 0 {
			return old[i:]
		}
		at += found + 1
	}
	return ""
}

func isNeat(src string) bool {
	formatted, err := format.Source([]byte(src))
	return err == nil && string(formatted) == src
}
