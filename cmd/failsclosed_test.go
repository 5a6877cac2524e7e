package cmd_test

import (
	"strings"
	"testing"
)

// TestNothingIsReadAsMoreOpenThanItMayBe: what an application's developer writes about
// access is understood, or refused with its place.
func TestNothingIsReadAsMoreOpenThanItMayBe(t *testing.T) {
	const line = "\tcat.Routes(users.Guard().Role(\"admin\"), db) // admins\n"
	const order = "app/order/handlers.go"
	for name, test := range map[string]struct {
		about  string // the resource that is referred to
		file   string
		oldNew []string
		want   string // in the error
	}{
		"a variable with an error": {"Cat", "app/routes.go", []string{line, "\tguard := users.Guard()\n\tguard, err := admins(users)\n\tcat.Routes(guard, db)\n"}, "app/routes.go:"},
		"a variable in a block":    {"Cat", "app/routes.go", []string{line, "\tguard := users.Guard()\n\t{\n\t\tvar guard = admins(users)\n\t\tcat.Routes(guard, db)\n\t}\n"}, "app/routes.go:"},
		"a function literal":       {"Cat", "app/routes.go", []string{line, "\tguard := users.Guard()\n\tmount(func(guard auth.Guard) { cat.Routes(guard, db) })\n"}, "app/routes.go:"},
		"a branch that sets it":    {"Cat", "app/routes.go", []string{line, "\tguard := users.Guard()\n\tif true {\n\t\tguard = users.Guard().Role(\"admin\")\n\t}\n\tcat.Routes(guard, db)\n"}, "app/routes.go:"},
		"two calls":                {"Cat", "app/routes.go", []string{line, line + "\tif false {\n\t\tcat.Routes(users.Guard(), db)\n\t}\n"}, "second call"},
		"a function nobody calls":  {"Cat", "app/routes.go", []string{line, "}\n\nfunc legacy(users *auth.Users, db *gorm.DB) {\n\tcat.Routes(users.Guard(), db)\n"}, "calls legacy 0 times"},
		"a build constraint":       {"Cat", "app/routes.go", []string{"package app\n", "//go:build dev\n\npackage app\n"}, "build constraint"},
		"somebody else's guard":    {"Cat", "app/routes.go", []string{line, "\tcat.Routes(staff.Guard(), db)\n"}, "app/routes.go:"},
		"a verified address":       {"Cat", "app/routes.go", []string{`Role("admin")`, "Verified()"}, "Verified()"},
		"a role in a constant":     {"Cat", "app/routes.go", []string{`Role("admin")`, "Role(admin)"}, "write the role as a string"},
		"an owner within a role":   {"Order", "app/routes.go", []string{"order.Routes(users.Guard(), db)", `order.Routes(users.Guard().Role("staff"), db)`}, "within a role"},
		"middleware on the API":    {"Product", "app/product/handlers.go", []string{"\th := handlers{db}\n", "\tapi.UseMiddleware(adminOnly)\n\th := handlers{db}\n"}, "middleware"},
		"middleware on a group":    {"Product", "app/routes.go", []string{"product.Routes(api, db)", "staff := huma.NewGroup(api, \"\")\n\tstaff.UseMiddleware(adminOnly)\n\tproduct.Routes(staff, db)"}, "middleware"},
		"an option that may guard": {"Product", "app/product/handlers.go", []string{`"/products/{id}", h.show)`, `"/products/{id}", h.show, onlyAdmins)`}, "app/product/handlers.go:"},
		"a wrapper":                {"Product", "app/product/handlers.go", []string{`web.Get(api, "/products/{id}"`, `staff.Get(api, "/products/{id}"`}, "app/product/handlers.go:"},
		"a condition":              {"Product", "app/product/handlers.go", []string{"\tweb.Get(api, \"/products/{id}\", h.show)\n", "\tif true {\n\t\tweb.Get(api, \"/products/{id}\", h.show)\n\t}\n"}, "condition"},
		"an owner only in queries": {"Order", order, []string{"h, owner := handlers{db}, guard.Owner()", "h, owner := handlers{db}, guard", "owned(", "mine("}, "rows have an owner"},
		"PUT unlike PATCH":         {"Product", "app/product/handlers.go", []string{`web.Put(api, `, `auth.Put(guard, `, "func Routes(api huma.API, db", "func Routes(api huma.API, guard auth.Guard, db"}, ""},
		"an embedded struct":       {"Order", "app/order/order.go", []string{"type Fields struct {", "type Fields struct {\n\tBase\n"}, "app/order/order.go:"},
		"a time of deletion":       {"Order", "app/order/order.go", []string{"\tUpdatedAt time.Time", "\tDeletedAt *time.Time `json:\"-\"`\n\tUpdatedAt time.Time"}, "DeletedAt"},
		"another deletion column":  {"Order", "app/order/order.go", []string{"\tUpdatedAt time.Time", "\tRemovedAt gorm.DeletedAt `json:\"-\"`\n\tUpdatedAt time.Time", "import \"time\"", "import (\n\t\"time\"\n\n\t\"gorm.io/gorm\"\n)"}, "RemovedAt"},
		"another owner column":     {"Order", "app/order/order.go", []string{"`json:\"user_id\"`", "`json:\"user_id\" gorm:\"column:author_id\"`"}, "UserID"},
		"another owner":            {"Order", "app/order/order.go", []string{"UserID ", "AuthorID "}, "no UserID"},
		"a key that is a text":     {"Order", "app/order/order.go", []string{"\tID     int64", "\tID     string"}, "no ID of type int64"},
		"a computed table":         {"Order", "app/order/order.go", []string{`return "orders"`, `return prefix + "orders"`}, "TableName"},
		"a table with a schema":    {"Order", "app/order/order.go", []string{`return "orders"`, `return "shop.orders"`}, "TableName"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			app := newApp(t)
			run(t, app, "make:resource", "Cat", "name:string", "--role", "admin").want(t, 0)
			run(t, app, "make:resource", "Product", "name:string").want(t, 0)
			run(t, app, "make:resource", "Order", "note:string", "-p").want(t, 0)
			edit(t, app, test.file, test.oldNew...)
			before := read(t, app)
			got := run(t, app, "make:resource", "Item", "thing:ref="+test.about, "-p")
			if got.code == 0 || !strings.Contains(got.errors, test.want) || !strings.Contains(got.errors, ".go:") {
				t.Errorf("exit code %d: %s", got.code, got.errors)
			}
			if len(read(t, app)) != len(before) {
				t.Error("files were written")
			}
		})
	}
}

