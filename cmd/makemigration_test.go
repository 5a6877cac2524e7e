package cmd_test

import (
	"maps"
	"strings"
	"testing"
)

// newBlog creates an application with two resources and a model.
func newBlog(t *testing.T) string {
	t.Helper()
	app := newApp(t)
	run(t, app, "make:resource", "Post", "title:string:200:unique", "body:text", "order:int", "group:string:50:index", "kind:enum:news,essay", "-p", "--soft-delete").want(t, 0)
	run(t, app, "make:resource", "Comment", "body:text", "--parent", "Post", "-p").want(t, 0)
	run(t, app, "make:model", "Tag", "name:string:50").want(t, 0)
	return app
}

// migration returns the only migration with a name.
func migration(t *testing.T, app, name string) string {
	t.Helper()
	for file, text := range read(t, app) {
		if strings.HasPrefix(file, "migrations/") && strings.HasSuffix(file, "_"+name+".go") {
			return text
		}
	}
	t.Fatalf("no migration %s", name)
	return ""
}

func TestMigrationIsGeneratedFromItsName(t *testing.T) {
	app := newBlog(t)
	for _, test := range []struct {
		args, name string
		want       []string
	}{
		{"add_subtitle_to_posts subtitle:string:200", "add_subtitle_to_posts", []string{
			"func addSubtitleToPosts()",
			`return database.AddColumn(tx, "posts", table.String("subtitle", 200).Default(""))`, `return database.DropColumn(tx, "posts", "subtitle")`}},
		{"AddFieldsToPosts views:int:sort slug:slug:unique:optional tag:ref=Tag:optional", "add_fields_to_posts", []string{
			`if err := database.AddColumn(tx, "posts", table.Int("views").Default(0), table.Index("user_id", "views", "id")); err != nil`,
			`table.String("slug", 100).Optional(), table.Unique("user_id", "slug").Where("deleted_at IS NULL")); err != nil`,
			`return database.AddColumn(tx, "posts", table.Ref("tag_id", "tags").Optional(), table.Index("tag_id"))`,
			`return database.DropColumn(tx, "posts", "views")`}},
		{"add_price_to_posts price:money:min=0.5:default=9.5 on:date:default=2026-01-02", "add_price_to_posts", []string{
			`table.Decimal("price", 18, 2).Min("0.50").Default("9.50")`, `table.Date("on").Default(column.NewDate(2026, time.January, 2))`}},
		{"add-rank-to-comments rank:int:sort", "add_rank_to_comments", []string{`table.Index("post_id", "user_id", "rank", "id")`}},
		{"rename_order_to_position_in_posts", "rename_order_to_position_in_posts", []string{
			`return database.RenameColumn(tx, "posts", "order", "position")`, `return database.RenameColumn(tx, "posts", "position", "order")`}},
		{"rename_body_to_text_on_comments", "rename_body_to_text_on_comments", []string{`"comments", "body", "text"`}},
		{"drop_group_from_posts group:string:50:index kind:enum:news,essay:optional", "drop_group_from_posts", []string{
			`return database.DropColumn(tx, "posts", "kind")`, `if err := database.AddColumn(tx, "posts", table.Enum("kind", "news", "essay").Optional()); err != nil`,
			`return database.AddColumn(tx, "posts", table.String("group", 50).Default(""), table.Index("user_id", "group"))`}},
		{"add_bio_to_users bio:text:optional", "add_bio_to_users", []string{`database.AddColumn(tx, "users", table.Text("bio").Optional())`}},
		{"fill-slugs", "fill_slugs", []string{"func fillSlugs()", "return nil", "// Migrate changes"}},
		{"port_to_windows", "port_to_windows_table", []string{`_port_to_windows",`}},
	} {
		args := append([]string{"make:migration"}, strings.Fields(test.args)...)
		got := run(t, app, args...).want(t, 0)
		text := migration(t, app, test.name)
		for _, want := range test.want {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %s:\n%s", test.name, want, text)
			}
		}
		if strings.Count(got.out, "create ") != 1 || !strings.Contains(got.out, "update  migrations/migrations.go") {
			t.Error(got.out)
		}
		before := read(t, app)
		again := run(t, app, args...).want(t, 0)
		if strings.Count(again.out, "identical") != 2 || !maps.Equal(read(t, app), before) {
			t.Errorf("%s: %s", test.args, again.out)
		}
	}
}

