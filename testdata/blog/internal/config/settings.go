package config

import (
	"io"
	"log/slog"
	netmail "net/mail"
	"time"

	"example.com/blog/internal/auth"
	"example.com/blog/internal/mail"
	"example.com/blog/internal/web"
)

const day = 24 * time.Hour

func readAuth(r *reader, server web.Options) auth.Options {
	algorithm := r.choice(r.firstSet("AUTH_ALGORITHM", "ALGORITHM"), "HS256", "HS256", "HS384", "HS512")
	accessMinutes := r.integer(r.firstSet("AUTH_ACCESS_TOKEN_EXPIRE_MINUTES", "ACCESS_TOKEN_EXPIRE_MINUTES"), 30, 1, 7*24*60)
	refreshDays := r.integer(r.firstSet("AUTH_REFRESH_TOKEN_EXPIRE_DAYS", "REFRESH_TOKEN_EXPIRE_DAYS"), 7, 1, 3650)
	return auth.Options{
		Name:                 server.Name,
		URL:                  server.URL,
		Keys:                 r.keys(r.firstSet("AUTH_SECRET_KEY", "SECRET_KEY"), algorithm),
		Algorithm:            algorithm,
		AccessTTL:            time.Duration(accessMinutes) * time.Minute,
		RefreshTTL:           time.Duration(refreshDays) * day,
		SessionTTL:           time.Duration(r.integer("AUTH_SESSION_EXPIRE_DAYS", 90, 1, 3650)) * day,
		RefreshGrace:         time.Duration(r.integer("AUTH_REFRESH_GRACE_SECONDS", 0, 0, 300)) * time.Second,
		PasswordMinLength:    r.integer("AUTH_PASSWORD_MIN_LENGTH", 8, 8, 128),
		RequireVerifiedEmail: r.boolean("AUTH_REQUIRE_VERIFIED_EMAIL", false),
		ResetURL:             r.absoluteURL("AUTH_RESET_URL", server.URL+"/password/reset"),
		VerifyURL:            r.absoluteURL("AUTH_VERIFY_URL", server.URL+"/verify-email"),
	}
}

func readMail(r *reader, production bool) mail.Options {
	m := mail.Options{
		Driver: r.choice("MAIL_DRIVER", "log", "smtp", "file", "log"),
		Dir:    r.text("MAIL_DIR", ""),
		From:   r.text("MAIL_FROM", "no-reply@localhost"),
		SMTP:   readSMTP(r),
	}
	if _, err := netmail.ParseAddress(m.From); err != nil {
		r.problem("MAIL_FROM", "%q is not an address such as Blog <no-reply@blog.example.com>", m.From)
	}
	switch {
	case m.Driver == "log" && production:
		r.problem("MAIL_DRIVER", "the default, log, would log working links: use smtp or file in production")
	case m.Driver == "file" && m.Dir == "":
		r.problem("MAIL_DIR", "not set: MAIL_DRIVER=file needs a directory for the emails")
	case m.Driver == "smtp" && m.SMTP.Host == "":
		r.problem("SMTP_HOST", "not set: MAIL_DRIVER=smtp needs the name of the mail server")
	}
	if m.Driver == "smtp" && r.env["MAIL_FROM"] == "" {
		r.problem("MAIL_FROM", "not set: MAIL_DRIVER=smtp needs a sender address")
	}
	return m
}

func readSMTP(r *reader) mail.SMTP {
	s := mail.SMTP{
		Host:     r.text("SMTP_HOST", ""),
		Username: r.text("SMTP_USERNAME", ""),
		Password: r.text("SMTP_PASSWORD", ""),
		TLS:      r.choice("SMTP_TLS", "starttls", "none", "starttls", "tls"),
	}
	usual := map[string]int{"none": 25, "starttls": 587, "tls": 465}
	s.Port = r.integer("SMTP_PORT", usual[s.TLS], 1, 65535)
	if s.Username != "" && s.Password == "" {
		r.problem("SMTP_PASSWORD", "not set, but SMTP_USERNAME is: set both or neither")
	}
	if s.Username == "" && s.Password != "" {
		r.problem("SMTP_USERNAME", "not set, but SMTP_PASSWORD is: set both or neither")
	}
	return s
}

// Log holds the settings of the log.
type Log struct {
	Format string // text or json
	Level  slog.Level
}

// Logger returns a logger that writes to w.
func (l Log) Logger(w io.Writer) *slog.Logger {
	options := &slog.HandlerOptions{Level: l.Level}
	if l.Format == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

func readLog(r *reader, production bool) Log {
	format := "text"
	if production {
		format = "json"
	}
	levels := map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}
	return Log{
		Format: r.choice("LOG_FORMAT", format, "text", "json"),
		Level:  levels[r.choice("LOG_LEVEL", "info", "debug", "info", "warn", "error")],
	}
}
