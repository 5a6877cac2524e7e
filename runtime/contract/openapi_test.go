package contract

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// document is the part of an OpenAPI document that the tests read.
type document struct {
	OpenAPI    string
	Paths      map[string]map[string]operation
	Components struct {
		Schemas         map[string]any
		SecuritySchemes map[string]any
	}
}

type operation struct {
	OperationID string
	Security    *[]map[string][]string
	RequestBody *struct{}
	Responses   map[string]any
}

// guarded reports whether the operation requires a token.
func (o operation) guarded() bool {
	return len(*o.Security) > 0 && !o.optional()
}

func (o operation) optional() bool {
	return slices.ContainsFunc(*o.Security, func(alternative map[string][]string) bool { return len(alternative) == 0 })
}

func TestDocumentListsTheSecurityOfGuardedOperations(t *testing.T) {
	app := start(t)
	var d document
	app.Anonymous().Get("/openapi.json").Want(200).Decode(&d)
	guarded := 0
	for path, methods := range d.Paths {
		for method, op := range methods {
			if op.Security == nil {
				t.Errorf("%s %s does not declare its security", method, path)
				continue
			}
			for _, alternative := range *op.Security {
				for scheme := range alternative {
					if d.Components.SecuritySchemes[scheme] == nil {
						t.Errorf("%s %s: no scheme %s", method, path, scheme)
					}
				}
			}
			var body any
			if op.RequestBody != nil {
				body = "{}"
			}
			called := app.Anonymous().Do(strings.ToUpper(method), strings.ReplaceAll(path, "{id}", "1"), body)
			if op.Responses[strconv.Itoa(called.Status)] == nil {
				t.Errorf("%s %s is answered with %d, which the document does not say", method, path, called.Status)
			}
			refused := called.Status == http.StatusUnauthorized
			if op.OperationID == "logout" { // a refresh token in the body will do
				refused = false
			}
			if refused != op.guarded() {
				t.Errorf("%s %s: security %v, but without a token the answer is %d", method, path, *op.Security, called.Status)
			}
			if op.guarded() {
				guarded++
				if op.Responses["401"] == nil {
					t.Errorf("%s %s does not mention the 401", method, path)
				}
				app.Anonymous().WithToken("x").Do(strings.ToUpper(method), strings.ReplaceAll(path, "{id}", "1"), body).WantError(401, "UNAUTHORIZED")
			}
		}
	}
	if guarded < 9 || !d.Paths["/api/auth/logout"]["post"].optional() || !d.Paths["/api/feed"]["get"].optional() {
		t.Errorf("%d operations are guarded, logout: %v", guarded, d.Paths["/api/auth/logout"]["post"].Security)
	}
}

func TestDocumentListsEveryOperationOnce(t *testing.T) {
	app := start(t)
	raw := app.Anonymous().Get("/openapi.json").Want(200).WantHeader("Content-Type", "application/json")
	var d document
	raw.Decode(&d)
	if !json.Valid(raw.Body) || d.OpenAPI != "3.1.0" {
		t.Errorf("it is OpenAPI %s", d.OpenAPI)
	}
	for name := range d.Components.Schemas {
		if last := name[len(name)-1]; last >= '0' && last <= '9' {
			t.Errorf("two types have the name of %s", name)
		}
	}
	seen := map[string]string{}
	for path, methods := range d.Paths {
		if strings.HasPrefix(path, "/api/auth/password/") || path == "/api/me" || strings.HasSuffix(path, "/") {
			t.Errorf("the alias %s is in the document", path)
		}
		for method, op := range methods {
			if other := seen[op.OperationID]; other != "" || op.OperationID == "" {
				t.Errorf("%s %s and %s have the id %q", method, path, other, op.OperationID)
			}
			seen[op.OperationID] = method + " " + path
		}
	}
	for _, operation := range []string{
		"POST register", "POST login", "POST login/json", "POST token", "POST refresh", "GET me", "PATCH me", "POST change-password", "POST logout", "POST logout-all",
		"GET sessions", "DELETE sessions/{id}", "POST forgot-password", "POST forgot-password/validate", "POST reset-password", "POST verify-email", "POST verify-email/resend",
	} {
		method, path, _ := strings.Cut(operation, " ")
		if _, there := d.Paths["/api/auth/"+path][strings.ToLower(method)]; !there {
			t.Errorf("%s is missing", operation)
		}
	}
}

func TestDocumentationIsOffInProductionByDefault(t *testing.T) {
	production := []string{"APP_ENV=production", "APP_URL=https://blog.example.com"}
	for _, path := range []string{"/docs", "/openapi.json"} {
		start(t, production...).Anonymous().Get(path).WantError(404, "NOT_FOUND")
		start(t, append(production, "DOCS=true")...).Anonymous().Get(path).Want(200)
	}
}
