package mutation

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fastgo/cmd"
)

// resources are the resources of the mutated application. Together they have every
// access mode, an owned and a public parent, references to rows of each kind, and
// every rule of a field.
func resources() []string {
	return []string{
		"Category name:string:unique:sort --role admin",
		"Topic name:string:50:unique --shared",
		"Event name:string:index mail:email:optional ip:ip key:uuid url:url:optional weight:float:gt=0:lt=10 level:percent:gt=5 " +
			"size:decimal:4.2 seats:int:gt=1:lt=9 day:date:filter at:datetime:optional:sort doc:json:optional",
		"Post title:string:max=200:sort:filter:search slug:slug:unique body:text:search status:enum:draft,published:default=draft " +
			"stars:int:min=1:max=5:filter price:money:optional:min=0.01 published:bool next:ref=Post:optional -p --soft-delete",
		"Comment body:text code:int:unique --parent Post -p",
		"Page title:string:unique=global posted:date category:ref=Category:optional kind:string:immutable note:string:readonly pin:string:hidden --public-read",
		"Reply body:string:2:search at:datetime:sort --parent Page --shared",
		"Task name:string post:ref=Post topic:belongs=Topic:optional -p",
	}
}

// An application is one in a folder, as its sources stand there or as an
// overlay shows them.
type application struct{ dir, tests string }

// write generates the application.
func write(t *testing.T) application {
	t.Helper()
	a := application{filepath.Join(t.TempDir(), "blog"), t.TempDir()}
	fastgo(t, "new", a.dir, "--no-git")
	for _, resource := range resources() {
		fastgo(t, append([]string{"-C", a.dir, "make:resource"}, strings.Fields(resource)...)...)
	}
	return a
}

// fastgo runs a command as a user does and ends the test unless it succeeds.
func fastgo(t *testing.T, args ...string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if code := cmd.Run(args, strings.NewReader(""), &stdout, &stderr); code != 0 {
		t.Fatalf("fastgo %s: exit code %d\n%s%s", strings.Join(args, " "), code, &stdout, &stderr)
	}
}

// build compiles the tests of packages. The build does not depend on the directory,
// so that the next run can use the cache.
func (a application) build(t *testing.T, overlay, to string, packages ...string) {
	t.Helper()
	args := []string{"test", "-c", "-o", to, "-overlay", overlay, "-vet=off", "-trimpath", "-gcflags=./...=-N -l", "-ldflags=-s -w"}
	program := exec.Command("go", append(args, packages...)...)
	program.Dir, program.Env = a.dir, append(os.Environ(), "GOWORK=off")
	if output, err := program.CombinedOutput(); err != nil {
		t.Fatalf("does not compile:\n%s", output)
	}
}

// run executes a test binary with a mutant by number; 0 is none.
func (a application) run(binary, pkg, database string, mutant string) (said string, err error) {
	program := exec.Command(binary, "-test.failfast", "-test.timeout=1m")
	program.Dir = filepath.Join(a.dir, filepath.FromSlash(pkg))
	program.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, databaseVariable+"=") })
	program.Env = append(program.Env, databaseVariable+"="+database, mutantVariable+"="+mutant)
	output, err := program.CombinedOutput()
	return string(output), err
}

const (
	databaseVariable = "TEST_DATABASE_URL"
	mutantVariable   = "FASTGO_MUTANT"
)

// binary returns the path of the test binary of a package.
func (a application) binary(pkg string) string {
	return filepath.Join(a.tests, filepath.Base(pkg)+".test")
}

// packages returns the packages whose tests are run.
func (a application) packages(mutants []mutant) []string {
	var all []string
	for _, m := range mutants {
		all = append(all, m.tests)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
