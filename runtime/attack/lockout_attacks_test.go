package attack

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func lockoutAttacks() []attack {
	return []attack{
		{"the eleventh guess is refused, over both processes and every way to log in", guessElevenTimes},
		{"another spelling of the address is not another address", guessBySpelling},
		{"a success clears what came before it", guessAroundSuccess},
		{"a locked out client does not lock out others", guessFromElsewhere},
		{"the addresses of an IPv6 network count as one", guessFromManyIPv6},
		{"clients cannot choose the IP that is counted", guessWithForgedProxy},
		{"of 30 parallel guesses ten are judged", guessInParallel},
		{"100 guesses from everywhere lock an address until a reset by mail", guessFromEverywhere},
		{"production limits what one network may ask for", askTooMuch},
	}
}

// fail tries wrong passwords for an address, in any case.
func (w *target) fail(t *testing.T, times int, from func(i int) string, emails ...string) {
	t.Helper()
	got := statuses(together(t, times, func(i int) *call {
		return w.loginCall(emails[i%len(emails)], newPassword()).from(from(i))
	}))
	if got[401] != times {
		t.Fatalf("want %d 401: %v", times, got)
	}
}

// lock uses up the attempts of an IP for an address.
func (w *target) lock(t *testing.T, email, ip string) {
	t.Helper()
	w.fail(t, 10, func(int) string { return ip }, email)
}

func guessElevenTimes(t *testing.T, w *target) {
	a, ip := w.account(t), w.host()
	ways := []func(password string) *call{
		func(p string) *call { return w.loginCall(a.email, p) },
		func(p string) *call { return w.post("/auth/login", object{"username": a.email, "password": p}) },
		func(p string) *call { return w.post("/auth/login/json", object{"email": a.email, "password": p}) },
		func(p string) *call { return w.post("/auth/token", object{"username": a.email, "password": p}) },
		func(p string) *call {
			return w.call("POST", "/auth/login").form("username=" + a.email + "&password=" + p)
		},
		func(p string) *call {
			return w.call("POST", "/auth/token").form("grant_type=password&username=" + a.email + "&password=" + p)
		},
	}
	for i := range 10 {
		if a := ways[i%len(ways)](newPassword()).from(ip).send(t); a.status != http.StatusUnauthorized && a.status != http.StatusBadRequest {
			t.Fatalf("guess %d: %d %s", i, a.status, a.body)
		}
	}
	for _, way := range ways {
		for on := range w.processes {
			refused := way(a.password).from(ip).to(on).wantCode(t, http.StatusTooManyRequests, "RATE_LIMIT_EXCEEDED")
			if seconds := refused.header.Get("Retry-After"); len(seconds) != 3 || seconds > "900" {
				t.Errorf("Retry-After is %s", seconds)
			}
		}
	}
	unknown := newAddress()
	w.lock(t, unknown, ip)
	w.loginCall(unknown, newPassword()).from(ip).want(t, http.StatusTooManyRequests)
}

func guessBySpelling(t *testing.T, w *target) {
	a, ip := w.account(t), w.host()
	spellings := []string{a.email, strings.ToUpper(a.email), strings.ToUpper(a.email[:1]) + a.email[1:], strings.Replace(a.email, "example", "EXAMPLE", 1)}
	w.fail(t, 10, func(int) string { return ip }, spellings...)
	for _, email := range spellings {
		w.loginCall(email, a.password).from(ip).want(t, http.StatusTooManyRequests)
	}
	for _, email := range []string{" " + a.email, a.email + " ", a.email + ".", "\t" + a.email, strings.Replace(a.email, "@", "+x@", 1), a.email[:1] + "." + a.email[1:]} {
		w.loginCall(email, a.password).from(ip).want(t, http.StatusUnauthorized) // not the address, and no way to it
	}
	w.loginCall(strings.ToUpper(a.email), a.password).from(w.host()).want(t, http.StatusOK)
}

func guessAroundSuccess(t *testing.T, w *target) {
	a, ip := w.account(t), w.host()
	for range 2 {
		w.fail(t, 9, func(int) string { return ip }, a.email)
		w.loginCall(a.email, a.password).from(ip).want(t, http.StatusOK)
	}
	other, elsewhere := w.account(t), w.host()
	w.lock(t, a.email, elsewhere)
	w.loginCall(other.email, other.password).from(elsewhere).want(t, http.StatusOK) // clears nothing of another account
	w.loginCall(a.email, a.password).from(elsewhere).want(t, http.StatusTooManyRequests)
}

