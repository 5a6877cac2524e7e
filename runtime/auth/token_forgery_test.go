package auth

import (
	"bytes"
	"crypto"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// A forgery is signed here, byte by byte, so that nothing of the library decides
// what it may say.
type forgery struct {
	header, claims map[string]any
	rawClaims      string // instead of claims
	secret         string
}

func accessForgery() forgery {
	return forgery{
		header: map[string]any{"alg": "HS256", "typ": "at+jwt", "kid": keyID([]byte(testSecret))},
		claims: map[string]any{
			"iss": "https://blog.example.com", "aud": "blog", "sub": "42", "sid": testSession,
			"iat": noon.Unix(), "exp": noon.Add(time.Minute).Unix(), "jti": "one",
		},
		secret: testSecret,
	}
}

func (f forgery) String() string {
	header, _ := json.Marshal(f.header)
	payload, _ := json.Marshal(f.claims)
	if f.rawClaims != "" {
		payload = []byte(f.rawClaims)
	}
	text := encode(header) + "." + encode(payload)
	mac := hmac.New(sha256.New, []byte(f.secret))
	mac.Write([]byte(text))
	return text + "." + encode(mac.Sum(nil))
}

func encode(raw []byte) string { return base64.RawURLEncoding.EncodeToString(raw) }

func TestForgedTokenIsRejected(t *testing.T) {
	t.Parallel()
	tokens := testTokens(testSecret, otherSecret)
	header := func(name string, value any) func(*forgery) {
		return func(f *forgery) { f.header[name] = value }
	}
	claim := func(name string, value any) func(*forgery) {
		return func(f *forgery) { f.claims[name] = value }
	}
	at := func(d time.Duration) int64 { return noon.Add(d).Unix() }
	tests := map[string]func(*forgery){
		"another key":                  func(f *forgery) { f.secret = otherSecret },
		"a key that is not known":      func(f *forgery) { f.secret, f.header["kid"] = "mine", keyID([]byte("mine")) },
		"empty key":                    func(f *forgery) { f.secret = "" },
		"alg none":                     header("alg", "none"),
		"alg None":                     header("alg", "None"),
		"alg missing":                  func(f *forgery) { delete(f.header, "alg") },
		"alg null":                     header("alg", nil),
		"alg in small letters":         header("alg", "hs256"),
		"alg RS256, signed by HMAC":    header("alg", "RS256"),
		"alg HS512, signed by SHA-256": header("alg", "HS512"),
		"typ missing":                  func(f *forgery) { delete(f.header, "typ") },
		"typ JWT":                      header("typ", "JWT"),
		"typ of a refresh token":       header("typ", "rt+jwt"),
		"typ in capitals":              header("typ", "AT+JWT"),
		"kid missing":                  func(f *forgery) { delete(f.header, "kid") },
		"kid empty":                    header("kid", ""),
		"kid of another key":           header("kid", keyID([]byte(otherSecret))),
		"kid a number":                 header("kid", 1),
		"kid a path":                   header("kid", "../../dev/null"),
		"crit unknown":                 header("crit", []string{"exp2"}),
		"crit of a known extension":    header("crit", []string{"b64"}),
		"crit empty":                   header("crit", []string{}),
		"crit instead of kid":          func(f *forgery) { delete(f.header, "kid"); f.header["crit"] = []string{} },
		"jwk":                          header("jwk", map[string]string{"kty": "oct", "k": "bWluZQ"}),
		"jku":                          header("jku", "https://evil.example"),
		"iss missing":                  func(f *forgery) { delete(f.claims, "iss") },
		"iss empty":                    claim("iss", ""),
		"iss of another":               claim("iss", "https://evil.example"),
		"iss with a slash":             claim("iss", "https://blog.example.com/"),
		"iss a list":                   claim("iss", []string{"https://blog.example.com"}),
		"aud missing":                  func(f *forgery) { delete(f.claims, "aud") },
		"aud of another":               claim("aud", "shop"),
		"aud empty":                    claim("aud", ""),
		"aud empty list":               claim("aud", []string{}),
		"aud in a list":                claim("aud", []string{"blog"}),
		"two audiences":                claim("aud", []string{"blog", "shop"}),
		"the audience twice":           claim("aud", []string{"blog", "blog"}),
		"sub missing":                  func(f *forgery) { delete(f.claims, "sub") },
		"sub empty":                    claim("sub", ""),
		"sub zero":                     claim("sub", "0"),
		"sub negative":                 claim("sub", "-1"),
		"sub with a plus":              claim("sub", "+42"),
		"sub with a zero before":       claim("sub", "042"),
		"sub with a space":             claim("sub", "42 "),
		"sub of 2^63":                  claim("sub", "9223372036854775808"),
		"sub an address":               claim("sub", "john@example.com"),
		"sub in Arabic digits":         claim("sub", "٤٢"),
		"sub a number":                 claim("sub", 42),
		"sid missing":                  func(f *forgery) { delete(f.claims, "sid") },
		"sid empty":                    claim("sid", ""),
		"sid with SQL":                 claim("sid", "' OR 1=1 -- 1234567890"),
		"sid with a line break":        claim("sid", testSession+"\n"),
		"sid too long":                 claim("sid", strings.Repeat("A", 65)),
		"sid null":                     claim("sid", nil),
		"iat missing":                  func(f *forgery) { delete(f.claims, "iat") },
		"iat null":                     claim("iat", nil),
		"iat a string":                 claim("iat", "1772366400"),
		"iat in the future":            claim("iat", at(6*time.Second)),
		"exp missing":                  func(f *forgery) { delete(f.claims, "exp") },
		"exp null":                     claim("exp", nil),
		"exp a string":                 claim("exp", "4102444800"),
		"exp a fraction":               claim("exp", 4102444800.5),
		"exp a list":                   claim("exp", []int{1}),
		"exp negative":                 claim("exp", -1),
		"exp zero":                     claim("exp", 0),
		"exp long past":                claim("exp", at(-24*time.Hour)),
		"exp past by the leeway":       claim("exp", at(-5*time.Second)),
		"jti missing":                  func(f *forgery) { delete(f.claims, "jti") },
		"gen in an access token":       claim("gen", 1),
		"nbf":                          claim("nbf", at(-time.Hour)),
		"unknown claim":                claim("role", "admin"),
		"SUB beside sub":               claim("SUB", "1"),
		"EXP instead of exp": func(f *forgery) {
			f.claims["EXP"] = f.claims["exp"]
			delete(f.claims, "exp")
		},
		"sub twice":         raw(`"sub":"42"`, `"sub":"42","sub":"42"`),
		"exp as a power":    raw(`"exp":17`, `"exp":1e5,"x":17`),
		"claims a list":     func(f *forgery) { f.rawClaims = `[]` },
		"claims null":       func(f *forgery) { f.rawClaims = `null` },
		"claims empty":      func(f *forgery) { f.rawClaims = `{}` },
		"claims a string":   func(f *forgery) { f.rawClaims = `"sub"` },
		"claims not JSON":   func(f *forgery) { f.rawClaims = `{"sub":` },
		"claims and more":   raw(`}`, `}{}`),
		"claims not UTF-8":  raw(`"blog"`, "\"blog\xff\""),
		"two thousand more": claim("jti", strings.Repeat("x", maxTokenSize)),
	}
	for _, name := range sortedKeys(tests) {
		t.Run(name, func(t *testing.T) {
			f := accessForgery()
			if _, err := tokens.parseAccess(f.String()); err != nil {
				t.Fatalf("the sound token is refused: %v", err)
			}
			tests[name](&f)
			if c, err := tokens.parseAccess(f.String()); err == nil {
				t.Errorf("accepted: %+v", c)
			} else if c != (claims{}) {
				t.Errorf("refused, yet it says %+v", c)
			}
		})
	}
}

func raw(old, replacement string) func(*forgery) {
	return func(f *forgery) {
		text, _ := json.Marshal(f.claims)
		f.rawClaims = strings.Replace(string(text), old, replacement, 1)
	}
}

func sortedKeys[V any](m map[string]V) []string {
	return slices.Sorted(maps.Keys(m))
}

func TestTokenOfAnotherKindIsRejected(t *testing.T) {
	t.Parallel()
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		method jwt.SigningMethod
		key    crypto.PrivateKey
	}{
		{jwt.SigningMethodHS384, []byte(testSecret)},
		{jwt.SigningMethodHS512, []byte(testSecret)},
		{jwt.SigningMethodRS256, private},
		{jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType},
	} {
		token := jwt.NewWithClaims(test.method, jwt.MapClaims(accessForgery().claims))
		token.Header["typ"] = "at+jwt"
		token.Header["kid"] = keyID([]byte(testSecret))
		signed, err := token.SignedString(test.key)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := testTokens(testSecret).parseAccess(signed); err == nil {
			t.Errorf("accepted: %s", test.method.Alg())
		}
	}
}

