package rival

import (
	"database/sql"
	"errors"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/golang-jwt/jwt/v5"
)

// User is the user of a request.
type User struct {
	ID              int64
	Name            string
	Email           string
	Role            string
	IsActive        bool
	EmailVerifiedAt *time.Time
	CreatedAt       time.Time
	UpdatedAt       time.Time
	PasswordHash    string
	AuthEpoch       int64
}

const selectUser = `SELECT id, name, email, role, is_active, email_verified_at, created_at, updated_at, password_hash, auth_epoch
	FROM users WHERE id = $1 AND is_active AND auth_epoch = (SELECT epoch FROM sessions
		WHERE sessions.id = $2 AND sessions.user_id = users.id AND sessions.expires_at > $3)`

// guarded lets in requests with a token whose session is alive.
func (api *API) guarded(next func(http.ResponseWriter, *http.Request, *User)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		claims, err := api.tokens.parse(strings.TrimSpace(token))
		if !strings.EqualFold(scheme, "Bearer") || err != nil {
			unauthorized(w, r)
			return
		}
		var u User
		err = api.user.QueryRowContext(r.Context(), claims.userID, claims.SessionID, time.Now().UnixMilli()).Scan(&u.ID, &u.Name, &u.Email,
			&u.Role, &u.IsActive, &u.EmailVerifiedAt, &u.CreatedAt, &u.UpdatedAt, &u.PasswordHash, &u.AuthEpoch)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			unauthorized(w, r)
		case err != nil:
			api.fail(w, r, err)
		default:
			next(w, r, &u)
		}
	}
}

func unauthorized(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
	writeError(w, r, http.StatusUnauthorized, "UNAUTHORIZED", "Could not validate credentials")
}

// Tokens verifies access tokens.
type Tokens struct {
	parser *jwt.Parser
	keyID  string
	secret []byte
}

// NewTokens returns the verifier of the tokens of an issuer for an audience.
func NewTokens(issuer, audience, algorithm, keyID string, secret []byte) Tokens {
	return Tokens{keyID: keyID, secret: secret, parser: jwt.NewParser(
		jwt.WithValidMethods([]string{algorithm}),
		jwt.WithIssuer(issuer),
		jwt.WithAudience(audience),
		jwt.WithExpirationRequired(),
		jwt.WithIssuedAt(),
		jwt.WithLeeway(5*time.Second),
		jwt.WithStrictDecoding(),
	)}
}

type claims struct {
	Issuer    string `json:"iss"`
	Audience  string `json:"aud"`
	Subject   string `json:"sub"`
	SessionID string `json:"sid"`
	IssuedAt  int64  `json:"iat"`
	ExpiresAt int64  `json:"exp"`
	ID        string `json:"jti"`

	userID int64
}

func (t Tokens) parse(raw string) (*claims, error) {
	if len(raw) > 2048 || strings.ContainsAny(raw, "\r\n") {
		return nil, errors.New("malformed")
	}
	c := &claims{}
	_, err := t.parser.ParseWithClaims(raw, c, func(token *jwt.Token) (any, error) {
		if len(token.Header) != 3 || token.Header["typ"] != "at+jwt" || token.Header["kid"] != t.keyID {
			return nil, errors.New("another kind of token")
		}
		return t.secret, nil
	})
	return c, err
}

func (c *claims) UnmarshalJSON(raw []byte) error {
	type members claims // without this method
	return json.Unmarshal(raw, (*members)(c), json.RejectUnknownMembers(true))
}

var sessionID = regexp.MustCompile(`^[A-Za-z0-9_-]{16,64}$`)

// Validate is called by the parser after its own checks.
func (c *claims) Validate() (err error) {
	c.userID, err = strconv.ParseInt(c.Subject, 10, 64)
	if err != nil || c.userID < 1 || strconv.FormatInt(c.userID, 10) != c.Subject || c.IssuedAt < 1 || c.ID == "" || !sessionID.MatchString(c.SessionID) {
		return errors.New("malformed claims")
	}
	return nil
}

func (c *claims) GetIssuer() (string, error)             { return c.Issuer, nil }
func (c *claims) GetAudience() (jwt.ClaimStrings, error) { return jwt.ClaimStrings{c.Audience}, nil }
func (c *claims) GetSubject() (string, error)            { return c.Subject, nil }
func (c *claims) GetIssuedAt() (*jwt.NumericDate, error) {
	return jwt.NewNumericDate(time.Unix(c.IssuedAt, 0)), nil
}
func (c *claims) GetExpirationTime() (*jwt.NumericDate, error) {
	return jwt.NewNumericDate(time.Unix(c.ExpiresAt, 0)), nil
}
func (c *claims) GetNotBefore() (*jwt.NumericDate, error) { return nil, nil }
