// Package mail sends the mails of the application: by SMTP, into a folder, or
// into the log. Their texts are the files in templates, which are yours to edit.
package mail

import (
	"context"
	"fmt"
	"log/slog"
)

// Options are the settings of outgoing mail.
type Options struct {
	Driver string // smtp, file (one .eml a mail in Dir) or log
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

// Message is a mail. To is a bare address; HTML may be empty.
type Message struct {
	To      string
	Subject string
	Text    string
	HTML    string
}

// Sender delivers a message or returns an error, which does not repeat what the
// message says. It gives up when the context ends.
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
	return nil, fmt.Errorf("MAIL_DRIVER: %q was given, allowed are smtp, file and log", o.Driver)
}