func TestTokenWithAnyChangedCharacterIsRejected(t *testing.T) {
	t.Parallel()
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	tokens := testTokens(testSecret)
	token := []byte(accessForgery().String())
	for i, was := range token {
		for _, c := range []byte(alphabet + "+/=. \t\r\n\x00\xff") {
			if c == was {
				continue
			}
			changed := bytes.Clone(token)
			changed[i] = c
			if _, err := tokens.parseAccess(string(changed)); err == nil {
				t.Fatalf("accepted with %q at %d instead of %q", c, i, was)
			}
		}
	}
	for i := 0; i <= len(token); i++ {
		for _, added := range []string{" ", "\t", "\n", "\r", "\r\n", "=", "==", "A", ".", "\x00"} {
			longer := string(token[:i]) + added + string(token[i:])
			if _, err := tokens.parseAccess(longer); err == nil {
				t.Fatalf("accepted with %q added at %d", added, i)
			}
		}
	}
	for i := range token {
		if _, err := tokens.parseAccess(string(token[:i])); err == nil {
			t.Fatalf("accepted when cut at %d", i)
		}
	}
}

func TestLongTokenIsRejectedBeforeParsing(t *testing.T) {
	t.Parallel()
	_, err := testTokens(testSecret).parseAccess(strings.Repeat("A", 3<<10))
	if err == nil || !strings.Contains(err.Error(), "too long") {
		t.Errorf("got %v", err)
	}
}
