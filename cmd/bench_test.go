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

// BenchmarkMakeResource starts the command as a user does and reports the
// median of its process time, in applications of different sizes.
func BenchmarkMakeResource(b *testing.B) {
	binary := filepath.Join(b.TempDir(), "fastgo")
	if out, err := exec.Command("go", "build", "-o", binary, "fastgo").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	var smallest float64
	for _, resources := range []int{1, 100, 1000} {
		b.Run(fmt.Sprint(resources), func(b *testing.B) {
			app := newAppOf(b, resources)
			lists := map[string]string{"routes.go": "", "migrations/migrations.go": ""}
			for name := range lists {
				text, err := os.ReadFile(filepath.Join(app, name))
				if err != nil {
					b.Fatal(err)
				}
				lists[name] = string(text)
			}
			var times []time.Duration
			for b.Loop() {
				command := exec.Command(binary, "-C", app, "make:resource", "Post", "title:string", "body:text", "-p")
				if out, err := command.CombinedOutput(); err != nil {
					b.Fatalf("%v\n%s", err, out)
				}
				times = append(times, command.ProcessState.UserTime()+command.ProcessState.SystemTime())
				b.StopTimer()
				restore(b, app, lists)
				b.StartTimer()
			}
			slices.Sort(times)
			median := times[len(times)/2].Seconds() * 1000
			if resources == 1 {
				smallest = median
			}
			b.ReportMetric(median, "cpu-ms")
			b.ReportMetric(median/smallest, "x-of-1")
		})
	}
}

// newAppOf writes an application of so many resources: one is made, and its
// files and lines are repeated.
func newAppOf(b *testing.B, resources int) string {
	b.Helper()
	app := newApp(b)
	before := read(b, app)
	run(b, app, "make:resource", "Xaaaaitem", "title:string", "-p").want(b, 0)
	after := read(b, app)
	made, err := filepath.Glob(filepath.Join(app, "migrations", "*_create_xaaaaitems.go"))
	if err != nil || len(made) != 1 {
		b.Fatalf("%v, %v", made, err)
	}
	stamp := filepath.Base(made[0])[:14]
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
			write(b, app, copied.Replace(name), copied.Replace(text))
		}
	}
	return app
}

// repeatLines repeats each line that names the resource.
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

// letters spells a number.
func letters(i int) string {
	spelled := []byte(fmt.Sprintf("%04d", i))
	for j := range spelled {
		spelled[j] += 'a' - '0'
	}
	return string(spelled)
}

// restore undoes make:resource Post. It moves the files away, since a file
// system may be slow where many were just deleted.
func restore(b *testing.B, app string, lists map[string]string) {
	b.Helper()
	made, err := filepath.Glob(filepath.Join(app, "migrations", "*_create_posts.go"))
	if err != nil || len(made) != 1 {
		b.Fatalf("%v, %v", made, err)
	}
	trash, err := os.MkdirTemp(filepath.Dir(app), "trash")
	if err != nil {
		b.Fatal(err)
	}
	for _, name := range append(made, filepath.Join(app, ".fastgo/resources/post.json"), filepath.Join(app, "app/post")) {
		if err := os.Rename(name, filepath.Join(trash, filepath.Base(name))); err != nil {
			b.Fatal(err)
		}
	}
	for name, text := range lists {
		write(b, app, name, text)
	}
}
