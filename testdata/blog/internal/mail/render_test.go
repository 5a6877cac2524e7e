package mail

import (
	"io/fs"
	"path"
	"strings"
	"testing"
)

func TestEachTemplateIsAPairThatSaysWhatItHas(t *testing.T) {
	data := Data{App: "Blog", Name: "John", Link: "https://blog.example.com/x?a=1&b=2#tok-en", Token: "tok-en", Expires: "30 minutes"}
	files, err := fs.Glob(templates, "templates/*.txt")
	if err != nil || len(files) < 3 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(path.Base(file), ".txt")
		t.Run(name, func(t *testing.T) {
			m, err := Render(name, data)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(m.Subject, "Blog") || strings.HasPrefix(m.Text, "Subject") || m.To != "" {
				t.Errorf("got %+v", m)
			}
			if name == "password_changed" {
				return
			}
			for _, want := range []string{data.Link, "\n" + data.Token + "\n", data.Expires} {
				if !strings.Contains(m.Text, want) {
					t.Errorf("%q is missing in the text:\n%s", want, m.Text)
				}
			}
			for _, want := range []string{`href="https://blog.example.com/x?a=1&amp;b=2#tok-en"`, ">tok-en<", data.Expires} {
				if !strings.Contains(m.HTML, want) {
					t.Errorf("%q is missing in the page:\n%s", want, m.HTML)
				}
			}
		})
	}
}

func TestHTMLIsEscaped(t *testing.T) {
	m, err := Render("verify", Data{App: "<script>alert(1)</script>", Link: "javascript:alert(1)"})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(m.HTML, "<script>") || strings.Contains(m.HTML, "javascript:") {
		t.Errorf("the page holds it:\n%s", m.HTML)
	}
}

func TestRenderRefusesWhatItDoesNotKnow(t *testing.T) {
	for _, name := range []string{"", "welcome", "../mail"} {
		if _, err := Render(name, Data{}); err == nil {
			t.Errorf("rendered %q", name)
		}
	}
	if _, err := Render("verify", struct{ App string }{"Blog"}); err == nil {
		t.Error("rendered without the data that the template asks for")
	}
}
