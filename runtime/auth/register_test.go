package auth_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"fastgo/runtime/auth"
	"fastgo/runtime/web"
)

var userMembers = []string{"id", "name", "email", "role", "is_active", "email_verified_at", "created_at", "updated_at"}

func TestRegistrationReturnsTheUser(t *testing.T) {
	app := start(t)
	made := app.Anonymous().Post("/api/auth/register", object{"name": "Ann", "email": "Ann@Example.com", "password": password}).Want(201)
	made.WantHeader("Cache-Control", "no-store")
	wantMembers(t, made, userMembers...)
	var user auth.User
	made.Decode(&user)
	if user.ID == 0 || user.Name != "Ann" || user.Email != ann || user.Role != "user" || !user.IsActive || user.EmailVerifiedAt != nil || user.CreatedAt.IsZero() {
		t.Errorf("the user is %s", made.Body)
	}
	app.Login(ann, password).Get("/api/auth/me").Want(200)
}

func TestTakenAddressIsRejectedInAnyCase(t *testing.T) {
	app := start(t)
	register(app, ann)
	for _, email := range []string{ann, "ANN@example.COM"} {
		app.Anonymous().Post("/api/auth/register", object{"name": "Bob", "email": email, "password": password}).
			WantError(400, "EMAIL_ALREADY_REGISTERED").WantMessage("Email already registered")
	}
}

func TestConflictOfAnotherUniqueFieldIsNotEmailTaken(t *testing.T) {
	app := start(t)
	register(app, ann)
	if err := app.DB.Exec("CREATE UNIQUE INDEX one_of_each_name ON users (name)").Error; err != nil {
		t.Fatal(err)
	}
	app.Anonymous().Post("/api/auth/register", object{"name": "Ann", "email": "bob@example.com", "password": password}).WantError(409, "CONFLICT")
}

func TestRegistrationReportsInvalidFields(t *testing.T) {
	anonymous := start(t).Anonymous()
	valid := object{"name": "Ann", "email": ann, "password": password}
	for _, invalid := range []struct {
		field string
		value any
	}{
		{"name", nil}, {"name", ""}, {"name", 1}, {"name", strings.Repeat("a", 201)},
		{"email", nil}, {"email", ""}, {"email", "ann"}, {"email", "ann@localhost"}, {"email", "Ann <ann@example.com>"}, {"email", "ann@example.com\n"},
		{"email", strings.Repeat("a", 250) + "@example.com"}, {"email", "änn@example.com"},
		{"password", nil}, {"password", ""}, {"password", "short"}, {"password", "password123"}, {"password", "aaaaaaaaaaaa"}, {"password", ann},
		{"password", strings.Repeat("aB", 129)},
	} {
		body := object{}
		for name, value := range valid {
			body[name] = value
		}
		body[invalid.field] = invalid.value
		anonymous.Post("/api/auth/register", body).WantField(invalid.field).WantError(422, "VALIDATION_ERROR")
		delete(body, invalid.field)
		anonymous.Post("/api/auth/register", body).WantField(invalid.field)
	}
	anonymous.Post("/api/auth/register", object{"name": "Ann", "email": "ann", "password": "short"}).WantField("email").WantField("password")
}

func TestRegistrationSetsOnlyTheProfile(t *testing.T) {
	app := start(t)
	made := app.Anonymous().Post("/api/auth/register", object{
		"name": "Ann", "email": ann, "password": password, "id": 77, "role": "admin", "is_active": false,
		"email_verified_at": "2026-01-01T00:00:00Z", "created_at": "2000-01-01T00:00:00Z", "password_hash": "x", "auth_epoch": 5, "scope": "admin",
	}).Want(201)
	var user auth.User
	made.Decode(&user)
	if user.ID == 77 || user.Role != "user" || !user.IsActive || user.EmailVerifiedAt != nil || user.CreatedAt.Year() == 2000 {
		t.Errorf("the user is %s", made.Body)
	}
	app.Login(ann, password)
}

func TestRegistrationAcceptsJSONOnly(t *testing.T) {
	anonymous := start(t).Anonymous()
	anonymous.With("Content-Type", "application/x-www-form-urlencoded").Post("/api/auth/register", "name=Ann").WantError(415, "UNSUPPORTED_MEDIA_TYPE")
	anonymous.Post("/api/auth/register", "{").WantError(400, "BAD_REQUEST")
	anonymous.Post("/api/auth/register", `{"name":"`+strings.Repeat("a", 16<<10)+`"}`).WantError(413, "PAYLOAD_TOO_LARGE")
	anonymous.Get("/api/auth/register").WantError(405, "METHOD_NOT_ALLOWED").WantHeader("Allow", "POST")
}

func TestRegistrationsOfOneClientAreLimitedInProduction(t *testing.T) {
	app := start(t, "APP_ENV=production", "APP_URL=https://blog.example.com")
	anonymous, body := app.Anonymous(), object{"name": "Ann", "email": "ann", "password": password}
	anonymous.Post("/api/auth/register", body).Want(422)
	attempts(t, app, 20)
	refused := anonymous.Post("/api/auth/register", body).WantError(429, "RATE_LIMIT_EXCEEDED")
	if refused.Header.Get("Retry-After") == "" {
		t.Error("the answer does not say when to come again")
	}
}

func TestMinimumPasswordLengthIsASetting(t *testing.T) {
	app := start(t, "AUTH_PASSWORD_MIN_LENGTH=20")
	app.Anonymous().Post("/api/auth/register", object{"name": "Ann", "email": ann, "password": "nineteen characters"}).WantField("password")
	register(app, ann) // 21 characters
}

func TestAccountCreatedByCodeFollowsTheSameRules(t *testing.T) {
	app := start(t)
	_, err := app.Users.Create(t.Context(), auth.NewUser{Email: "ann", Password: "short"})
	var problem *web.Error
	if !errors.As(err, &problem) || problem.Status != 422 {
		t.Fatalf("the error is %v", err)
	}
	var fields []string
	for _, f := range problem.Fields {
		fields = append(fields, f.Field)
	}
	if !slices.Equal(fields, []string{"name", "email", "password"}) {
		t.Errorf("the fields are %v", problem.Fields)
	}
	user, err := app.Users.Create(t.Context(), auth.NewUser{Profile: auth.Profile{Name: "Ann"}, Email: "ANN@example.com", Password: password, Role: "admin", Verified: true})
	if err != nil || user.Email != ann || user.Role != "admin" || user.EmailVerifiedAt == nil || len(app.Mail()) != 0 {
		t.Errorf("made %+v: %v", user, err)
	}
}
