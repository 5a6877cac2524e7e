// Package auth is who the users are and what proves it: accounts, sessions,
// tokens, passwords, and the guard that gives a handler its current user.
package auth

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"gorm.io/gorm"

	"example.com/blog/internal/config"
	"example.com/blog/internal/database"
	"example.com/blog/internal/mail"
	"example.com/blog/internal/web"
)

// Users is the auth module of an application.
type Users struct {
	server *web.Server
	config config.Config
	db     *gorm.DB
	mail   mail.Sender
	log    *slog.Logger
	tokens *tokens
	alive  *database.Lookup // the user of a session
	now    func() time.Time
	wake   chan struct{} // tells the mail worker that there is mail
}

// New returns the auth module. Routes adds its operations to the server, Run
// does its background work.
func New(server *web.Server, c config.Config, db *gorm.DB, sender mail.Sender, log *slog.Logger) *Users {
	now := func() time.Time { return time.Now().UTC().Truncate(time.Millisecond) }
	return &Users{
		server: server, config: c, db: db, mail: sender, log: log,
		tokens: newTokens(c, now), alive: database.NewLookup(db, &User{}, living, 3), now: now, wake: make(chan struct{}, 1),
	}
}

// unauthorized is the one answer to whoever does not prove who he is.
func unauthorized(message string) *web.Error {
	return web.NewError(http.StatusUnauthorized, message).WithHeader("WWW-Authenticate", "Bearer")
}

// invalidToken is the one answer to a token of a mailed link that is not good.
func invalidToken() *web.Error {
	return web.NewError(http.StatusBadRequest, "The link is invalid or has expired").WithCode("INVALID_TOKEN")
}

// busy turns the lack of a place to hash in into a 503.
func busy(err error) error {
	if errors.Is(err, errBusy) {
		return web.NewError(http.StatusServiceUnavailable, "Too many logins at once, try again").WithHeader("Retry-After", "3")
	}
	return err
}

func (u *Users) query(ctx context.Context) *gorm.DB { return u.db.WithContext(ctx) }
