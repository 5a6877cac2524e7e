package auth

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"fastgo/runtime/mail"
)

// errUnwanted says that a letter is not to be sent, which nobody is told.
var errUnwanted = errors.New("the mail is not wanted")

// compose writes the mail of a letter, with a new token where it carries a
// link. It returns errUnwanted where the address has no account that waits for
// the mail, or has had its share of them.
func (u *Users) compose(ctx context.Context, l *letter) (mail.Message, error) {
	data := mail.Data{App: u.options.Name}
	err := u.query(ctx).Transaction(func(tx *gorm.DB) error {
		var user User
		err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Take(&user, "email = ? AND is_active", l.Address).Error
		if err != nil {
			return notFoundIs(err, errUnwanted)
		}
		data.Name = user.Name
		if l.Purpose == mailNotice {
			return nil
		}
		data.Token, err = u.linkToken(tx, l.Purpose, &user)
		return err
	})
	if err != nil {
		return mail.Message{}, err
	}
	if data.Token != "" {
		data.Link = u.page(l.Purpose) + "#token=" + data.Token
		data.Expires = inWords(l.Purpose.lifetime())
	}
	message, err := mail.Render(string(l.Purpose), data)
	message.To = l.Address
	return message, err
}

// linkToken counts a mail and makes its token. The count comes first: a mail
// that is not sent must not kill the link of the one before.
func (u *Users) linkToken(tx *gorm.DB, p purpose, user *User) (string, error) {
	if p == mailVerify && user.EmailVerifiedAt != nil {
		return "", errUnwanted
	}
	wait, err := u.attempt(tx, mailLimit(user.Email))
	if err != nil {
		return "", err
	}
	if wait > 0 {
		return "", errUnwanted
	}
	return u.issueToken(tx, p, user)
}

// uncount gives back the share of a mail that did not leave.
func (u *Users) uncount(ctx context.Context, l *letter) error {
	if l.Purpose == mailNotice {
		return nil
	}
	return forgive(u.query(ctx), mailLimit(l.Address))
}

// page is where the link of a mail leads to.
func (u *Users) page(p purpose) string {
	if p == mailReset {
		return u.options.ResetURL
	}
	return u.options.VerifyURL
}

func inWords(d time.Duration) string {
	if d < time.Hour {
		return fmt.Sprintf("%d minutes", int(d.Minutes()))
	}
	return fmt.Sprintf("%d hours", int(d.Hours()))
}
