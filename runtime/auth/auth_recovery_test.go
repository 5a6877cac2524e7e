package auth_test

import (
	"testing"

	"fastgo/runtime/apitest"
	"fastgo/runtime/auth"
)

func TestChangePasswordRevokesOlderTokens(t *testing.T) {
	app := launch(t)
	older := enter(t, app, app.Account("anna", "user"))
	client := app.Anonymous().WithToken(older.AccessToken)
	change := func(current, next string) *apitest.Response {
		return client.Post("/api/auth/change-password", fields{"current_password": current, "new_password": next})
	}
	change("not the password", renewed).WantError(400, "BAD_REQUEST")
	change(secret, "short").WantField("new_password")
	var next auth.LoginAnswer
	change(secret, renewed).Want(200).Decode(&next)
	use(t, app, older.AccessToken, 401)
	use(t, app, next.AccessToken, 200)
	if mails := app.Mail(); len(mails) != 1 || mails[0].To != anna {
		t.Errorf("the notice is missing: %v", mails)
	}
	client = client.WithToken(next.AccessToken)
	execute(t, app, "UPDATE throttles SET count = 100")
	change("not the password", renewed).WantError(400, "BAD_REQUEST") // success has cleared the count
	execute(t, app, "UPDATE throttles SET count = 100")
	change(renewed, secret).WantError(429, "RATE_LIMIT_EXCEEDED")
}

func TestSessions(t *testing.T) {
	app := launch(t)
	app.Account("anna", "user")
	var pairs []*auth.LoginAnswer
	for range 4 {
		pairs = append(pairs, enter(t, app, anna))
	}
	client := app.Anonymous().WithToken(pairs[0].AccessToken)
	var all auth.Sessions
	client.Get("/api/auth/sessions").Want(200).Decode(&all)
	if len(all.Items) != 4 {
		t.Fatalf("the sessions are %+v", all.Items)
	}
	for _, s := range all.Items {
		if s.Current {
			app.User("bob").Delete("/api/auth/sessions/"+s.ID).WantError(404, "NOT_FOUND")
			client.Delete("/api/auth/sessions/" + s.ID).Want(204)
		}
	}
	use(t, app, pairs[0].AccessToken, 401)
	app.Anonymous().WithToken(pairs[1].AccessToken).Post("/api/auth/logout", nil).Want(204)
	use(t, app, pairs[1].AccessToken, 401)
	app.Anonymous().Post("/api/auth/logout", fields{"refresh_token": pairs[2].RefreshToken}).Want(204)
	use(t, app, pairs[2].AccessToken, 401)
	use(t, app, pairs[3].AccessToken, 200)
	app.Anonymous().WithToken(pairs[3].AccessToken).Post("/api/auth/logout-all", nil).Want(204)
	use(t, app, pairs[3].AccessToken, 401)
}

func TestForgottenPassword(t *testing.T) {
	app := launch(t)
	older, anonymous := enter(t, app, app.Account("anna", "user")), app.Anonymous()
	known := anonymous.Post("/api/auth/forgot-password", fields{"email": anna}).Want(200)
	unknown := anonymous.Post("/api/auth/password/forgot", fields{"email": "nobody@example.com"}).Want(200)
	if string(known.Body) != string(unknown.Body) || len(app.Mail()) != 1 {
		t.Errorf("an account shows: %s, %s, mails %v", known.Body, unknown.Body, app.Mail())
	}
	anonymous.Post("/api/auth/forgot-password", fields{"email": "anna"}).WantField("email")
	token := app.MailedToken(anna)
	reset := func(token, password string) *apitest.Response {
		return anonymous.Post("/api/auth/reset-password", fields{"token": token, "password": password})
	}
	anonymous.Post("/api/auth/forgot-password/validate", fields{"token": token}).Want(200)
	anonymous.Post("/api/auth/password/validate", fields{"token": badToken}).WantError(400, "INVALID_TOKEN")
	reset(badToken, renewed).WantError(400, "INVALID_TOKEN")
	reset(token, "short").WantField("password")
	reset(token, renewed).Want(200)
	reset(token, secret).WantError(400, "INVALID_TOKEN")
	use(t, app, older.AccessToken, 401)
	anonymous.Post("/api/auth/login", fields{"email": anna, "password": renewed}).Want(200)
}

func TestAddressIsVerified(t *testing.T) {
	app := launch(t)
	app.Account("anna", "user")
	execute(t, app, "UPDATE users SET email_verified_at = NULL")
	client := app.Anonymous().WithToken(enter(t, app, anna).AccessToken)
	client.Get("/api/verified").WantError(403, "FORBIDDEN")
	client.Post("/api/auth/verify-email/resend", fields{"email": "anna"}).WantField("email")
	client.Post("/api/auth/verify-email/resend", fields{"email": anna}).Want(200)
	client.Post("/api/auth/verify-email", fields{"token": badToken}).WantError(400, "INVALID_TOKEN")
	client.Post("/api/auth/verify-email", fields{"token": app.MailedToken(anna)}).Want(200)
	client.Get("/api/verified").Want(200)
}

func TestOneNetworkIsLimitedInProduction(t *testing.T) {
	anonymous := launch(t, "APP_ENV=production", "APP_URL=https://example.com").Anonymous()
	for range 20 {
		anonymous.Post("/api/auth/forgot-password", fields{"email": anna}).Want(200)
	}
	anonymous.Post("/api/auth/forgot-password", fields{"email": anna}).WantError(429, "RATE_LIMIT_EXCEEDED")
}