func TestMigrationListsTheNextSteps(t *testing.T) {
	app := newBlog(t)
	run(t, app, "make:resource", "Note", "post:ref=Post", "-p").want(t, 0)
	for _, test := range []struct{ args, out, warning string }{
		{"add_views_to_posts views:int", "app/post/post.go, Fields: add Views int32 `json:\"views\"`", `field 1 "views:int": existing rows get 0: add default=`},
		{"add_note_to_posts note:text", "app/post/post.go, Fields: add Note string `json:\"note\" minLength:\"0\"`", `existing rows get ""`},
		{"add_by_to_posts by:string:default=me", "app/post/post.go, Fields: add By string `json:\"by\" required:\"false\" minLength:\"1\" maxLength:\"255\"`", ""},
		{"add_mark_to_posts mark:int", "app/post/handlers_test.go: change the Fields of suite and the requests", "get 0"},
		{"add_seen_to_posts seen:bool:readonly", "app/post/post.go, Post: add Seen bool `json:\"seen\" readOnly:\"true\"", "get false"},
		{"add_state_to_posts state:enum:new,old:default=new", `app/post/post.go, SetDefaults: add f.State = "new"`, ""},
		{"add_tag_to_posts tag:ref=Tag:optional", `app/post/handlers.go: add func (f Fields) check(tx *gorm.DB, before Fields) error { return web.CheckReferences(web.Reference("tag_id", f.TagID, before.TagID, tx.Table("tags"))) }
  app/post/handlers.go, create: return the error of post.check(tx, Fields{}) before Create, in one transaction
  app/post/handlers.go, update: add before := post.Fields above in.Apply, and return the error of post.check(tx, before) below it
`, ""},
		{"add_post_to_tags post:ref=Post:optional", "Fields: add PostID *int64", ""},
		{"add_origin_to_posts origin:ref=Post:optional", "check(tx *gorm.DB, user *auth.User, before Fields)", ""},
		{"add_origin_to_notes origin:ref=Post:optional source:ref=Tag:optional hint:text:optional", `app/note/handlers.go, check: add web.Reference("origin_id", f.OriginID, before.OriginID, tx.Table("posts").Where("user_id = ? AND deleted_at IS NULL", user.ID)), web.Reference("source_id", f.SourceID, before.SourceID, tx.Table("tags"))
  app/note/handlers_test.go`, ""},
		{"add_hint_to_tags hint:text:optional", "app/tag/tag.go, Fields: add Hint *string", ""},
		{"rename_title_to_name_in_posts", "app/post/post.go, Fields: replace Title with Name string `json:\"name\" minLength:\"1\" maxLength:\"200\" list:\"equal\"`", ""},
		{"remove_body_from_posts body:text", "app/post/post.go, Fields: remove Body", "a rollback restores the column without them"},
		{"add_bio_to_users bio:text", "internal/auth/user.go, Profile, which users set themselves, or User: add Bio string", "get \"\""},
		{"clean_up", "_clean_up.go: write its Migrate and Rollback", ""},
	} {
		got := run(t, app, append([]string{"make:migration"}, strings.Fields(test.args)...)...).want(t, 0)
		if !strings.Contains(got.out, test.out) || !strings.Contains(got.out, "fastgo db:migrate") {
			t.Errorf("%s: %s", test.args, got.out)
		}
		if !strings.Contains(got.errors, test.warning) || test.warning == "" && got.errors != "" {
			t.Errorf("%s: %s", test.args, got.errors)
		}
	}
}

