package config

import (
	netmail "net/mail"

	"fastgo/runtime/mail"
)

func readMail(r *reader, production bool) mail.Options {
	m := mail.Options{
		Driver: r.choice("MAIL_DRIVER", "log", "smtp", "file", "log"),
		Dir:    r.text("MAIL_DIR", ""),
		From:   r.text("MAIL_FROM", "no-reply@localhost"),
		SMTP:   readSMTP(r),
	}
	if _, err := netmail.ParseAddress(m.From); err != nil {
		r.problem("MAIL_FROM", "%q was given, allowed is an address such as Blog <no-reply@blog.example.com>", m.From)
	}
	switch {
	case m.Driver == "log" && production:
		r.problem("MAIL_DRIVER", "it is log, the default, which writes mailed links into the log; production needs smtp or file")
	case m.Driver == "file" && m.Dir == "":
		r.problem("MAIL_DIR", "it is not set; MAIL_DRIVER=file needs the folder to write mails to")
	case m.Driver == "smtp" && m.SMTP.Host == "":
		r.problem("SMTP_HOST", "it is not set; MAIL_DRIVER=smtp needs the mail server's name")
	}
	if m.Driver == "smtp" && r.env["MAIL_FROM"] == "" {
		r.problem("MAIL_FROM", "it is not set; MAIL_DRIVER=smtp needs the address that mails come from")
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
	s.Port = r.number("SMTP_PORT", usual[s.TLS], 1, 65535)
	if s.Username != "" && s.Password == "" {
		r.problem("SMTP_PASSWORD", "it is not set, but SMTP_USERNAME is; set both or none")
	}
	if s.Username == "" && s.Password != "" {
		r.problem("SMTP_USERNAME", "it is not set, but SMTP_PASSWORD is; set both or none")
	}
	return s
}
