package attack

import (
	"net/http"
	"strings"
	"testing"
)

func bodyAttacks() []attack {
	return []attack{
		{"every operation refuses a body that is not what it asks for", sendBadBodies},
		{"every operation refuses members of the wrong type", sendWrongTypes},
		{"an empty body, null and an empty object are one to log out with", sendNoBody},
	}
}

// operation is an operation with a body.
type operation struct {
	method, path string
	guarded      bool
	members      []string // of which each is a text
	empty        bool     // the body may be left out
	form         bool
}

func operations() []operation {
	all := []operation{
		{"POST", "/auth/register", false, []string{"name", "email", "password"}, false, false},
		{"POST", "/auth/login", false, []string{"email", "password"}, false, true},
		{"POST", "/auth/login/json", false, []string{"email", "password"}, false, false},
		{"POST", "/auth/token", false, []string{"username", "password"}, false, true},
		{"POST", "/auth/refresh", false, []string{"refresh_token"}, false, false},
		{"POST", "/auth/logout", true, nil, true, false},
		{"POST", "/auth/logout-all", true, nil, true, false},
		{"PATCH", "/auth/me", true, []string{"name"}, false, false},
		{"PATCH", "/me", true, []string{"name"}, false, false},
	}
	for _, path := range []string{"/auth/change-password", "/auth/password/change"} {
		all = append(all, operation{"POST", path, true, []string{"current_password", "new_password"}, false, false})
	}
	for _, path := range []string{"/auth/forgot-password", "/auth/password/forgot", "/auth/verify-email/resend"} {
		all = append(all, operation{"POST", path, false, []string{"email"}, false, false})
	}
	for _, path := range []string{"/auth/forgot-password/validate", "/auth/password/validate", "/auth/verify-email"} {
		all = append(all, operation{"POST", path, false, []string{"token"}, false, false})
	}
	for _, path := range []string{"/auth/reset-password", "/auth/password/reset"} {
		all = append(all, operation{"POST", path, false, []string{"token", "password"}, false, false})
	}
	return all
}

// request prepares a call, with a token if needed.
func (o operation) request(w *target, own pair) *call {
	c := w.call(o.method, o.path).from(w.host())
	if o.guarded {
		c.bearer(own.access)
	}
	return c
}

// object returns a body with these strings as the values of all members.
func (o operation) object(value string) string {
	var list []string
	for _, name := range append(o.members, "more") {
		list = append(list, `"`+name+`":`+value)
	}
	return "{" + strings.Join(list, ",") + "}"
}

