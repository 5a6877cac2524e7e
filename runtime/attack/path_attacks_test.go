package attack

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

func pathAttacks() []attack {
	return []attack{
		{"a method that an operation does not have is refused with those that it has", tryMethods},
		{"no spelling of a path goes around the guard", spellPaths},
		{"a trailing slash is the same path, without a redirect", addSlash},
		{"a request that breaks HTTP is refused", breakHTTP},
	}
}

func tryMethods(t *testing.T, w *target) {
	_, own := w.member(t)
	for path, allowed := range map[string][]string{
		"/auth/me": {"GET", "HEAD", "PATCH"}, "/me": {"GET", "HEAD", "PATCH"}, "/auth/login": {"POST"}, "/auth/token": {"POST"},
		"/auth/register": {"POST"}, "/auth/refresh": {"POST"}, "/auth/logout": {"POST"}, "/auth/change-password": {"POST"},
		"/auth/reset-password": {"POST"}, "/auth/sessions": {"GET", "HEAD"}, "/auth/sessions/x": {"DELETE"},
	} {
		for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "QUERY", "get", "X-Y", "OPTIONS"} {
			if slices.Contains(allowed, method) {
				continue
			}
			a := w.call(method, path).bearer(own.access).wantCode(t, http.StatusMethodNotAllowed, "METHOD_NOT_ALLOWED")
			if allow := a.header.Get("Allow"); allow != strings.Join(allowed, ", ") {
				t.Errorf("%s %s allows %q", method, path, allow)
			}
		}
		w.call("POST", path).with("X-HTTP-Method-Override", "GET").with("X-Method-Override", "DELETE").send(t)
	}
	for _, path := range []string{"/nothing", "/auth", "/auth/", "/auth/nothing", "/auth/me/nothing", "/auth/sessions/a/b", "/auth/login/xml"} {
		for _, method := range []string{"GET", "POST", "DELETE", "TRACE"} {
			w.call(method, path).wantCode(t, http.StatusNotFound, "NOT_FOUND")
		}
	}
	w.call("HEAD", "/auth/me").want(t, http.StatusUnauthorized)
	w.alive(t, own)
}

// raw sends the raw bytes of a request, and returns the status and the whole
// response.
func (w *target) raw(t *testing.T, request string) (int, string) {
	t.Helper()
	conn, err := net.Dial("tcp", w.processes[0].address)
	must(t, err)
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(10 * time.Second))
	_, err = io.WriteString(conn, request)
	must(t, err)
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Errorf("%.60q: %v", request, err)
		return 0, ""
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	must(t, err)
	return res.StatusCode, fmt.Sprint(res.Header, string(body))
}

func spellPaths(t *testing.T, w *target) {
	_, own := w.member(t)
	request := func(target, extra string) string {
		return "GET " + target + " HTTP/1.1\r\nHost: blog.example.org\r\nConnection: close\r\n" + extra + "\r\n"
	}
	bearer := "Authorization: Bearer " + own.access + "\r\n"
	if status, answer := w.raw(t, request("/api/auth/me", bearer)); status != http.StatusOK {
		t.Fatal(status, answer)
	}
	for _, path := range []string{
		"/api/auth/me", "//api/auth/me", "/api//auth/me", "/api/auth//me", "/api/./auth/me", "/api/x/../auth/me", "/api/auth/login/../me", "/../api/auth/me",
		"/api/%2e%2e/api/auth/me", "/api/auth/%2e/me", "/api/auth%2Fme", "/api%2fauth%2fme", "/api/auth/me/", "/api/auth/me//", "/api/auth/me/.", "/api/auth/me%2f",
		"/api/auth/me;x=1", "/api/auth/me%3b", "/api/auth/me%00", "/api/auth/me%20", "/api/auth/me%0a", "/api/auth/me.json", "/API/auth/me", "/api/auth/ME",
		"/api/auth/m%65", "/api/auth/me?x=1", "/api/auth/me?", "/api/auth/me%ff", "/api/auth/me?%ff", "/api/auth/me?a=%00", "/api\\auth\\me", "/api/auth/%252e%252e/me",
		"http://blog.example.org/api/auth/me", "http://blog.example.org//api/auth/me", "http://blog.example.org", "*",
	} {
		status, answer := w.raw(t, request(path, ""))
		if status < 400 || status >= 500 {
			t.Errorf("%s without a token: %d %s", path, status, answer)
		}
		if status, answer := w.raw(t, request(path, bearer)); status >= 300 && status < 400 || status >= 500 {
			t.Errorf("%s: %d %s", path, status, answer)
		} else if status != http.StatusOK && !strings.Contains(answer, "X-Request-Id") && path != "*" {
			t.Errorf("%s does not have the usual error body: %d %s", path, status, answer)
		}
	}
	w.alive(t, own)
}

func addSlash(t *testing.T, w *target) {
	a := w.account(t)
	own := w.post("/auth/login/", object{"email": a.email, "password": a.password}).from(w.host()).want(t, http.StatusOK).pair()
	w.get("/auth/me/").bearer(own.access).want(t, http.StatusOK)
	w.get("/me/").bearer(own.access).want(t, http.StatusOK)
	w.get("/auth/me/").want(t, http.StatusUnauthorized)
	w.patch("/auth/me/", object{"name": "Bob"}).bearer(own.access).want(t, http.StatusOK)
	w.post("/auth/refresh/", object{"refresh_token": own.refresh}).want(t, http.StatusOK)
}

func breakHTTP(t *testing.T, w *target) {
	const body = `{"email":"ann@example.com","password":"abcdefgh"}`
	for name, request := range map[string]string{
		"two lengths":       "POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 50\r\n\r\n" + body,
		"length and chunks": "POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
		"bad chunks":        "POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
		"no host":           "GET /api/auth/me HTTP/1.1\r\n\r\n",
		"two hosts":         "GET /api/auth/me HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
		"folded header":     "GET /api/auth/me HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer\r\n x\r\n\r\n",
		"NUL in a header":   "GET /api/auth/me HTTP/1.1\r\nHost: a\r\nUser-Agent: a\x00b\r\n\r\n",
		"too many headers":  "GET /api/auth/me HTTP/1.1\r\nHost: a\r\nX-Long: " + strings.Repeat("x", 32<<10) + "\r\n\r\n",
	} {
		if status, answer := w.raw(t, request); status < 400 || status > 501 || status == http.StatusInternalServerError {
			t.Errorf("%s: %d %s", name, status, answer)
		}
	}
	w.raw(t, "GET /api/auth/me HTTP/1.1\r\nHost: a\r\nConnection: close\r\nUser-Agent: \xff\xfe\r\nX-Request-ID: a b\r\n\r\n")
}
