package cmd_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fastgo/generator/field"
	"fastgo/generator/spectest"
)

// batch is how many resources one application is filled with.
const batch = 50

// TestRandomSpecs: what is refused leaves the tree as it is and is told by its
// name; what is accepted compiles, and its tests pass. FASTGO_FUZZ_SPECS=2000
// makes so many resources, FASTGO_FUZZ_SEED=7 others. What staticcheck says of
// the types and modifiers is seen in TestMatrix; of names, in a long run.
func TestRandomSpecs(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles an application")
	}
	wanted, seed := setting(t, "FASTGO_FUZZ_SPECS", batch), setting(t, "FASTGO_FUZZ_SEED", 1)
	for i := range (wanted + batch - 1) / batch {
		t.Run(fmt.Sprintf("seed %d", seed+i), func(t *testing.T) {
			app := newApp(t)
			commands := fill(t, app, uint64(seed+i), min(batch, wanted-i*batch))
			tool(t, app, "gofmt", "-l", ".")
			tool(t, app, "go", "vet", "./...")
			if wanted > batch {
				tool(t, app, "go", "run", staticcheck, "./...")
			}
			tool(t, app, "go", "test", "-vet=off", "./app/...", "./migrations", ".")
			if t.Failed() {
				t.Log("made by:\n" + strings.Join(commands, "\n"))
			}
		})
	}
}

// fill makes so many random resources in an application, and returns the
// commands that were accepted.
func fill(t *testing.T, app string, seed uint64, wanted int) (commands []string) {
	random := spectest.New(seed, func(arg string) bool {
		_, err := field.Parse([]string{arg})
		return err == nil
	})
	before, refused := read(t, app), 0
	for len(commands) < wanted {
		s := random.Spec()
		got := run(t, app, s.Args()...)
		after := read(t, app)
		switch {
		case got.code == 0:
			commands = append(commands, "fastgo "+strings.Join(quoted(s.Args()), " "))
			random.Made(s)
		case got.code != 4 && got.code != 2:
			t.Fatalf("%q: exit code %d\n%s%s", s.Args(), got.code, got.out, got.errors)
		case !maps.Equal(after, before):
			t.Fatalf("%q: refused, but something was written: %s", s.Args(), got.errors)
		case !slices.ContainsFunc(s.Args()[1:], func(arg string) bool { return names(got.errors, arg) }):
			t.Errorf("%q: no word of it is in %s", s.Args(), got.errors)
		default:
			refused++
		}
		before = after
	}
	t.Logf("%d were accepted, %d refused", len(commands), refused)
	return commands
}

// names reports whether a message tells an argument, or the name that it begins
// with in another spelling.
func names(message, arg string) bool {
	plain := func(text string) string {
		return strings.NewReplacer("_", "", "-", "", " ", "").Replace(strings.ToLower(text))
	}
	if strings.Contains(message, strconv.Quote(arg)) || arg != "" && strings.Contains(message, arg) {
		return true
	}
	name, _, _ := strings.Cut(plain(arg), ":")
	name = strings.TrimSuffix(strings.TrimSuffix(name, "s"), "id")
	return name != "" && strings.Contains(plain(message), name)
}

func quoted(words []string) []string {
	var all []string
	for _, word := range words {
		if strings.ContainsAny(word, " \t\n'\"?*;&|<>()$`\\#") {
			word = strconv.Quote(word)
		}
		all = append(all, word)
	}
	return all
}

func setting(t *testing.T, name string, otherwise int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("%s=%q is not a number", name, text)
	}
	return n
}
