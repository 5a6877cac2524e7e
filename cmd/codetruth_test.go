package cmd_test

import (
	"strings"
	"testing"
)

// edit replaces text in a file of an application, as its developer would.
func edit(t *testing.T, app, file string, oldNew ...string) {
	t.Helper()
	text := read(t, app)[file]
	for i := 0; i < len(oldNew); i += 2 {
		if !strings.Contains(text, oldNew[i]) {
			t.Fatalf("%s does not contain %q:\n%s", file, oldNew[i], text)
		}
		text = strings.ReplaceAll(text, oldNew[i], oldNew[i+1])
	}
	write(t, app, file, text)
}

// open lets anyone read products, whose writers stay admins.
func open(t *testing.T, app string) {
	edit(t, app, "app/product/handlers.go",
		"func Routes(guard auth.Guard, db", "func Routes(api huma.API, guard auth.Guard, db",
		"auth.Get(guard, ", "web.Get(api, ",
		"list(ctx context.Context, _ *auth.User, in", "list(ctx context.Context, in",
		"show(ctx context.Context, _ *auth.User, in", "show(ctx context.Context, in",
		"import (\n", "import (\n\t\"github.com/danielgtaylor/huma/v2\"\n")
	edit(t, app, "app/routes.go", `product.Routes(users.Guard().Role("admin"), db) // admins`, `product.Routes(api, users.Guard().Role("admin"), db) // a catalogue`)
}

func TestAccessIsReadFromTheCode(t *testing.T) {
	app := newApp(t)
	run(t, app, "make:resource", "Product", "name:string", "--role", "admin").want(t, 0)
	run(t, app, "make:resource", "Order", "note:string", "-p").want(t, 0)
	open(t, app)
	got := run(t, app, "make:resource", "OrderItem", "product:ref=Product", "--parent", "Order", "-p").want(t, 0)
	if want := "Product differs from .fastgo/resources/product.json (read by anyone, written by the role admin): fastgo uses the code"; strings.Count(got.errors, want) != 1 {
		t.Errorf("the difference is not reported once: %s", got.errors)
	}
	if handlers := read(t, app)["app/orderitem/handlers.go"]; strings.Contains(handlers, "WithRole") || !strings.Contains(handlers, `tx.Table("products")`) {
		t.Error(handlers)
	}
	tool(t, app, "go", "vet", "./app/...")
}

func TestSoftDeleteIsReadFromTheCode(t *testing.T) {
	app := newApp(t)
	run(t, app, "make:resource", "Ticket", "title:string", "-p").want(t, 0)
	edit(t, app, "app/ticket/ticket.go", "UpdatedAt time.Time `json:\"updated_at\"`", "UpdatedAt time.Time `json:\"updated_at\"`\n\tDeletedAt gorm.DeletedAt `json:\"-\"`", "import \"time\"", "import (\n\t\"time\"\n\n\t\"gorm.io/gorm\"\n)")
	got := run(t, app, "make:resource", "Note", "body:text", "--parent", "Ticket", "-p").want(t, 0)
	if !strings.Contains(got.errors, "Ticket differs from") || !strings.Contains(got.errors, "rows are deleted softly") {
		t.Error(got.errors)
	}
	if handlers := read(t, app)["app/note/handlers.go"]; !strings.Contains(handlers, `db.Table("tickets").Where("user_id = ? AND deleted_at IS NULL", user.ID)`) {
		t.Error(handlers)
	}
}

func TestFieldsAreReadFromTheCode(t *testing.T) {
	app := newApp(t)
	run(t, app, "make:resource", "Post", "title:string:max=200", "body:text", "-p").want(t, 0)
	run(t, app, "make:migration", "add_subtitle_to_posts", "subtitle:string:optional").want(t, 0)
	edit(t, app, "app/post/post.go", "type Fields struct {", "type Fields struct {\n\tSubtitle *string `json:\"subtitle\" required:\"false\" maxLength:\"255\"`")
	tool(t, app, "gofmt", "-w", "app/post/post.go")
	got := run(t, app, "make:resource", "Post", "subtitle:string:optional", "title:string:max=200", "body:text", "-p").want(t, 0)
	if !strings.Contains(got.out, "update  .fastgo/resources/post.json") || !strings.Contains(got.out, "identical  app/post/post.go") || !strings.Contains(got.out, "identical  app/post/handlers.go") {
		t.Error(got.out)
	}
	if spec := read(t, app)[".fastgo/resources/post.json"]; !strings.Contains(spec, `"subtitle:string:optional"`) {
		t.Error(spec)
	}
	again := run(t, app, "make:resource", "Post", "subtitle:string:optional", "title:string:max=200", "body:text", "-p").want(t, 0)
	if strings.Contains(again.out, "update") || again.errors != "" {
		t.Error(again.out, again.errors)
	}
	refused := run(t, app, "make:resource", "Post", "title:string:max=200", "-p").want(t, 2)
	if !strings.Contains(refused.errors, "Post already exists: fastgo make:resource Post subtitle:string:optional title:string:max=200 body:text -p") {
		t.Error(refused.errors)
	}
}

