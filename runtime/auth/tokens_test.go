package auth_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"fastgo/runtime/apitest"
	"fastgo/runtime/auth"
	"fastgo/templates/app/app"
)

const (
	oldKey = "5d0c1f7ab92e48d3a6c7b8e94f1203d7"
	newKey = "e17a4c90d2b35f6890ac3d4be2f81765"
)

func TestRefreshReturnsTheNextPair(t *testing.T) {
	app := start(t)
	app.Account("ann", "user")
	first := session(t, app)
	answered := refresh(app, first).Want(200).WantHeader("Cache-Control", "no-store")
	wantMembers(t, answered, "access_token", "refresh_token", "token_type", "expires_in", "user")
	var second auth.LoginAnswer
	answered.Decode(&second)
	if second.RefreshToken == first.RefreshToken || second.AccessToken == first.AccessToken {
		t.Error("a token was answered twice")
	}
	wantAlive(t, app, first, true) // the same session
	wantAlive(t, app, second, true)
	refresh(app, second).Want(200)
}

func TestReusedRefreshTokenEndsItsSessionOnly(t *testing.T) {
	app := start(t)
	app.Account("ann", "user")
	first, other := session(t, app), session(t, app)
	var second auth.LoginAnswer
	refresh(app, first).Want(200).Decode(&second)
	later()
	refresh(app, first).Want(401)
	wantAlive(t, app, second, false)
	refresh(app, second).Want(401)
	wantAlive(t, app, other, true)
}

func TestFailedRefreshDoesNotRevealTheReason(t *testing.T) {
	app := start(t)
	app.Account("ann", "user")
	ended, spent, valid := session(t, app), session(t, app), session(t, app)
	app.Anonymous().WithToken(ended.AccessToken).Post("/api/auth/logout", nil).Want(204)
	refresh(app, spent).Want(200)
	later()
	for _, token := range []string{"", "x", ended.RefreshToken, spent.RefreshToken, valid.AccessToken, valid.RefreshToken + "x", strings.Repeat("a", 4096)} {
		refresh(app, auth.LoginAnswer{RefreshToken: token}).
			WantError(401, "UNAUTHORIZED").WantMessage("Could not validate credentials").
			WantHeader("WWW-Authenticate", `Bearer error="invalid_token"`)
	}
	app.Anonymous().Post("/api/auth/refresh", object{}).WantField("refresh_token")
	app.Anonymous().With("Authorization", "Bearer "+valid.RefreshToken).Post("/api/auth/refresh", "").Want(400) // only the body counts
}

func TestGraceLetsThePreviousTokenFetchItsSuccessorAgain(t *testing.T) {
	app := start(t, "AUTH_REFRESH_GRACE_SECONDS=60")
	app.Account("ann", "user")
	first := session(t, app)
	var second, again, third auth.LoginAnswer
	refresh(app, first).Want(200).Decode(&second)
	later()
	refresh(app, first).Want(200).Decode(&again)
	refresh(app, again).Want(200).Decode(&third)
	later()
	refresh(app, second).Want(200) // the same generation as again
	refresh(app, first).Want(401)  // two generations old
	wantAlive(t, app, third, false)
}

func TestOldKeyVerifiesAndNewKeySigns(t *testing.T) {
	old := start(t, "AUTH_SECRET_KEY="+oldKey)
	old.Account("ann", "user")
	before := session(t, old)
	database := "DATABASE_URL=" + old.Config.DatabaseURL

	both := apitest.New(t, app.Build, database, "AUTH_SECRET_KEY="+newKey+","+oldKey)
	wantAlive(t, both, before, true)
	var after auth.LoginAnswer
	refresh(both, before).Want(200).Decode(&after)
	wantAlive(t, old, after, false)

	only := apitest.New(t, app.Build, database, "AUTH_SECRET_KEY="+newKey)
	wantAlive(t, only, before, false)
	wantAlive(t, only, after, true)
}

func TestExpiredAccessTokenIsRejected(t *testing.T) {
	app := start(t, "AUTH_SECRET_KEY="+newKey, "AUTH_ACCESS_TOKEN_EXPIRE_MINUTES=5")
	app.Account("ann", "user")
	pair := session(t, app)
	if pair.ExpiresIn != 300 {
		t.Errorf("expires in %d seconds, want 300", pair.ExpiresIn)
	}
	expired := resign(t, pair.AccessToken, func(c jwt.MapClaims) {
		c["iat"] = time.Now().Add(-6 * time.Minute).Unix()
		c["exp"] = time.Now().Add(-time.Minute).Unix()
	})
	app.Anonymous().WithToken(expired).Get("/api/auth/me").
		WantError(401, "UNAUTHORIZED").WantHeader("WWW-Authenticate", `Bearer error="invalid_token"`)
	same := resign(t, pair.AccessToken, func(jwt.MapClaims) {})
	app.Anonymous().WithToken(same).Get("/api/auth/me").Want(200)
}

// resign returns the token with other claims, signed with newKey.
func resign(t *testing.T, token string, change func(jwt.MapClaims)) string {
	t.Helper()
	claims := jwt.MapClaims{}
	parsed, err := jwt.ParseWithClaims(token, claims, func(*jwt.Token) (any, error) { return []byte(newKey), nil })
	if err != nil {
		t.Fatal(err)
	}
	change(claims)
	signed, err := parsed.SignedString([]byte(newKey))
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

func TestTokensContainOnlyTheUserID(t *testing.T) {
	app := start(t, "AUTH_SECRET_KEY="+newKey, "APP_NAME=blog", "APP_URL=https://blog.example.com")
	app.Account("ann", "user")
	pair := session(t, app)
	for token, typ := range map[string]string{pair.AccessToken: "at+jwt", pair.RefreshToken: "rt+jwt"} {
		claims := jwt.MapClaims{}
		parsed, err := jwt.ParseWithClaims(token, claims, func(*jwt.Token) (any, error) { return []byte(newKey), nil })
		if err != nil {
			t.Fatal(err)
		}
		kid, _ := parsed.Header["kid"].(string)
		if parsed.Header["typ"] != typ || parsed.Header["alg"] != "HS256" || !regexp.MustCompile(`^[0-9a-f]{16}$`).MatchString(kid) {
			t.Errorf("the header is %v", parsed.Header)
		}
		if claims["sub"] != "1" || claims["iss"] != "https://blog.example.com" || claims["aud"] != "blog" || claims["email"] != nil || claims["name"] != nil || claims["role"] != nil {
			t.Errorf("the claims are %v", claims)
		}
	}
}
