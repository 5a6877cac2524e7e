// Package mail sends email by SMTP, to a directory, or to the log. Edit the texts in
// the templates directory.
package mail

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/mail"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"
	"unicode"

	gomail "github.com/wneessen/go-mail"
)

// Options are the settings of outgoing email.
type Options struct {
	Driver string // smtp, file (an .eml file per mail in Dir) or log
	Dir    string
	From   string // an RFC 5322 address, with or without a name
	SMTP   SMTP
}

// SMTP are the settings of the mail server.
type SMTP struct {
	Host     string
	Port     int
	Username string
	Password string
	TLS      string // none, starttls (required, not opportunistic) or tls
}

// Message is an email. To is an address without a name; HTML may be empty.
type Message struct {
	To      string
	Subject string
	Text    string
	HTML    string
}

// Sender delivers a message or returns an error, which never contains the text of
// the message. It stops when the context ends.
type Sender interface {
	Send(ctx context.Context, m Message) error
}

// New returns the Sender of the driver: smtp, file or log.
func New(o Options, log *slog.Logger) (Sender, error) {
	from, err := parseSender(o.From)
	if err != nil {
		return nil, fmt.Errorf("MAIL_FROM: %w", err)
	}
	switch o.Driver {
	case "smtp":
		return &smtpSender{from: from, options: o.SMTP}, nil
	case "file":
		return newFileSender(from, o.Dir)
	case "log":
		return &logSender{log: log}, nil
	}
	return nil, fmt.Errorf("MAIL_DRIVER: %q is invalid: use smtp, file or log", o.Driver)
}

// recipientPattern matches the addresses that accounts may have.
var recipientPattern = regexp.MustCompile("^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}$")

// checkRecipient accepts only a single plain address, to prevent header injection and
// additional recipients.
func checkRecipient(address string) error {
	if len(address) > 254 || !recipientPattern.MatchString(address) {
		return errors.New("the recipient is not a plain ASCII address")
	}
	if _, err := mail.ParseAddress(address); err != nil {
		return errors.New("the recipient is not an RFC 5322 address")
	}
	return nil
}

func parseSender(from string) (*mail.Address, error) {
	address, err := mail.ParseAddress(from)
	if err != nil {
		return nil, fmt.Errorf("%q is not an address such as Blog <no-reply@blog.example.com>", from)
	}
	return address, nil
}

func domain(address *mail.Address) string {
	return address.Address[strings.LastIndex(address.Address, "@")+1:]
}

// compose encodes the message as multipart/alternative, plain text first.
func compose(from *mail.Address, m Message) (*gomail.Msg, error) {
	if err := checkRecipient(m.To); err != nil {
		return nil, err
	}
	if strings.ContainsFunc(m.Subject, unicode.IsControl) {
		return nil, errors.New("the subject contains control characters")
	}
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(from)
	msg.ToMailAddress(&mail.Address{Address: m.To})
	msg.Subject(m.Subject)
	msg.SetDate()
	msg.SetMessageIDWithValue(rand.Text() + "@" + domain(from))
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: suppresses automatic replies
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	return msg, nil
}

// fileSender writes each email to its own file; the names sort by time.
type fileSender struct {
	from *mail.Address
	dir  string
}

func newFileSender(from *mail.Address, dir string) (*fileSender, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("MAIL_DIR: %w", err)
	}
	return &fileSender{from: from, dir: dir}, nil
}

func (s *fileSender) Send(ctx context.Context, m Message) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	msg, err := compose(s.from, m)
	if err != nil {
		return err
	}
	unfinished, err := os.CreateTemp(s.dir, ".*.tmp") // mode 0600
	if err != nil {
		return fmt.Errorf("write mail: %w", err)
	}
	defer os.Remove(unfinished.Name())
	_, err = msg.WriteTo(unfinished)
	if err := errors.Join(err, unfinished.Close()); err != nil {
		return fmt.Errorf("write mail: %w", err)
	}
	name := time.Now().UTC().Format("20060102T150405.000000000Z") + "-" + rand.Text()[:8] + ".eml"
	return os.Rename(unfinished.Name(), filepath.Join(s.dir, name))
}

// logSender logs emails with their tokens, for development.
type logSender struct{ log *slog.Logger }

func (s *logSender) Send(ctx context.Context, m Message) error {
	if err := checkRecipient(m.To); err != nil {
		return err
	}
	s.log.InfoContext(ctx, "mail", "to", m.To, "subject", m.Subject, "text", m.Text)
	return nil
}
