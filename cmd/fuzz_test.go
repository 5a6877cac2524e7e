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

// batch is the number of resources per application.
const batch = 50

// TestRandomSpecs creates random resources. A rejected one leaves the files
// unchanged and is named in the error; an accepted one compiles and passes its
// tests. FASTGO_FUZZ_SPECS sets the number of resources, FASTGO_FUZZ_SEED the
// seed. TestMatrix runs staticcheck on all types and modifiers.
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
				t.Log("created by:\n" + strings.Join(commands, "\n"))
			}
		})
	}
}

// fill creates random resources in an application and returns the commands that
// were accepted.
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
			t.Fatalf("%q: rejected, but files were written: %s", s.Args(), got.errors)
		case !slices.ContainsFunc(s.Args()[1:], func(arg string) bool { return names(got.errors, arg) }):
			t.Errorf("%q: the error names no argument: %s", s.Args(), got.errors)
		default:
			refused++
		}
		before = after
	}
	t.Logf("%d accepted, %d rejected", len(commands), refused)
	return commands
}

// names reports whether a message contains an argument, or the name it begins
// with in any case.
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
