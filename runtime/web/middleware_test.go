package web

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"testing"
)

func TestClientAddressComesFromTrustedProxiesOnly(t *testing.T) {
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	for _, c := range []struct {
		remote, want string
		forwarded    []string
	}{
		{"192.0.2.1:1", "192.0.2.1", []string{"198.51.100.7"}},
		{"10.0.0.1:1", "198.51.100.7", []string{"198.51.100.7"}},
		{"10.0.0.1:1", "198.51.100.7", []string{"203.0.113.9, 198.51.100.7, 10.0.0.2"}},
		{"10.0.0.1:1", "198.51.100.7", []string{"203.0.113.9", "198.51.100.7"}},
		{"10.0.0.1:1", "198.51.100.7", []string{"198.51.100.7:4711"}},
		{"10.0.0.1:1", "2001:db8::1", []string{"[2001:db8::1]:4711"}},
		{"10.0.0.1:1", "10.0.0.1", []string{"nonsense"}},
		{"[::ffff:10.0.0.1]:1", "2001:db8::1", []string{"2001:db8::1"}},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.remote
		for _, hop := range c.forwarded {
			r.Header.Add("X-Forwarded-For", hop)
		}
		if got := clientIP(r, trusted).String(); got != c.want {
			t.Errorf("%s via %v: %s, want %s", c.remote, c.forwarded, got, c.want)
		}
	}
}

func TestCORSAllowsOnlyListedOrigins(t *testing.T) {
	h := serve(t, io.Discard, func(o *Options) { o.CORSOrigins = []string{"https://app.example.com"} })
	for origin, want := range map[string]string{"https://app.example.com": "https://app.example.com", "https://evil.example.com": ""} {
		r := httptest.NewRequest("GET", "/api/notes/1", nil)
		r.Header.Set("Origin", origin)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if got := w.Header().Get("Access-Control-Allow-Origin"); got != want {
			t.Errorf("%s: %q", origin, got)
		}
	}
}

func TestMailedTokenIsNotLogged(t *testing.T) {
	var log bytes.Buffer
	h := serve(t, &log, nil)
	send(h, "GET", "/verify-email%23token=cYeGBFZM", "", "")
	if !strings.Contains(log.String(), "/verify-email") || strings.Contains(log.String(), "cYeG") {
		t.Errorf("logged: %s", &log)
	}
}

func TestMiddlewareRunsInOrder(t *testing.T) {
	var log bytes.Buffer
	s := New(Options{Prefix: "/api", CORSOrigins: []string{"https://app.example.com"}}, nil, slog.New(slog.NewTextHandler(&log, nil)))
	var passed []string
	named := func(name string) func(http.Handler) http.Handler {
		return func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if passed = append(passed, name); r.URL.Path == "/"+name {
					panic("secret cause")
				}
				if w.Header().Get("X-Request-ID") != RequestFrom(r.Context()).ID || w.Header().Get("X-Content-Type-Options") == "" || w.Header().Get("Vary") == "" {
					t.Errorf("%s has only these headers: %v", name, w.Header())
				}
				next.ServeHTTP(w, r)
				passed = append(passed, "out of "+name)
			})
		}
	}
	s.Use(named("first"), named("second"))
	s.Use(named("third"))
	h := s.Handler()
	all := []string{"first", "second", "third", "out of third", "out of second", "out of first"}
	for _, test := range []struct {
		method, path string
		status       int
		passed       []string
	}{
		{"GET", "/healthz", 200, all},
		{"GET", "/healthz/", 200, all},
		{"GET", "/nothing", 404, all},
		{"GET", "/second", 500, []string{"first", "second"}},
		{"OPTIONS", "/healthz", 204, nil}, // CORS answers it
	} {
		passed = nil
		r := httptest.NewRequest(test.method, test.path, nil)
		r.Header.Set("Origin", "https://app.example.com")
		r.Header.Set("Access-Control-Request-Method", "GET")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != test.status || !slices.Equal(passed, test.passed) || strings.Contains(w.Body.String(), "secret") {
			t.Errorf("%s %s: %d after %v: %s", test.method, test.path, w.Code, passed, w.Body)
		}
		if line := "path=" + test.path + " status="; !strings.Contains(log.String(), line) {
			t.Errorf("%s %s is not logged", test.method, test.path)
		}
	}
}
