package attack

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"
)

// forgery is a token that an attacker derives from a valid one. By default the
// attacker has stolen the key.
type forgery struct {
	header, claims map[string]any
	method         jwt.SigningMethod
	key            any
}

// forge changes a token and signs it again.
func forge(t testing.TB, token string, change func(*forgery)) string {
	t.Helper()
	parts := strings.Split(token, ".")
	f := &forgery{header: members(t, parts[0]), claims: members(t, parts[1]), method: jwt.SigningMethodHS256, key: []byte(signKey)}
	change(f)
	forged := jwt.NewWithClaims(f.method, jwt.MapClaims(f.claims))
	forged.Header = f.header
	signed, err := forged.SignedString(f.key)
	must(t, err)
	return signed
}

// signRaw signs a header and claims that no library would produce.
func signRaw(t testing.TB, header, claims string) string {
	t.Helper()
	text := encode(header) + "." + encode(claims)
	signature, err := jwt.SigningMethodHS256.Sign(text, []byte(signKey))
	must(t, err)
	return text + "." + base64.RawURLEncoding.EncodeToString(signature)
}

func encode(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

func decode(t testing.TB, part string) string {
	t.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(part)
	must(t, err)
	return string(raw)
}

// members decodes a part of a token. Numbers are kept as text.
func members(t testing.TB, part string) map[string]any {
	t.Helper()
	var found map[string]any
	d := json.NewDecoder(bytes.NewReader([]byte(decode(t, part))))
	d.UseNumber()
	must(t, d.Decode(&found))
	return found
}

// claim, header and without change one member of a token.
func claim(name string, value any) func(*forgery) {
	return func(f *forgery) { f.claims[name] = value }
}

func header(name string, value any) func(*forgery) {
	return func(f *forgery) { f.header[name] = value }
}

func without(name string) func(*forgery) {
	return func(f *forgery) { delete(f.claims, name); delete(f.header, name) }
}

func signed(alg string, method jwt.SigningMethod, key any) func(*forgery) {
	return func(f *forgery) { f.header["alg"], f.method, f.key = alg, method, key }
}
