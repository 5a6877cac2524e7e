// Package auth manages users and authenticates them: accounts, sessions, tokens, passwords, and the guard that passes
// the current user to a handler.
package auth

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"gorm.io/gorm"

	"example.com/blog/internal/database"
	"example.com/blog/internal/outbox"
	"example.com/blog/internal/web"
)

// Options are the settings of authentication.
type Options struct {
	Name                 string   // audience of tokens; name in emails and on pages
	URL                  string   // issuer of tokens
	Keys                 [][]byte // the first signs tokens, all verify them
	Algorithm            string   // HS256, HS384 or HS512
	AccessTTL            time.Duration
	RefreshTTL           time.Duration // since the last rotation
	SessionTTL           time.Duration // since the login; rotation does not extend it
	RefreshGrace         time.Duration // how long the previous refresh token is still accepted; 0 is strict
	PasswordMinLength    int           // code points, at least 8
	RequireVerifiedEmail bool
	ResetURL             string // page for a new password; the token is appended as a fragment
	VerifyURL            string // page that verifies an email address; as above
	LimitNetworks        bool   // throttle registrations, mail requests and token guesses per network
}

// Users is the authentication module.
type Users struct {
	server  *web.Server
	options Options
	db      *gorm.DB
	log     *slog.Logger
	tokens  *tokens
	alive   *database.Lookup // looks up the user of a session
	now     func() time.Time
}

// New returns the module and registers its mails with the outbox. Routes adds its operations to the server; Run
// deletes expired rows.
func New(server *web.Server, o Options, db *gorm.DB, box *outbox.Outbox, log *slog.Logger) *Users {
	now := func() time.Time { return time.Now().UTC().Truncate(time.Millisecond) }
	u := &Users{
		server: server, options: o, db: db, log: log,
		tokens: newTokens(o, now), alive: database.NewLookup(db, &User{}, living, 3), now: now,
	}
	u.registerMails(box)
	return u
}

// body is an input or output that consists of a body only.
type body[T any] struct{ Body T }

// unauthorized is the 401 for requests without valid credentials.
func unauthorized(message string) *web.Error {
	return web.NewError(http.StatusUnauthorized, message).WithHeader("WWW-Authenticate", "Bearer")
}

// invalidToken is the 400 for any invalid token from a mailed link.
func invalidToken() *web.Error {
	return web.NewError(http.StatusBadRequest, "The link is invalid or has expired").WithCode("INVALID_TOKEN")
}

// busy turns errBusy into a 503.
func busy(err error) error {
	if errors.Is(err, errBusy) {
		return web.NewError(http.StatusServiceUnavailable, "Too many concurrent logins, try again").WithHeader("Retry-After", "3")
	}
	return err
}

func (u *Users) query(ctx context.Context) *gorm.DB { return u.db.WithContext(ctx) }

// Run deletes expired rows every hour until the context ends. Any number of replicas may run it.
func (u *Users) Run(ctx context.Context) error {
	hour := time.NewTicker(time.Hour)
	defer hour.Stop()
	for {
		if err := u.prune(ctx); err != nil && ctx.Err() == nil {
			u.log.ErrorContext(ctx, "cannot delete expired rows", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-hour.C:
		}
	}
}

func (u *Users) prune(ctx context.Context) error {
	db, now := u.query(ctx), u.now().UnixMilli()
	return errors.Join(
		db.Delete(&session{}, "expires_at <= ?", now).Error,
		db.Delete(&oneTimeToken{}, "expires_at <= ?", now).Error,
		db.Delete(&throttle{}, "reset_at <= ?", now).Error,
	)
}

// SeedUser returns the ID of a user that can own development data: the first one, or a new seed@example.com. Nobody
// knows the password of that account; it can be reset by mail.
func SeedUser(tx *gorm.DB) (id int64, err error) {
	var ids []int64
	if err := tx.Model(&User{}).Order("id").Limit(1).Pluck("id", &ids).Error; err != nil {
		return 0, err
	}
	if len(ids) > 0 {
		return ids[0], nil
	}
	hash, err := hashPassword(tx.Statement.Context, rand.Text())
	if err != nil {
		return 0, err
	}
	user := &User{Profile: Profile{Name: "Seed"}, Email: "seed@example.com", Role: "user", IsActive: true, PasswordHash: hash}
	err = tx.Create(user).Error
	return user.ID, err
}

// notFoundIs replaces gorm.ErrRecordNotFound.
func notFoundIs(err, instead error) error {
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return instead
	}
	return err
}
