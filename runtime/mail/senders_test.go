package mail

import (
	"bytes"
	"context"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fastgo/runtime/mailtest"
)

func fileDriver(t *testing.T, dir string) Sender {
	t.Helper()
	sender, err := New(Options{Driver: "file", Dir: dir, From: "no-reply@localhost"}, slog.Default())
	if err != nil {
		t.Fatal(err)
	}
	return sender
}

func TestFileDriverWritesOneFilePerMail(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "tmp", "mail")
	sender := fileDriver(t, dir)
	subjects := []string{"one", "two", "three"}
	for _, subject := range subjects {
		m := letter()
		m.Subject = subject
		if err := sender.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for _, m := range mailtest.ReadDir(t, dir) {
		got = append(got, m.Subject)
		if m.To != "john@example.com" || m.From != "no-reply@localhost" || m.Text != letter().Text || m.HTML != letter().HTML {
			t.Errorf("got %+v", m)
		}
	}
	if !slices.Equal(got, subjects) {
		t.Errorf("in the order of their names: %v", got)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != len(subjects) {
		t.Fatalf("%v, %v", entries, err)
	}
	for _, entry := range entries {
		if info, err := entry.Info(); err != nil || info.Mode() != fs.FileMode(0o600) {
			t.Errorf("%s: %v, %v", entry.Name(), info.Mode(), err)
		}
	}
}

func TestFileDriverReportsAnInvalidDirectory(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := New(Options{Driver: "file", Dir: file, From: "no-reply@localhost"}, slog.Default())
	if err == nil || !strings.Contains(err.Error(), "MAIL_DIR") {
		t.Errorf("got %v", err)
	}
}

func TestLogDriverLogsTheText(t *testing.T) {
	var out bytes.Buffer
	sender, err := New(Options{Driver: "log", From: "no-reply@localhost"}, slog.New(slog.NewJSONHandler(&out, nil)))
	if err != nil {
		t.Fatal(err)
	}
	if err := sender.Send(t.Context(), letter()); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"john@example.com", "Grüße from the blog", "#the-token"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s is missing in %s", want, out.String())
		}
	}
}

func TestUnknownDriverAndInvalidSenderAreRejected(t *testing.T) {
	for _, cfg := range []Options{
		{Driver: "pigeon", From: "no-reply@localhost"},
		{Driver: "log", From: ""},
		{Driver: "log", From: "no address"},
		{Driver: "log", From: "a@example.com\r\nBcc: b@example.com"},
	} {
		if _, err := New(cfg, slog.Default()); err == nil {
			t.Errorf("accepted: %+v", cfg)
		}
	}
}

func TestRecipientAndSubjectCannotAddHeaders(t *testing.T) {
	server := mailtest.Start(t)
	senders := map[string]Sender{
		"smtp": newSender(t, settings(server)),
		"file": fileDriver(t, t.TempDir()),
	}
	for _, to := range []string{
		"", "john", "john@", "@example.com", "John <john@example.com>", "<john@example.com>",
		"john@example.com,jane@example.com", "john@example.com jane@example.com",
		"john@example.com\r\nBcc: jane@example.com", "john@example.com\n", "john@example.com\x00",
		"\"john\r\nBcc: jane\"@example.com", "jöhn@example.com", "john@example.com>\r\nRCPT TO:<jane@example.com",
		"john@[127.0.0.1]", "john..smith@example.com", strings.Repeat("x", 250) + "@example.com",
	} {
		refused(t, senders, Message{To: to, Subject: "s", Text: "t"})
	}
	for _, subject := range []string{"s\r\nBcc: jane@example.com", "s\nx", "s\rx", "s\x00", "s\x7f"} {
		refused(t, senders, Message{To: "john@example.com", Subject: subject, Text: "t"})
	}
	if n := server.Attempts(); n != 0 {
		t.Errorf("%d mails were offered", n)
	}
}

func refused(t *testing.T, senders map[string]Sender, m Message) {
	t.Helper()
	for name, sender := range senders {
		if err := sender.Send(t.Context(), m); err == nil {
			t.Errorf("%s sent to %q with subject %q", name, m.To, m.Subject)
		}
	}
}

func TestBodyCannotTerminateTheMailOrAddParts(t *testing.T) {
	server := mailtest.Start(t)
	m := Message{To: "john@example.com", Subject: "dots", Text: "a\n.\nMAIL FROM:<x@example.com>\n--=_boundary\n..\nFrom here\n"}
	if err := newSender(t, settings(server)).Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	if got := server.Wait(t, 1); len(got) != 1 || got[0].Text != m.Text {
		t.Errorf("got %q", got[0].Text)
	}
}

func TestNothingIsWrittenAfterTheContextEnds(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := fileDriver(t, dir).Send(ctx, letter()); err == nil || len(mailtest.ReadDir(t, dir)) != 0 {
		t.Errorf("got %v", err)
	}
}
