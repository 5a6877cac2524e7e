package cmd_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// BenchmarkMakeResource runs the command as a process in applications of
// different sizes. It reports the median of the CPU time, and its ratio to the
// smallest application. Runs alternate between the applications, so that other
// load on the machine affects all of them.
func BenchmarkMakeResource(b *testing.B) {
	binary := filepath.Join(b.TempDir(), "fastgo")
	b.Setenv("CGO_ENABLED", "0") // as the README says
	if out, err := exec.Command("go", "build", "-o", binary, "fastgo").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	small := newAppOf(b, 1)
	for _, resources := range []int{1, 100, 1000} {
		b.Run(fmt.Sprint(resources), func(b *testing.B) {
			app := newAppOf(b, resources)
			var times, smallest []time.Duration
			for b.Loop() {
				times = append(times, makePost(b, binary, app))
				smallest = append(smallest, makePost(b, binary, small))
			}
			b.ReportMetric(0, "ns/op") // would include the pause between runs
			b.ReportMetric(median(times)*1000, "cpu-ms")
			b.ReportMetric(median(times)/median(smallest), "x-of-1")
		})
	}
}

// makePost runs make:resource as a process, returns its CPU time, and removes the
// resource.
func makePost(b *testing.B, binary, app string) time.Duration {
	b.Helper()
	lists := map[string]string{"app/routes.go": "", "migrations/migrations.go": ""}
	for name := range lists {
		text, err := os.ReadFile(filepath.Join(app, name))
		if err != nil {
			b.Fatal(err)
		}
		lists[name] = string(text)
	}
	command := exec.Command(binary, "-C", app, "make:resource", "Post", "title:string", "body:text", "item:ref=Xaaaaitem", "-p")
	if out, err := command.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	takeBack(b, app)
	for name, text := range lists {
		write(b, app, name, text)
	}
	return command.ProcessState.UserTime() + command.ProcessState.SystemTime()
}

// takeBack removes the files of make:resource Post. It moves them away, since
// deleting many files can slow a file system down.
func takeBack(b *testing.B, app string) {
	b.Helper()
	migrations, err := filepath.Glob(filepath.Join(app, "migrations", "*_create_posts.go"))
	if err != nil || len(migrations) != 1 {
		b.Fatalf("%v, %v", migrations, err)
	}
	trash, err := os.MkdirTemp(filepath.Dir(app), "trash")
	if err != nil {
		b.Fatal(err)
	}
	for _, name := range append(migrations, filepath.Join(app, ".fastgo/resources/post.json"), filepath.Join(app, "app/post")) {
		if err := os.Rename(name, filepath.Join(trash, filepath.Base(name))); err != nil {
			b.Fatal(err)
		}
	}
}

// median returns the median in seconds.
func median(times []time.Duration) float64 {
	slices.Sort(times)
	return times[len(times)/2].Seconds()
}

// newAppOf creates an application with many resources, by repeating the files and
// lines of one.
func newAppOf(b *testing.B, resources int) string {
	b.Helper()
	app := newApp(b)
	before := read(b, app)
	run(b, app, "make:resource", "Xaaaaitem", "title:string", "-p").want(b, 0)
	after := read(b, app)
	migrations, err := filepath.Glob(filepath.Join(app, "migrations", "*_create_xaaaaitems.go"))
	if err != nil || len(migrations) != 1 {
		b.Fatalf("%v, %v", migrations, err)
	}
	stamp := filepath.Base(migrations[0])[:14]
	first, err := time.Parse("20060102150405", stamp)
	if err != nil {
		b.Fatal(err)
	}
	for name, text := range after {
		if old, edited := before[name]; edited && old != text {
			write(b, app, name, repeatLines(text, resources))
			continue
		} else if edited {
			continue
		}
		for i := range resources {
			copied := strings.NewReplacer("aaaa", letters(i), stamp, first.Add(time.Duration(i)*time.Second).Format("20060102150405"))
			write(b, app, copied.Replace(name), withReferences(name, copied.Replace(text), i, resources))
		}
	}
	return app
}

// chainLength is the length of a chain of references.
const chainLength = 12

// withReferences makes copy i of a resource reference the next three in its chain, in
// its spec and its struct.
func withReferences(name, text string, i, resources int) string {
	for j := min(i+3, i-i%chainLength+chainLength-1, resources-1); j > i; j-- {
		item := "x" + letters(j) + "item"
		switch {
		case strings.HasSuffix(name, ".json"):
			text = strings.Replace(text, `"title:string"`, fmt.Sprintf("\"title:string\",\n    \"%s:ref=X%s\"", item, item[1:]), 1)
		case strings.HasSuffix(name, "aaaaitem.go"):
			text = strings.Replace(text, "type Fields struct {", fmt.Sprintf("type Fields struct {\n\tX%sID int64 `json:\"%s_id\" minimum:\"1\" list:\"equal\"`", item[1:], item), 1)
		}
	}
	return text
}

// repeatLines repeats each line that contains the resource's name.
func repeatLines(text string, times int) string {
	var all strings.Builder
	for line := range strings.Lines(text) {
		if !strings.Contains(line, "aaaa") {
			all.WriteString(line)
			continue
		}
		for i := range times {
			all.WriteString(strings.ReplaceAll(line, "aaaa", letters(i)))
		}
	}
	return all.String()
}

// letters writes a number in letters.
func letters(i int) string {
	spelled := []byte(fmt.Sprintf("%04d", i))
	for j := range spelled {
		spelled[j] += 'a' - '0'
	}
	return string(spelled)
}
