// Package mail sends the mails of the application: by SMTP, into a folder, or
// into the log. Their texts are the files in templates, which are yours to edit.
package mail

import (
	"context"
	"fmt"
	"log/slog"

	"example.com/blog/internal/config"
)

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

// New returns the Sender of the configured driver: smtp, file or log.
func New(cfg config.Mail, log *slog.Logger) (Sender, error) {
	from, err := parseSender(cfg.From)
	if err != nil {
		return nil, fmt.Errorf("MAIL_FROM: %w", err)
	}
	switch cfg.Driver {
	case "smtp":
		return &smtpSender{from: from, cfg: cfg.SMTP}, nil
	case "file":
		return newFileSender(from, cfg.Dir)
	case "log":
		return &logSender{log: log}, nil
	}
	return nil, fmt.Errorf("MAIL_DRIVER: %q was given, allowed are smtp, file and log", cfg.Driver)
}