func guessFromElsewhere(t *testing.T, w *target) {
	a, ip := w.account(t), w.host()
	w.lock(t, a.email, ip)
	w.loginCall(a.email, a.password).from(ip).want(t, http.StatusTooManyRequests)
	w.loginCall(a.email, a.password).from(w.host()).want(t, http.StatusOK)
	w.loginCall(a.email, a.password).from(ip).want(t, http.StatusTooManyRequests) // the success was another's
}

func guessFromManyIPv6(t *testing.T, w *target) {
	a := w.account(t)
	w.fail(t, 10, func(i int) string { return fmt.Sprintf("2001:db8:1:2:%x::%x", i, i*77) }, a.email)
	w.loginCall(a.email, a.password).from("2001:db8:1:2:ffff::1").want(t, http.StatusTooManyRequests)
	w.loginCall(a.email, a.password).from("2001:0DB8:0001:0002::1").want(t, http.StatusTooManyRequests)
	w.loginCall(a.email, a.password).from("2001:db8:1:3::1").want(t, http.StatusOK)
	ip := w.host()
	w.lock(t, a.email, ip)
	w.loginCall(a.email, a.password).from("::ffff:"+ip).want(t, http.StatusTooManyRequests)
}

// guessWithForgedProxy sends X-Forwarded-For through the trusted proxy, which
// appends the real address, and to a process without trusted proxies.
func guessWithForgedProxy(t *testing.T, w *target) {
	a, ip := w.account(t), w.host()
	w.fail(t, 10, func(int) string { return w.host() + ", " + ip }, a.email)
	w.loginCall(a.email, a.password).from(w.host()+", "+ip).want(t, http.StatusTooManyRequests)
	w.loginCall(a.email, a.password).from(w.host()).with("X-Forwarded-For", ip).want(t, http.StatusTooManyRequests) // in two headers

	direct := w.also(t, settings{"TRUSTED_PROXIES": ""})
	for range 10 {
		direct.loginCall(a.email, newPassword()).from(w.host()).with("X-Real-IP", w.host()).with("Forwarded", "for="+w.host()).want(t, http.StatusUnauthorized)
	}
	direct.loginCall(a.email, a.password).from(w.host()).want(t, http.StatusTooManyRequests)
}

func guessInParallel(t *testing.T, w *target) {
	for range 2 {
		a, ip := w.account(t), w.host()
		answers := together(t, 30, func(int) *call { return w.loginCall(a.email, newPassword()).from(ip) })
		got := statuses(answers)
		if judged := got[401] + got[503]; judged != 10 || got[429] != 20 {
			t.Errorf("want ten 401 and twenty 429: %v", got)
		}
		w.loginCall(a.email, a.password).from(ip).want(t, http.StatusTooManyRequests)
	}
}

// guessFromEverywhere sets the counter instead of hashing 99 passwords.
func guessFromEverywhere(t *testing.T, w *target) {
	a := w.account(t)
	var before []string
	must(t, w.db.Raw("SELECT key FROM throttles").Scan(&before).Error)
	w.loginCall(a.email, newPassword()).from(w.host()).want(t, http.StatusUnauthorized)
	w.exec(t, "UPDATE throttles SET count = 99 WHERE key LIKE 'address:%' AND key NOT IN ?", append(before, ""))
	w.loginCall(a.email, newPassword()).from(w.host()).want(t, http.StatusUnauthorized)
	w.loginCall(a.email, a.password).from(w.host()).want(t, http.StatusTooManyRequests)
	token := w.resetToken(t, a)
	a.password = newPassword()
	w.post("/auth/reset-password", object{"token": token, "password": a.password}).want(t, http.StatusOK)
	w.login(t, a)
}

func askTooMuch(t *testing.T, w *target) {
	strict := w.also(t, settings{"APP_ENV": "production"})
	for name, ask := range map[string]func() *call{
		"forgot": func() *call { return strict.post("/auth/forgot-password", object{"email": newAddress()}) },
		"resend": func() *call { return strict.post("/auth/verify-email/resend", object{"email": newAddress()}) },
		"register": func() *call {
			return strict.post("/auth/register", object{"name": "Ann", "email": "?", "password": "?"})
		},
	} {
		ip := w.host()
		for i := range 20 {
			if a := ask().from(ip).send(t); a.status == http.StatusTooManyRequests {
				t.Fatalf("%s: refused after %d", name, i)
			}
		}
		ask().from(ip).want(t, http.StatusTooManyRequests)
		if a := ask().from(w.host()).send(t); a.status == http.StatusTooManyRequests {
			t.Errorf("%s: another network is refused", name)
		}
	}
}
