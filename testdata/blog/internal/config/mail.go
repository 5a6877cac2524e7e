package config

import "net/mail"

// Mail holds the settings of outgoing mail.
type Mail struct {
	Driver string // smtp, file (an .eml file per mail in Dir) or log
	Dir    string
	From   string // an RFC 5322 address, with or without a name
	SMTP   SMTP
}

// SMTP holds the settings of the mail server.
type SMTP struct {
	Host     string
	Port     int
	Username string
	Password string
	TLS      string // none, starttls (required, not opportunistic) or tls
}

func readMail(r *reader, production bool) Mail {
	m := Mail{
		Driver: r.choice("MAIL_DRIVER", "log", "smtp", "file", "log"),
		Dir:    r.text("MAIL_DIR", ""),
		From:   r.text("MAIL_FROM", "no-reply@localhost"),
		SMTP:   readSMTP(r),
	}
	if _, err := mail.ParseAddress(m.From); err != nil {
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

func readSMTP(r *reader) SMTP {
	s := SMTP{
		Host:     r.text("SMTP_HOST", ""),
		Username: r.text("SMTP_USERNAME", ""),
		Password: r.text("SMTP_PASSWORD", ""),
		TLS:      r.choice("SMTP_TLS", "starttls", "none", "starttls", "tls"),
	}
	usual := map[string]int{"none": 25, "starttls": 587, "tls": 465}
	s.Port = r.number("SMTP_PORT", usual[s.TLS], 1, 65535)
	if s.Username != "" && s.Password == "" {
		r.problem("SMTP_PASSWORD", "not set, but SMTP_USERNAME is: set both or neither")
	}
	if s.Username == "" && s.Password != "" {
		r.problem("SMTP_USERNAME", "not set, but SMTP_PASSWORD is: set both or neither")
	}
	return s
}
