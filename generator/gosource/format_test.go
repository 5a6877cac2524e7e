package gosource_test

import (
	"fmt"
	"go/format"
	"math/rand/v2"
	"strings"
	"testing"

	"fastgo/generator/gosource"
)

// bodies are what a function may hold above the place of the next line.
var bodies = []string{
	"users.Routes()", "users.Routes() // short", "page.Routes(api, users.Guard(), db) // a long one", "é.Routes(ü) // wide",
	"", "// a line of its own", "/* a block */", "f() /* behind */", "f( /* within */ 1) // and behind", "f(); g() // two",
	"x := 1 // assigned", "var y, z int // declared", "go f() // started", "defer f()", "L:\n\tf() // labelled",
	"if x {\n}", "if x { // opened\n\tf() // inner\n}", "f(func() {\n}) // closed", "f(func() { // opened\n})", "{\n\tf() // inner\n} // closed",
	"s := `a\n\tb` // raw", "s := `\n\ta.B() // no call\n\ta.C() // no call\n\ta.D() // no call\n\ta.E()`", "list := []int{ // opened\n\t1, // one\n} // closed",
	"_ = struct{ a int }{1} // one line", "f(1,\n\t2) // two lines", "switch x {\ncase 1: // one\n\tf() // f\n}",
}

// headers are the imports above it.
var headers = []string{
	"", "import \"fmt\"", "import (\n\t\"fmt\"\n)", "import \"fmt\"\nimport \"example.com/blog/x\"", "import ()",
	"import (\n\t\"fmt\"\n\n\t\"example.com/blog/app/a\"\n\t\"example.com/blog/internal/auth\"\n)",
	"import (\n\t\"example.com/blog/app/a\" // a\n\t\"example.com/blog/internal/auth\" // the users\n)",
	"import (\n\t\"example.com/blog/app/a\"\n\tb \"example.com/blog/app/bbbbb\" // b\n\t\"example.com/blog/app/z\"\n)",
	"import (\n\t// the users\n\t// of all\n\t\"example.com/blog/internal/auth\" // yes\n\t// web\n\t\"example.com/blog/internal/web\" // no\n)",
	"import (\n\t/* the users */\n\t\"example.com/blog/internal/auth\" // yes\n\t// last\n)", "import (\n\t\"fmt\" // out\n\t// last\n)",
	"import (\n\t\"example.com/blog/z\"; \"example.com/blog/y\")", "import (\"example.com/blog/a\" /* a\n */ \"example.com/blog/b\")",
}

// TestAddedLinesAreFormatted tries what people write above the new line:
// what gofmt leaves alone, it leaves alone afterwards.
func TestAddedLinesAreFormatted(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	tries := 0
	try := func(header string, body ...string) {
		src := header + "\n\n// routes is the whole API.\nfunc routes(users, db, api any) {\n" + strings.Join(body, "\n") + "\n}\n"
		neat, err := format.Source([]byte("package main\n\n" + src))
		if err != nil {
			t.Fatalf("%v in\n%s", err, src)
		}
		for _, src := range []string{string(neat), "package main\n\n" + src} {
			once, err := gosource.AddCall([]byte(src), app+"post", "routes", post)
			if err != nil {
				t.Fatalf("%v in\n%s", err, src)
			}
			if missing := lost(src, string(once)); missing != "" {
				t.Fatalf("lost %q in\n%s", missing, once)
			}
			twice, err := gosource.AddCall(once, app+"a/tag", "routes", tag)
			if err != nil {
				t.Fatalf("%v in\n%s", err, once)
			}
			if isNeat(src) && (!isNeat(string(once)) || !isNeat(string(twice))) {
				formatted, _ := format.Source(twice)
				t.Fatalf("no longer formatted:\n%s\nwant\n%s", twice, formatted)
			}
			tries++
		}
	}
	for _, header := range headers {
		for _, last := range bodies {
			try(header, last)
		}
	}
	for _, above := range bodies {
		for _, last := range bodies {
			try("", above, last)
		}
	}
	for range 300 {
		pick := func() string { return bodies[random.IntN(len(bodies))] }
		try(headers[random.IntN(len(headers))], pick(), pick(), pick(), pick())
	}
	t.Logf("%d files", tries)
}

