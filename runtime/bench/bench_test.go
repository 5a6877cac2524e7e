package bench

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fastgo/cmd"
)

// TestRivalBehavesTheSame: the handwritten operations must do the same work as the
// generated ones.
func TestRivalBehavesTheSame(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles an application")
	}
	app := writeApp(t)
	goTest(t, app, os.Getenv("TEST_DATABASE_URL"))
}

// BenchmarkHandlers reports the throughput of generated operations relative to
// handwritten ones, for one client and for eight concurrent ones.
func BenchmarkHandlers(b *testing.B) {
	app := writeApp(b)
	for _, database := range []struct{ name, address string }{
		{"SQLite", ""},
		{"PostgreSQL", os.Getenv("TEST_DATABASE_URL")},
	} {
		b.Run(database.name, func(b *testing.B) {
			if database.name == "PostgreSQL" && database.address == "" {
				b.Skip("TEST_DATABASE_URL is unset")
			}
			for b.Loop() {
				out := goTest(b, app, database.address, "-run=^$", "-bench=Handlers", "-benchtime=6s")
				report(b, out)
			}
		})
	}
}

// writeApp generates an application with posts and adds the handwritten rival.
func writeApp(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "bench")
	for _, args := range [][]string{
		{"new", dir, "--no-git"},
		{"-C", dir, "make:resource", "Post", "title:string:max=200", "body:text", "published:bool", "-p"},
	} {
		var out bytes.Buffer
		if code := cmd.Run(args, strings.NewReader(""), &out, &out); code != 0 {
			t.Fatalf("fastgo %s: exit code %d\n%s", strings.Join(args, " "), code, &out)
		}
	}
	must(t, os.CopyFS(filepath.Join(dir, "app", "rival"), os.DirFS(filepath.Join("testdata", "rival"))))
	return dir
}

// goTest runs the tests of the rival on a database, SQLite if the address is empty,
// and returns their output.
func goTest(t testing.TB, app, database string, args ...string) string {
	t.Helper()
	test := exec.Command("go", slices.Concat([]string{"test"}, args, []string{"./app/rival"})...)
	test.Dir, test.Env = app, append(os.Environ(), "GOWORK=off", "TEST_DATABASE_URL="+database)
	out, err := test.CombinedOutput()
	if err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(test.Args[1:], " "), err, out)
	}
	return string(out)
}

var (
	benchmark = regexp.MustCompile(`(?m)^BenchmarkHandlers/(\S+)-\d+\s.*$`)
	metric    = regexp.MustCompile(`(\S+) (%ofbyhand|µs/\S+)`)
)

// report passes on the metrics of the application's benchmark.
func report(b *testing.B, out string) {
	b.Helper()
	lines := benchmark.FindAllStringSubmatch(out, -1)
	if len(lines) == 0 {
		b.Fatalf("no benchmark has run:\n%s", out)
	}
	for _, line := range lines {
		for _, m := range metric.FindAllStringSubmatch(line[0], -1) {
			value, err := strconv.ParseFloat(m[1], 64)
			must(b, err)
			b.ReportMetric(value, line[1]+":"+m[2])
		}
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
