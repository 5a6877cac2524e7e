package contract

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// hostileHeaders are failing preconditions and unsupported methods.
func (w *world) hostileHeaders() []attempt {
	post := fmt.Sprintf("/posts/%d", w.post)
	var all []attempt
	for _, match := range []string{"", "garbage", `""`, `"`, ",", ",,,", `"a","b"`, `W/"x"`, "**", `*, "x"`, "null", "' OR 1=1 --", `"' OR 1=1 --"`, "\xff\xfe", "é", strings.Repeat(`"x",`, 1000), strings.Repeat("a", 5000)} {
		header := http.Header{"Content-Type": {"application/json"}, "If-Match": {match}}
		for method, body := range map[string]string{"PUT": `{"title":"a","body":"b"}`, "PATCH": `{"title":"a"}`, "DELETE": ""} {
			all = append(all, attempt{what: fmt.Sprintf("If-Match: %.100s", match), method: method, path: post, header: header, body: body, status: 412})
		}
	}
	many := http.Header{}
	for i := range 2000 {
		many.Set(fmt.Sprintf("X-Bomb-%d", i), "x")
	}
	for _, path := range []string{"/posts", post} {
		all = append(all,
			attempt{what: "a long header", method: "GET", path: path, header: http.Header{"X-Long": {strings.Repeat("x", 32<<10)}}, status: 431},
			attempt{what: "many headers", method: "GET", path: path, header: many, status: 431},
			attempt{what: "one header 2000 times", method: "GET", path: path, header: http.Header{"If-Match": strings.Split(strings.Repeat(`"x" `, 2000), " ")}, status: 431},
			attempt{what: "a long query", method: "GET", path: path + "?q=" + strings.Repeat("x", 32<<10), status: 431},
			attempt{what: "a token in the query", who: "nobody", method: "GET", path: path + "?access_token=" + w.callers["ann"].token, status: 401},
			attempt{what: "a token in a cookie", who: "nobody", method: "GET", path: path, header: http.Header{"Cookie": {"access_token=" + w.callers["ann"].token}}, status: 401},
		)
		for _, method := range []string{"OPTIONS", "TRACE", "PROPFIND", "get", "X"} {
			all = append(all, attempt{method: method, path: path, status: 405})
		}
	}
	for _, override := range []string{"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"} {
		for _, method := range []string{"DELETE", "PUT", "PATCH"} {
			header := http.Header{"Content-Type": {"application/json"}, override: {method}}
			all = append(all, attempt{what: override, method: "POST", path: post, header: header, body: `{"title":"a","body":"b"}`, status: 405})
		}
	}
	return append(all,
		attempt{method: "POST", path: "/posts?_method=PUT", body: `{"title":"a","body":"b"}`, status: 422},
		attempt{method: "POST", path: post + "?_method=DELETE", body: `{}`, status: 405},
		attempt{method: "DELETE", path: post + "?force=true", status: 422},
		attempt{method: "PATCH", path: post + "?title=a", body: `{"title":"a"}`, status: 422},
		attempt{method: "DELETE", path: "/posts", status: 405},
		attempt{method: "PUT", path: "/posts", body: `{}`, status: 405},
		attempt{method: "GET", path: post + "/comments/1/2", status: 404},
		attempt{method: "GET", path: "/Posts", status: 404},
		attempt{method: "GET", path: "/posts//" + fmt.Sprint(w.post), status: 404},
		attempt{method: "GET", path: "/posts%2f" + fmt.Sprint(w.post), status: 404},
		attempt{method: "GET", path: post + ".json", status: 422},
	)
}

// sendIgnoredHeaders sends headers that other servers react to.
func (w *world) sendIgnoredHeaders(t *testing.T) {
	ann, path := w.callers["ann"], fmt.Sprintf("/posts/%d", w.post)
	before, plain := w.dump(t), ann.json(t, "GET", path, "").want(t, 200)
	for name, value := range map[string]string{
		"X-HTTP-Method-Override": "DELETE", "X-HTTP-Method": "DELETE", "X-Method-Override": "PATCH", "X-Original-URL": "/api/posts", "X-Rewrite-URL": "/api/posts",
		"X-Forwarded-Host": "evil.example", "X-Forwarded-Prefix": "/evil", "X-User-Id": "2", "X-Forwarded-User": "bob", "Range": "bytes=0-1", "Accept": "text/html", "Accept-Encoding": "br",
		"Accept-Language": "' OR 1=1 --", "Cookie": "user_id=2", "If-Match": `"x"`, "If-Modified-Since": "Sun, 01 Jan 2040 00:00:00 GMT", "Prefer": "return=minimal",
	} {
		r := ann.send(t, "GET", path, http.Header{name: {value}}, "").want(t, 200)
		if string(r.body) != string(plain.body) || r.header.Get("ETag") != plain.header.Get("ETag") {
			t.Errorf("%s: %s is answered with %s", name, value, r.body)
		}
	}
	if head := ann.send(t, "HEAD", path, nil, "").want(t, 200); len(head.body) > 0 || head.header.Get("ETag") != plain.header.Get("ETag") {
		t.Errorf("HEAD is answered with %v %s", head.header, head.body)
	}
	w.callers["bob"].send(t, "HEAD", path, nil, "").want(t, 404)
	w.callers["nobody"].send(t, "HEAD", path, nil, "").want(t, 401)
	if after := w.dump(t); after != before {
		t.Errorf("the rows are now\n%s", after)
	}
}
