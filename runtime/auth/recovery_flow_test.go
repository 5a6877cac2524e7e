package auth_test

import (
	"strings"
	"testing"
	"time"

	"fastgo/runtime/apitest"
)

// tokenErrors ends the test unless a token that is not good is refused.
func tokenErrors(client *apitest.Client, path string, body object) {
	for _, token := range []any{"", "x", strings.Repeat("a", 43)} {
		body["token"] = token
		client.Post(path, body).WantError(400, "INVALID_TOKEN").WantHeader("Cache-Control", "no-store")
	}
	body["token"] = 1
	client.Post(path, body).WantField("token").WantError(422, "VALIDATION_ERROR")
	delete(body, "token")
	client.Post(path, body).WantField("token")
}

func TestForgottenPasswordIsResetByEmail(t *testing.T) {
	for _, paths := range [][]string{
		{"/api/auth/forgot-password", "/api/auth/forgot-password/validate", "/api/auth/reset-password"},
		{"/api/auth/password/forgot/", "/api/auth/password/validate/", "/api/auth/password/reset/"},
	} {
		forgot, validate, reset := paths[0], paths[1], paths[2]
		t.Run(forgot, func(t *testing.T) {
			app := start(t, "APP_URL=https://blog.example.com")
			register(app, ann)
			older, anonymous := login(app, ann, password), app.Anonymous()

			known := anonymous.Post(forgot, object{"email": "Ann@example.com"}).Want(200)
			unknown := anonymous.Post(forgot, object{"email": "nobody@example.com"}).Want(200)
			if string(known.Body) != string(unknown.Body) || known.Member("message") == "" {
				t.Errorf("an account shows: %s, %s", known.Body, unknown.Body)
			}
			mails := app.Mail()
			if len(mails) != 2 || !strings.Contains(mails[1].Text, "\nhttps://blog.example.com/password/reset#token=") {
				t.Fatalf("mails: %+v", mails)
			}
			token := app.MailedToken(ann)
			for range 2 {
				valid := anonymous.Post(validate, object{"token": token}).Want(200)
				wantMembers(t, valid, "valid")
			}
			anonymous.Post(reset, object{"token": token, "password": "short"}).WantField("password")
			done := anonymous.Post(reset, object{"token": token, "password": another}).Want(200)
			wantMembers(t, done, "message")

			wantAlive(t, app, older, false)
			anonymous.Post("/api/auth/login", object{"email": ann, "password": password}).Want(401)
			if verified := app.Login(ann, another).Get("/api/auth/me").Member("email_verified_at"); verified == nil {
				t.Error("the address does not count as verified")
			}
			anonymous.Post(reset, object{"token": token, "password": password}).WantError(400, "INVALID_TOKEN")
			anonymous.Post(validate, object{"token": token}).WantError(400, "INVALID_TOKEN")
			if mails := app.Mail(); !strings.Contains(mails[len(mails)-1].Subject, "was changed") {
				t.Error("no notice was sent")
			}
		})
	}
}

func TestMalformedMailRequestIsRejected(t *testing.T) {
	anonymous := start(t).Anonymous()
	for _, path := range []string{"/api/auth/forgot-password", "/api/auth/verify-email/resend"} {
		for _, email := range []any{"", "ann", "Ann <ann@example.com>", "ann@example.com\r\nBcc: eve@example.com", nil, 1} {
			anonymous.Post(path, object{"email": email}).WantField("email").WantError(422, "VALIDATION_ERROR")
		}
		anonymous.Post(path, object{}).WantField("email")
	}
}

func TestInvalidMailedTokenIsRejected(t *testing.T) {
	app := start(t)
	tokenErrors(app.Anonymous(), "/api/auth/forgot-password/validate", object{})
	tokenErrors(app.Anonymous(), "/api/auth/reset-password", object{"password": another})
	tokenErrors(app.Anonymous(), "/api/auth/verify-email", object{})

	register(app, ann)
	verify := app.MailedToken(ann)
	app.Anonymous().Post("/api/auth/reset-password", object{"token": verify, "password": another}).WantError(400, "INVALID_TOKEN")
	if err := app.DB.Exec("UPDATE one_time_tokens SET expires_at = ?", time.Now().UnixMilli()-1).Error; err != nil {
		t.Fatal(err)
	}
	app.Anonymous().Post("/api/auth/verify-email", object{"token": verify}).WantError(400, "INVALID_TOKEN")
}

func TestAddressIsVerifiedByEmail(t *testing.T) {
	app := start(t)
	register(app, ann)
	first := app.MailedToken(ann)
	known := app.Anonymous().Post("/api/auth/verify-email/resend", object{"email": ann}).Want(200)
	unknown := app.Anonymous().Post("/api/auth/verify-email/resend", object{"email": "nobody@example.com"}).Want(200)
	if string(known.Body) != string(unknown.Body) {
		t.Errorf("an account shows: %s, %s", known.Body, unknown.Body)
	}
	second := app.MailedToken(ann)
	app.Anonymous().Post("/api/auth/verify-email", object{"token": first}).WantError(400, "INVALID_TOKEN")
	verified := app.Anonymous().Post("/api/auth/verify-email/", object{"token": second}).Want(200)
	wantMembers(t, verified, userMembers...)
	if verified.Member("email_verified_at") == nil {
		t.Errorf("the user is %s", verified.Body)
	}
	app.Anonymous().Post("/api/auth/verify-email", object{"token": second}).WantError(400, "INVALID_TOKEN")
}

func TestMailedTokenAttemptsAreLimitedInProduction(t *testing.T) {
	app := start(t, "APP_ENV=production", "APP_URL=https://blog.example.com")
	anonymous := app.Anonymous()
	anonymous.Post("/api/auth/forgot-password/validate", object{"token": "x"}).Want(400)
	attempts(t, app, 60)
	for _, path := range []string{"/api/auth/forgot-password/validate", "/api/auth/verify-email", "/api/auth/reset-password"} {
		refused := anonymous.Post(path, object{"token": "x", "password": another}).WantError(429, "RATE_LIMIT_EXCEEDED")
		if refused.Header.Get("Retry-After") == "" {
			t.Error("the answer does not say when to come again")
		}
	}
}
