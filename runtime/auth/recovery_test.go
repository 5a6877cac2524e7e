package auth

import (
	"context"
	"encoding/json"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// registered makes an account over HTTP and returns its access token and the
// token of the mail that verifies its address.
func (f *fixture) registered(t *testing.T, email string) (access, verify string) {
	t.Helper()
	wantStatus(t, f.post(home, "/register", `{"name":"Ann","email":"`+email+`","password":"`+goodPassword+`"}`), 201, "")
	must(t, f.box.SendDue(context.Background()))
	mails := f.inbox.all()
	login := f.login(home, email, goodPassword)
	wantStatus(t, login, 200, "")
	var answer LoginAnswer
	must(t, json.Unmarshal(login.Body.Bytes(), &answer))
	return answer.AccessToken, tokenOf(t, mails[len(mails)-1])
}

func (f *fixture) me(access string) int {
	r := httptest.NewRequest("GET", "/api/me", nil)
	r.Header.Set("Authorization", "Bearer "+access)
	w := httptest.NewRecorder()
	f.handler.ServeHTTP(w, r)
	return w.Code
}

func TestForgotPasswordDoesNotRevealAccounts(t *testing.T) {
	t.Parallel()
	f := start(t)
	f.account(t, ann)
	for _, path := range []string{"/forgot-password", "/password/forgot", "/verify-email/resend"} {
		known := f.post(home, path, `{"email":"Ann@example.com","scope":"x"}`)
		unknown := f.post(home, path, `{"email":"nobody@example.com"}`)
		wantStatus(t, known, 200, "message")
		if known.Body.String() != unknown.Body.String() || unknown.Code != 200 {
			t.Errorf("%s: %s and %s", path, known.Body, unknown.Body)
		}
		wantStatus(t, f.post(home, path, `{"email":"ann"}`), 422, `"field":"email"`)
		wantStatus(t, f.post(home, path, `{"email":"Ann <ann@example.com>"}`), 422, `"field":"email"`)
		wantStatus(t, f.post(home, path, `{}`), 422, `"field":"email"`)
	}
	if rows := f.rows(t, "outbox"); rows != 6 {
		t.Errorf("%d rows in the outbox, want one for each request", rows)
	}
}

func TestPasswordIsResetWithTheMailedToken(t *testing.T) {
	t.Parallel()
	f := start(t)
	access, verify := f.registered(t, ann)
	wantStatus(t, f.post(home, "/forgot-password", `{"email":"`+ann+`"}`), 200, "")
	must(t, f.box.SendDue(context.Background()))
	token := tokenOf(t, f.inbox.all()[1])
	for range 2 {
		valid := f.post(home, "/forgot-password/validate", `{"token":"`+token+`"}`)
		wantStatus(t, valid, 200, `{"valid":true}`)
	}
	wantStatus(t, f.post(home, "/reset-password", `{"token":"`+token+`","password":"`+nextPassword+`"}`), 200, "message")

	if status := f.me(access); status != 401 {
		t.Errorf("status %d with an older session", status)
	}
	wantStatus(t, f.login(home, ann, goodPassword), 401, "")
	wantStatus(t, f.login(home, ann, nextPassword), 200, "")
	for path, dead := range map[string]string{"/reset-password": token, "/forgot-password/validate": token, "/verify-email": verify} {
		wantStatus(t, f.post(home, path, `{"token":"`+dead+`","password":"`+goodPassword+`"}`), 400, "INVALID_TOKEN")
	}
	var user User
	must(t, f.db.Take(&user, "email = ?", ann).Error)
	if user.EmailVerifiedAt == nil {
		t.Error("the address does not count as verified")
	}
	must(t, f.box.SendDue(context.Background()))
	if mails := f.inbox.all(); len(mails) != 3 || !strings.Contains(mails[2].Subject, "changed") {
		t.Error("no notice was sent")
	}
}

func TestWeakPasswordLeavesTheResetTokenUsable(t *testing.T) {
	t.Parallel()
	f := start(t)
	f.account(t, ann)
	token := f.mailed(t, mailReset, ann)
	for _, weak := range []string{"short", "password1", ann, ""} {
		wantStatus(t, f.post(home, "/reset-password", `{"token":"`+token+`","password":"`+weak+`"}`), 422, `"field":"password"`)
		wantStatus(t, f.post(home, "/password/reset", `{"token":"`+token+`","new_password":"`+weak+`"}`), 422, "VALIDATION_ERROR")
	}
	wantStatus(t, f.post(home, "/password/validate", `{"token":"`+token+`"}`), 200, "")
	wantStatus(t, f.post(home, "/password/reset", `{"token":"`+token+`","new_password":"`+nextPassword+`"}`), 200, "")
}

func TestInvalidTokenIsRejectedWithoutHashing(t *testing.T) {
	f := start(t)
	f.account(t, ann)
	verify := f.issued(t, mailVerify, &User{ID: 1, Email: ann})
	before := passwords.count.Load()
	for _, token := range []string{"", "x", verify, strings.Repeat("x", 9000)} {
		for _, path := range []string{"/reset-password", "/forgot-password/validate"} {
			wantStatus(t, f.post(home, path, `{"token":"`+token+`","password":"`+nextPassword+`"}`), 400, "INVALID_TOKEN")
		}
	}
	wantStatus(t, f.post(home, "/reset-password", `{"password":"`+nextPassword+`"}`), 422, `"field":"token"`)
	if hashes := passwords.count.Load() - before; hashes != 0 {
		t.Errorf("%d passwords were hashed", hashes)
	}
}

func TestOneOfManyParallelResetsWins(t *testing.T) {
	t.Parallel()
	f := start(t)
	f.account(t, ann)
	token := f.mailed(t, mailReset, ann)
	var won, refused atomic.Int64
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			switch w := f.post(home, "/reset-password", `{"token":"`+token+`","password":"`+nextPassword+`"}`); w.Code {
			case 200:
				won.Add(1)
			case 400:
				refused.Add(1)
			default:
				t.Errorf("status %d: %s", w.Code, w.Body)
			}
		})
	}
	group.Wait()
	if won.Load() != 1 || refused.Load() != 7 {
		t.Errorf("%d won, %d were refused", won.Load(), refused.Load())
	}
}

