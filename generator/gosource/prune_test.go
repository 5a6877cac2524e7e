package gosource_test

import (
	"go/format"
	"testing"

	"fastgo/generator/gosource"
)

func TestFormatRemovesUnusedImports(t *testing.T) {
	const imports = "import (\n\t\"fmt\"\n\t\"example.com/z\"\n\t\"io\"\n\t\"os\"\n\n\t\"gorm.io/gorm\"\n\t\"example.com/huma/v2\"\n\n\t_ \"example.com/driver\"\n)\n"
	tests := map[string]struct{ imports, code, want string }{
		"of each group": {imports, "fmt.Println(z.A, huma.B, gorm.C)",
			"import (\n\t\"example.com/z\"\n\t\"fmt\"\n\n\t\"example.com/huma/v2\"\n\t\"gorm.io/gorm\"\n\n\t_ \"example.com/driver\"\n)\n\n"},
		"whole groups":   {imports, "huma.B()", "import (\n\t\"example.com/huma/v2\"\n\n\t_ \"example.com/driver\"\n)\n\n"},
		"all but one":    {"import (\n\t\"fmt\"\n\t\"io\"\n)\n", "fmt.Println()", "import \"fmt\"\n\n"},
		"all":            {"import (\n\t\"fmt\"\n\t\"io\"\n)\n", "println()", ""},
		"an only one":    {"import \"fmt\"\n", "println()", ""},
		"one of a name":  {"import f \"fmt\"\n", "f.Println()", "import f \"fmt\"\n\n"},
		"behind a value": {"import \"fmt\"\n", "x.fmt.Println()", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			rest := "// F uses io.Writer in its comment, and os.Args in a text.\nfunc F( ) {\n\n" + test.code + "\nprintln(\"os.Args\") // io.EOF\n}\n"
			got, err := gosource.Format([]byte("package a\n\n" + test.imports + rest))
			if err != nil {
				t.Fatal(err)
			}
			want, err := format.Source([]byte("package a\n\n" + test.want + rest))
			if err != nil || string(got) != string(want) {
				t.Errorf("%v: got\n%s\nwant\n%s", err, got, want)
			}
		})
	}
}
