package mail

import (
	"embed"
	"fmt"
	html "html/template"
	"io"
	"strings"
	text "text/template"
)

//go:embed templates
var templates embed.FS

// Data is what the templates of this package may use. Name is what a person
// wrote who need not own the address: the templates leave it out, so that nobody
// can have the application mail his words to a stranger.
type Data struct {
	App     string // APP_NAME
	Name    string // the user's name
	Link    string
	Token   string // the bare token of the link
	Expires string // how long the token lasts, in words: "30 minutes"
}

// Render fills in the mail templates/NAME.txt, whose first line is its subject,
// and templates/NAME.html. The recipient is left to the caller.
func Render(name string, data any) (Message, error) {
	plain, err := text.ParseFS(templates, "templates/"+name+".txt")
	if err != nil {
		return Message{}, fmt.Errorf("mail %s: %w", name, err)
	}
	rich, err := html.ParseFS(templates, "templates/"+name+".html")
	if err != nil {
		return Message{}, fmt.Errorf("mail %s: %w", name, err)
	}
	letter, err := execute(plain, data)
	if err != nil {
		return Message{}, err
	}
	page, err := execute(rich, data)
	if err != nil {
		return Message{}, err
	}
	first, body, _ := strings.Cut(letter, "\n")
	subject, ok := strings.CutPrefix(first, "Subject: ")
	if !ok {
		return Message{}, fmt.Errorf("mail %s: the first line of the text is not %q", name, "Subject: …")
	}
	return Message{Subject: strings.TrimSpace(subject), Text: strings.TrimLeft(body, "\n"), HTML: page}, nil
}

func execute(t interface{ Execute(io.Writer, any) error }, data any) (string, error) {
	var out strings.Builder
	err := t.Execute(&out, data)
	return out.String(), err
}
