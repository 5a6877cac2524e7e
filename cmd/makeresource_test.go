package cmd_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestMakeResourceAddsItsLines(t *testing.T) {
	app := newApp(t)
	run(t, filepath.Join(app, "internal", "web"), "make:resource", "blog-posts", "title:string:max=200", "-p").want(t, 0)
	run(t, app, "make:resource", "Tag").want(t, 0)
	files := read(t, app)
	if routes := files["app/routes.go"]; !strings.Contains(routes, `
	blogpost.Routes(users.Guard(), db) // each user's own
	tag.Routes(api, db)                // public
}`) || !strings.Contains(routes, `
	"example.com/blog/app/blogpost"
	"example.com/blog/app/tag"
	"example.com/blog/internal/auth"
`) {
		t.Error(routes)
	}
	if list := files["migrations/migrations.go"]; !strings.Contains(list, "createBlogPosts(),\n") || !strings.Contains(list, "createTags(),\n") {
		t.Error(list)
	}
	if spec := files[".fastgo/resources/blog_post.json"]; spec != `{
  "access": "owner",
  "fields": [
    "title:string:max=200"
  ],
  "name": "BlogPost",
  "schema": 1
}
` {
		t.Error(spec)
	}
}

func TestRepeatedResourceIsIdentical(t *testing.T) {
	app := newApp(t)
	run(t, app, "make:resource", "Post", "title:string:200", "body:text", "-p").want(t, 0)
	before := read(t, app)
	got := run(t, app, "make:resource", "posts", "title:string:max=200", "body:text", "-p").want(t, 0)
	if strings.Contains(got.out, "create ") || strings.Contains(got.out, "update ") || strings.Count(got.out, "identical") != 7 {
		t.Error(got.out)
	}
	if after := read(t, app); !maps.Equal(after, before) {
		t.Error("files were written")
	}
	write(t, app, "app/post/post.go", "package post // mine\n")
	got = run(t, app, "make:resource", "posts", "title:string:max=200", "body:text", "-p").want(t, 2)
	if !strings.Contains(got.out, "skip  app/post/post.go") || strings.Count(got.out, "identical") != 6 {
		t.Error(got.out)
	}
	if !strings.Contains(got.errors, "app/post/post.go differs from what fastgo would write") {
		t.Error(got.errors)
	}
}

func TestRepeatedResourceRestoresMissingFiles(t *testing.T) {
	app := newApp(t)
	run(t, app, "make:resource", "Post", "-p").want(t, 0)
	before := read(t, app)
	write(t, app, "app/routes.go", strings.Replace(before["app/routes.go"], "\tpost.Routes(users.Guard(), db) // each user's own\n", "", 1))
	if err := os.RemoveAll(filepath.Join(app, "app", "post")); err != nil {
		t.Fatal(err)
	}
	run(t, app, "make:resource", "Post", "-p").want(t, 0)
	if after := read(t, app); !maps.Equal(after, before) {
		t.Error("the files differ from before")
	}
}

func TestExistingPackageConflicts(t *testing.T) {
	app := newApp(t)
	routes := read(t, app)["app/routes.go"]
	routes = strings.Replace(routes, "\tusers.Routes()", "\tpost.Routes(api)\n\tusers.Routes()", 1)
	routes = strings.Replace(routes, "import (\n", "import (\n\t\"example.com/legacy/post\"\n", 1)
	write(t, app, "app/routes.go", routes)
	before := read(t, app)
	got := run(t, app, "make:resource", "Post").want(t, 2)
	if !strings.Contains(got.errors, "routes.go") || !strings.Contains(got.errors, "post") {
		t.Error(got.errors)
	}
	if after := read(t, app); !maps.Equal(after, before) {
		t.Error("files were written")
	}
}

func TestChangedSpecIsRejected(t *testing.T) {
	app := newApp(t)
	run(t, app, "make:resource", "Post", "title:string", "-p").want(t, 0)
	before := read(t, app)
	for _, args := range [][]string{{"title:text", "-p"}, {"title:string"}, {"title:string", "body:text", "-p"}} {
		got := run(t, app, append([]string{"make:resource", "Post"}, args...)...).want(t, 2)
		if !strings.Contains(got.errors, "fastgo make:resource Post title:string -p") {
			t.Error(got.errors)
		}
	}
	if after := read(t, app); !maps.Equal(after, before) {
		t.Error("files were written")
	}
}

func TestConflictingResourcesAreRejected(t *testing.T) {
	app := newApp(t)
	run(t, app, "make:resource", "OrderItem").want(t, 0)
	run(t, app, "make:resource", "Leaf").want(t, 0)
	write(t, app, "app/mine/mine.go", "package mine\n")
	before := read(t, app)
	for name, want := range map[string]string{
		"Orderitem": "package app/orderitem already exists",
		"Leave":     "already creates table leaves",
		"Mine":      "package app/mine already exists",
	} {
		if got := run(t, app, "make:resource", name).want(t, 2); !strings.Contains(got.errors, want) {
			t.Errorf("%s: %s", name, got.errors)
		}
	}
	if after := read(t, app); !maps.Equal(after, before) {
		t.Error("files were written")
	}
}

