package auth

import (
	"bytes"
	"crypto/rand"
	"embed"
	"html/template"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"fastgo/runtime/openapi"
	"fastgo/runtime/web"
)

// maxBody is the size limit of bodies in this package, in bytes.
const maxBody = 16 << 10

// Routes adds the operations of this package and the pages of mailed links to the server.
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
		web.Describe("register", "Create an account"),
		web.Explain("Sends an email to verify the address. The response has no tokens: log in to get them."))
	web.Post(api, "/auth/login", u.login, small, ok, limited, wrong, web.Form, example,
		web.Describe("login", "Log in"),
		web.Explain("Send the access token in the Authorization header; exchange the refresh token for the next pair. A wrong password, an unknown address and an inactive account get the same response."))
	web.Post(api, "/auth/login/json", u.login, small, ok, limited, wrong, example,
		web.Describe("loginJson", "Log in with JSON"),
		web.Explain("The same as login, for clients that expect it here."))
	web.Post(api, "/auth/token", u.login, small, ok, limited, wrong, web.Form, example,
		web.Describe("token", "Log in as an OAuth 2 client"),
		web.Explain("With a form this is an OAuth 2 token endpoint, with errors as in RFC 6749, section 5.2. With JSON it is the login."),
		u.describeOAuthForm, func(op *huma.Operation) { op.Middlewares = append(op.Middlewares, u.oauthForm) })
	web.Post(api, "/auth/refresh", u.refresh, small, ok, web.Fails(badToken()),
		web.Describe("refresh", "Exchange a refresh token for a new pair"),
		web.Explain("A refresh token works once. Reuse ends the session, because the token may have been stolen."))
	web.Post(api, "/auth/logout", u.logout, small, web.Status(http.StatusNoContent), web.Fails(badToken()),
		web.Describe("logout", "End this session"),
		web.Explain("Ends the session of the access token or, if that has expired, of the refresh token in the body."),
		func(op *huma.Operation) {
			op.Security = []map[string][]string{{"bearer": {}}, {"password": {}}, {}}
			web.Who("user, or a refresh token", "")(op)
		})
}

func (u *Users) accountRoutes() {
	small, ok, guard := web.MaxBody(maxBody), web.Status(http.StatusOK), u.Guard()
	Get(guard.unverified(), "/auth/me", u.me, web.Describe("showMe", "Show the current user"))
	Patch(guard, "/auth/me", u.changeProfile, small, web.Describe("changeMe", "Change the profile of the current user"),
		web.Explain("The body is a JSON merge patch (RFC 7396): omitted members are unchanged."))
	Get(guard.unverified(), "/me", u.me, web.Hidden)
	Patch(guard, "/me", u.changeProfile, small, web.Hidden)
	Post(guard, "/auth/change-password", u.changePassword, small, ok, limited, web.Fails(wrongCurrentPassword(), passwordChanged()),
		web.Describe("changePassword", "Change the password"), web.Explain("All sessions and mailed links become invalid; the response has the tokens of a new session."))
	Post(guard, "/auth/password/change", u.changePassword, small, ok, web.Hidden)
	Post(guard.unverified(), "/auth/logout-all", u.logoutAll, small, web.Status(http.StatusNoContent),
		web.Describe("logoutAll", "End all sessions of the current user"))
	Get(guard, "/auth/sessions", u.sessions, web.Describe("listSessions", "List the sessions of the current user"))
	Delete(guard, "/auth/sessions/{id}", u.endSession, web.Describe("endSession", "End a session of the current user"))
}

// describe adds to the API document how to present a token, so that the Authorize button of the documentation page
// works.
func (u *Users) describe() {
	token := u.server.Path("/auth/token")
	document := u.server.API.OpenAPI()
	document.Components.SecuritySchemes["bearer"] = &huma.SecurityScheme{
		Type: "http", Scheme: "bearer", BearerFormat: "JWT",
		Description: "The access_token of a login",
	}
	document.Components.SecuritySchemes["password"] = &huma.SecurityScheme{
		Type: "oauth2", Description: "An OAuth 2 client that logs in by itself, with the address as the username",
		Flows: &huma.OAuthFlows{
			Password: &huma.OAuthFlow{TokenURL: token, RefreshURL: token, Scopes: map[string]string{}},
		},
	}
	document.Tags = append(document.Tags, &huma.Tag{Name: "auth", Description: "Accounts, and the passwords, sessions and tokens that prove whose they are."})
}

// limited documents the 429 of operations that count attempts.
func limited(op *huma.Operation) { web.Errors(http.StatusTooManyRequests)(op) }

// describeOAuthForm documents the form of the token endpoint and its errors.
func (u *Users) describeOAuthForm(op *huma.Operation) {
	schemas := u.server.API.OpenAPI().Components.Schemas
	op.RequestBody.Content[mediaForm] = &huma.MediaType{
		Schema:  schemas.Schema(reflect.TypeFor[tokenForm](), true, ""),
		Example: map[string]any{"grant_type": "password", "username": "john@example.com", "password": "correct horse battery"},
	}
	for _, e := range []oauthError{
		{"invalid_grant", wrongPassword},
		{"invalid_request", "username and password are required"},
		{"unsupported_grant_type", "grant_type must be password or refresh_token"},
	} {
		web.Answers(openapi.Error{Status: http.StatusBadRequest, Code: e.Name, Message: e.Description, Body: e})(op)
	}
}

//go:embed pages
var pages embed.FS

// pageData is the data of the pages.
type pageData struct {
	App       string
	API       string // path of the auth operations
	Nonce     string
	MinLength int // of a password
}

// pageRoutes serves the default pages of AUTH_RESET_URL and AUTH_VERIFY_URL. Delete them if your application has its
// own.
func (u *Users) pageRoutes() {
	u.servePage("/password/reset", "reset.html")
	u.servePage("/verify-email", "verify.html")
}

// servePage serves a page whose script may call only this server. It takes the token from the URL fragment, which
// browsers do not send.
func (u *Users) servePage(path, file string) {
	page := template.Must(template.ParseFS(pages, "pages/layout.html", "pages/"+file))
	data := pageData{App: u.options.Name, API: u.server.Path("/auth"), MinLength: max(u.options.PasswordMinLength, passwordMinLength)}
	u.server.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
		data := data
		data.Nonce = rand.Text()
		var out bytes.Buffer
		if err := page.ExecuteTemplate(&out, "layout.html", data); err != nil {
			web.WriteError(w, r, web.Problem(r.Context(), err))
			return
		}
		w.Header().Set("Content-Security-Policy", pagePolicy(data.Nonce))
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(out.Bytes())
	})
}

func pagePolicy(nonce string) string {
	return "default-src 'none'; script-src 'nonce-" + nonce + "'; style-src 'nonce-" + nonce + "'; " +
		"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}
