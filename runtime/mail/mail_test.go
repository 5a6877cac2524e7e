package mail

import (
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestMailHasTextAndHTML shows the file driver, which writes what the SMTP driver sends.
func TestMailHasTextAndHTML(t *testing.T) {
	dir := t.TempDir()
	sender, err := New(Options{Driver: "file", Dir: dir, From: "Blog <no-reply@example.com>"}, slog.Default())
	if err != nil {
		t.Fatal(err)
	}
	message := Message{To: "anna@example.com", Subject: "Hello", Text: "in plain", HTML: "<p>in colours</p>"}
	if err := sender.Send(t.Context(), message); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []Message{{To: "a@example.com\r\nBcc: b@example.com"}, {To: "Anna <anna@example.com>"}, {To: "a@example.com", Subject: "Hi\nBcc: b@example.com"}} {
		if err := sender.Send(t.Context(), bad); err == nil {
			t.Errorf("sent %+v", bad)
		}
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.eml"))
	if err != nil || len(files) != 1 {
		t.Fatalf("the files are %v, %v", files, err)
	}
	raw, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"To: <anna@example.com>", "Subject: Hello", "in plain", "<p>in colours</p>"} {
		if !strings.Contains(string(raw), part) {
			t.Errorf("%s is missing in:\n%s", part, raw)
		}
	}
}

// TestEveryTemplateHasTextAndHTML holds for your own templates, too: NAME.txt, which begins with the subject, and NAME.html.
func TestEveryTemplateHasTextAndHTML(t *testing.T) {
	files, err := fs.Glob(templates, "templates/*")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
		if err := CheckTemplate(name); err != nil {
			t.Error(err)
		}
		text, err := fs.ReadFile(templates, "templates/"+name+".txt")
		if err == nil && !strings.HasPrefix(string(text), "Subject: ") {
			t.Errorf("%s.txt does not begin with Subject:", name)
		}
	}
}
