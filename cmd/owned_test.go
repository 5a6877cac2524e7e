package cmd_test

import (
	"regexp"
	"testing"
)

// TestRecommendedEditsKeepTestsGreen makes the changes that fastgo suggests and invites, and runs all tests of the
// application.
func TestRecommendedEditsKeepTestsGreen(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles an application")
	}
	app := newApp(t)
	run(t, app, "make:resource", "Post", "title:string:max=200", "body:text", "published:bool", "-p").want(t, 0)

	// A field of the profile and a required one of the post, as printed by the command.
	addPrinted(t, app, "internal/auth/user.go", "type Profile struct {\n", "add_phone_to_users", "phone:phone:optional")
	subtitle := addPrinted(t, app, "app/post/post.go", "type Fields struct {\n", "add_subtitle_to_posts", "subtitle:string")
	least := regexp.MustCompile(`minLength:"(\d+)"`).FindStringSubmatch(subtitle)[1]
	edit(t, app, "app/post/handlers_test.go", "Fields: []apitest.Field{\n",
		"Fields: []apitest.Field{\n{Name: \"subtitle\", Sample: \"a\", Other: \"b\", Min: "+least+", Max: 255},\n")

	// An additional mail, sent by a handler to the author of a new post.
	write(t, app, "internal/mail/templates/welcome.txt", "Subject: Welcome to {{.App}}\n\nHello {{.Name}}, you have {{.Posts}} posts.\n")
	write(t, app, "internal/mail/templates/welcome.html", "<p>Hello {{.Name}}, you have {{.Posts}} posts.</p>\n")
	write(t, app, "internal/outbox/outbox_welcome_test.go", welcomeTest)

	// Other texts: of a mail, a page, messages and the documentation.
	edit(t, app, "internal/mail/templates/reset.txt", "Subject: Set a new password for {{.App}}", "Subject: Forgotten?")
	edit(t, app, "internal/mail/templates/verify.txt", "Please confirm that it is yours:", "Is it yours?")
	edit(t, app, "internal/mail/templates/password_changed.html", "was changed", "is new")
	edit(t, app, "internal/auth/pages/reset.html", "password", "pass phrase")
	edit(t, app, "internal/auth/login.go", "Incorrect email or password", "Wrong")
	edit(t, app, "internal/auth/password.go", "is too common", "is on a list")
	edit(t, app, "internal/auth/guard.go", "Not enough permissions", "Not yours")
	edit(t, app, "internal/web/errors.go", "Validation failed", "Please look again")
	edit(t, app, "internal/web/errors.go", "Already taken", "That exists")

	tool(t, app, "go", "vet", "./...")
	tool(t, app, "go", "test", "./...")
}

// addPrinted adds a column and the struct field that the command prints for it, which it returns.
func addPrinted(t *testing.T, app, file, structure, migration, field string) string {
	t.Helper()
	advice := run(t, app, "make:migration", migration, field).want(t, 0).out
	member := regexp.MustCompile(regexp.QuoteMeta(file) + ", .*: add ([A-Z].*`)\n").FindStringSubmatch(advice)
	if member == nil {
		t.Fatalf("no field is suggested:\n%s", advice)
	}
	edit(t, app, file, structure, structure+"\t"+member[1]+"\n")
	tool(t, app, "gofmt", "-w", file)
	return member[1]
}

// welcomeTest tests the additional mail: two templates and one call, without changes in auth.
const welcomeTest = `package outbox_test

import (
	"strings"
	"testing"

	"gorm.io/gorm"

	"example.com/blog/app"
	"example.com/blog/internal/apitest"
	"example.com/blog/internal/outbox"
)

func TestWelcome(t *testing.T) {
	blog := apitest.New(t, app.Build)
	err := blog.DB.Transaction(func(tx *gorm.DB) error {
		return outbox.Enqueue(tx, "welcome", "ann@example.com", map[string]any{"Name": "Ann", "Posts": 1200000})
	})
	if err != nil {
		t.Fatal(err)
	}
	mails := blog.Mail()
	if len(mails) != 1 || mails[0].Subject != "Welcome to test" || !strings.Contains(mails[0].HTML, "Hello Ann, you have 1200000 posts.") {
		t.Errorf("the mails are %+v", mails)
	}
}
`
