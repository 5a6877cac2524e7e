package auth

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/golang-jwt/jwt/v5"
)

var sessionIDPattern = regexp.MustCompile(`^[A-Za-z0-9_-]{16,64}$`)

// payload is the claims set of both kinds of token. Times are Unix seconds.
type payload struct {
	Issuer     string `json:"iss"`
	Audience   string `json:"aud"`
	Subject    string `json:"sub"`
	SessionID  string `json:"sid"`
	IssuedAt   int64  `json:"iat"`
	ExpiresAt  int64  `json:"exp"`
	ID         string `json:"jti"`
	Generation *int64 `json:"gen,omitempty"` // refresh tokens only
}

// UnmarshalJSON rejects unknown and repeated members and wrong case, which encoding/json accepts.
func (p *payload) UnmarshalJSON(raw []byte) error {
	type members payload // without this method
	return json.Unmarshal(raw, (*members)(p), json.RejectUnknownMembers(true))
}

// Validate implements jwt.ClaimsValidator. The parser has checked iss, aud, exp and iat.
func (p *payload) Validate() error {
	switch {
	case p.IssuedAt < 1:
		return errors.New("iat is missing")
	case p.ID == "":
		return errors.New("jti is missing")
	case p.Generation != nil && *p.Generation < 0:
		return errors.New("gen is negative")
	case !sessionIDPattern.MatchString(p.SessionID):
		return errors.New("sid is malformed")
	}
	_, err := p.claims()
	return err
}

func (p *payload) claims() (claims, error) {
	userID, err := strconv.ParseInt(p.Subject, 10, 64)
	if err != nil || userID < 1 || strconv.FormatInt(userID, 10) != p.Subject {
		return claims{}, errors.New("sub is not a user ID")
	}
	c := claims{UserID: userID, SessionID: p.SessionID, IssuedAt: time.Unix(p.IssuedAt, 0).UTC()}
	if p.Generation != nil {
		c.Generation = *p.Generation
	}
	return c, nil
}

// The following methods implement jwt.Claims.

func (p *payload) GetIssuer() (string, error)                   { return p.Issuer, nil }
func (p *payload) GetAudience() (jwt.ClaimStrings, error)       { return jwt.ClaimStrings{p.Audience}, nil }
func (p *payload) GetSubject() (string, error)                  { return p.Subject, nil }
func (p *payload) GetIssuedAt() (*jwt.NumericDate, error)       { return date(p.IssuedAt), nil }
func (p *payload) GetExpirationTime() (*jwt.NumericDate, error) { return date(p.ExpiresAt), nil }
func (p *payload) GetNotBefore() (*jwt.NumericDate, error)      { return nil, nil }

// date returns nil for a missing claim.
func date(seconds int64) *jwt.NumericDate {
	if seconds == 0 {
		return nil
	}
	return jwt.NewNumericDate(time.Unix(seconds, 0))
}

// maxVerified is how many tokens each of the two generations holds, a few megabytes together.
const maxVerified = 4096

// verified caches the claims of access tokens with a valid signature. Whether a token is still valid depends on the
// time and the session. When one generation is full, the older one is dropped.
type verified struct {
	mutex      sync.Mutex
	young, old map[string]*payload // by token; payloads are never modified
}

func (v *verified) get(token string) (*payload, bool) {
	if len(token) > maxTokenSize {
		return nil, false
	}
	v.mutex.Lock()
	defer v.mutex.Unlock()
	p, ok := v.young[token]
	if !ok {
		if p, ok = v.old[token]; ok {
			v.keep(token, p)
		}
	}
	return p, ok
}

func (v *verified) add(token string, p *payload) {
	v.mutex.Lock()
	defer v.mutex.Unlock()
	v.keep(token, p)
}

func (v *verified) keep(token string, p *payload) {
	if v.young == nil || len(v.young) >= maxVerified {
		v.young, v.old = map[string]*payload{}, v.young
	}
	v.young[strings.Clone(token)] = p // do not retain the whole header
}
