package contract

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// hostileValues are invalid values of members, and members that only code sets.
func (w *world) hostileValues() []attempt {
	var all []attempt
	refuse := func(field string, values ...string) {
		for _, value := range values {
			all = w.eachWrite(all, attempt{body: object("title", `"ok"`, "body", `"b"`, field, value), status: 422, field: field})
		}
	}
	refuse("title", `""`, `null`, `7`, `true`, `[]`, `{}`, `["ok"]`, `{"$ne":""}`, `"`+strings.Repeat("é", 201)+`"`)
	refuse("body", `""`, `null`, `1e999`, `false`)
	refuse("status", `"gone"`, `""`, `"DRAFT"`, `"draft "`, `null`, `0`, `["draft"]`)
	refuse("published", `"true"`, `1`, `0`, `null`, `"false"`, `[]`)
	refuse("views", `2147483648`, `-2147483649`, `9223372036854775808`, `18446744073709551616`, `1.5`, `1e999`, `1e400`, `-1e999`, `1e-1`, `"1"`, `true`, `[]`, `123456789012345678901234567890`)
	refuse("hits", `9223372036854775808`, `-9223372036854775809`, `1.5`, `1e999`, `"1"`, `1e19`, `123456789012345678901234567890`)
	refuse("ratio", `1e400`, `-1e400`, `1e999`, `"0.5"`, `"NaN"`, `"Infinity"`, `true`)
	refuse("price", `1`, `1.5`, `"1e3"`, `"NaN"`, `"Infinity"`, `""`, `"1,50"`, `"1.234"`, `" 1.00"`, `"1.00 "`, `"+1.00"`, `"0x1"`, `"99999999999999999999"`, `"١"`, `"1.00; DROP TABLE posts"`)
	refuse("at", `"yesterday"`, `"2026-01-01"`, `"2026-13-01T00:00:00Z"`, `"2026-02-30T00:00:00Z"`, `"10000-01-01T00:00:00Z"`, `"0000-01-01T00:00:00Z"`, `"9999-12-31T23:59:59-01:00"`,
		`"0001-01-01T00:00:00+01:00"`, `0`, `1767225600`, `""`, `"2026-01-01T24:00:00Z"`, `"infinity"`, `"now"`)
	refuse("day", `"2026-02-30"`, `"2026-1-1"`, `"today"`, `"infinity"`, `20260101`, `""`, `"2026-01-01T00:00:00Z"`, `"10000-01-01"`, `"-0001-01-01"`)
	refuse("category_id", `0`, `-1`, `"1"`, `1.5`, `true`, `[1]`, `9223372036854775807`, `9223372036854775808`, `1e999`, `999`, fmt.Sprint(w.hidden), fmt.Sprint(w.bobsCategory), fmt.Sprintf("%q", fmt.Sprint(w.category)))
	for _, member := range []string{"secret", "deleted_at", "user", "password_hash", "role", "ID", "Id", "UserID", "userId", "USER_ID", "user_id ", "owner_id", "created_At", "Fields", "category"} {
		refuse(member, `null`, `1`, `"x"`)
	}
	post := fmt.Sprintf("/posts/%d", w.post)
	return append(all,
		attempt{method: "PATCH", path: post, body: `{"kind":"rare"}`, status: 422, field: "kind"},
		attempt{method: "PUT", path: post, body: `{"title":"ok","body":"b","kind":"rare"}`, status: 422, field: "kind"},
		attempt{what: "a name taken", method: "POST", path: "/categories", body: `{"name":"kept"}`, status: 409},
		attempt{what: "a row that is referred to", method: "DELETE", path: fmt.Sprintf("/categories/%d", w.category), status: 409},
		attempt{what: "a deep document", who: "bob", method: "PATCH", path: fmt.Sprintf("/pages/%d", w.page), body: `{"meta":` + strings.Repeat("[", 100) + strings.Repeat("]", 100) + `}`, status: 400},
		attempt{what: "NUL in a document", who: "bob", method: "PATCH", path: fmt.Sprintf("/pages/%d", w.page), body: `{"meta":{"a":"\u0000"}}`, status: 400},
		attempt{what: "a member twice in a document", who: "bob", method: "PATCH", path: fmt.Sprintf("/pages/%d", w.page), body: `{"meta":{"a":1,"a":2}}`, status: 400},
	)
}

// object returns a JSON object of names and JSON values. The last value of a name
// wins.
func object(members ...string) string {
	values := map[string]string{}
	for i := 0; i < len(members); i += 2 {
		values[members[i]] = members[i+1]
	}
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(values)) {
		pairs = append(pairs, fmt.Sprintf("%q:%s", name, values[name]))
	}
	return "{" + strings.Join(pairs, ",") + "}"
}

