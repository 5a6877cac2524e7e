package cmd_test

import (
	"maps"
	"strings"
	"testing"
)

func TestMakeModelAddsAModelAndItsTable(t *testing.T) {
	app := newApp(t)
	before := read(t, app)
	got := run(t, app, "make:model", "audit-entries", "action:string:50:index", "-p", "--soft-delete").want(t, 0)
	if strings.Count(got.out, "create ") != 3 || strings.Count(got.out, "update ") != 1 || !strings.Contains(got.out, "fastgo db:migrate") {
		t.Error(got.out)
	}
	files := read(t, app)
	row := files["app/auditentry/auditentry.go"]
	if !strings.HasPrefix(row, "// Package auditentry stores audit entries.\n") || !strings.Contains(row, "UserID int64") || !strings.Contains(row, "gorm.DeletedAt") {
		t.Error(row)
	}
	if files["app/routes.go"] != before["app/routes.go"] || !strings.Contains(files["migrations/migrations.go"], "createAuditEntries(),") {
		t.Error(files["app/routes.go"], files["migrations/migrations.go"])
	}
	got = run(t, app, "make:model", "AuditEntry", "action:string:max=50:index", "-p", "--soft-delete").want(t, 0)
	if strings.Count(got.out, "identical") != 4 || !maps.Equal(read(t, app), files) {
		t.Error(got.out)
	}
	write(t, app, "app/auditentry/auditentry.go", row+"\n// mine\n")
	if got := run(t, app, "make:model", "AuditEntry", "action:string:max=50:index", "-p", "--soft-delete").want(t, 2); !strings.Contains(got.out, "skip  app/auditentry/auditentry.go") {
		t.Error(got.out)
	}
}

func TestMakeResourceServesAnExistingModel(t *testing.T) {
	for _, access := range []struct{ model, resource []string }{
		{nil, nil}, {nil, []string{"--shared"}}, {nil, []string{"--role", "admin"}}, {[]string{"-p"}, []string{"-p"}},
	} {
		fields := []string{"title:string:200:unique", "body:text"}
		other, app := newApp(t), newApp(t)
		t.Setenv("SOURCE_DATE_EPOCH", "1790000000")
		run(t, other, append(append([]string{"make:resource", "Post"}, fields...), access.resource...)...).want(t, 0)
		run(t, app, append(append([]string{"make:model", "Post"}, fields...), access.model...)...).want(t, 0)
		got := run(t, app, append(append([]string{"make:resource", "Post"}, fields...), access.resource...)...).want(t, 0)
		if !strings.Contains(got.out, "update  app/post/post.go") || !strings.Contains(got.out, "update  .fastgo/resources/post.json") || !strings.Contains(got.out, "create  app/post/handlers.go") {
			t.Error(got.out)
		}
		want, files := read(t, other), read(t, app)
		want[".env"] = files[".env"]
		if !maps.Equal(files, want) {
			t.Errorf("%v: the resource differs from one created without a model", access)
		}
	}
}

func TestMakeResourceKeepsAnEditedModel(t *testing.T) {
	app := newApp(t)
	run(t, app, "make:model", "Post", "title:string").want(t, 0)
	edited := read(t, app)["app/post/post.go"] + "\n// Shout is mine.\nfunc (p Post) Shout() string { return p.Title + \"!\" }\n"
	write(t, app, "app/post/post.go", edited)
	got := run(t, app, "make:resource", "Post", "title:string").want(t, 2)
	if !strings.Contains(got.out, "skip  app/post/post.go") || !strings.Contains(got.out, "create  app/post/handlers.go") {
		t.Error(got.out)
	}
	if files := read(t, app); files["app/post/post.go"] != edited || !strings.Contains(files["app/routes.go"], "post.Routes(api, db)") {
		t.Error(files["app/routes.go"])
	}
}

func TestModelWithAnotherTableIsRejected(t *testing.T) {
	app := newApp(t)
	run(t, app, "make:model", "Tag", "name:string").want(t, 0)
	run(t, app, "make:model", "Note", "text:text", "-p").want(t, 0)
	run(t, app, "make:resource", "Post", "title:string", "tag:ref=Tag", "-p").want(t, 0)
	before := read(t, app)
	for _, test := range []struct{ args, want string }{
		{"make:resource Tag name:string -p", "already exists: fastgo make:model Tag name:string"},
		{"make:resource Tag name:string:50", "already exists: fastgo make:model Tag name:string"},
		{"make:resource Tag name:string --soft-delete", "already exists"},
		{"make:resource Tag name:string --role admin", "Post references it and treats its rows as shared: remove --role admin"},
		{"make:resource Note text:text", "already exists: fastgo make:model Note text:text -p"},
		{"make:resource Note text:text --public-read", "already exists"},
		{"make:model Post title:string tag:ref=Tag -p", "already exists: fastgo make:resource Post title:string tag:ref=Tag -p"},
	} {
		if got := run(t, app, strings.Fields(test.args)...).want(t, 2); !strings.Contains(got.errors, test.want) {
			t.Errorf("%s: %s", test.args, got.errors)
		}
	}
	if !maps.Equal(read(t, app), before) {
		t.Error("files were written")
	}
	run(t, app, "make:resource", "Tag", "name:string").want(t, 0)
}

func TestModelMayReferenceWhatItsCodeReads(t *testing.T) {
	app := newApp(t)
	run(t, app, "make:resource", "Post", "title:string", "-p").want(t, 0)
	run(t, app, "make:model", "Visit", "post:ref=Post").want(t, 0)
	if got := run(t, app, "make:resource", "Visit", "post:ref=Post").want(t, 4); !strings.Contains(got.errors, "some writers of visits cannot read posts") {
		t.Error(got.errors)
	}
	if got := run(t, app, "make:model", "Vist", "post:ref=Poste", "x:strin").want(t, 4); !strings.Contains(got.errors, "did you mean string?") {
		t.Error(got.errors)
	}
}
