package mail

import (
	"embed"
	"fmt"
	html "html/template"
	"io"
	"io/fs"
	"strings"
	text "text/template"
)

//go:embed templates
var templates embed.FS

// CheckTemplate returns an error unless both files of the template exist.
func CheckTemplate(name string) error {
	for _, kind := range []string{".txt", ".html"} {
		if _, err := fs.Stat(templates, "templates/"+name+kind); err != nil {
			return fmt.Errorf("mail %s: mail/templates/%s%s does not exist", name, name, kind)
		}
	}
	return nil
}

// Render renders templates/NAME.txt, whose first line is the subject, and templates/NAME.html. The caller sets the
// recipient.
func Render(name string, data any) (Message, error) {
	if err := CheckTemplate(name); err != nil {
		return Message{}, err
	}
	plain, err := text.New(name+".txt").Option("missingkey=error").ParseFS(templates, "templates/"+name+".txt")
	if err != nil {
		return Message{}, fmt.Errorf("mail %s: %w", name, err)
	}
	rich, err := html.New(name+".html").Option("missingkey=error").ParseFS(templates, "templates/"+name+".html")
	if err != nil {
		return Message{}, fmt.Errorf("mail %s: %w", name, err)
	}
	written, err := execute(plain, data)
	if err != nil {
		return Message{}, err
	}
	page, err := execute(rich, data)
	if err != nil {
		return Message{}, err
	}
	first, body, _ := strings.Cut(written, "\n")
	subject, ok := strings.CutPrefix(first, "Subject: ")
	if !ok {
		return Message{}, fmt.Errorf("mail %s: the first line of the text must be %q", name, "Subject: …")
	}
	return Message{Subject: strings.TrimSpace(subject), Text: strings.TrimLeft(body, "\n"), HTML: page}, nil
}

func execute(t interface{ Execute(io.Writer, any) error }, data any) (string, error) {
	var out strings.Builder
	err := t.Execute(&out, data)
	return out.String(), err
}
