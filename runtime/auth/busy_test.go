package auth

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestBusyHasherReturnsRetryAfter(t *testing.T) {
	f := start(t)
	f.account(t, ann)
	access, _ := f.registered(t, "bob@example.com")
	reset := f.mailed(t, mailReset, ann)
	usual := passwords
	t.Cleanup(func() { passwords = usual })
	passwords = newHasher(1, time.Millisecond)
	release, err := passwords.acquire(context.Background())
	must(t, err)
	defer release()

	credentials := `{"email":"ann@example.com","password":"` + goodPassword + `"}`
	for path, body := range map[string]string{
		"/login":           credentials,
		"/login/json":      credentials,
		"/token":           credentials,
		"/register":        `{"name":"Eve","email":"eve@example.com","password":"` + goodPassword + `"}`,
		"/reset-password":  `{"token":"` + reset + `","password":"` + nextPassword + `"}`,
		"/change-password": `{"current_password":"` + goodPassword + `","new_password":"` + nextPassword + `"}`,
	} {
		r := httptest.NewRequest("POST", "/api/auth"+path, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer "+access)
		w := httptest.NewRecorder()
		f.handler.ServeHTTP(w, r)
		wantStatus(t, w, 503, "SERVICE_UNAVAILABLE")
		if w.Header().Get("Retry-After") == "" {
			t.Errorf("%s: the answer does not say when to come again", path)
		}
	}
	var counted int64 // no attempt that ended before a password was compared
	must(t, f.db.Model(&throttle{}).Select("coalesce(sum(count), 0)").Scan(&counted).Error)
	if counted != 0 {
		t.Errorf("%d attempts are counted", counted)
	}
}
