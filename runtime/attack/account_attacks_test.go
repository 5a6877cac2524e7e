package attack

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

func accountAttacks() []attack {
	return []attack{
		{"of 24 parallel registrations of one address one wins", registerInParallel},
		{"users set only their profile at registration", assignAtRegistration},
		{"users change only their profile afterwards", assignByPatch},
		{"an answer does not tell whether an account exists", enumerate},
		{"a patch that is sent by many at once leaves one whole profile", patchInParallel},
	}
}

func registerInParallel(t *testing.T, w *target) {
	email, password := newAddress(), newPassword()
	spellings := []string{email, strings.ToUpper(email), strings.ToUpper(email[:3]) + email[3:]}
	answers := together(t, 24, func(i int) *call {
		return w.post("/auth/register", object{"name": "Ann", "email": spellings[i%3], "password": password})
	})
	created := 0
	for _, a := range answers {
		switch a.status {
		case http.StatusCreated:
			created++
		case http.StatusServiceUnavailable: // no place to hash in on a busy machine
		default:
			a.wantCode(t, http.StatusBadRequest, "EMAIL_ALREADY_REGISTERED")
		}
	}
	var rows int
	must(t, w.db.Raw("SELECT count(*) FROM users WHERE lower(email) = ?", email).Scan(&rows).Error)
	if created != 1 || rows != 1 {
		t.Errorf("%d were created and %d are there: %v", created, rows, statuses(answers))
	}
	w.login(t, account{email: email, password: password})
}

// more contains members that a client must not set, in each case that a lenient
// decoder would accept.
func more() object {
	forbidden := object{
		"id": 1, "role": "admin", "is_active": false, "is_admin": true, "email_verified_at": "2020-01-01T00:00:00Z", "verified": true,
		"auth_epoch": 99, "password_hash": "$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
		"created_at": "2020-01-01T00:00:00Z", "updated_at": "2020-01-01T00:00:00Z", "user_id": 1,
	}
	all := maps.Clone(forbidden)
	for name, value := range forbidden {
		all[strings.ToUpper(name)] = value
		all[strings.ToUpper(name[:1])+name[1:]] = value
		camel := strings.ReplaceAll(strings.ToUpper(name[:1])+name[1:], "_", "")
		all[camel] = value
		all["user."+name], all["user["+name+"]"], all["Profile."+name] = value, value, value
	}
	for _, nested := range []string{"user", "User", "profile", "Profile", "data", "$set", "__proto__", "constructor"} {
		all[nested] = forbidden
	}
	all["EmailVerifiedAt"], all["AuthEpoch"], all["PasswordHash"], all["IsActive"] = forbidden["email_verified_at"], 99, forbidden["password_hash"], false
	return all
}

// row returns a user from the database, without the name and the times.
func (w *target) row(t *testing.T, email string) map[string]any {
	t.Helper()
	found := map[string]any{}
	must(t, w.db.Table("users").Where("email = ?", email).Take(&found).Error)
	delete(found, "name")
	delete(found, "updated_at")
	return found
}

func assignAtRegistration(t *testing.T, w *target) {
	plain := w.registered(t)
	body := more()
	greedy := account{email: newAddress(), password: newPassword()}
	maps.Copy(body, object{"name": "Eve", "email": greedy.email, "password": greedy.password})
	w.post("/auth/register", body).want(t, http.StatusCreated)
	got, want := w.row(t, greedy.email), w.row(t, plain.email)
	for _, own := range []string{"id", "email", "password_hash", "created_at"} {
		if fmt.Sprint(got[own]) == fmt.Sprint(body[own]) && own != "email" {
			t.Errorf("%s is %v", own, got[own])
		}
		delete(got, own)
		delete(want, own)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the user is %v, not %v", got, want)
	}
	if year := w.createdAt(t, greedy.email).Year(); year == 2020 {
		t.Error("the client has set created_at")
	}
	w.login(t, greedy)
}

func (w *target) createdAt(t *testing.T, email string) (at time.Time) {
	t.Helper()
	var user struct{ CreatedAt time.Time }
	must(t, w.db.Table("users").Where("email = ?", email).Take(&user).Error)
	return user.CreatedAt
}

