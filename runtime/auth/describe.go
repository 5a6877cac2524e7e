package auth

import (
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"fastgo/runtime/openapi"
	"fastgo/runtime/web"
)

// describe adds to the API document what no type says: how to present a token,
// so that the Authorize button of the documentation page logs in, and what the
// module is for.
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

// limited marks operations that count attempts.
func limited(op *huma.Operation) { web.Errors(http.StatusTooManyRequests)(op) }

// describeOAuthForm describes the form of the token endpoint, and the errors
// that a form is answered with.
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
