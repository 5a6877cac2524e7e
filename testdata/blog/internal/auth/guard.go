package auth

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"gorm.io/gorm"

	"example.com/blog/internal/web"
)

// A Guard registers operations that need the current user. It is the only way to register a Handler, so none is left
// unguarded.
type Guard struct {
	users    *Users
	role     string
	verified bool
	owner    bool // users reach only their own rows
}

// A Handler handles an operation that needs the current user.
type Handler[I, O any] func(ctx context.Context, user *User, in *I) (*O, error)

// Guard admits every signed-in user.
func (u *Users) Guard() Guard {
	return Guard{users: u, verified: u.options.RequireVerifiedEmail}
}

// Owner marks operations in which users reach only their own rows. It is documentation; the queries enforce it.
func (g Guard) Owner() Guard { g.owner = true; return g }

// Role admits only users with the role; others get 403.
func (g Guard) Role(role string) Guard { g.role = role; return g }

// Verified admits only users with a verified email address; others get 403.
func (g Guard) Verified() Guard { g.verified = true; return g }

// WithRole is a query scope that selects no rows unless the user has the role.
func (u *User) WithRole(role string) func(*gorm.DB) *gorm.DB {
	return func(db *gorm.DB) *gorm.DB {
		if u.Role != role {
			return db.Where("1 = 0")
		}
		return db
	}
}

// unverified admits users whose email address is not verified yet.
func (g Guard) unverified() Guard { g.verified = false; return g }

// Get registers a guarded operation.
func Get[I, O any](g Guard, path string, h Handler[I, O], options ...web.Option) {
	register(g, http.MethodGet, path, h, options)
}

// Post registers a guarded operation with status 201.
func Post[I, O any](g Guard, path string, h Handler[I, O], options ...web.Option) {
	register(g, http.MethodPost, path, h, options)
}

// Put registers a guarded operation.
func Put[I, O any](g Guard, path string, h Handler[I, O], options ...web.Option) {
	register(g, http.MethodPut, path, h, options)
}

// Patch registers a guarded operation.
func Patch[I, O any](g Guard, path string, h Handler[I, O], options ...web.Option) {
	register(g, http.MethodPatch, path, h, options)
}

// Delete registers a guarded operation with status 204.
func Delete[I, O any](g Guard, path string, h Handler[I, O], options ...web.Option) {
	register(g, http.MethodDelete, path, h, options)
}

// Optional registers an operation whose user is nil if the request has no token. An invalid token is still a 401.
func Optional[I, O any](g Guard, method, path string, h Handler[I, O], options ...web.Option) {
	run(g, method, path, h, append(options, web.Handles(h), g.describe, web.Who("public", ""), func(op *huma.Operation) {
		op.Security = append(op.Security, map[string][]string{})
		op.Middlewares = append(op.Middlewares, g.admitAnyone)
	}))
}

func register[I, O any](g Guard, method, path string, h Handler[I, O], options []web.Option) {
	run(g, method, path, h, append(options, web.Handles(h), g.describe, func(op *huma.Operation) {
		op.Middlewares = append(op.Middlewares, g.admit)
	}))
}

func run[I, O any](g Guard, method, path string, h Handler[I, O], options []web.Option) {
	web.Register(g.users.server.API, method, path, func(ctx context.Context, in *I) (*O, error) {
		user, _ := ctx.Value(userKey{}).(*User)
		return h(ctx, user, in)
	}, options...)
}

// describe documents who may call the operation.
func (g Guard) describe(op *huma.Operation) {
	op.Security = []map[string][]string{{"bearer": {}}, {"password": {}}}
	op.Errors = append(op.Errors, http.StatusUnauthorized)
	word, sentence := "user", "For signed-in users"
	switch {
	case g.role != "":
		word, sentence = "role "+g.role, "For users with the role `"+g.role+"`"
	case g.owner:
		word, sentence = "owner", "For signed-in users, limited to their own rows"
	}
	if g.verified {
		word, sentence = word+", verified", sentence+" with a verified email address"
	}
	if g.role != "" || g.verified {
		op.Errors = append(op.Errors, http.StatusForbidden)
	}
	web.Who(word, sentence+".")(op)
}

type userKey struct{}

// admit authenticates the request. It runs before the path and the body are parsed, and before any row is read.
func (g Guard) admit(c huma.Context, next func(huma.Context)) {
	user, err := g.identify(c)
	if err == nil && user == nil {
		err = unauthorized("Could not validate credentials")
	}
	if err != nil {
		r, w := humago.Unwrap(c)
		web.WriteError(w, r, web.Problem(c.Context(), err))
		return
	}
	next(huma.WithValue(c, userKey{}, user))
}

// admitAnyone is admit for requests with an Authorization header; others pass without a user.
func (g Guard) admitAnyone(c huma.Context, next func(huma.Context)) {
	if c.Header("Authorization") == "" {
		next(c)
		return
	}
	g.admit(c, next)
}

// identify returns the user of the request, or nil if it has no token.
func (g Guard) identify(c huma.Context) (*User, error) {
	token := bearer(c.Header("Authorization"))
	if token == "" {
		return nil, nil
	}
	user, err := g.users.current(c.Context(), token)
	if err != nil {
		return nil, err
	}
	if g.role != "" && user.Role != g.role || g.verified && user.EmailVerifiedAt == nil {
		return nil, web.NewError(http.StatusForbidden, "Not enough permissions")
	}
	return user, nil
}

// bearer returns the token from an Authorization header (RFC 6750, section 2.1).
func bearer(header string) string {
	scheme, token, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

// badToken is the 401 for an invalid token (RFC 6750, section 3.1).
func badToken() *web.Error {
	return web.NewError(http.StatusUnauthorized, "Could not validate credentials").
		WithHeader("WWW-Authenticate", `Bearer error="invalid_token"`)
}