// TestNoOtherLineChanges is what makes the additions of two branches mergeable.
func TestNoOtherLineChanges(t *testing.T) {
	src := strings.Replace(routes, "users.Routes()", "users.Routes() // short", 1)
	for i, line := range []string{"tag.Routes(api, db) // public", "page.Routes(api, users.Guard(), db) // anybody reads", "post.Routes(users.Guard(), db) // own"} {
		before := src
		src = add(t, src, strings.Split(line, ".")[0], line)
		for _, old := range strings.Split(before, "\n") {
			if !strings.Contains(src, old+"\n") {
				t.Errorf("line %d changed %q", i, old)
			}
		}
	}
	want := `{
	users.Routes() // short

	tag.Routes(api, db) // public

	page.Routes(api, users.Guard(), db) // anybody reads
	post.Routes(users.Guard(), db)      // own
}
`
	if !strings.HasSuffix(src, want) {
		t.Errorf("got\n%s\nwant\n%s", src, want)
	}
}

// elements are what a list may hold above the place of the next one.
var elements = []string{
	"createUsers(),", "createUsers(), // the base", "// a line of its own", "/* a block */", "", "a(), b(),", "a(), /* a */ b(), // both",
	"c(\n\t1,\n), // three lines", "&d{ // opened\n\tx: 1, // x\n},", "é(ü), // wide", "f( /* within */ 1),", "3: g(), // at 3", "4444444444444444444444444444444444444444: h(), // far",
}

func TestAddedElementsAreFormatted(t *testing.T) {
	var lists []string
	for _, one := range elements {
		lists = append(lists, "{"+one+"\n}", "{\n"+one+"\n}")
		for _, two := range elements {
			lists = append(lists, "{\n"+one+"\n"+two+"\n}", "{"+one+"\n"+two+"\n}")
			for _, three := range elements {
				lists = append(lists, "{\n"+one+"\n"+two+"\n"+three+"\n}")
			}
		}
	}
	for _, list := range append(lists, "{}", "{\n}", "{ // none\n}", "{a()}", "{a(), b()}", "{a(),\nb()}", "{\n\ta(), b()}") {
		src := "package a\n\nfunc All() []T {\n\treturn []T" + list + "\n}\n"
		neat, err := format.Source([]byte(src))
		if err != nil {
			t.Fatalf("%v in\n%s", err, src)
		}
		if _, err := format.Source(neat); err != nil {
			continue // gofmt spoils a comment between the last element and the brace
		}
		once, err := gosource.AddElement(neat, "All", "createPosts()")
		if err != nil {
			t.Fatalf("%v in\n%s", err, neat)
		}
		if missing := lost(string(neat), string(once)); missing != "" {
			t.Fatalf("lost %q in\n%s", missing, once)
		}
		if isNeat(string(neat)) && !isNeat(string(once)) {
			formatted, _ := format.Source(once)
			t.Fatalf("no longer formatted:\n%s\nwant\n%s", once, formatted)
		}
	}
}

// TestLineIsAddedAmongThousands: what is not parsed is still there,
// and the new lines are where they belong.
func TestLineIsAddedAmongThousands(t *testing.T) {
	src, imports, calls := routes, "", ""
	for i := range 3000 {
		imports += fmt.Sprintf("\t\"example.com/blog/app/p%04d\"\n", i)
		calls += fmt.Sprintf("\tp%04d.Routes(users.Guard(), db) // each user's own\n", i)
	}
	src = strings.Replace(src, "\t\"example.com/blog/internal", imports+"\t\"example.com/blog/internal", 1)
	src = strings.Replace(src, "\tusers.Routes()\n", "\tusers.Routes()\n"+calls, 1)
	got := add(t, src, "p1234x", "p1234x.Routes(api, db) // public")
	want := strings.Replace(src, "\t\"example.com/blog/app/p1235\"\n", "\t\"example.com/blog/app/p1234x\"\n\t\"example.com/blog/app/p1235\"\n", 1)
	want = strings.TrimSuffix(want, "}\n") + "\tp1234x.Routes(api, db)          // public\n}\n"
	if got != want {
		t.Errorf("got %d bytes, want %d", len(got), len(want))
	}
	if again := add(t, got, "p1234x", "p1234x.Routes(api, db) // public"); again != got {
		t.Error("added twice")
	}
	if there := add(t, src, "p2000", "p2000.Routes(api, db)"); there != src {
		t.Error("a line in the middle was not found")
	}
}
