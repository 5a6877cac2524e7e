package generator

import (
	"go/format"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"fastgo/generator/golang"
	"fastgo/generator/plan"
	"fastgo/generator/schema"
)

func TestNewCombinesPackagesAndTemplates(t *testing.T) {
	source := golang.Source{
		Runtime: fstest.MapFS{
			"source.go":            {Data: []byte("package runtime\n")},
			"web/web_test.go":      {Data: []byte("package web\n")},
			"web/attack_test.go":   {Data: []byte("package web\n")},
			"web/web.go":           {Data: []byte("package web\n\nimport \"fastgo/runtime/config\"\n")},
			"mail/templates/a.txt": {Data: []byte("\"fastgo/runtime/mail\"\n")},
		},
		Templates: fstest.MapFS{
			"app/main.go":        {Data: []byte("package main\n\nimport (\n\t\"fastgo/runtime/web\"\n\t\"fastgo/templates/app/migrations\"\n)\n")},
			"app/go.mod.tmpl":    {Data: []byte("module {{.Module}}\n")},
			"app/.env.tmpl":      {Data: []byte("AUTH_SECRET_KEY={{.Secret}}\n")},
			"app/.gitignore":     {Data: []byte("{{.}}\n")},
			"resource/post.tmpl": {Data: []byte("{{.Broken}}")},
		},
	}
	p, err := New(source, Application{Name: "blog", Module: "example.com/blog", Secret: "s3cret", Database: "sqlite"})
	if err != nil {
		t.Fatal(err)
	}
	want := []struct {
		path, text string
		class      plan.Class
		mode       uint32
	}{
		{".env", "AUTH_SECRET_KEY=s3cret\n", plan.Once, 0o600},
		{".fastgo/project.json", `"database": "sqlite"`, plan.State, 0o666},
		{".gitignore", "{{.}}\n", plan.Owned, 0o666},
		{"go.mod", "module example.com/blog\n", plan.Shared, 0o666},
		{"internal/mail/templates/a.txt", "\"fastgo/runtime/mail\"\n", plan.Owned, 0o666},
		{"internal/web/web.go", `"example.com/blog/internal/config"`, plan.Owned, 0o666},
		{"internal/web/web_test.go", "package web\n", plan.Owned, 0o666},
		{"main.go", "\t\"example.com/blog/internal/web\"\n\t\"example.com/blog/migrations\"\n", plan.Owned, 0o666},
	}
	if len(p.Changes) != len(want) {
		t.Fatalf("%d files, want %d", len(p.Changes), len(want))
	}
	for i, w := range want {
		c := p.Changes[i]
		if c.Path != w.path || !strings.Contains(string(c.New), w.text) || c.Class != w.class || uint32(c.Mode) != w.mode || c.Action() != plan.Create {
			t.Errorf("%s %s %o: %s", c.Path, c.Class, c.Mode, c.New)
		}
	}
}

func TestNoGeneratedFileImportsFastgo(t *testing.T) {
	plan, err := New(golang.Embedded(), Application{Name: "blog", Module: "zz.example/blog", Database: "sqlite"})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range plan.Changes {
		if strings.HasSuffix(c.Path, ".go") && strings.Contains(string(c.New), "\"fastgo/") {
			t.Errorf("%s names a package of fastgo", c.Path)
		}
		if strings.HasSuffix(c.Path, ".go") && !neat(c.New) {
			t.Errorf("%s is not formatted", c.Path)
		}
	}
}

func TestMigrationSortsAfterAllOthers(t *testing.T) {
	now := time.Date(2026, 3, 4, 5, 6, 7, 8, time.FixedZone("", 3600))
	tests := []struct {
		made schema.Migrations
		want string
	}{
		{nil, "20260304040607"},
		{schema.Migrations{"20260101000000_create_users"}, "20260304040607"},
		{schema.Migrations{"20260304040607_create_posts"}, "20260304040608"},
		{schema.Migrations{"20270101235959_create_posts", "20260304040607_create_tags"}, "20270102000000"},
		{schema.Migrations{"99999999999999_create_posts"}, "20260304040607"},
	}
	for _, test := range tests {
		if got := test.made.Next(now); got != test.want {
			t.Errorf("after %v: got %s, want %s", test.made, got, test.want)
		}
	}
}

func TestMigrationFileHasNoPlatformSuffix(t *testing.T) {
	for id, want := range map[string]string{
		"1_create_posts":   "migrations/1_create_posts.go",
		"1_create_windows": "migrations/1_create_windows_table.go",
		"1_create_js":      "migrations/1_create_js_table.go",
		"1_create_my_test": "migrations/1_create_my_test_table.go",
	} {
		if got := schema.MigrationFile(id); got != want {
			t.Errorf("%s is %s, want %s", id, got, want)
		}
	}
}

func neat(src []byte) bool {
	formatted, err := format.Source(src)
	return err == nil && string(formatted) == string(src)
}
