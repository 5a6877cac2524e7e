package attack

import (
	"net/http"
	"testing"
	"time"
)

func passwordAttacks() []attack {
	return []attack{
		{"no login with the old password outlives a change", loginsRacingChange},
		{"no login with the old password outlives a reset", loginsRacingReset},
		{"of two parallel changes one wins", changeInParallel},
		{"of eight parallel resets with one token one wins", resetInParallel},
		{"the current password cannot be guessed with a stolen access token", guessCurrentPassword},
		{"a weak password is refused and leaves the token good", resetToWeakPassword},
	}
}

// loginsRacingChange logs in before the password change, and 45 times during it.
func loginsRacingChange(t *testing.T, w *target) {
	a, changer := w.member(t)
	before := []pair{w.login(t, a), w.login(t, a)}
	fresh := newPassword()
	all := make(chan []*answer)
	go func() {
		all <- together(t, 45, func(int) *call { return w.loginCall(a.email, a.password).from(w.host()) })
	}()
	change := func() *answer {
		return w.post("/auth/change-password", object{"current_password": a.password, "new_password": fresh}).bearer(changer.access).send(t)
	}
	changed := change()
	for try := 0; try < 5 && changed.status != http.StatusOK; try++ { // no place to hash in, and then 20 newer sessions
		changer = w.login(t, a)
		changed = change()
	}
	changed.want(t, http.StatusOK)
	stillborn := 0
	for _, answer := range <-all {
		if answer.status == http.StatusOK {
			stillborn++
			w.dead(t, answer.pair())
		}
	}
	if stillborn == 0 {
		t.Error("no login came before the change, so that it proves nothing")
	}
	for _, p := range append(before, changer) {
		w.dead(t, p)
	}
	w.loginCall(a.email, a.password).from(w.host()).want(t, http.StatusUnauthorized)
	w.alive(t, changed.pair())
	a.password = fresh
	w.alive(t, w.login(t, a))
	w.mailed(t, a.email, noticeSubject, 1)
}

func loginsRacingReset(t *testing.T, w *target) {
	a, own := w.member(t)
	token, fresh := w.resetToken(t, a), newPassword()
	all := make(chan []*answer)
	go func() {
		all <- together(t, 16, func(int) *call { return w.loginCall(a.email, a.password).from(w.host()) })
	}()
	reset := patiently(t, func() *call {
		return w.post("/auth/reset-password", object{"token": token, "password": fresh})
	}).want(t, http.StatusOK)
	if reset.text("access_token") != "" {
		t.Error("a reset logs in")
	}
	for _, answer := range <-all {
		if answer.status == http.StatusOK {
			w.dead(t, answer.pair())
		}
	}
	w.dead(t, own)
	a.password = fresh
	w.alive(t, w.login(t, a))
}

func changeInParallel(t *testing.T, w *target) {
	for range 3 {
		a, first := w.member(t)
		pairs, passwords := []pair{first, w.login(t, a)}, []string{newPassword(), newPassword()}
		answers := together(t, 2, func(i int) *call {
			return w.post("/auth/change-password", object{"current_password": a.password, "new_password": passwords[i]}).bearer(pairs[i].access)
		})
		winner := 0
		if answers[1].status == http.StatusOK {
			winner = 1
		}
		answers[winner].want(t, http.StatusOK)
		switch answers[1-winner].status {
		case http.StatusBadRequest, http.StatusUnauthorized, http.StatusConflict:
		default:
			t.Fatalf("the loser gets %d %s", answers[1-winner].status, answers[1-winner].body)
		}
		w.alive(t, answers[winner].pair())
		w.dead(t, pairs[0])
		w.dead(t, pairs[1])
		w.loginCall(a.email, passwords[1-winner]).want(t, http.StatusUnauthorized)
		a.password = passwords[winner]
		w.login(t, a)
	}
}

func resetInParallel(t *testing.T, w *target) {
	a := w.account(t)
	token := w.resetToken(t, a)
	var passwords []string
	for range 8 {
		passwords = append(passwords, newPassword())
	}
	answers := together(t, 8, func(i int) *call {
		return w.post("/auth/reset-password", object{"token": token, "new_password": passwords[i]})
	})
	if got := statuses(answers); got[200] != 1 || got[400] != 7 {
		t.Fatalf("want one 200 and seven 400: %v", got)
	}
	for i, answer := range answers {
		login := w.loginCall(a.email, passwords[i]).from(w.host()).send(t)
		if (login.status == http.StatusOK) != (answer.status == http.StatusOK) {
			t.Errorf("the reset answered %d and the login %d", answer.status, login.status)
		}
	}
}

func guessCurrentPassword(t *testing.T, w *target) {
	a, own := w.member(t)
	guess := func(password string) *call {
		return w.post("/auth/change-password", object{"current_password": password, "new_password": newPassword()}).
			bearer(own.access).from(w.host())
	}
	if got := statuses(together(t, 10, func(int) *call { return guess(newPassword()) })); got[400] != 10 {
		t.Fatalf("want ten 400: %v", got)
	}
	guess(newPassword()).want(t, http.StatusTooManyRequests)
	guess(a.password).want(t, http.StatusTooManyRequests)
	w.alive(t, own)
}

func resetToWeakPassword(t *testing.T, w *target) {
	a := w.account(t)
	token := w.resetToken(t, a)
	for _, weak := range []string{"short", "password123", a.email, "aaaaaaaaaaa", "nul\x00nul\x00nul", string(make([]byte, 300))} {
		status := w.post("/auth/reset-password", object{"token": token, "password": weak}).send(t).status
		if status != http.StatusUnprocessableEntity && status != http.StatusBadRequest {
			t.Errorf("%.20q is answered %d", weak, status)
		}
	}
	w.post("/auth/forgot-password/validate", object{"token": token}).want(t, http.StatusOK)
	w.exec(t, "UPDATE one_time_tokens SET expires_at = ? WHERE user_id = ?", time.Now().Add(-time.Second).UnixMilli(), a.id)
	w.post("/auth/reset-password", object{"token": token, "password": newPassword()}).wantCode(t, http.StatusBadRequest, "INVALID_TOKEN")
}
