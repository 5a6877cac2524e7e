package auth_test

import "testing"

func TestEmptyPrefixIsSupported(t *testing.T) {
	app := start(t, "API_PREFIX=")
	client := app.User("bob") // logs in at /auth/login
	client.Get("/auth/me").Want(200)
	client.Get("/me/").Want(200)
	client.Get("/api/auth/me").WantError(404, "NOT_FOUND")
	client.Post("/auth/password/change", object{"current_password": password, "new_password": another}).Want(200)
	app.Anonymous().Get("/auth/me").WantError(401, "UNAUTHORIZED")
	app.Anonymous().Get("/verify-email").Want(200).WantHeader("Content-Type", "text/html; charset=utf-8")
}

func TestUnknownPathsAndMethodsReturnTheUsualError(t *testing.T) {
	anonymous := start(t, "API_PREFIX=/v1").Anonymous()
	anonymous.Get("/v1/auth/nothing").WantError(404, "NOT_FOUND")
	anonymous.Get("/api/auth/me").WantError(404, "NOT_FOUND")
	anonymous.Get("/").WantError(404, "NOT_FOUND")
	anonymous.Delete("/v1/auth/login").WantError(405, "METHOD_NOT_ALLOWED").WantHeader("Allow", "POST")
	anonymous.Post("/v1/auth/me", object{}).WantError(405, "METHOD_NOT_ALLOWED").WantHeader("Allow", "GET, HEAD, PATCH")
}