func TestRequiringTwoRolesIsRejected(t *testing.T) {
	app := newApp(t)
	run(t, app, "make:resource", "Group", "--role", "admin").want(t, 0)
	run(t, app, "make:resource", "Lens", "--role", "editor").want(t, 0)
	before := read(t, app)
	for _, flags := range [][]string{{"--public-read"}, {"--role", "editor"}} {
		args := append([]string{"make:resource", "Id", "group:ref=Group", "lens:ref=Lens", "other:ref=Lens"}, flags...)
		got := run(t, app, args...).want(t, 4).errors
		if !strings.Contains(got, "admin (for Group) and editor (for ") || !strings.Contains(got, "Lens), but a user has only one") {
			t.Errorf("%v: %s", flags, got)
		}
	}
	if after := read(t, app); !maps.Equal(after, before) {
		t.Error("files were written")
	}
}

func TestUnknownFileLayoutIsRejected(t *testing.T) {
	tests := map[string]struct{ file, old, new, want string }{
		"no function":   {"app/routes.go", "func routes(", "func setup(", "routes.go: function routes is missing"},
		"no parameter":  {"app/routes.go", "users *auth.Users", "_ *auth.Users", "app/routes.go"},
		"broken":        {"app/routes.go", "package app", "package", "routes.go: not valid Go"},
		"no list":       {"migrations/migrations.go", "func All(", "func Every(", "migrations/migrations.go: function All is missing"},
		"no file":       {"app/routes.go", "", "", "routes.go: the file is missing"},
		"no migrations": {"migrations/migrations.go", "", "", "migrations/migrations.go: the file is missing"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			app := newApp(t)
			if test.old == "" {
				if err := os.Remove(filepath.Join(app, test.file)); err != nil {
					t.Fatal(err)
				}
			} else {
				write(t, app, test.file, strings.Replace(read(t, app)[test.file], test.old, test.new, 1))
			}
			before := read(t, app)
			got := run(t, app, "make:resource", "Post", "-p").want(t, 2)
			line := "post.Routes(users.Guard(), db) // each user's own"
			if strings.HasPrefix(test.file, "migrations") {
				line = "createPosts(),"
			}
			if !strings.Contains(got.errors, test.want) || !strings.Contains(got.errors, line) || strings.Count(got.errors, "\n") != 1 {
				t.Error(got.errors)
			}
			if !strings.Contains(got.out, "conflict  "+test.file) || strings.Contains(got.out, "create") {
				t.Error(got.out)
			}
			if after := read(t, app); !maps.Equal(after, before) {
				t.Error("files were written")
			}
		})
	}
}

func TestHandwrittenRouteIsKept(t *testing.T) {
	app := newApp(t)
	routes := strings.Replace(read(t, app)["app/routes.go"], "func routes(", "func setup(", 1)
	routes = strings.Replace(routes, "\n}", "\n\tpost.Routes(users.Guard(), db)\n}", 1)
	routes = strings.Replace(routes, `"example.com/blog/internal/auth"`, "\"example.com/blog/app/post\"\n\t\"example.com/blog/internal/auth\"", 1)
	write(t, app, "app/routes.go", routes)
	got := run(t, app, "make:resource", "Post", "-p").want(t, 0)
	if !strings.Contains(got.out, "identical  app/routes.go") || read(t, app)["app/routes.go"] != routes {
		t.Error(got.out)
	}
}

func TestModulePathComesFromGoMod(t *testing.T) {
	app := newApp(t)
	files := read(t, app)
	write(t, app, "go.mod", strings.Replace(files["go.mod"], "example.com/blog", "github.com/me/site", 1))
	write(t, app, "app/routes.go", strings.ReplaceAll(files["app/routes.go"], "example.com/blog", "github.com/me/site"))
	run(t, app, "make:resource", "Post").want(t, 0)
	files = read(t, app)
	if !strings.Contains(files["app/routes.go"], `"github.com/me/site/app/post"`) || !strings.Contains(files["app/post/handlers.go"], `"github.com/me/site/internal/web"`) {
		t.Error(files["app/routes.go"])
	}
}

func TestMigrationsCreatedInTheSameSecondKeepTheirOrder(t *testing.T) {
	t.Setenv("SOURCE_DATE_EPOCH", "1790000000")
	app := newApp(t)
	var ids []string
	for _, name := range []string{"Tag", "Post", "Author"} {
		run(t, app, "make:resource", name).want(t, 0)
	}
	for name := range read(t, app) {
		if id, ok := strings.CutPrefix(name, "migrations/2026092"); ok {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	if want := []string{"1141320_create_tags.go", "1141321_create_posts.go", "1141322_create_authors.go"}; !slices.Equal(ids, want) {
		t.Errorf("got %v", ids)
	}
}

func TestResourceWithoutFieldsGetsANameWithAWarning(t *testing.T) {
	app := newApp(t)
	got := run(t, app, "make:resource", "Tag").want(t, 0)
	if !strings.Contains(got.errors, "so Tag gets name:string") || !strings.Contains(got.errors, "fastgo make:resource Tag title:string body:text") {
		t.Error(got.errors)
	}
}
