package mailtest

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Received is a decoded email.
type Received struct {
	From    string // address only
	To      string
	Subject string
	Text    string
	HTML    string
	Header  mail.Header
	Parts   []string // content types, in order
	Raw     []byte

	EnvelopeFrom string // SMTP only
	EnvelopeTo   []string
}

// ReadDir returns the emails written by the file driver, oldest first. A missing
// directory has none.
func ReadDir(t testing.TB, dir string) []Received {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.eml")) // sorted
	if err != nil {
		t.Fatal(err)
	}
	var messages []Received
	for _, name := range names {
		raw, err := os.ReadFile(name) // #nosec G304 -- a file of a test, which names the folder
		if err != nil {
			t.Fatal(err)
		}
		message, err := parse(raw)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		messages = append(messages, message)
	}
	return messages
}

func parse(raw []byte) (Received, error) {
	message, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return Received{}, err
	}
	r := Received{Header: message.Header, Raw: raw}
	if r.From, err = onlyAddress(message.Header, "From"); err != nil {
		return r, err
	}
	if r.To, err = onlyAddress(message.Header, "To"); err != nil {
		return r, err
	}
	if r.Subject, err = new(mime.WordDecoder).DecodeHeader(message.Header.Get("Subject")); err != nil {
		return r, fmt.Errorf("subject: %w", err)
	}
	kind, params, err := mime.ParseMediaType(message.Header.Get("Content-Type"))
	if err != nil {
		return r, fmt.Errorf("content type: %w", err)
	}
	if !strings.HasPrefix(kind, "multipart/") {
		return r, r.add(message.Header.Get, message.Body)
	}
	parts := multipart.NewReader(message.Body, params["boundary"])
	for {
		part, err := parts.NextRawPart()
		if err == io.EOF {
			return r, nil
		}
		if err != nil {
			return r, err
		}
		if err := r.add(part.Header.Get, part); err != nil {
			return r, err
		}
	}
}

func (r *Received) add(header func(string) string, body io.Reader) error {
	kind, _, err := mime.ParseMediaType(header("Content-Type"))
	if err != nil {
		return fmt.Errorf("content type: %w", err)
	}
	if strings.EqualFold(header("Content-Transfer-Encoding"), "quoted-printable") {
		body = quotedprintable.NewReader(body)
	}
	content, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	text := strings.ReplaceAll(string(content), "\r\n", "\n")
	r.Parts = append(r.Parts, kind)
	switch kind {
	case "text/plain":
		r.Text = text
	case "text/html":
		r.HTML = text
	}
	return nil
}

func onlyAddress(header mail.Header, name string) (string, error) {
	list, err := header.AddressList(name)
	if err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	if len(list) != 1 || len(header[name]) != 1 {
		return "", fmt.Errorf("%s has %d addresses in %d lines", name, len(list), len(header[name]))
	}
	return list[0].Address, nil
}
