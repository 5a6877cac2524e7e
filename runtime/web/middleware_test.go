package web

import (
	"bytes"
	"io"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
)

func TestClientAddressIsReadFromTrustedProxiesOnly(t *testing.T) {
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

func TestCORSAnswersOnlyTheOriginsThatAreListed(t *testing.T) {
	h := serve(t, io.Discard, map[string]string{"CORS_ORIGINS": "https://app.example.com"})
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
