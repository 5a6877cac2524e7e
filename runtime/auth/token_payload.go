package auth

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"

	"github.com/golang-jwt/jwt/v5"
)

var sessionIDPattern = regexp.MustCompile(`^[A-Za-z0-9_-]{16,64}$`)

// payload is the claims set of both kinds of token.
type payload struct {
	jwt.RegisteredClaims
	SessionID  string `json:"sid"`
	Generation *int64 `json:"gen,omitempty"` // refresh tokens only
}

// UnmarshalJSON refuses what encoding/json lets through: unknown members,
// members twice or in other letters, and dates that are strings or fractions.
func (p *payload) UnmarshalJSON(raw []byte) error {
	object := json.NewDecoder(bytes.NewReader(raw))
	if start, err := object.Token(); err != nil || start != json.Delim('{') {
		return errors.New("the claims are not an object")
	}
	seen := map[string]bool{}
	for object.More() {
		name, err := object.Token()
		if err != nil {
			return err
		}
		var value json.RawMessage
		if err := object.Decode(&value); err != nil {
			return err
		}
		claim := fmt.Sprint(name)
		if seen[claim] {
			return fmt.Errorf("claim %q stands twice", claim)
		}
		seen[claim] = true
		if err := checkClaim(claim, string(value)); err != nil {
			return err
		}
	}
	type plain payload
	return json.Unmarshal(raw, (*plain)(p))
}

func checkClaim(name, value string) error {
	switch name {
	case "iss", "aud", "sub", "sid", "jti":
		return nil
	case "iat", "exp", "gen":
		if _, err := strconv.ParseUint(value, 10, 63); err != nil {
			return fmt.Errorf("claim %q is not a whole number", name)
		}
		return nil
	}
	return fmt.Errorf("claim %q is unknown", name)
}

// Validate is called by the parser after its own checks of iss, aud, exp and iat.
func (p *payload) Validate() error {
	switch {
	case len(p.Audience) != 1:
		return errors.New("there is not exactly one audience")
	case p.IssuedAt == nil:
		return errors.New("the time of issue is missing")
	case p.ID == "":
		return errors.New("the token's id is missing")
	case !sessionIDPattern.MatchString(p.SessionID):
		return errors.New("the session's id is malformed")
	}
	_, err := p.claims()
	return err
}

func (p *payload) claims() (claims, error) {
	userID, err := strconv.ParseInt(p.Subject, 10, 64)
	if err != nil || userID < 1 || strconv.FormatInt(userID, 10) != p.Subject {
		return claims{}, errors.New("the subject is not the id of a user")
	}
	c := claims{UserID: userID, SessionID: p.SessionID, IssuedAt: p.IssuedAt.Time}
	if p.Generation != nil {
		c.Generation = *p.Generation
	}
	return c, nil
}
