package attack

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

func tokenAttacks() []attack {
	return []attack{
		{"a token counts only as the application has made it", forgeEveryPart},
		{"no other algorithm is accepted", confuseAlgorithms},
		{"an access token is no refresh token and a refresh token no access token", swapTokens},
		{"no character of a token can be changed", changeEveryCharacter},
		{"a token counts nowhere but in its header", misplaceToken},
		{"a token of an older key counts while the key is listed", rotateKey},
	}
}

// forgeEveryPart first shows that an unchanged forgery works, so that later ones
// fail only because of their change.
func forgeEveryPart(t *testing.T, w *target) {
	_, victim := w.member(t)
	me, own := w.member(t)
	w.get("/auth/me").bearer(forge(t, own.access, claim("jti", "another"))).want(t, http.StatusOK)
	theirs := members(t, strings.Split(victim.access, ".")[1])
	now := time.Now().Unix()
	for name, change := range map[string]func(*forgery){
		"iss missing": without("iss"), "iss wrong": claim("iss", appURL+"/"), "iss empty": claim("iss", ""), "iss list": claim("iss", []string{appURL}),
		"aud missing": without("aud"), "aud wrong": claim("aud", "shop"), "aud two": claim("aud", []string{appName, "shop"}), "aud empty": claim("aud", []string{}),
		"sub missing": without("sub"), "sub other": claim("sub", theirs["sub"]), "sub email": claim("sub", me.email), "sub zero": claim("sub", "0"),
		"sub padded": claim("sub", fmt.Sprintf("0%d", me.id)), "sub signed": claim("sub", fmt.Sprintf("+%d", me.id)), "sub number": claim("sub", me.id),
		"sub SQL":     claim("sub", fmt.Sprintf("%d OR 1=1", me.id)),
		"sid missing": without("sid"), "sid other": claim("sid", theirs["sid"]), "sid unknown": claim("sid", "AAAAAAAAAAAAAAAAAAAAAAAAAA"), "sid SQL": claim("sid", "' OR '1'='1"),
		"iat missing": without("iat"), "iat future": claim("iat", now+3600), "iat text": claim("iat", "now"), "iat zero": claim("iat", 0), "iat negative": claim("iat", -1),
		"exp missing": without("exp"), "exp past": claim("exp", now-60), "exp zero": claim("exp", 0), "exp negative": claim("exp", -1),
		"exp text": claim("exp", strconv.FormatInt(now+600, 10)), "exp null": claim("exp", nil), "exp huge": claim("exp", 1e300),
		"jti missing": without("jti"), "jti empty": claim("jti", ""), "jti number": claim("jti", 1),
		"gen in an access token": claim("gen", 1), "unknown claim": claim("role", "admin"), "nbf": claim("nbf", now+3600),
		"typ missing": without("typ"), "typ JWT": header("typ", "JWT"), "typ refresh": header("typ", "rt+jwt"), "typ spelling": header("typ", "AT+JWT"), "typ list": header("typ", []string{"at+jwt"}),
		"kid missing": without("kid"), "kid unknown": header("kid", "0000000000000000"), "kid path": header("kid", "../../dev/null"), "kid number": header("kid", 1), "kid SQL": header("kid", "' UNION SELECT 'k'--"),
		"crit exp": header("crit", []string{"exp"}), "crit unknown": header("crit", []string{"b64"}), "b64": header("b64", false), "cty": header("cty", "JWT"), "zip": header("zip", "DEF"),
		"jku": header("jku", "https://evil.example.net/keys"), "other key": signed("HS256", jwt.SigningMethodHS256, []byte(strings.Repeat("k3y", 12))),
		"empty key": signed("HS256", jwt.SigningMethodHS256, []byte{}), "3 KiB": claim("jti", strings.Repeat("a", 3<<10)),
	} {
		if a := w.get("/auth/me").bearer(forge(t, own.access, change)).send(t); a.status != http.StatusUnauthorized {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	parts := strings.Split(own.access, ".")
	head, body := decode(t, parts[0]), decode(t, parts[1])
	w.get("/auth/me").bearer(signRaw(t, head, body)).want(t, http.StatusOK)
	for name, raw := range map[string]string{
		"sub twice":            signRaw(t, head, strings.Replace(body, "{", fmt.Sprintf(`{"sub":"%s",`, theirs["sub"]), 1)),
		"sub in other letters": signRaw(t, head, strings.Replace(body, `"sub"`, `"SUB"`, 1)),
		"two documents":        signRaw(t, head, body+body),
		"claims are a list":    signRaw(t, head, "["+body+"]"),
		"claims are null":      signRaw(t, head, "null"),
		"header is null":       signRaw(t, "null", body),
		"no signature":         parts[0] + "." + parts[1] + ".",
		"two parts":            parts[0] + "." + parts[1],
		"four parts":           own.access + "." + parts[2],
		"padding":              own.access + "=",
		"JSON serialization":   fmt.Sprintf(`{"protected":"%s","payload":"%s","signature":"%s"}`, parts[0], parts[1], parts[2]),
	} {
		if a := w.get("/auth/me").bearer(raw).send(t); a.status != http.StatusUnauthorized {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	w.alive(t, victim)
	w.alive(t, own)
}

func confuseAlgorithms(t *testing.T, w *target) {
	_, own := w.member(t)
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	must(t, err)
	public, err := x509.MarshalPKIXPublicKey(&rsaKey.PublicKey)
	must(t, err)
	publicPEM := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: public})
	key := []byte(signKey)
	for name, change := range map[string]func(*forgery){
		"none":                      signed("none", jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType),
		"None":                      signed("None", jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType),
		"NONE":                      signed("NONE", jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType),
		"no algorithm":              signed("", jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType),
		"none, but signed":          signed("none", jwt.SigningMethodHS256, key),
		"HS384 with the key":        signed("HS384", jwt.SigningMethodHS384, key),
		"HS512 with the key":        signed("HS512", jwt.SigningMethodHS512, key),
		"HS512 that says HS256":     signed("HS256", jwt.SigningMethodHS512, key),
		"HS256 that says hs256":     signed("hs256", jwt.SigningMethodHS256, key),
		"HS256 that says RS256":     signed("RS256", jwt.SigningMethodHS256, key),
		"RS256 with another key":    signed("RS256", jwt.SigningMethodRS256, rsaKey),
		"RS256 that says HS256":     signed("HS256", jwt.SigningMethodRS256, rsaKey),
		"HS256 with the public key": signed("HS256", jwt.SigningMethodHS256, publicPEM),
		"key in the header": func(f *forgery) {
			f.header["jwk"] = map[string]string{"kty": "oct", "k": encode("attacker")}
			f.key = []byte("attacker")
		},
	} {
		for _, token := range []string{forge(t, own.access, change), forge(t, own.refresh, change)} {
			if a := w.get("/auth/me").bearer(token).send(t); a.status != http.StatusUnauthorized {
				t.Errorf("%s: %d %s", name, a.status, a.body)
			}
			if a := w.refreshCall(token).send(t); a.status != http.StatusUnauthorized {
				t.Errorf("%s, refresh: %d %s", name, a.status, a.body)
			}
		}
	}
	w.alive(t, own)
}

func swapTokens(t *testing.T, w *target) {
	_, own := w.member(t)
	w.get("/auth/me").bearer(own.refresh).want(t, http.StatusUnauthorized)
	w.patch("/auth/me", object{"name": "Eve"}).bearer(own.refresh).want(t, http.StatusUnauthorized)
	w.refreshCall(own.access).want(t, http.StatusUnauthorized)
	w.post("/auth/logout", object{"refresh_token": own.access}).want(t, http.StatusUnauthorized)
	w.post("/auth/logout", object{}).bearer(own.refresh).want(t, http.StatusUnauthorized)
	for name, forged := range map[string]string{
		"access with the header of refresh": forge(t, own.access, header("typ", "rt+jwt")),
		"refresh without a generation":      forge(t, own.refresh, without("gen")),
		"refresh of generation -1":          forge(t, own.refresh, claim("gen", -1)),
		"refresh of generation \"1\"":       forge(t, own.refresh, claim("gen", "1")),
	} {
		if a := w.refreshCall(forged).send(t); a.status != http.StatusUnauthorized {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	w.get("/auth/me").bearer(forge(t, own.refresh, header("typ", "at+jwt"))).want(t, http.StatusUnauthorized)
	w.alive(t, own)
}

const base64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// changeEveryCharacter tries another character at each position, and all characters
// at the end of a part, where base64 has unused bits.
func changeEveryCharacter(t *testing.T, w *target) {
	_, own := w.member(t)
	tries := func(token string, use func(string) *answer) {
		for i := range token {
			others := base64URL[(i*7)%64:][:1] + base64URL[(i*7+1)%64:][:1]
			if i+1 == len(token) || token[i+1] == '.' {
				others = base64URL
			}
			for _, c := range others {
				changed := token[:i] + string(c) + token[i+1:]
				if changed == token {
					continue
				}
				if a := use(changed); a.status != http.StatusUnauthorized {
					t.Fatalf("character %d as %c: %d %s", i, c, a.status, a.body)
				}
			}
		}
	}
	tries(own.access, func(token string) *answer { return w.get("/auth/me").bearer(token).send(t) })
	tries(own.refresh, func(token string) *answer { return w.refreshCall(token).send(t) })
	w.alive(t, own)
}

func misplaceToken(t *testing.T, w *target) {
	_, own := w.member(t)
	query := "?" + url.Values{"access_token": {own.access}, "token": {own.access}}.Encode()
	for _, c := range []*call{
		w.get("/auth/me" + query),
		w.get("/auth/me").with("Cookie", "access_token="+own.access+"; token="+own.access+"; Authorization=Bearer "+own.access),
		w.get("/auth/me").form("access_token=" + own.access),
		w.get("/auth/me").with("X-Access-Token", own.access),
		w.get("/auth/me").with("Proxy-Authorization", "Bearer "+own.access),
		w.get("/auth/me").with("Authorization", own.access),
		w.get("/auth/me").with("Authorization", "Token "+own.access),
		w.get("/auth/me").with("Authorization", "Basic "+own.access),
		w.get("/auth/me").with("Authorization", "BearerX "+own.access),
		w.call("POST", "/auth/logout-all"+query),
	} {
		if a := c.send(t); a.status < 400 || a.status >= 500 {
			t.Errorf("%s %v: %d %s", c.path[:8], c.header, a.status, a.body)
		}
	}
	refresh := "?refresh_token=" + own.refresh
	for _, c := range []*call{
		w.post("/auth/refresh"+refresh, object{}),
		w.post("/auth/refresh", object{}).with("Cookie", "refresh_token="+own.refresh),
		w.call("POST", "/auth/refresh").form("refresh_token=" + own.refresh),
		w.post("/auth/logout"+refresh, object{}),
		w.call("POST", "/auth/token"+refresh).form("grant_type=refresh_token"),
	} {
		if a := c.send(t); a.status < 400 || a.status >= 500 {
			t.Errorf("%s %v: %d %s", c.path[:8], c.header, a.status, a.body)
		}
	}
	w.alive(t, own)
}

func rotateKey(t *testing.T, w *target) {
	_, own := w.member(t)
	next := "b81f03d5e92c47a6f0e1d2c3b4a5968778"
	w.secrets.add(next)
	both := w.also(t, settings{"AUTH_SECRET_KEY": next + "," + signKey})
	both.get("/auth/me").bearer(own.access).want(t, http.StatusOK)
	renewed := both.refreshCall(own.refresh).want(t, http.StatusOK).pair()
	both.get("/auth/me").bearer(renewed.access).want(t, http.StatusOK)
	w.get("/auth/me").bearer(renewed.access).want(t, http.StatusUnauthorized)
	only := w.also(t, settings{"AUTH_SECRET_KEY": next})
	only.get("/auth/me").bearer(own.access).want(t, http.StatusUnauthorized)
	only.get("/auth/me").bearer(renewed.access).want(t, http.StatusOK)
}