func TestInvalidMigrationIsRejected(t *testing.T) {
	app := newBlog(t)
	run(t, app, "make:migration", "add_slug_to_posts", "slug:slug:optional").want(t, 0)
	run(t, app, "make:migration", "rename_body_to_content_in_posts").want(t, 0)
	run(t, app, "make:migration", "add_url_to_posts", "url:url:optional").want(t, 0)
	run(t, app, "make:migration", "clean_up").want(t, 0)
	write(t, app, "migrations/helpers.go", "package migrations\n\nfunc fillNames() {}\n")
	before := read(t, app)
	for _, test := range []struct {
		args, want string
		code       int
	}{
		{"", "make:migration NAME [FIELD…]", 4},
		{"init", "init cannot be a function name", 4},
		{"Type", "use a more specific name", 4},
		{"time", "use a more specific name", 4},
		{"table", "use a more specific name", 4},
		{"2fa", "must start with a letter", 4},
		{"a/b", "must consist of letters", 4},
		{strings.Repeat("a", 101), "101 characters are too long: at most 100", 4},
		{"change_posts title:string", "use one like add_subtitle_to_posts, remove_subtitle_from_posts; make:model creates a table", 4},
		{"create_authors name:string", "make:model creates a table", 4},
		{"add_x_to_postz x:int", "no migration creates table postz (did you mean posts?)", 4},
		{"add_x_to_sessions x:int", "no migration creates table sessions", 4},
		{"add_subtitle_to_posts", "the column type is missing: fastgo make:migration add_subtitle_to_posts subtitle:string", 4},
		{"add_to_posts", "fastgo make:migration add_to_posts subtitle:string", 4},
		{"remove_title_from_posts", "which a rollback needs: fastgo make:migration remove_title_from_posts title:string:unique:max=200:optional", 4},
		{"remove_order_from_posts", "fastgo make:migration remove_order_from_posts order:int", 4},
		{"remove_slug_from_posts", "fastgo make:migration remove_slug_from_posts slug:string", 4},
		{"rename_title_to_name_in_posts name:string", "remove the fields", 4},
		{"add_x_to_posts x:strin y:int:min=a", "did you mean string?", 4},
		{"add_x_to_posts x:strin y:int:min=a", "min= needs a number", 4},
		{"add_day_to_posts day:date", "existing rows need a value: add default= or optional", 4},
		{"add_mail_to_posts mail:email", "add default= or optional", 4},
		{"add_meta_to_posts meta:json", "existing rows need a value: add optional", 4},
		{"add_rank_to_posts rank:int:min=1", "add default= or optional", 4},
		{"add_code_to_posts code:string:min=2", "add default= or optional", 4},
		{"add_code_to_posts code:string:10:unique", "would all have the same value: add optional", 4},
		{"add_tag_to_posts tag:ref=Tag", "have no value: add optional", 4},
		{"add_tag_to_posts tag:ref=Tga:optional", "resource Tga does not exist", 4},
		{"add_comment_to_tags comment:ref=Comment:optional day:date", "add default= or optional", 4},
		{"add_owner_to_posts user_id:bigint", "user_id stores the owner", 4},
		{"add_title_to_posts title:text", "table posts already has a column title", 4},
		{"add_slug_to_the_posts slug:text", "no migration creates table the_posts; for an empty migration use another name, such as change_the_posts", 4},
		{"add_more_to_posts slug:text", "table posts already has a column slug", 4},
		{"add_email_to_users email:text:optional", "table users already has a column email", 4},
		{"rename_boddy_to_text_in_comments", "table comments has no column boddy (did you mean body?)", 4},
		{"rename_body_to_text_in_posts", "table posts has no column body", 4},
		{"rename_title_to_content_in_posts", "already has a column content", 4},
		{"rename_title_to_deleted_at_in_posts", "deleted_at", 4},
		{"rename_title_to_xmin_in_posts", "PostgreSQL reserves the column name xmin", 4},
		{"rename_created_at_to_born_at_in_posts", "the application uses column posts.created_at", 4},
		{"rename_user_id_to_owner_id_in_posts", "the application uses column posts.user_id", 4},
		{"rename_post_id_to_article_id_in_comments", "the application uses column comments.post_id", 4},
		{"remove_id_from_posts", "the application uses column posts.id", 4},
		{"remove_user_id_from_posts user_id:int:optional", "the application uses column posts.user_id", 4},
		{"add_u_r_l_to_posts u_r_l:text", "already has a column url", 4},
		{"rename_role_to_rank_in_users", "the application uses column users.role", 4},
		{"fill_names", "migrations/helpers.go already declares fillNames", 2},
		{"create_posts", "_create_posts.go already exists: use another name, such as create_posts_again", 2},
		{"add_slug_to_posts slug:slug:optional:index", "remove the file if it was never applied", 2},
	} {
		got := run(t, app, append([]string{"make:migration"}, strings.Fields(test.args)...)...).want(t, test.code)
		if !strings.Contains(got.errors, test.want) {
			t.Errorf("%s: %s", test.args, got.errors)
		}
	}
	if after := read(t, app); !maps.Equal(after, before) {
		t.Error("files were written")
	}
}