func TestUnreadableCodeIsReportedWithItsPosition(t *testing.T) {
	for name, test := range map[string]struct {
		file   string
		oldNew []string
		want   string
	}{
		"a guard that is computed": {"app/routes.go", []string{"category.Routes(users.Guard(), db)", "category.Routes(policy(users), db)"}, "app/routes.go:"},
		"routes that are not called": {"app/routes.go", []string{"\tcategory.Routes(users.Guard(), db) // signed-in users\n", ""},
			"no call of Routes of"},
		"no Routes":           {"app/category/handlers.go", []string{"func Routes(", "func Mount("}, "app/category/handlers.go: no function Routes"},
		"an owner in dispute": {"app/category/handlers.go", []string{"h.db.WithContext(ctx).Take(", "owned(h.db.WithContext(ctx)).Take("}, "app/category/handlers.go:"},
		"a file that does not parse": {"app/category/category.go", []string{"type Fields struct {", "type Fields struct"},
			"app/category/category.go: "},
	} {
		t.Run(name, func(t *testing.T) {
			app := newApp(t)
			run(t, app, "make:resource", "Category", "name:string", "--shared").want(t, 0)
			edit(t, app, test.file, test.oldNew...)
			before := read(t, app)
			got := run(t, app, "make:resource", "Post", "category:ref=Category", "-p")
			if got.code == 0 || !strings.Contains(got.errors, test.want) {
				t.Errorf("exit code %d: %s", got.code, got.errors)
			}
			if len(read(t, app)) != len(before) {
				t.Error("files were written")
			}
		})
	}
}

func TestColumnOfAnUnknownTypeIsRejected(t *testing.T) {
	app := newApp(t)
	run(t, app, "make:resource", "Place", "name:string", "--shared").want(t, 0)
	edit(t, app, "app/place/place.go", "type Fields struct {", "type Fields struct {\n\tAt Point `json:\"at\"`")
	for _, args := range [][]string{{"make:resource", "Visit", "place:ref=Place", "-p"}, {"make:seeder", "Place"}} {
		got := run(t, app, args...).want(t, 1)
		if !strings.Contains(got.errors, "app/place/place.go:") || !strings.Contains(got.errors, "no field type for Go type Point") {
			t.Error(got.errors)
		}
	}
}

func TestWrappedRoutesAreUnderstood(t *testing.T) {
	app := newApp(t)
	run(t, app, "make:resource", "Category", "name:string", "--role", "admin").want(t, 0)
	edit(t, app, "app/routes.go", "\tcategory.Routes(users.Guard().Role(\"admin\"), db) // admins\n", `	editors := users.Guard().
		Role("editor")
	for range 1 {
		category.Routes(
			editors,
			db,
		)
	}
`)
	got := run(t, app, "make:resource", "Post", "title:string", "category:ref=Category", "-p").want(t, 0)
	if handlers := read(t, app)["app/post/handlers.go"]; !strings.Contains(handlers, `user.WithRole("editor")`) || !strings.Contains(got.errors, "read by the role editor") {
		t.Error(handlers, got.errors)
	}
}

func TestOneResourceDoesNotStopACommandAboutAnother(t *testing.T) {
	app := newApp(t)
	run(t, app, "make:resource", "Topic", "name:string").want(t, 0)
	run(t, app, "make:resource", "Review", "body:text", "topic:ref=Topic").want(t, 0)
	// Topics are for signed-in users now, reviews still public.
	edit(t, app, "app/topic/handlers.go", "func Routes(api huma.API, db", "func Routes(guard auth.Guard, db", "web.Get(api", "auth.Get(guard", "web.Post(api", "auth.Post(guard", "web.Put(api", "auth.Put(guard", "web.Patch(api", "auth.Patch(guard", "web.Delete(api", "auth.Delete(guard")
	edit(t, app, "app/routes.go", "topic.Routes(api, db)", "topic.Routes(users.Guard(), db)")
	run(t, app, "make:seeder", "Review").want(t, 0)
}

func TestEveryCommandRejectsUnknownSpecs(t *testing.T) {
	for name, test := range map[string]struct{ old, new, want string }{
		"an unknown access": {`"shared"`, `"tenant"`, `unknown access "tenant"`},
		"an unknown type":   {`"name:string"`, `"name:vector"`, `unknown type "vector"`},
		"a newer schema":    {`"schema": 1`, `"schema": 9`, "has schema 9"},
		"an unknown member": {`"schema": 1`, `"schema": 1, "tenant": true`, `unknown member "tenant"`},
	} {
		t.Run(name, func(t *testing.T) {
			app := newApp(t)
			run(t, app, "make:resource", "Topic", "name:string", "--shared").want(t, 0)
			edit(t, app, ".fastgo/resources/topic.json", test.old, test.new)
			for _, args := range []string{"make:resource Post -p", "make:model Post", "make:handler Stats", "make:middleware Slow", "make:seeder Topic", "make:migration add_x_to_topics x:bool"} {
				got := run(t, app, strings.Fields(args)...)
				if got.code == 0 || !strings.Contains(got.errors, "topic.json") || !strings.Contains(got.errors, test.want) {
					t.Errorf("%s: exit code %d: %s", args, got.code, got.errors)
				}
			}
		})
	}
}

func TestReferencesMayFormACycle(t *testing.T) {
	app := newApp(t)
	run(t, app, "make:resource", "Author", "name:string", "--shared").want(t, 0)
	run(t, app, "make:resource", "Book", "title:string", "author:ref=Author", "--shared").want(t, 0)
	edit(t, app, ".fastgo/resources/author.json", `"name:string"`, `"name:string", "best:ref=Book:optional"`)
	edit(t, app, "app/author/author.go", "type Fields struct {", "type Fields struct {\n\tBestID *int64 `json:\"best_id\" required:\"false\" minimum:\"1\" list:\"equal\"`")
	run(t, app, "make:resource", "Prize", "author:ref=Author", "book:ref=Book", "--shared").want(t, 0)
	run(t, app, "make:seeder", "Prize").want(t, 0)
	run(t, app, "make:seeder", "Book").want(t, 0)
}
