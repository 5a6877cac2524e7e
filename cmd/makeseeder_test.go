package cmd_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fastgo/runtime/database/dbtest"
)

func TestSeederFollowsTheSeedersItDependsOn(t *testing.T) {
	app := newApp(t)
	run(t, app, "make:resource", "Category", "name:string:unique", "--role", "admin").want(t, 0)
	run(t, app, "make:resource", "Tag", "name:string").want(t, 0)
	run(t, app, "make:resource", "Post", "title:string", "category:ref=Category", "tag:ref=Tag:optional", "-p").want(t, 0)
	run(t, app, "make:resource", "Comment", "body:text", "--parent", "Post", "-p").want(t, 0)
	run(t, app, "make:seeder", "Category", "--count", "3").want(t, 0)
	got := run(t, app, "make:seeder", "comments", "--count", "200").want(t, 0)
	if got.errors != "warning: comments reference posts, which had no seeder: added seeds/posts.go\n" || strings.Count(got.out, "create ") != 2 || !strings.Contains(got.out, "fastgo db:seed") {
		t.Error(got.out, got.errors)
	}
	files := read(t, app)
	if list := files["seeds/seeds.go"]; !strings.Contains(list, "\t\tseedCategories(),\n\t\tseedPosts(),\n\t\tseedComments(),\n\t}\n") {
		t.Error(list)
	}
	for file, want := range map[string]string{"seeds/categories.go": "Count: 3,", "seeds/posts.go": "Count: 10,", "seeds/comments.go": "Count: 200,"} {
		if !strings.Contains(files[file], want) {
			t.Errorf("%s lacks %s", file, want)
		}
	}
	if strings.Contains(files["seeds/posts.go"], "TagID") {
		t.Error("an optional tag is set")
	}
	again := run(t, app, "make:seeder", "Comment", "--count", "200").want(t, 0)
	if strings.Count(again.out, "identical") != 2 || !maps.Equal(read(t, app), files) {
		t.Error(again.out)
	}
	if got := run(t, app, "make:seeder", "Comment").want(t, 2); !strings.Contains(got.out, "skip  seeds/comments.go") {
		t.Error(got.out)
	}
}

func TestInvalidSeederIsRejected(t *testing.T) {
	app := newApp(t)
	run(t, app, "make:resource", "Post").want(t, 0)
	run(t, app, "make:resource", "Code", "code:string:2:unique").want(t, 0)
	run(t, app, "make:resource", "Rank", "n:int:unique:max=-2147483600").want(t, 0)
	before := read(t, app)
	for _, test := range []struct{ args, want string }{
		{"Code --count 257", "code of codes is unique and has only 256 possible values, fewer than 257"},
		{"Rank --count 50", "n of ranks is unique and has only 49 possible values"},
		{"Poste", "resource Poste does not exist (did you mean Post?)"},
		{"User", "users are built in"},
		{"Post --count 0", `--count "0": must be a number from 1 to 1000000`},
		{"Post --count many", `--count "many": must be a number`},
		{"Post Tag", "make:seeder NAME"},
		{"a/b", "not a path"},
	} {
		if got := run(t, app, append([]string{"make:seeder"}, strings.Fields(test.args)...)...).want(t, 4); !strings.Contains(got.errors, test.want) {
			t.Errorf("%s: %s", test.args, got.errors)
		}
	}
	if !maps.Equal(read(t, app), before) {
		t.Error("files were written")
	}
	write(t, app, "seeds/seeds.go", "package seeds\n")
	if got := run(t, app, "make:seeder", "Post").want(t, 2); !strings.Contains(got.errors, "add this line by hand and run the command again: seedPosts(),") {
		t.Error(got.errors)
	}
}

// everything has a field of every type, with bounds and unique where possible.
const everything = `title:string code:string:2:unique tiny:string:1 long:string:min=50:max=60:unique short:string:8:unique note:text:min=200
	words:text:optional slug:slug:unique mail:email:unique site:url phone:phone:unique color:color:unique addr:ip:unique uid:uuid:unique
	at_time:time:unique doc:file:unique pic:image:unique amount:int level:int:min=-20:max=20:unique big:bigint:unique small:int:unique
	ratio:float share:float:gt=0:lt=1 low:float:min=5 high:float:max=-5 price:money:unique part:decimal:2.2:unique cents:decimal:6.3:gt=-1:lt=1
	pc:percent:unique flag:bool flag_2:bool:optional day:date:unique moment:datetime:unique moment_2:datetime:optional meta:json
	meta_2:json:optional status:enum:a,b,c status_2:enum:x,y:optional target:ref=Target one:ref=Target:unique other:ref=Target:optional
	self:ref=Everything:optional lid:ref=Lid set:string:readonly kind:enum:q,r:readonly:default=q secret:string:hidden fixed:string:immutable
	negative:int:max=-5 hundred:int:min=100:max=129:unique opt:string:3:unique:optional price_2:money:optional:min=10 type:string:default=x`

// TestSeededRowsAreValidAndCreatedOnce seeds a resource with every type of field,
// and reads and writes the rows through the API.
func TestSeededRowsAreValidAndCreatedOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles an application")
	}
	app := newApp(t)
	for _, args := range []string{
		"make:resource Target name:string:unique --shared", "make:resource Box name:string -p --soft-delete", "make:resource Lid name:string --parent Box -p",
		"make:resource Everything -p " + everything, "make:resource News", "make:resource Seed", "make:model Count", "make:model Tx -p",
		"make:seeder Everything", "make:seeder News", "make:seeder Seed", "make:seeder Count", "make:seeder Tx",
	} {
		run(t, app, strings.Fields(args)...).want(t, 0)
	}
	valid, err := os.ReadFile(filepath.Join("testdata", "valid_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, app, "seeds/valid_test.go", string(valid))
	tool(t, app, "gofmt", "-l", ".")
	tool(t, app, "go", "vet", "./seeds")
	for name, address := range map[string]func(testing.TB) string{"SQLite": dbtest.SQLite, "PostgreSQL": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("DATABASE_URL", address(t))
			server := ""
			if name == "PostgreSQL" {
				server = os.Getenv("TEST_DATABASE_URL")
			}
			t.Setenv("TEST_DATABASE_URL", server)
			tool(t, app, "go", "test", "./seeds")
			tables := []string{"targets", "boxes", "lids", "everythings", "news", "seeds", "counts", "txes"}
			for _, step := range []struct{ args, created string }{{"db:seed --count 3", "3 new"}, {"db:seed", "7 new"}, {"db:seed", "0 new"}, {"db:seed --count 25", "15 new"}} {
				got := run(t, app, strings.Fields(step.args)...).want(t, 0)
				for _, table := range tables {
					if !strings.Contains(got.out, table+": "+step.created) {
						t.Errorf("%s: %s\n%s", step.args, table, got.out)
					}
				}
			}
		})
	}
	if list := slices.Collect(maps.Keys(read(t, app))); !slices.Contains(list, "seeds/seeds_table.go") {
		t.Error("the seeder is not in the directory seeds")
	}
}