// TestHandwrittenMigrationDisablesColumnChecks: fastgo cannot know what SQL did
// to a table, so it rejects no column.
func TestHandwrittenMigrationDisablesColumnChecks(t *testing.T) {
	app := newBlog(t)
	run(t, app, "make:migration", "change_posts").want(t, 0)
	run(t, app, "make:migration", "rename_headline_to_title_in_posts").want(t, 4)
	for file, text := range read(t, app) {
		if strings.HasSuffix(file, "_change_posts.go") {
			write(t, app, file, strings.Replace(text, "return nil", "return tx.Exec(`ALTER TABLE posts RENAME COLUMN title TO headline`).Error", 1))
		}
	}
	got := run(t, app, "make:migration", "rename_headline_to_title_in_posts").want(t, 0)
	if want := "_change_posts.go changes posts in a way that cannot be read, so the columns were not checked"; !strings.Contains(got.errors, want) {
		t.Error(got.errors)
	}
}

// TestOtherTestsKnowTheMigratedColumns: they insert rows into the table.
func TestOtherTestsKnowTheMigratedColumns(t *testing.T) {
	app := newApp(t)
	run(t, app, "make:resource", "Post", "title:string", "body:text", "rank:int").want(t, 0)
	run(t, app, "make:migration", "remove_rank_from_posts", "rank:int").want(t, 0)
	run(t, app, "make:migration", "rename_title_to_headline_in_posts").want(t, 0)
	run(t, app, "make:migration", "add_title_to_posts", "title:string:optional").want(t, 0)
	edit(t, app, "app/post/post.go", "\tTitle string `json:\"title\" minLength:\"1\" maxLength:\"255\"`", "\tHeadline string `json:\"headline\" minLength:\"1\" maxLength:\"255\"`\n\tTitle *string `json:\"title\" required:\"false\" maxLength:\"255\"`", "\tRank  int32  `json:\"rank\"`\n", "")
	run(t, app, "make:resource", "Note", "post:ref=Post").want(t, 0)
	run(t, app, "make:seeder", "Post").want(t, 0)
	files := read(t, app)
	for file, members := range map[string][2]string{"app/note/handlers_test.go": {`"headline":`, `"body":`}, "seeds/posts.go": {"Headline:", "Body:"}} {
		text := files[file]
		if !strings.Contains(text, members[0]) || !strings.Contains(text, members[1]) || strings.Contains(text, `"title"`) || strings.Contains(strings.ToLower(text), "rank") {
			t.Errorf("%s creates posts without the migrated columns:\n%s", file, text)
		}
	}
}
