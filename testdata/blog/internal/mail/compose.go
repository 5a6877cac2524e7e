package mail

import (
	"crypto/rand"
	"errors"
	"net/mail"
	"strings"
	"unicode"

	gomail "github.com/wneessen/go-mail"
)

// compose writes the message as multipart/alternative, the plain text first.
func compose(from *mail.Address, m Message) (*gomail.Msg, error) {
	if err := checkRecipient(m.To); err != nil {
		return nil, err
	}
	if strings.ContainsFunc(m.Subject, unicode.IsControl) {
		return nil, errors.New("the subject holds control characters")
	}
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(from)
	msg.ToMailAddress(&mail.Address{Address: m.To})
	msg.Subject(m.Subject)
	msg.SetDate()
	msg.SetMessageIDWithValue(rand.Text() + "@" + domain(from))
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no answers from absent people
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	return msg, nil
}
