package cmd_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestResourcesOfTwoBranchesMerge creates resources on two branches in the same
// second, and merges them with git.
func TestResourcesOfTwoBranchesMerge(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles an application")
	}
	git := newRepository(t)
	t.Setenv("SOURCE_DATE_EPOCH", "1790000000")
	app := git.dir
	branch := func(name string, resources ...string) {
		git.run("checkout", "--quiet", "-b", name, "main")
		for _, command := range resources {
			run(t, app, append([]string{"make:resource"}, strings.Fields(command)...)...).want(t, 0)
		}
		git.commit(name)
		git.run("checkout", "--quiet", "main")
	}
	branch("tags", "Tag rank:int")
	branch("posts", "Post title:string -p", "Author")
	git.run("merge", "--quiet", "-m", "tags", "tags")
	git.run("merge", "--quiet", "-m", "posts", "posts")
	branch("reports", "AnnualReport -p")
	branch("pages", "Page", "Link -p")
	git.run("merge", "--quiet", "-m", "reports", "reports")
	git.run("merge", "--quiet", "-m", "pages", "pages")

	files := read(t, app)
	for _, line := range []string{"users.Routes()", "tag.Routes(", "post.Routes(", "author.Routes(", "annualreport.Routes(", "page.Routes(", "link.Routes("} {
		if strings.Count(files["app/routes.go"], "\t"+line) != 1 {
			t.Errorf("%s does not occur exactly once:\n%s", line, files["app/routes.go"])
		}
	}
	if list := files["migrations/migrations.go"]; strings.Index(list, "createTags()") > strings.Index(list, "createPosts()") {
		t.Errorf("the merged list should be out of order:\n%s", list)
	}
	tool(t, app, "go", "vet", "./migrations", "./app/...")
	tool(t, app, "go", "test", "./migrations", "./app/...")

	tool(t, app, "gofmt", "-w", "app/routes.go")
	tool(t, app, "gofmt", "-l", ".")
	for _, again := range []string{"Tag rank:int", "Post title:string -p", "Page"} {
		if got := run(t, app, append([]string{"make:resource"}, strings.Fields(again)...)...).want(t, 0); strings.Contains(got.out, "update") {
			t.Errorf("%s: %s", again, got.out)
		}
	}
}

// TestMergedLinesAreFormatted: a line merged next to existing ones needs no gofmt.
func TestMergedLinesAreFormatted(t *testing.T) {
	git := newRepository(t)
	app := git.dir
	run(t, app, "make:resource", "AnnualReport", "-p").want(t, 0)
	git.commit("reports")
	git.run("checkout", "--quiet", "-b", "posts")
	run(t, app, "make:resource", "Post", "-p").want(t, 0)
	git.commit("posts")
	git.run("checkout", "--quiet", "main")
	run(t, app, "make:resource", "Link").want(t, 0)
	git.commit("links")
	git.run("merge", "--quiet", "-m", "posts", "posts")
	tool(t, app, "gofmt", "-l", ".")
}

// A repository is a committed application in which git ignores the user's
// configuration.
type repository struct {
	t   *testing.T
	dir string
	env []string
}

func newRepository(t *testing.T) repository {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	r := repository{t, newApp(t), append(os.Environ(),
		"GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=Ann", "GIT_AUTHOR_EMAIL=ann@example.com", "GIT_COMMITTER_NAME=Ann", "GIT_COMMITTER_EMAIL=ann@example.com")}
	r.run("init", "--quiet", "--initial-branch=main")
	r.commit("an application")
	return r
}

func (r repository) run(args ...string) {
	r.t.Helper()
	git := exec.Command("git", args...)
	git.Dir, git.Env = r.dir, r.env
	if out, err := git.CombinedOutput(); err != nil {
		r.t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

func (r repository) commit(message string) {
	r.t.Helper()
	r.run("add", "--all")
	r.run("commit", "--quiet", "-m", message)
}
