package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
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
	parser           *jwt.Parser
	validator        *jwt.Validator // of claims with a verified signature
	verified         verified
}

type signingKey struct {
	id     string
	secret []byte
}

// claims are the claims of a verified token. Only refresh tokens have a Generation.
type claims struct {
	UserID     int64
	SessionID  string
	Generation int64
	IssuedAt   time.Time
}

func newTokens(o Options, now func() time.Time) *tokens {
	checks := []jwt.ParserOption{
		jwt.WithValidMethods([]string{o.Algorithm}),
		jwt.WithIssuer(o.URL),
		jwt.WithAudience(o.Name),
		jwt.WithExpirationRequired(),
		jwt.WithIssuedAt(),
		jwt.WithLeeway(clockLeeway),
		jwt.WithTimeFunc(now),
		jwt.WithStrictDecoding(),
	}
	t := &tokens{
		issuer:    o.URL,
		audience:  o.Name,
		method:    jwt.GetSigningMethod(o.Algorithm),
		accessTTL: o.AccessTTL,
		now:       now,
		parser:    jwt.NewParser(checks...),
		validator: jwt.NewValidator(checks...),
	}
	for _, secret := range o.Keys {
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

// parseAccess verifies an access token. Clients send the same token many times: its signature is verified once, its
// claims each time.
func (t *tokens) parseAccess(raw string) (claims, error) {
	if p, ok := t.verified.get(raw); ok && t.validator.Validate(p) == nil {
		return p.claims()
	}
	p, err := t.parse(accessType, raw)
	if err != nil {
		return claims{}, err
	}
	t.verified.add(raw, p)
	return p.claims()
}

func (t *tokens) parseRefresh(raw string) (claims, error) {
	p, err := t.parse(refreshType, raw)
	if err != nil {
		return claims{}, err
	}
	return p.claims()
}

func (t *tokens) parse(typ, raw string) (*payload, error) {
	if len(raw) > maxTokenSize {
		return nil, errors.New("the token is too long")
	}
	if strings.ContainsAny(raw, "\r\n") {
		return nil, errors.New("the token contains line breaks, which base64 ignores")
	}
	p := &payload{}
	_, err := t.parser.ParseWithClaims(raw, p, func(token *jwt.Token) (any, error) {
		return t.verificationKey(typ, token.Header)
	})
	if err != nil {
		return nil, err
	}
	if (p.Generation != nil) != (typ == refreshType) {
		return nil, errors.New("gen is required in refresh tokens only")
	}
	return p, nil
}

// verificationKey checks the header of a token. It must consist of alg, typ and kid: with no crit, there is no
// extension to understand.
func (t *tokens) verificationKey(typ string, header map[string]any) ([]byte, error) {
	if len(header) != 3 || header["typ"] != typ {
		return nil, errors.New("the header is not valid for this kind of token")
	}
	for _, key := range t.keys {
		if header["kid"] == key.id {
			return key.secret, nil
		}
	}
	return nil, errors.New("unknown key")
}
