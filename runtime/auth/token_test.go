package auth

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"
	"time"
)

const (
	testSecret  = "a test's own key of more than 32 bytes"
	otherSecret = "a second one that is as long as the first"
	testSession = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func testTokens(secrets ...string) *tokens {
	o := Options{Name: "blog", URL: "https://blog.example.com"}
	o.Algorithm = "HS256"
	o.AccessTTL = 30 * time.Minute
	for _, secret := range secrets {
		o.Keys = append(o.Keys, []byte(secret))
	}
	return newTokens(o, func() time.Time { return noon })
}

func TestTokensIdentifyTheUser(t *testing.T) {
	tokens := testTokens(testSecret)
	access, err := tokens.access(42, testSession)
	if err != nil {
		t.Fatal(err)
	}
	got, err := tokens.parseAccess(access)
	if want := (claims{UserID: 42, SessionID: testSession, IssuedAt: noon}); err != nil || !sameClaims(got, want) {
		t.Errorf("access: %+v, %v", got, err)
	}
	refresh, err := tokens.refresh(42, testSession, 7, noon.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	got, err = tokens.parseRefresh(refresh)
	if want := (claims{UserID: 42, SessionID: testSession, Generation: 7, IssuedAt: noon}); err != nil || !sameClaims(got, want) {
		t.Errorf("refresh: %+v, %v", got, err)
	}
	if _, err := tokens.parseRefresh(access); err == nil {
		t.Error("an access token passed as a refresh token")
	}
	if _, err := tokens.parseAccess(refresh); err == nil {
		t.Error("a refresh token passed as an access token")
	}
	if again, _ := tokens.access(42, testSession); again == access {
		t.Error("two tokens are the same")
	}
}

func sameClaims(a, b claims) bool {
	same := a.IssuedAt.Equal(b.IssuedAt)
	a.IssuedAt, b.IssuedAt = time.Time{}, time.Time{}
	return same && a == b
}

func TestTokensContainNothingElse(t *testing.T) {
	tokens := testTokens(testSecret)
	access, _ := tokens.access(42, testSession)
	refresh, _ := tokens.refresh(42, testSession, 0, noon.Add(time.Hour))
	for raw, want := range map[string]string{
		access:  `aud exp iat iss jti sid sub`,
		refresh: `aud exp gen iat iss jti sid sub`,
	} {
		segments := strings.Split(raw, ".")
		if got := memberNames(t, segments[0]); got != "alg kid typ" {
			t.Errorf("header: %s", got)
		}
		if got := memberNames(t, segments[1]); got != want {
			t.Errorf("claims: %s, want %s", got, want)
		}
		if len(raw) > maxTokenSize/2 {
			t.Errorf("the token takes %d bytes", len(raw))
		}
	}
}

func memberNames(t *testing.T, segment string) string {
	t.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(segment)
	if err != nil {
		t.Fatal(err)
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(raw, &members); err != nil {
		t.Fatal(err)
	}
	return strings.Join(sortedKeys(members), " ")
}

func TestEachKeyVerifiesAndTheFirstSigns(t *testing.T) {
	before, err := testTokens(otherSecret).access(42, testSession)
	if err != nil {
		t.Fatal(err)
	}
	rotated := testTokens(testSecret, otherSecret)
	if _, err := rotated.parseAccess(before); err != nil {
		t.Errorf("a token of the old key: %v", err)
	}
	after, _ := rotated.access(42, testSession)
	if _, err := testTokens(testSecret).parseAccess(after); err != nil {
		t.Errorf("a new token is not of the first key: %v", err)
	}
	if _, err := testTokens(testSecret).parseAccess(before); err == nil {
		t.Error("a token of a key that was taken away is accepted")
	}
	if id := keyID([]byte(testSecret)); len(id) != 16 || strings.Contains(testSecret, id) {
		t.Errorf("key id %q", id)
	}
}

func TestTokenWithinTheLeewayIsAccepted(t *testing.T) {
	tokens := testTokens(testSecret)
	for name, change := range map[string]func(*forgery){
		"expired 4 seconds ago":    func(f *forgery) { f.claims["exp"] = noon.Add(-4 * time.Second).Unix() },
		"issued in 5 seconds":      func(f *forgery) { f.claims["iat"] = noon.Add(5 * time.Second).Unix() },
		"the largest user id":      func(f *forgery) { f.claims["sub"] = "9223372036854775807" },
		"claims in another layout": func(f *forgery) { f.rawClaims = indented(f.claims) },
	} {
		f := accessForgery()
		change(&f)
		if _, err := tokens.parseAccess(f.String()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func indented(claims map[string]any) string {
	text, _ := json.MarshalIndent(claims, "", "  ")
	return string(text)
}

func TestRefreshTokenRequiresAGeneration(t *testing.T) {
	tokens := testTokens(testSecret)
	for _, test := range []struct {
		generation any
		ok         bool
	}{{0, true}, {1, true}, {nil, false}, {-1, false}, {"1", false}, {1.5, false}, {uint64(1 << 63), false}} {
		f := accessForgery()
		f.header["typ"] = "rt+jwt"
		f.claims["gen"] = test.generation
		if _, err := tokens.parseRefresh(f.String()); (err == nil) != test.ok {
			t.Errorf("gen %v: %v", test.generation, err)
		}
	}
	f := accessForgery()
	f.header["typ"] = "rt+jwt"
	if _, err := tokens.parseRefresh(f.String()); err == nil {
		t.Error("accepted without a generation")
	}
}

func TestErrorDoesNotContainTheToken(t *testing.T) {
	f := accessForgery()
	f.secret = otherSecret
	_, err := testTokens(testSecret).parseAccess(f.String())
	if err == nil {
		t.Fatal("accepted")
	}
	for _, part := range strings.Split(f.String(), ".") {
		if strings.Contains(err.Error(), part) {
			t.Errorf("%v", err)
		}
	}
}

func BenchmarkParseAccess(b *testing.B) {
	tokens := testTokens(testSecret)
	token := accessForgery().String()
	for b.Loop() {
		if _, err := tokens.parseAccess(token); err != nil {
			b.Fatal(err)
		}
	}
}
