package apitest

import (
	"context"
	"path/filepath"
	"regexp"
	"slices"

	gomail "github.com/wneessen/go-mail"
)

// Mail is an email sent by the application.
type Mail struct{ To, Subject, Text, HTML string }

// Mail sends the email that is due and returns all email sent so far, oldest first.
func (a *App) Mail() []Mail {
	a.t.Helper()
	must(a.t, a.Outbox.SendDue(context.Background()))
	files, err := filepath.Glob(filepath.Join(a.Config.Mail.Dir, "*.eml"))
	must(a.t, err)
	mails := make([]Mail, len(files))
	for i, file := range files {
		mails[i], err = readMail(file)
		must(a.t, err)
	}
	return mails
}

func readMail(file string) (Mail, error) {
	read, err := gomail.EMLToMsgFromFile(file)
	if err != nil {
		return Mail{}, err
	}
	m := Mail{Subject: read.GetGenHeader(gomail.HeaderSubject)[0], To: read.GetTo()[0].Address}
	for _, part := range read.GetParts() {
		content, err := part.GetContent()
		if err != nil {
			return m, err
		}
		if part.GetContentType() == gomail.TypeTextHTML {
			m.HTML = string(content)
		} else {
			m.Text = string(content)
		}
	}
	return m, nil
}

var mailedLink = regexp.MustCompile(`https?://\S+#token=(\S+)`)

// MailedToken sends the email that is due and returns the token in the last email to
// the address.
func (a *App) MailedToken(to string) string {
	a.t.Helper()
	for _, m := range slices.Backward(a.Mail()) {
		if link := mailedLink.FindStringSubmatch(m.Text); link != nil && m.To == to {
			return link[1]
		}
	}
	a.t.Fatalf("no mail to %s has a link", to)
	return ""
}
