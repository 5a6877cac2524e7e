package config

import "time"

// Auth holds the settings of authentication.
type Auth struct {
	Keys                 [][]byte // the first signs tokens, all verify them
	Algorithm            string   // HS256, HS384 or HS512
	AccessTTL            time.Duration
	RefreshTTL           time.Duration // since the last rotation
	SessionTTL           time.Duration // since the login; rotation does not extend it
	RefreshGrace         time.Duration // how long the previous refresh token is still accepted; 0 is strict
	PasswordMinLength    int           // code points, at least 8
	RequireVerifiedEmail bool
	ResetURL             string // the token is appended as a fragment
	VerifyURL            string
}

const day = 24 * time.Hour

func readAuth(r *reader, appURL string) Auth {
	algorithm := r.choice(r.firstSet("AUTH_ALGORITHM", "ALGORITHM"), "HS256", "HS256", "HS384", "HS512")
	accessMinutes := r.number(r.firstSet("AUTH_ACCESS_TOKEN_EXPIRE_MINUTES", "ACCESS_TOKEN_EXPIRE_MINUTES"), 30, 1, 7*24*60)
	refreshDays := r.number(r.firstSet("AUTH_REFRESH_TOKEN_EXPIRE_DAYS", "REFRESH_TOKEN_EXPIRE_DAYS"), 7, 1, 3650)
	return Auth{
		Keys:                 r.keys(r.firstSet("AUTH_SECRET_KEY", "SECRET_KEY"), algorithm),
		Algorithm:            algorithm,
		AccessTTL:            time.Duration(accessMinutes) * time.Minute,
		RefreshTTL:           time.Duration(refreshDays) * day,
		SessionTTL:           time.Duration(r.number("AUTH_SESSION_EXPIRE_DAYS", 90, 1, 3650)) * day,
		RefreshGrace:         time.Duration(r.number("AUTH_REFRESH_GRACE_SECONDS", 0, 0, 300)) * time.Second,
		PasswordMinLength:    r.number("AUTH_PASSWORD_MIN_LENGTH", 8, 8, 128),
		RequireVerifiedEmail: r.boolean("AUTH_REQUIRE_VERIFIED_EMAIL", false),
		ResetURL:             r.absoluteURL("AUTH_RESET_URL", appURL+"/password/reset"),
		VerifyURL:            r.absoluteURL("AUTH_VERIFY_URL", appURL+"/verify-email"),
	}
}