// TestOtherOperationsDoNotDecide: a package may register more than the operations of
// its rows.
func TestOtherOperationsDoNotDecide(t *testing.T) {
	app := newApp(t)
	run(t, app, "make:resource", "Order", "note:string", "-p").want(t, 0)
	edit(t, app, "app/order/handlers.go", "\tauth.Delete(", "\tweb.Get(api, \"/shared/orders-by-link/{id}\", h.shared)\n\tauth.Get(guard.Role(\"admin\"), \"/admin/order-notes/{id}\", h.adminShow)\n\tauth.Delete(",
		"func Routes(guard auth.Guard", "func Routes(api huma.API, guard auth.Guard")
	edit(t, app, "app/routes.go", "order.Routes(users.Guard(), db)", "order.Routes(api, users.Guard(), db)")
	run(t, app, "make:resource", "Item", "order:ref=Order", "-p").want(t, 0)
	if text := read(t, app)["app/item/handlers.go"]; !strings.Contains(text, `tx.Table("orders").Where("user_id = ?", user.ID)`) {
		t.Error(text)
	}
}

// TestRoutesInSeveralFunctionsAreUnderstood: routes.go is split as it grows.
func TestRoutesInSeveralFunctionsAreUnderstood(t *testing.T) {
	app := newApp(t)
	run(t, app, "make:resource", "Cat", "name:string", "--role", "admin").want(t, 0)
	edit(t, app, "app/routes.go", "\tcat.Routes(users.Guard().Role(\"admin\"), db) // admins\n}", "\tcatalogue(users.Guard().Role(\"editor\"), db)\n}\n\nfunc catalogue(editors auth.Guard, db *gorm.DB) {\n\tcat.Routes(editors, db)\n}")
	run(t, app, "make:resource", "Item", "cat:ref=Cat", "-p").want(t, 0)
	if text := read(t, app)["app/item/handlers.go"]; !strings.Contains(text, `user.WithRole("editor")`) {
		t.Error(text)
	}
}
