package auth

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"fastgo/runtime/web"
)

// maxBody limits a body of the auth module, in bytes.
const maxBody = 16 << 10

// Routes adds the operations of the auth module, and the pages behind the
// mailed links, to the server.
func (u *Users) Routes() {
	u.describe()
	u.loginRoutes()
	u.accountRoutes()
	u.recoveryRoutes()
	u.pageRoutes()
}

func (u *Users) loginRoutes() {
	api, small, ok := u.server.API, web.MaxBody(maxBody), web.Status(http.StatusOK)
	wrong := web.Fails(unauthorized(wrongPassword))
	example := web.Example(credentials{Email: "john@example.com", Password: "correct horse battery"})
	web.Post(api, "/auth/register", u.register, small, limited, web.Fails(emailTaken()),
		web.Describe("register", "Make an account"),
		web.Explain("A mail asks to verify the address. The answer has no tokens: log in to get them."))
	web.Post(api, "/auth/login", u.login, small, ok, limited, wrong, web.Form, example,
		web.Describe("login", "Log in"),
		web.Explain("The access token goes into the Authorization header; the refresh token gets the next pair. A wrong password, an unknown address and an account that is not active have one answer."))
	web.Post(api, "/auth/login/json", u.login, small, ok, limited, wrong, example,
		web.Describe("loginJson", "Log in with JSON"),
		web.Explain("The same as the login, for clients that look for it here."))
	web.Post(api, "/auth/token", u.login, small, ok, limited, wrong, web.Form, example,
		web.Describe("token", "Log in as an OAuth 2 client"),
		web.Explain("With a form this is the token endpoint of OAuth 2, and its errors are those of RFC 6749, section 5.2. With JSON it is the login."),
		u.describeOAuthForm, func(op *huma.Operation) { op.Middlewares = append(op.Middlewares, u.oauthForm) })
	web.Post(api, "/auth/refresh", u.refresh, small, ok, web.Fails(badToken()),
		web.Describe("refresh", "Exchange a refresh token for a new pair"),
		web.Explain("A refresh token is good for one exchange. One that comes again ends its session, since somebody may have stolen it."))
	web.Post(api, "/auth/logout", u.logout, small, web.Status(http.StatusNoContent), web.Fails(badToken()),
		web.Describe("logout", "End this session"),
		web.Explain("The session is that of the access token or, where that has expired, of a refresh token in the body."),
		func(op *huma.Operation) {
			op.Security = []map[string][]string{{"bearer": {}}, {"password": {}}, {}}
			web.Who("user, or a refresh token", "")(op)
		})
}

func (u *Users) accountRoutes() {
	small, ok, guard := web.MaxBody(maxBody), web.Status(http.StatusOK), u.Guard()
	Get(guard.unverified(), "/auth/me", u.me, web.Describe("showMe", "Show the current user"))
	Patch(guard, "/auth/me", u.changeProfile, small, web.Describe("changeMe", "Change what the current user may set"),
		web.Explain("The body is a JSON merge patch (RFC 7396): a member that it leaves out stays as it is."))
	Get(guard.unverified(), "/me", u.me, web.Hidden)
	Patch(guard, "/me", u.changeProfile, small, web.Hidden)
	Post(guard, "/auth/change-password", u.changePassword, small, ok, limited, web.Fails(wrongCurrentPassword(), passwordChanged()),
		web.Describe("changePassword", "Change the password"), web.Explain("Every session and every mailed link ends; the answer is the login of a new session."))
	Post(guard, "/auth/password/change", u.changePassword, small, ok, web.Hidden)
	Post(guard.unverified(), "/auth/logout-all", u.logoutAll, small, web.Status(http.StatusNoContent),
		web.Describe("logoutAll", "End every session of the current user"))
	Get(guard, "/auth/sessions", u.sessions, web.Describe("listSessions", "List the sessions of the current user"))
	Delete(guard, "/auth/sessions/{id}", u.endSession, web.Describe("endSession", "End a session of the current user"))
}
