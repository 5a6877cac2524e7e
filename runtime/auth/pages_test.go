package auth

import (
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

func (f *fixture) page(path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	f.handler.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
	return w
}

func TestPagesMayOnlyCallTheirOwnServer(t *testing.T) {
	t.Parallel()
	f := start(t, func(s *settings) {
		s.web.URL, s.web.Prefix, s.auth.PasswordMinLength = "https://example.com/blog", "/v1", 12
	})
	for path, contains := range map[string]string{"/password/reset": `minlength="12"`, "/verify-email": "Confirm"} {
		w := f.page(path)
		wantStatus(t, w, 200, contains)
		body, policy := w.Body.String(), w.Header().Get("Content-Security-Policy")
		if !strings.Contains(body, `fetch("/blog/v1/auth" + operation`) {
			t.Errorf("%s does not call the API: %s", path, body)
		}
		nonce := regexp.MustCompile(`script-src 'nonce-([A-Z2-7]{26})'`).FindStringSubmatch(policy)
		if nonce == nil || strings.Count(body, `nonce="`+nonce[1]+`"`) != 2 {
			t.Errorf("%s: the policy %s does not fit the page", path, policy)
		}
		for _, directive := range []string{"default-src 'none'", "connect-src 'self'", "frame-ancestors 'none'"} {
			if !strings.Contains(policy, directive) {
				t.Errorf("%s: no %s in %s", path, directive, policy)
			}
		}
		if strings.Contains(body, "http:") || strings.Contains(body, "https:") || strings.Contains(body, "unsafe") {
			t.Errorf("%s loads something from elsewhere", path)
		}
		if again := f.page(path); again.Header().Get("Content-Security-Policy") == policy {
			t.Errorf("%s: the nonce is used twice", path)
		}
		if cache := w.Header().Get("Cache-Control"); cache != "no-store" {
			t.Errorf("%s: Cache-Control %q", path, cache)
		}
	}
}

func TestNameOfTheApplicationCannotBreakThePages(t *testing.T) {
	t.Parallel()
	f := start(t, func(s *settings) { s.auth.Name = "</title><script>alert(1)</script>" })
	if body := f.page("/verify-email").Body.String(); strings.Contains(body, "<script>alert") {
		t.Error(body)
	}
}