// sendIgnoredMembers sends read-only members, which change nothing whatever their
// values are.
func (w *world) sendIgnoredMembers(t *testing.T) {
	ann, path := w.callers["ann"], fmt.Sprintf("/posts/%d", w.post)
	before := ann.json(t, "GET", path, "").want(t, 200)
	for _, ignored := range []string{
		`"id":999`, `"id":-1`, `"id":"abc"`, `"user_id":2`, `"user_id":null`, `"user_id":{"id":2}`, `"created_at":"2001-01-01T00:00:00Z"`, `"created_at":null`, `"created_at":7`,
		`"updated_at":"2001-01-01T00:00:00Z"`, `"code":"stolen"`, `"code":7`, `"id":999,"user_id":2,"created_at":null,"updated_at":[],"code":{}`,
	} {
		whole := strings.TrimSuffix(strings.TrimSpace(before.without("id", "user_id", "created_at", "updated_at", "code")), "}") + "," + ignored + "}"
		for method, body := range map[string]string{"PATCH": "{" + ignored + "}", "PUT": whole} {
			after := ann.json(t, method, path, body).want(t, 200)
			if after.without("updated_at") != before.without("updated_at") || strings.Contains(string(after.body), "2001-") {
				t.Errorf("%s has changed the row to %s", after.request, after.body)
			}
		}
		made := ann.json(t, "POST", "/posts", whole).want(t, 201)
		if got := made.member("user_id"); got != 1.0 || made.member("id") == 999.0 || made.member("code") != nil || strings.Contains(string(made.body), "2001-") {
			t.Errorf("%s has made %s", made.request, made.body)
		}
		ann.json(t, "DELETE", strings.TrimPrefix(made.header.Get("Location"), "/api"), "").want(t, 204)
	}
}

// keepUnusualValues sends values at the edge of what is allowed, reads them back and
// sends them again.
func (w *world) keepUnusualValues(t *testing.T) {
	for field, values := range map[string][]string{
		"views": {`-0`, `0`, `2147483647`, `-2147483648`},
		"hits":  {`-0`, `9223372036854775807`, `-9223372036854775808`, `9007199254740993`},
		"ratio": {`-0`, `-0.0`, `5e-324`, `1e-400`, `1.7976931348623157e308`, `0.1`, `1`, `3.0`, `0.30000000000000004`, `1e21`, `123456789012345678901234567890`},
		"price": {`"-0.00"`, `"0.00"`, `"-0.01"`, `"9999999999999999.99"`, `"1"`, `"1.5"`},
		"at":    {`"0001-01-01T00:00:00Z"`, `"9999-12-31T23:59:59.999Z"`, `"2026-01-01T00:00:00.0009Z"`, `"2026-01-01T00:00:00+23:59"`, `"1969-12-31T23:59:59.999Z"`},
		"day":   {`"0001-01-01"`, `"9999-12-31"`, `"2024-02-29"`},
		"title": {`"e\u0301"`, `"\n"`, `"` + strings.Repeat("\U0001F600", 200) + `"`},
		"body": {`" "`, `"\u0001\u001f\u007f"`, `"\ufffd\ufeff\u2028\u202e"`, `"\ud83d\ude00"`, `"<script>alert(1)</script>&"`, `"'; DROP TABLE posts; --"`, `"$1 ? :name @p1 %s {{.}}"`,
			`"` + strings.Repeat("\U0001F600", 10000) + `"`},
	} {
		for _, value := range values {
			w.keep(t, "ann", "/posts", object("title", `"ok"`, "body", `"b"`, field, value))
		}
	}
	for _, document := range []string{
		`{}`, `[]`, `""`, `0`, `-0`, `false`, `123456789012345678901234567890.12345678901234567890`, `{"b":1,"a":2}`, `{"a":{"A":1,"a":2}}`, `"<>&\u2028"`, `{"":null}`, ` { "a" : [ 1 , 2 ] } `,
		strings.Repeat("[", 60) + strings.Repeat("]", 60), `"` + strings.Repeat("x", 100000) + `"`,
	} {
		w.keep(t, "bob", "/pages", object("title", `"ok"`, "meta", document))
	}
}

// keep creates a row, reads it, sends it back and deletes it.
func (w *world) keep(t *testing.T, who, path, body string) {
	t.Helper()
	c := w.callers[who]
	made := c.json(t, "POST", path, body).want(t, 201)
	row := strings.TrimPrefix(made.header.Get("Location"), "/api")
	read := c.json(t, "GET", row, "").want(t, 200)
	if string(read.body) != string(made.body) || read.header.Get("ETag") != made.header.Get("ETag") {
		t.Errorf("%.100s\n is answered with %.500s\n and read as %.500s", body, made.body, read.body)
	}
	again := c.json(t, "PUT", row, string(read.body)).want(t, 200)
	if again.without("updated_at") != read.without("updated_at") {
		t.Errorf("%.500s\n sent back is answered with %.500s", read.body, again.body)
	}
	c.json(t, "DELETE", row, "").want(t, 204)
}