func sendBadBodies(t *testing.T, w *target) {
	_, own := w.member(t)
	const json = "application/json"
	for _, o := range operations() {
		good := o.object(`"abcdefgh"`)
		first := append(o.members, "more")[0]
		for name, try := range map[string]struct {
			status      int
			media, body string
		}{
			"too large":         {413, json, o.object(`"` + strings.Repeat("x", 17<<10) + `"`)},
			"much too large":    {413, json, strings.Repeat(" ", 2<<20) + good},
			"text":              {415, "text/plain", good},
			"no type":           {415, "", good},
			"multipart":         {415, "multipart/form-data; boundary=x", "--x\r\n\r\n\r\n--x--"},
			"XML":               {415, "application/xml", "<a/>"},
			"two types":         {415, json + ", text/plain", good},
			"another charset":   {415, json + "; charset=utf-16", good},
			"half":              {400, json, good[:len(good)-1]},
			"trailing comma":    {400, json, strings.Replace(good, "}", ",}", 1)},
			"comment":           {400, json, "/**/" + good},
			"single quotes":     {400, json, strings.ReplaceAll(good, `"`, "'")},
			"NaN":               {400, json, o.object("NaN")},
			"two documents":     {400, json, good + good},
			"trailing text":     {400, json, good + " x"},
			"byte order mark":   {400, json, "\ufeff" + good},
			"raw NUL":           {400, json, good + "\x00"},
			"escaped NUL":       {400, json, o.object(`"abc\u0000defgh"`)},
			"NUL in a name":     {400, json, `{"a\u0000":1,` + good[1:]},
			"invalid UTF-8":     {400, json, o.object("\"\xff\xfeabcdefgh\"")},
			"lone surrogate":    {400, json, o.object(`"\ud800abcdefgh"`)},
			"member twice":      {400, json, `{"` + first + `":"a",` + good[1:]},
			"member twice, esc": {400, json, `{"\u00` + hexOf(first[0]) + first[1:] + `":"a",` + good[1:]},
			"deep list":         {400, json, strings.Repeat("[", 5000) + strings.Repeat("]", 5000)},
			"deep object":       {400, json, strings.Repeat(`{"a":`, 2000) + "1" + strings.Repeat("}", 2000)},
			"deep member":       {400, json, `{"more":` + strings.Repeat("[", 100) + strings.Repeat("]", 100) + "," + good[1:]},
			"list":              {422, json, "[]"},
			"text in JSON":      {422, json, `"abcdefgh"`},
			"number":            {422, json, "7"},
			"out of range":      {422, json, o.object("1e999")},
			"true":              {422, json, "true"},
		} {
			c := o.request(w, own).as(try.media, try.body)
			if a := c.send(t); a.status != try.status && !(try.status == 422 && a.status == 400) {
				t.Errorf("%s %s, %s: %d, want %d: %.200s", o.method, o.path, name, a.status, try.status, a.body)
			}
		}
		if a := o.request(w, own).form("a=b").send(t); a.status != 415 && !o.form {
			t.Errorf("%s, form: %d %s", o.path, a.status, a.body)
		}
		if o.empty {
			continue
		}
		if a := o.request(w, own).as(json, "").send(t); a.status < 400 || a.status >= 500 {
			t.Errorf("%s, empty: %d %s", o.path, a.status, a.body)
		}
	}
	w.alive(t, own)
}

func hexOf(c byte) string {
	const digits = "0123456789abcdef"
	return string([]byte{digits[c>>4], digits[c&15]})
}

func sendWrongTypes(t *testing.T, w *target) {
	_, own := w.member(t)
	secret := newPassword()
	for _, o := range operations() {
		for _, member := range o.members {
			for _, value := range []string{"null", "7", "true", "[]", "{}", `["` + secret + `"]`, `{"` + secret + `":"` + secret + `"}`, "-0", "123456789012345678901234567890"} {
				body := strings.Replace(o.object(`"abcdefgh"`), `"`+member+`":"abcdefgh"`, `"`+member+`":`+value, 1)
				a := o.request(w, own).as("application/json", body).send(t)
				if a.status != http.StatusUnprocessableEntity {
					t.Errorf("%s, %s = %s: %d %s", o.path, member, value, a.status, a.body)
				}
				if !strings.Contains(string(a.body), `"field":"`+member) {
					t.Errorf("%s, %s = %s: the member is not named: %s", o.path, member, value, a.body)
				}
				if strings.Contains(string(a.body), secret) {
					t.Errorf("%s, %s: the value is repeated: %s", o.path, member, a.body)
				}
			}
			without := strings.Replace(o.object(`"abcdefgh"`), `"`+member+`"`, `"`+strings.ToUpper(member)+`"`, 1)
			if a := o.request(w, own).as("application/json", without).send(t); a.status != http.StatusUnprocessableEntity && o.method != "PATCH" && !strings.Contains(o.path, "reset") {
				t.Errorf("%s, %s in capitals: %d %s", o.path, member, a.status, a.body)
			}
		}
	}
	w.alive(t, own)
}

func sendNoBody(t *testing.T, w *target) {
	for _, path := range []string{"/auth/logout", "/auth/logout-all"} {
		for _, set := range []func(*call) *call{
			func(c *call) *call { return c },
			func(c *call) *call { return c.json("") },
			func(c *call) *call { return c.json("null") },
			func(c *call) *call { return c.json(" null\n") },
			func(c *call) *call { return c.json("{}") },
			func(c *call) *call { return c.json(`{"more":[1]}`) },
			func(c *call) *call { return c.with("Content-Type", "text/plain") },
		} {
			_, own := w.member(t)
			set(w.call("POST", path).bearer(own.access)).want(t, http.StatusNoContent)
			w.dead(t, own)
		}
	}
}
