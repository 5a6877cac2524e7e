package auth

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"example.com/blog/internal/web"
)

const mediaForm = "application/x-www-form-urlencoded"

// oauthForm handles forms at the token endpoint, including errors, as RFC 6749 requires: OAuth libraries and the
// documentation page depend on it. A JSON body is left to the login.
func (u *Users) oauthForm(c huma.Context, next func(huma.Context)) {
	r, w := humago.Unwrap(c)
	if web.MediaType(r) != mediaForm {
		next(c)
		return
	}
	answer, err := u.oauth(w, r)
	if err != nil {
		writeOAuthError(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Pragma", "no-cache")  // RFC 6749, section 5.1
	_ = json.NewEncoder(w).Encode(answer) // #nosec G117 -- the answer to a login is its tokens
}

// tokenForm documents the form of the token endpoint (RFC 6749, sections 4.3.2 and 6).
type tokenForm struct {
	_            struct{} `additionalProperties:"true"`
	GrantType    string   `json:"grant_type,omitempty" required:"false" enum:"password,refresh_token" doc:"Default: password"`
	Username     string   `json:"username,omitempty" required:"false" example:"john@example.com"`
	Password     string   `json:"password,omitempty" required:"false" example:"correct horse battery"`
	RefreshToken string   `json:"refresh_token,omitempty" required:"false" example:"eyJhbGciOi…" doc:"With grant_type refresh_token"`
}

// oauthError is an error as in RFC 6749, section 5.2.
type oauthError struct {
	Name        string `json:"error" example:"invalid_grant"`
	Description string `json:"error_description"`
}

func (e *oauthError) Error() string { return e.Description }

func (u *Users) oauth(w http.ResponseWriter, r *http.Request) (*LoginAnswer, error) {
	form, err := readForm(w, r)
	if err != nil {
		return nil, err
	}
	switch form.Get("grant_type") {
	case "password", "": // FastAPI clients omit it
		if form.Get("username") == "" || form.Get("password") == "" {
			return nil, &oauthError{"invalid_request", "username and password are required"}
		}
		return u.signIn(r.Context(), form.Get("username"), form.Get("password"))
	case "refresh_token":
		if form.Get("refresh_token") == "" {
			return nil, &oauthError{"invalid_request", "refresh_token is required"}
		}
		return u.rotate(r.Context(), form.Get("refresh_token"))
	}
	return nil, &oauthError{"unsupported_grant_type", "grant_type must be password or refresh_token"}
}

// readForm returns the parameters in the body. A repeated one is an error.
func readForm(w http.ResponseWriter, r *http.Request) (url.Values, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return nil, &oauthError{"invalid_request", "the body is too large"}
	} else if err != nil {
		return nil, &oauthError{"invalid_request", "the body could not be read"}
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, &oauthError{"invalid_request", "the body is not a form"}
	}
	for name, values := range form {
		if len(values) > 1 {
			return nil, &oauthError{"invalid_request", "a parameter is repeated"}
		}
		if !utf8.ValidString(name) || !utf8.ValidString(values[0]) {
			return nil, &oauthError{"invalid_request", "a parameter is not valid UTF-8"}
		}
	}
	return form, nil
}

// writeOAuthError responds with 400, except for rate limits and server errors.
func writeOAuthError(w http.ResponseWriter, r *http.Request, err error) {
	var e *oauthError
	if !errors.As(err, &e) {
		problem := web.Problem(r.Context(), err)
		if problem.Status != http.StatusUnauthorized {
			web.WriteError(w, r, problem)
			return
		}
		e = &oauthError{"invalid_grant", problem.Message}
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusBadRequest)
	_ = json.NewEncoder(w).Encode(e)
}
