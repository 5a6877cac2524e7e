package auth

import (
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"fastgo/runtime/mail"
	"fastgo/runtime/outbox"
)

// The mails of this package: the names of their templates. For the first two it is the purpose of a token, too.
const (
	mailVerify = "verify"
	mailReset  = "reset"
	mailNotice = "password_changed"
)

// mailsPerHour is how many mails with a link an address gets, since anybody may ask for them.
const mailsPerHour = 5

// registerMails tells the outbox how to compose the mails of this package: when they are sent, so that the outbox holds no
// token.
func (u *Users) registerMails(box *outbox.Outbox) {
	box.Compose(mailVerify, u.composeLink)
	box.Compose(mailReset, u.composeLink)
	box.Compose(mailNotice, u.composeNotice)
	box.Limit(mailsPerHour, mailVerify, mailReset)
}

// mailData is what the templates may use. Name was written by a person who need not own the address: the templates leave it
// out, so that nobody can have the application mail their words to a stranger.
type mailData struct {
	App     string
	Name    string // the user's name
	Link    string
	Token   string // the bare token of the link
	Expires string // how long the token lasts, in words: "30 minutes"
}

func (u *Users) composeLink(tx *gorm.DB, row outbox.Row) (mail.Message, error) {
	user, err := recipient(tx, row.Address)
	if err != nil {
		return mail.Message{}, err
	}
	page := u.options.ResetURL
	if row.Template == mailVerify {
		page = u.options.VerifyURL
		if user.EmailVerifiedAt != nil {
			return mail.Message{}, outbox.ErrUnwanted
		}
	}
	token, err := u.issueToken(tx, row.Template, user)
	if err != nil {
		return mail.Message{}, err
	}
	return mail.Render(row.Template, mailData{
		App: u.options.Name, Name: user.Name, Link: page + "#token=" + token, Token: token, Expires: inWords(lifetime(row.Template)),
	})
}

func (u *Users) composeNotice(tx *gorm.DB, row outbox.Row) (mail.Message, error) {
	user, err := recipient(tx, row.Address)
	if err != nil {
		return mail.Message{}, err
	}
	return mail.Render(row.Template, mailData{App: u.options.Name, Name: user.Name})
}

// recipient returns the active user of an address, locked; outbox.ErrUnwanted where there is none, which nobody is told.
func recipient(tx *gorm.DB, address string) (*User, error) {
	var user User
	err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Take(&user, "email = ? AND is_active", address).Error
	return &user, notFoundIs(err, outbox.ErrUnwanted)
}

func inWords(d time.Duration) string {
	if d < time.Hour {
		return fmt.Sprintf("%d minutes", int(d.Minutes()))
	}
	return fmt.Sprintf("%d hours", int(d.Hours()))
}
