package attack

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func mailAttacks() []attack {
	return []attack{
		{"no header of a request gets into a mailed link", poisonHeaders},
		{"a mailed token works once, for its purpose, and only the newest", useMailedTokens},
		{"no name or address adds a line to a mail", injectHeaders},
		{"an address gets five mails an hour", floodInbox},
	}
}

func poisonHeaders(t *testing.T, w *target) {
	a, own := w.member(t)
	const evil = "evil.example.net"
	c := w.post("/auth/forgot-password", object{"email": a.email, "url": "https://" + evil, "redirect_uri": "https://" + evil, "host": evil})
	c.host = evil
	for _, name := range []string{
		"X-Forwarded-Host", "X-Forwarded-Server", "X-Host", "X-Original-Host", "X-HTTP-Host-Override", "X-Original-URL", "X-Rewrite-URL",
	} {
		c.with(name, evil)
	}
	c.with("Origin", "https://"+evil).with("Referer", "https://"+evil+"/").with("Forwarded", "host="+evil+";proto=http").
		with("X-Forwarded-Proto", "http").with("X-Forwarded-Port", "81").with("X-Forwarded-Prefix", "/evil")
	c.want(t, http.StatusOK)
	m, token := w.mailed(t, a.email, resetSubject, 1)
	if strings.Contains(strings.ToLower(string(m.Raw)), "evil") {
		t.Errorf("the mail repeats a header:\n%s", m.Raw)
	}
	link := appURL + "/password/reset#token=" + token
	if token == "" || !strings.Contains(m.Text, link+"\n") || !strings.Contains(m.HTML, `href="`+link+`"`) {
		t.Errorf("no link %s in\n%s\n%s", link, m.Text, m.HTML)
	}
	if !strings.Contains(m.Text, "\n"+token+"\n") || !strings.Contains(m.HTML, ">"+token+"<") {
		t.Errorf("the bare token is not in\n%s\n%s", m.Text, m.HTML)
	}
	if len(m.EnvelopeTo) != 1 || m.EnvelopeTo[0] != a.email {
		t.Errorf("the mail went to %v", m.EnvelopeTo)
	}
	w.get("/auth/me").bearer(own.access).want(t, http.StatusOK) // asking changes nothing
}

func useMailedTokens(t *testing.T, w *target) {
	a := w.registered(t)
	own := w.login(t, a)
	_, verify := w.mailed(t, a.email, verifySubject, 1)
	older := w.resetToken(t, a)
	newest := w.resetToken(t, a)
	fresh := newPassword()
	validate := func(token string) *call { return w.post("/auth/forgot-password/validate", object{"token": token}) }
	reset := func(token string) *call {
		return w.post("/auth/reset-password", object{"token": token, "password": fresh})
	}
	for _, bad := range []string{older, verify, "", newest + "A", newest[:42], strings.ToLower(newest), own.access, "' OR '1'='1", newest + "\n"} {
		validate(bad).wantCode(t, http.StatusBadRequest, "INVALID_TOKEN")
		reset(bad).wantCode(t, http.StatusBadRequest, "INVALID_TOKEN")
	}
	w.post("/auth/verify-email", object{"token": newest}).wantCode(t, http.StatusBadRequest, "INVALID_TOKEN")
	for on := range w.processes {
		answer := validate(newest).to(on).want(t, http.StatusOK)
		if string(answer.body) != "{\"valid\":true}\n" {
			t.Errorf("validate answers %q", answer.body)
		}
	}
	w.get("/auth/me").bearer(own.access).want(t, http.StatusOK) // nothing was consumed
	reset(newest).want(t, http.StatusOK)
	reset(newest).wantCode(t, http.StatusBadRequest, "INVALID_TOKEN")
	validate(newest).wantCode(t, http.StatusBadRequest, "INVALID_TOKEN")
	w.post("/auth/verify-email", object{"token": verify}).wantCode(t, http.StatusBadRequest, "INVALID_TOKEN") // all links are dead
	w.dead(t, own)
	w.loginCall(a.email, a.password).from(w.host()).want(t, http.StatusUnauthorized)
	a.password = fresh
	session := w.login(t, a)
	if w.get("/auth/me").bearer(session.access).want(t, http.StatusOK).text("email_verified_at") == "" {
		t.Error("the reset did not verify the address")
	}

	b := w.registered(t)
	_, verify = w.mailed(t, b.email, verifySubject, 1)
	reset(verify).wantCode(t, http.StatusBadRequest, "INVALID_TOKEN")
	w.post("/auth/verify-email", object{"token": verify}).want(t, http.StatusOK)
	w.post("/auth/verify-email", object{"token": verify}).wantCode(t, http.StatusBadRequest, "INVALID_TOKEN")
}

func injectHeaders(t *testing.T, w *target) {
	a := account{email: newAddress(), password: newPassword()}
	name := "Ann\r\nBcc: evil@example.net\r\n\r\n<script>alert(1)</script> https://evil.example.net"
	if w.post("/auth/register", object{"name": name, "email": a.email, "password": a.password}).send(t).status == http.StatusCreated {
		m, _ := w.mailed(t, a.email, verifySubject, 1)
		if m.Header.Get("Bcc") != "" || len(m.EnvelopeTo) != 1 || strings.Contains(string(m.Raw), "evil") {
			t.Errorf("the name got into the mail:\n%s", m.Raw)
		}
	}
	for _, email := range []string{
		a.email + "\r\nBcc: evil@example.net", a.email + "\nBcc: evil@example.net", a.email + ",evil@example.net", a.email + " evil@example.net",
		"evil@example.net\x00" + a.email, `"a\r\nb"@example.com`, "<" + a.email + ">", "Ann <" + a.email + ">", "a@b@example.com", "ann@[127.0.0.1]",
		"ann@example", "änn@example.com", "ann@exämple.com", "ann@example.com%0aBcc:evil@example.net", strings.Repeat("a", 255) + "@example.com", "",
	} {
		for _, c := range []*call{
			w.post("/auth/register", object{"name": "Ann", "email": email, "password": newPassword()}),
			w.post("/auth/forgot-password", object{"email": email}),
			w.post("/auth/verify-email/resend", object{"email": email}),
		} {
			if a := c.send(t); a.status != http.StatusUnprocessableEntity && a.status != http.StatusBadRequest {
				t.Errorf("%s with %q: %d %s", c.path, email, a.status, a.body)
			}
		}
	}
	for _, m := range w.mail.Messages() {
		if strings.Contains(strings.Join(append(m.EnvelopeTo, m.To), " "), "evil") {
			t.Errorf("a mail went to %v", m.EnvelopeTo)
		}
	}
}

func floodInbox(t *testing.T, w *target) {
	a := w.registered(t)
	w.mailed(t, a.email, verifySubject, 1)
	together(t, 12, func(i int) *call {
		path := []string{"/auth/forgot-password", "/auth/verify-email/resend", "/auth/password/forgot"}[i%3]
		return w.post(path, object{"email": []string{a.email, strings.ToUpper(a.email)}[i%2]})
	})
	w.delivered(t, a.email)
	if n := len(w.mails(a.email, resetSubject)) + len(w.mails(a.email, verifySubject)); n != 5 {
		t.Errorf("%d mails have arrived, want 5", n)
	}
}

// delivered waits until all mail to the address is sent.
func (w *target) delivered(t *testing.T, email string) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		var due int
		must(t, w.db.Raw("SELECT count(*) FROM outbox WHERE address = ? AND sent_at IS NULL", email).Scan(&due).Error)
		if due == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d mails are still to be sent", due)
		}
	}
}
