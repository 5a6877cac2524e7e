package gosource

import (
	"bytes"
	"strings"
	"testing"
)

// rows are lines that a fold leaves out where they belong, and must not miss
// where they do not.
func rows(line string) string { return strings.Repeat(line+"\n", 5) }

// FuzzFold: leaving lines out changes nothing about what is added, and where.
func FuzzFold(f *testing.F) {
	for _, src := range []string{
		"import (\n" + rows("\t\"x/app/a\"") + rows("\t\"x/app/z\"") + ")\nfunc routes(api, db any) {\n" + rows("\ta.Routes(api, db) // public") + "}\n",
		"import (\n" + rows("\t\"x/app/z\"") + rows("\t\"x/app/a\"") + ")\nfunc routes(api, db any) {}\n",
		"func routes(api, db any) {\n\ts := `\n" + rows("\ta.Routes(api)") + "`\n}\n",
		"func routes(api, db any) {\n/*\n" + rows("\ta.Routes(api)") + "*/\n}\n",
		"func routes(api, db any) {\n\ts := 1 +\n" + rows("\ta.Routes(api)") + "}\n",
		"func routes(api, db any) {\n\tf(\n" + rows("\t\ta(),") + "\t)\n}\n",
		"func routes(api, db any) {\n" + rows("\ta.Routes(api, \"admin\")") + "\ta.Routes()}",
		"func routes(api, db any) {\n" + rows("\ta.Routes(api))(") + "}",
		rows("\ta.Routes(api)") + "func routes(api, db any) {}",
		"type t interface {\n" + rows("\ta.B") + "}\nfunc routes(api, db any) {}",
	} {
		f.Add("package main\n" + src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		whole, err := parse([]byte(src), "", "")
		if err != nil {
			return // folded, it may pass for valid
		}
		folded, err := parse([]byte(src), "post", "x/app/post")
		if err != nil {
			t.Fatalf("%v in %q", err, folded.src)
		}
		want, wantErr := whole.addCall("x/app/post", "routes", "post.Routes(api, db) // public")
		got, err := folded.addCall("x/app/post", "routes", "post.Routes(api, db) // public")
		if (err == nil) != (wantErr == nil) || !bytes.Equal(got, want) {
			t.Errorf("got %q, %v\nwant %q, %v\nof %q", got, err, want, wantErr, folded.src)
		}
	})
}

func TestRunOfLinesIsFoldedToItsEnds(t *testing.T) {
	imports := "\t\"x/app/a\"\n\t\"x/app/b\"\n\t\"x/app/c\"\n\t\"x/app/q\"\n\t\"x/app/r\"\n\t\"x/app/s\"\n"
	src := "import (\n" + imports + ")\n" + rows("\ta.Routes(users.Guard().Role(\"admin\"), db) // admins") + "}\n" + rows("\t\tcreateA(),")
	short, cuts := fold([]byte(src), "post", "x/app/post")
	want := "import (\n\t\"x/app/a\"\n\t\"x/app/c\"\n\t\"x/app/q\"\n\t\"x/app/s\"\n)\n" +
		strings.Repeat("\ta.Routes(users.Guard().Role(\"admin\"), db) // admins\n", 2) + "}\n\t\tcreateA(),\n\t\tcreateA(),\n"
	if string(short) != want {
		t.Errorf("got\n%s\nwant\n%s", short, want)
	}
	if at := unfold(len(short), cuts); at != len(src) {
		t.Errorf("the end is at %d, want %d", at, len(src))
	}
}
