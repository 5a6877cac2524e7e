package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/golang-jwt/jwt/v5"

	"fastgo/runtime/config"
)

const (
	accessType  = "at+jwt" // RFC 9068
	refreshType = "rt+jwt"

	maxTokenSize = 2048
	clockLeeway  = 5 * time.Second
)

// tokens signs and verifies the JWTs of sessions (RFC 7519, RFC 8725).
type tokens struct {
	issuer, audience string
	method           jwt.SigningMethod
	keys             []signingKey // the first signs, all verify
	accessTTL        time.Duration
	now              func() time.Time
	validator        *jwt.Validator
}

type signingKey struct {
	id     string
	secret []byte
}

// claims are what a verified token says. Generation is that of a refresh token.
type claims struct {
	UserID     int64
	SessionID  string
	Generation int64
	IssuedAt   time.Time
}

func newTokens(cfg config.Config, now func() time.Time) *tokens {
	t := &tokens{
		issuer:    cfg.URL,
		audience:  cfg.Name,
		method:    jwt.GetSigningMethod(cfg.Auth.Algorithm),
		accessTTL: cfg.Auth.AccessTTL,
		now:       now,
		validator: jwt.NewValidator(
			jwt.WithIssuer(cfg.URL),
			jwt.WithAudience(cfg.Name),
			jwt.WithExpirationRequired(),
			jwt.WithIssuedAt(),
			jwt.WithLeeway(clockLeeway),
			jwt.WithTimeFunc(now),
		),
	}
	for _, secret := range cfg.Auth.Keys {
		t.keys = append(t.keys, signingKey{keyID(secret), secret})
	}
	return t
}

// keyID names a key without revealing it.
func keyID(secret []byte) string {
	digest := sha256.Sum256(append([]byte("kid"), secret...))
	return hex.EncodeToString(digest[:8])
}

func (t *tokens) access(userID int64, sessionID string) (string, error) {
	return t.sign(accessType, t.payload(userID, sessionID, t.now().Add(t.accessTTL)))
}

func (t *tokens) refresh(userID int64, sessionID string, generation int64, expires time.Time) (string, error) {
	p := t.payload(userID, sessionID, expires)
	p.Generation = &generation
	return t.sign(refreshType, p)
}

func (t *tokens) payload(userID int64, sessionID string, expires time.Time) *payload {
	return &payload{
		Issuer:    t.issuer,
		Audience:  t.audience,
		Subject:   strconv.FormatInt(userID, 10),
		SessionID: sessionID,
		IssuedAt:  t.now().Unix(),
		ExpiresAt: expires.Unix(),
		ID:        rand.Text(),
	}
}

func (t *tokens) sign(typ string, p *payload) (string, error) {
	token := jwt.NewWithClaims(t.method, p)
	token.Header["typ"] = typ
	token.Header["kid"] = t.keys[0].id
	return token.SignedString(t.keys[0].secret)
}

func (t *tokens) parseAccess(raw string) (claims, error) { return t.parse(accessType, raw) }

func (t *tokens) parseRefresh(raw string) (claims, error) { return t.parse(refreshType, raw) }

func (t *tokens) parse(typ, raw string) (claims, error) {
	signed, err := t.verify(typ, raw)
	if err != nil {
		return claims{}, err
	}
	var p payload
	if err := json.Unmarshal(signed, &p, json.RejectUnknownMembers(true)); err != nil {
		return claims{}, errors.New("the claims are malformed")
	}
	if err := t.validator.Validate(&p); err != nil {
		return claims{}, err
	}
	if (p.Generation != nil) != (typ == refreshType) {
		return claims{}, errors.New("refresh tokens have a generation, access tokens have none")
	}
	return p.claims()
}

// header is that of a token. It has no other member, hence no crit that would
// have to be understood.
type header struct {
	Algorithm string `json:"alg"`
	Type      string `json:"typ"`
	KeyID     string `json:"kid"`
}

// verify returns the JSON of the claims, if the token is of this kind and signed
// with one of the keys. Until it is known who has written the claims, nobody
// reads them.
func (t *tokens) verify(typ, raw string) ([]byte, error) {
	if len(raw) > maxTokenSize {
		return nil, errors.New("the token is too long")
	}
	if strings.ContainsAny(raw, "\r\n") {
		return nil, errors.New("the token holds line breaks, which base64 would skip")
	}
	signed, signature := cutLast(raw)
	first, second, _ := strings.Cut(signed, ".")
	headerJSON, err1 := base64.RawURLEncoding.Strict().DecodeString(first)
	claimsJSON, err2 := base64.RawURLEncoding.Strict().DecodeString(second)
	mac, err3 := base64.RawURLEncoding.Strict().DecodeString(signature)
	if errors.Join(err1, err2, err3) != nil {
		return nil, errors.New("a segment of the token is malformed")
	}
	var h header
	if err := json.Unmarshal(headerJSON, &h, json.RejectUnknownMembers(true)); err != nil || h.Type != typ || h.Algorithm != t.method.Alg() {
		return nil, errors.New("the header is not of this kind of token")
	}
	for _, key := range t.keys {
		if h.KeyID != key.id {
			continue
		}
		if err := t.method.Verify(signed, mac, key.secret); err != nil {
			return nil, err
		}
		return claimsJSON, nil
	}
	return nil, errors.New("the key is unknown")
}

// cutLast cuts a token before its signature.
func cutLast(raw string) (signed, signature string) {
	dot := max(strings.LastIndexByte(raw, '.'), 0)
	return raw[:dot], strings.TrimPrefix(raw[dot:], ".")
}