func TestAddressIsVerifiedWithTheMailedToken(t *testing.T) {
	t.Parallel()
	f := start(t)
	_, older := f.registered(t, ann)
	wantStatus(t, f.post(home, "/verify-email/resend", `{"email":"`+ann+`"}`), 200, "")
	must(t, f.box.SendDue(context.Background()))
	token := tokenOf(t, f.inbox.all()[1])
	wantStatus(t, f.post(home, "/verify-email", `{"token":"`+older+`"}`), 400, "INVALID_TOKEN")
	wantStatus(t, f.post(home, "/reset-password", `{"token":"`+token+`","password":"`+nextPassword+`"}`), 400, "INVALID_TOKEN")

	verified := f.post(home, "/verify-email", `{"token":"`+token+`"}`)
	wantStatus(t, verified, 200, ann)
	var user User
	must(t, json.Unmarshal(verified.Body.Bytes(), &user))
	if user.EmailVerifiedAt == nil {
		t.Errorf("the answer is %s", verified.Body)
	}
	wantStatus(t, f.post(home, "/verify-email", `{"token":"`+token+`"}`), 400, "INVALID_TOKEN")
	wantStatus(t, f.post(home, "/verify-email/resend", `{"email":"`+ann+`"}`), 200, "")
	must(t, f.box.SendDue(context.Background()))
	if len(f.inbox.all()) != 2 {
		t.Error("a verified address got another mail")
	}
}

func TestNoMailedTokenIsStoredOrLogged(t *testing.T) {
	t.Parallel()
	f := start(t)
	f.account(t, ann)
	token := f.mailed(t, mailReset, ann)
	f.post(home, "/forgot-password/validate", `{"token":"`+token+`"}`)
	f.post(home, "/reset-password", `{"token":"`+token+`","password":"short"}`)
	var stored []map[string]any
	for _, table := range []string{"outbox", "one_time_tokens"} {
		var rows []map[string]any
		must(t, f.db.Table(table).Find(&rows).Error)
		stored = append(stored, rows...)
	}
	encoded, err := json.Marshal(stored)
	must(t, err)
	if len(stored) < 2 || strings.Contains(string(encoded), token) || strings.Contains(f.log.String(), token) {
		t.Errorf("stored %s, logged %s", encoded, f.log)
	}
}
