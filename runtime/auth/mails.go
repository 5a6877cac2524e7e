package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"fastgo/runtime/mail"
	"fastgo/runtime/outbox"
)

// The templates of this package. The first two are also the purposes of one-time tokens.
const (
	mailVerify = "verify"
	mailReset  = "reset"
	mailNotice = "password_changed"
)

// mailsPerHour limits the mails with a link to one address, because anybody can request them.
const mailsPerHour = 5

// registerMails registers functions that compose the mails when they are sent, so that the outbox never contains a
// token.
func (u *Users) registerMails(box *outbox.Outbox) {
	box.Compose(mailVerify, u.composeLink)
	box.Compose(mailReset, u.composeLink)
	box.Compose(mailNotice, u.composeNotice)
	box.Limit(mailsPerHour, mailVerify, mailReset)
}

// mailData is the data of the templates. They do not print Name: anybody can register with the address of a stranger,
// who would get that text from us.
type mailData struct {
	App     string
	Name    string // the user's name
	Link    string
	Token   string // the token in the link
	Expires string // how long the token is valid: "30 minutes"
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

// recipient locks and returns the active user with the address, or outbox.ErrUnwanted.
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

// oneTimeToken is the token of a mailed link. It is valid for one purpose and one user, while the user keeps the
// address that it was sent to.
type oneTimeToken struct {
	Hash      string `gorm:"primaryKey"` // SHA-256: the token itself is only in the mail
	Purpose   string
	UserID    int64
	Email     string
	ExpiresAt int64 // Unix milliseconds
}

// lifetime returns how long a token is valid.
func lifetime(purpose string) time.Duration {
	if purpose == mailReset {
		return 30 * time.Minute
	}
	return 24 * time.Hour
}

// issueToken creates a token of 256 random bits and revokes the previous one with the same purpose.
func (u *Users) issueToken(tx *gorm.DB, purpose string, user *User) (string, error) {
	if err := tx.Delete(&oneTimeToken{}, "user_id = ? AND purpose = ?", user.ID, purpose).Error; err != nil {
		return "", err
	}
	var random [32]byte
	rand.Read(random[:])
	token := base64.RawURLEncoding.EncodeToString(random[:])
	return token, tx.Create(&oneTimeToken{
		Hash: hashToken(token), Purpose: purpose, UserID: user.ID, Email: user.Email,
		ExpiresAt: u.now().Add(lifetime(purpose)).UnixMilli(),
	}).Error
}

// holder returns the user of a token without consuming it, or INVALID_TOKEN.
func (u *Users) holder(db *gorm.DB, purpose, token string) (*User, error) {
	var user User
	err := db.
		Joins("JOIN one_time_tokens ON one_time_tokens.user_id = users.id AND one_time_tokens.email = users.email").
		Where("one_time_tokens.hash = ? AND one_time_tokens.purpose = ? AND one_time_tokens.expires_at > ? AND users.is_active",
			hashToken(token), purpose, u.now().UnixMilli()).
		Take(&user).Error
	if err != nil {
		return nil, notFoundIs(err, invalidToken())
	}
	return &user, nil
}

// spend consumes a token in the transaction that uses it: of concurrent requests, the DELETE lets one through. It
// locks the user before the token, in the same order as setPassword.
func (u *Users) spend(tx *gorm.DB, purpose, token string) (*User, error) {
	locked := tx.Clauses(clause.Locking{Strength: "UPDATE", Table: clause.Table{Name: "users"}})
	user, err := u.holder(locked, purpose, token)
	if err != nil {
		return nil, err
	}
	spent := tx.Delete(&oneTimeToken{}, "hash = ?", hashToken(token))
	if spent.Error == nil && spent.RowsAffected != 1 {
		return nil, invalidToken()
	}
	return user, spent.Error
}

func hashToken(token string) string {
	digest := sha256.Sum256([]byte(token))
	return hex.EncodeToString(digest[:])
}
