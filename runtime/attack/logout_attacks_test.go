package attack

import (
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"time"
)

func logoutAttacks() []attack {
	return []attack{
		{"a logout counts at once on the other process", logoutElsewhere},
		{"a logout by refresh token serves who has no access token any more", logoutByRefresh},
		{"a logout ends every refresh that was under way", logoutRacingRefresh},
		{"one user cannot end the session of another", endForeignSession},
		{"a deactivated user is out at once", deactivate},
		{"a role changes at once", changeRole},
		{"the application keeps 20 sessions of a user", openManySessions},
	}
}

func logoutElsewhere(t *testing.T, w *target) {
	for on := range w.processes {
		a, own := w.member(t)
		other, third := w.login(t, a), w.login(t, a)
		w.get("/auth/me").bearer(own.access).to(1-on).want(t, http.StatusOK)
		w.call("POST", "/auth/logout").bearer(own.access).to(on).want(t, http.StatusNoContent)
		w.get("/auth/me").bearer(own.access).to(1-on).want(t, http.StatusUnauthorized)
		w.dead(t, own)
		w.call("POST", "/auth/logout").bearer(own.access).want(t, http.StatusUnauthorized)
		w.get("/auth/me").bearer(other.access).want(t, http.StatusOK)
		w.post("/auth/logout-all", "null").bearer(other.access).to(on).want(t, http.StatusNoContent)
		w.get("/auth/me").bearer(third.access).to(1-on).want(t, http.StatusUnauthorized)
		w.dead(t, other)
		w.dead(t, third)
	}
}

func logoutByRefresh(t *testing.T, w *target) {
	_, own := w.member(t)
	expired := forge(t, own.access, claim("exp", time.Now().Add(-time.Minute).Unix()))
	w.call("POST", "/auth/logout").bearer(expired).want(t, http.StatusUnauthorized)
	w.post("/auth/logout", object{"refresh_token": own.refresh}).bearer(expired).want(t, http.StatusNoContent)
	w.dead(t, own)
	w.call("POST", "/auth/logout").want(t, http.StatusUnauthorized)
}

// logoutRacingRefresh refreshes in a loop until it fails, while another client logs
// out.
func logoutRacingRefresh(t *testing.T, w *target) {
	for round := range 10 {
		_, own := w.member(t)
		all := make(chan []pair)
		go func() {
			pairs := []pair{own}
			for range 300 {
				a := w.refreshCall(pairs[len(pairs)-1].refresh).to(round % 2).send(t)
				if a.status != http.StatusOK {
					break
				}
				pairs = append(pairs, a.pair())
			}
			all <- pairs
		}()
		time.Sleep(time.Duration(rand.IntN(30)) * time.Millisecond)
		w.call("POST", "/auth/logout").bearer(own.access).to(1-round%2).want(t, http.StatusNoContent)
		for _, p := range <-all {
			w.dead(t, p)
		}
	}
}

func endForeignSession(t *testing.T, w *target) {
	_, victim := w.member(t)
	_, own := w.member(t)
	id := w.onlySession(t, victim)
	for _, path := range []string{id, strings.ToLower(id), id + "%00", "%25", "*", "'%20OR%20'1'='1"} {
		a := w.call("DELETE", "/auth/sessions/"+path).bearer(own.access).send(t)
		if a.status < 400 || a.status >= 500 {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
	victim = w.alive(t, victim)
	w.call("DELETE", "/auth/sessions/"+id).bearer(victim.access).want(t, http.StatusNoContent)
	w.dead(t, victim)
}

func (w *target) onlySession(t *testing.T, p pair) string {
	t.Helper()
	var list struct{ Items []struct{ ID string } }
	must(t, json.Unmarshal(w.get("/auth/sessions").bearer(p.access).want(t, http.StatusOK).body, &list))
	if len(list.Items) != 1 {
		t.Fatalf("%d sessions", len(list.Items))
	}
	return list.Items[0].ID
}

func deactivate(t *testing.T, w *target) {
	a, own := w.member(t)
	reset := w.resetToken(t, a)
	w.run(t, "user:update", a.email, "--active=false")
	w.dead(t, own)
	w.loginCall(a.email, a.password).from(w.host()).want(t, http.StatusUnauthorized)
	w.post("/auth/forgot-password/validate", object{"token": reset}).want(t, http.StatusBadRequest)
	w.post("/auth/reset-password", object{"token": reset, "password": newPassword()}).want(t, http.StatusBadRequest)
	w.run(t, "user:update", a.email, "--active=true")
	w.dead(t, own)

	own = w.login(t, a)
	w.exec(t, "UPDATE users SET is_active = ? WHERE id = ?", false, a.id) // by hand, which leaves the session
	w.dead(t, own)
	w.exec(t, "UPDATE users SET is_active = ? WHERE id = ?", true, a.id)
	w.alive(t, own)
}

func changeRole(t *testing.T, w *target) {
	a, own := w.member(t)
	for _, role := range []string{"admin", "user"} {
		w.run(t, "user:update", a.email, "--role="+role)
		for on := range w.processes {
			if is := w.get("/auth/me").bearer(own.access).to(on).want(t, http.StatusOK).text("role"); is != role {
				t.Errorf("the role is %s, not %s", is, role)
			}
		}
	}
}

func openManySessions(t *testing.T, w *target) {
	a := w.account(t)
	first := w.login(t, a)
	together(t, 19, func(int) *call { return w.loginCall(a.email, a.password).from(w.host()) })
	w.get("/auth/me").bearer(first.access).want(t, http.StatusOK)
	last := w.login(t, a)
	w.dead(t, first)
	w.get("/auth/me").bearer(last.access).want(t, http.StatusOK)
	var rows int64
	must(t, w.db.Raw("SELECT count(*) FROM sessions WHERE user_id = ?", a.id).Scan(&rows).Error)
	if rows != 20 {
		t.Errorf("%d sessions", rows)
	}
}
