package auth

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"example.com/blog/internal/web"
)

// maxBody limits a body of the auth module, in bytes.
const maxBody = 16 << 10

// Routes adds the operations of the auth module, and the pages behind the
// mailed links, to the server.
func (u *Users) Routes() {
	u.documentSchemes()
	u.loginRoutes()
	u.accountRoutes()
	u.recoveryRoutes()
	u.pageRoutes()
}

func (u *Users) loginRoutes() {
	api, small, ok := u.server.API, web.MaxBody(maxBody), web.Status(http.StatusOK)
	denied := web.Errors(http.StatusUnauthorized, http.StatusTooManyRequests, http.StatusServiceUnavailable)
	web.Post(api, "/auth/register", u.register, small, web.Describe("register", "Make an account"),
		web.Errors(http.StatusTooManyRequests, http.StatusServiceUnavailable))
	web.Post(api, "/auth/login", u.login, small, ok, denied, web.Form, web.Describe("login", "Log in"))
	web.Post(api, "/auth/login/json", u.login, small, ok, denied, web.Describe("login-json", "Log in"))
	web.Post(api, "/auth/token", u.login, small, ok, denied, web.Form, web.Describe("token", "Log in as an OAuth 2 client"),
		u.describeOAuthForm, func(op *huma.Operation) { op.Middlewares = append(op.Middlewares, u.oauthForm) })
	web.Post(api, "/auth/refresh", u.refresh, small, ok, web.Errors(http.StatusUnauthorized), web.Describe("refresh", "Exchange a refresh token for a new pair"))
	web.Post(api, "/auth/logout", u.logout, small, web.Status(http.StatusNoContent), web.Errors(http.StatusUnauthorized),
		web.Describe("logout", "End this session"), func(op *huma.Operation) {
			op.Security = []map[string][]string{{"bearer": {}}, {"password": {}}, {}}
			web.Who("user, or a refresh token")(op)
		})
}

func (u *Users) accountRoutes() {
	small, ok, guard := web.MaxBody(maxBody), web.Status(http.StatusOK), u.Guard()
	Get(guard.unverified(), "/auth/me", u.me, web.Describe("get-me", "The current user"))
	Patch(guard, "/auth/me", u.changeProfile, small, web.Describe("change-me", "Change the profile"))
	Get(guard.unverified(), "/me", u.me, web.Hidden)
	Patch(guard, "/me", u.changeProfile, small, web.Hidden)
	Post(guard, "/auth/change-password", u.changePassword, small, ok, web.Errors(http.StatusConflict, http.StatusTooManyRequests, http.StatusServiceUnavailable), web.Describe("change-password", "Change the password and end every other session"))
	Post(guard, "/auth/password/change", u.changePassword, small, ok, web.Hidden)
	Post(guard.unverified(), "/auth/logout-all", u.logoutAll, small, web.Status(http.StatusNoContent), web.Describe("logout-all", "End every session"))
	Get(guard, "/auth/sessions", u.sessions, web.Describe("list-sessions", "The sessions of the current user"))
	Delete(guard, "/auth/sessions/{id}", u.endSession, web.Errors(http.StatusNotFound), web.Describe("end-session", "End a session"))
}

// documentSchemes tells the API document how to present a token, so that the
// Authorize button of the documentation page logs in.
func (u *Users) documentSchemes() {
	token := u.config.BasePath() + u.config.Prefix + "/auth/token"
	schemes := u.server.API.OpenAPI().Components.SecuritySchemes
	schemes["bearer"] = &huma.SecurityScheme{Type: "http", Scheme: "bearer", BearerFormat: "JWT"}
	schemes["password"] = &huma.SecurityScheme{Type: "oauth2", Flows: &huma.OAuthFlows{
		Password: &huma.OAuthFlow{TokenURL: token, RefreshURL: token, Scopes: map[string]string{}},
	}}
}
