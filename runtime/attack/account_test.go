package attack

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/argon2"

	"fastgo/runtime/auth"
	"fastgo/runtime/mailtest"
)

// account is a user whose password the attacker knows.
type account struct {
	id              int64
	email, password string
}

// pair is the two tokens of a session.
type pair struct{ access, refresh string }

func newAddress() string  { return strings.ToLower(rand.Text()[:12]) + "@example.com" }
func newPassword() string { return rand.Text() }

// account inserts a user into the database, with a cheap hash.
func (w *target) account(t testing.TB) account {
	t.Helper()
	user := auth.User{Profile: auth.Profile{Name: "Ann"}, Email: newAddress(), Role: "user", IsActive: true, PasswordHash: w.hash}
	must(t, w.db.Create(&user).Error)
	return account{id: user.ID, email: user.Email, password: w.password}
}

// cheapHash is a hash as imported from another application.
func cheapHash(password string) string {
	salt := []byte("salt of the test")
	base64 := base64.RawStdEncoding
	return "$argon2id$v=19$m=8,t=1,p=1$" + base64.EncodeToString(salt) + "$" +
		base64.EncodeToString(argon2.IDKey([]byte(password), salt, 1, 8, 1, 32))
}

// registered creates an account through the API.
func (w *target) registered(t testing.TB) account {
	t.Helper()
	a := account{email: newAddress(), password: newPassword()}
	answer := patiently(t, func() *call {
		return w.post("/auth/register", object{"name": "Ann", "email": a.email, "password": a.password})
	}).want(t, http.StatusCreated)
	var user struct{ ID int64 }
	must(t, json.Unmarshal(answer.body, &user))
	a.id = user.ID
	return a
}

// login opens a session from its own IP.
func (w *target) login(t testing.TB, a account) pair {
	t.Helper()
	ip := w.host()
	return patiently(t, func() *call { return w.loginCall(a.email, a.password).from(ip) }).want(t, http.StatusOK).pair()
}

// member creates an account with a session.
func (w *target) member(t testing.TB) (account, pair) {
	t.Helper()
	a := w.account(t)
	return a, w.login(t, a)
}

func (w *target) loginCall(email, password string) *call {
	return w.post("/auth/login", object{"email": email, "password": password})
}

func (w *target) refreshCall(token string) *call {
	return w.post("/auth/refresh", object{"refresh_token": token})
}

// patiently repeats a request while the server is too busy to hash.
func patiently(t testing.TB, request func() *call) *answer {
	t.Helper()
	for try := 0; ; try++ {
		a := request().send(t)
		if a.status != http.StatusServiceUnavailable || try == 5 {
			return a
		}
	}
}

func (a *answer) pair() pair { return pair{a.text("access_token"), a.text("refresh_token")} }

// alive checks that both tokens are valid, and uses the refresh token.
func (w *target) alive(t testing.TB, p pair) pair {
	t.Helper()
	for on := range w.processes {
		w.get("/auth/me").bearer(p.access).to(on).want(t, http.StatusOK)
	}
	return w.refreshCall(p.refresh).want(t, http.StatusOK).pair()
}

// dead checks that both tokens are invalid on all processes.
func (w *target) dead(t testing.TB, p pair) {
	t.Helper()
	if p.access == "" || p.refresh == "" {
		t.Fatal("the tokens are empty")
	}
	for on := range w.processes {
		if a := w.get("/auth/me").bearer(p.access).to(on).send(t); a.status != http.StatusUnauthorized {
			t.Errorf("the access token is still valid: %d %s", a.status, a.body)
		}
		if a := w.refreshCall(p.refresh).to(on).send(t); a.status != http.StatusUnauthorized {
			t.Errorf("the refresh token is still valid: %d %s", a.status, a.body)
		}
	}
}

var mailedToken = regexp.MustCompile(`#token=([A-Za-z0-9_-]{43})\s`)

const (
	resetSubject  = "Set a new password for " + appName
	verifySubject = "Confirm your address for " + appName
	noticeSubject = "Your password for " + appName + " was changed"
)

// mails returns the mails to an address, oldest first.
func (w *target) mails(address, subject string) []mailtest.Received {
	var found []mailtest.Received
	for _, m := range w.mail.Messages() {
		if m.To == address && m.Subject == subject {
			found = append(found, m)
		}
	}
	return found
}

// mailed waits for the nth mail with a subject to an address, and returns it with
// its token.
func (w *target) mailed(t testing.TB, address, subject string, n int) (mailtest.Received, string) {
	t.Helper()
	for deadline := time.Now().Add(40 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if found := w.mails(address, subject); len(found) >= n {
			token := ""
			if match := mailedToken.FindStringSubmatch(found[n-1].Text); match != nil {
				token = match[1]
				w.secrets.add(token)
			}
			return found[n-1], token
		}
	}
	t.Fatalf("%d mails %q have arrived, want %d", len(w.mails(address, subject)), subject, n)
	panic("unreachable")
}

// resetToken requests a mail and returns its token.
func (w *target) resetToken(t testing.TB, a account) string {
	t.Helper()
	before := len(w.mails(a.email, resetSubject))
	w.post("/auth/forgot-password", object{"email": a.email}).want(t, http.StatusOK)
	_, token := w.mailed(t, a.email, resetSubject, before+1)
	return token
}
