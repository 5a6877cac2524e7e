package mail

import (
	"strings"
	"testing"
)

// linkData is what the templates with a link use.
var linkData = struct{ App, Link, Token, Expires string }{"Blog", "https://blog.example.com/x?a=1&b=2#tok-en", "tok-en", "30 minutes"}

func TestMailsWithALinkShowItAndItsToken(t *testing.T) {
	for _, name := range []string{"verify", "reset"} {
		m, err := Render(name, linkData)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(m.Subject, "Blog") || strings.HasPrefix(m.Text, "Subject") || m.To != "" {
			t.Errorf("got %+v", m)
		}
		for _, want := range []string{linkData.Link, "\n" + linkData.Token + "\n", linkData.Expires} {
			if !strings.Contains(m.Text, want) {
				t.Errorf("%q is missing in the text:\n%s", want, m.Text)
			}
		}
		for _, want := range []string{`href="https://blog.example.com/x?a=1&amp;b=2#tok-en"`, ">tok-en<", linkData.Expires} {
			if !strings.Contains(m.HTML, want) {
				t.Errorf("%q is missing in the page:\n%s", want, m.HTML)
			}
		}
	}
}

func TestHTMLIsEscaped(t *testing.T) {
	data := linkData
	data.App, data.Link = "<script>alert(1)</script>", "javascript:alert(1)"
	m, err := Render("verify", data)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(m.HTML, "<script>") || strings.Contains(m.HTML, "javascript:") {
		t.Errorf("the page holds it:\n%s", m.HTML)
	}
}

func TestRenderRejectsUnknownTemplates(t *testing.T) {
	for _, name := range []string{"", "nothing", "../mail"} {
		if _, err := Render(name, linkData); err == nil {
			t.Errorf("rendered %q", name)
		}
	}
	for _, data := range []any{struct{ App string }{"Blog"}, map[string]any{"App": "Blog"}} {
		if _, err := Render("verify", data); err == nil {
			t.Errorf("rendered without the data that the template asks for: %v", data)
		}
	}
}