func assignByPatch(t *testing.T, w *target) {
	for _, path := range []string{"/auth/me", "/me"} {
		a, own := w.member(t)
		before := w.row(t, a.email)
		body := more()
		maps.Copy(body, object{"name": "Eve", "email": newAddress(), "EMAIL": newAddress(), "Email": newAddress(), "password": newPassword(), "NAME": "no", "Name": "no"})
		w.patch(path, body).bearer(own.access).want(t, http.StatusOK)
		if after := w.row(t, a.email); fmt.Sprint(before) != fmt.Sprint(after) {
			t.Errorf("the user was %v and is %v", before, after)
		}
		if name := w.get(path).bearer(own.access).want(t, http.StatusOK).text("name"); name != "Eve" {
			t.Errorf("the name is %q", name)
		}
		for _, bad := range []string{`{"name":null}`, `{"name":""}`, `{"name":7}`, `{"name":["x"]}`, `{"name":{"$ne":null}}`, `{"name":"` + strings.Repeat("x", 201) + `"}`} {
			w.patch(path, bad).bearer(own.access).want(t, http.StatusUnprocessableEntity)
		}
		w.alive(t, own)
	}
}

func enumerate(t *testing.T, w *target) {
	known, inactive := w.account(t), w.account(t)
	w.run(t, "user:update", inactive.email, "--active=false")
	same := func(name string, calls ...*call) {
		t.Helper()
		first := ""
		for i, a := range together(t, len(calls), func(i int) *call { return calls[i].from(w.host()) }) {
			if a.status >= 500 {
				t.Errorf("%s %d: %d", name, i, a.status)
			}
			if text := a.visible(); i == 0 {
				first = text
			} else if text != first {
				t.Errorf("%s: case %d shows\n%s\nand case 0\n%s", name, i, text, first)
			}
		}
	}
	for _, path := range []string{"/auth/forgot-password", "/auth/password/forgot", "/auth/verify-email/resend"} {
		same(path, w.post(path, object{"email": known.email}), w.post(path, object{"email": newAddress()}), w.post(path, object{"email": inactive.email}))
	}
	long := strings.Repeat("x", 257)
	for _, path := range []string{"/auth/login", "/auth/login/json", "/auth/token"} {
		same(path,
			w.post(path, object{"email": known.email, "password": newPassword()}), w.post(path, object{"email": newAddress(), "password": newPassword()}),
			w.post(path, object{"email": inactive.email, "password": inactive.password}), w.post(path, object{"email": inactive.email, "password": newPassword()}),
			w.post(path, object{"email": known.email, "password": long}), w.post(path, object{"email": known.email, "password": strings.Repeat("x", 5000)}),
			w.post(path, object{"email": "not an address", "password": newPassword()}), w.post(path, object{"email": strings.Repeat("a", 300) + "@example.com", "password": "x"}))
	}
	form := func(email, password string) *call {
		return w.call("POST", "/auth/token").form("grant_type=password&username=" + email + "&password=" + password)
	}
	same("/auth/token, form", form(known.email, newPassword()), form(newAddress(), newPassword()), form(inactive.email, inactive.password), form(known.email, long))
}

// visible returns everything in a response that a client can compare.
func (a *answer) visible() string {
	body := strings.ReplaceAll(string(a.body), a.header.Get("X-Request-ID"), "ID")
	header := a.header.Clone()
	header.Del("X-Request-ID")
	header.Del("Date")
	var lines []string
	for name, values := range header {
		lines = append(lines, name+": "+strings.Join(values, ", "))
	}
	slices.Sort(lines)
	return fmt.Sprint(a.status, "\n", strings.Join(lines, "\n"), "\n", body)
}

func patchInParallel(t *testing.T, w *target) {
	_, own := w.member(t)
	answers := together(t, 12, func(i int) *call {
		return w.patch("/auth/me", object{"name": strings.Repeat(string(rune('a'+i)), 150)}).bearer(own.access)
	})
	if got := statuses(answers); got[200] != 12 {
		t.Fatalf("%v", got)
	}
	var user struct{ Name string }
	must(t, json.Unmarshal(w.get("/auth/me").bearer(own.access).want(t, http.StatusOK).body, &user))
	if user.Name != strings.Repeat(user.Name[:1], 150) {
		t.Errorf("the name is %s", user.Name)
	}
}
