package config

import (
	"time"

	"fastgo/runtime/auth"
	"fastgo/runtime/web"
)

const day = 24 * time.Hour

func readAuth(r *reader, server web.Options) auth.Options {
	algorithm := r.choice(r.firstSet("AUTH_ALGORITHM", "ALGORITHM"), "HS256", "HS256", "HS384", "HS512")
	accessMinutes := r.number(r.firstSet("AUTH_ACCESS_TOKEN_EXPIRE_MINUTES", "ACCESS_TOKEN_EXPIRE_MINUTES"), 30, 1, 7*24*60)
	refreshDays := r.number(r.firstSet("AUTH_REFRESH_TOKEN_EXPIRE_DAYS", "REFRESH_TOKEN_EXPIRE_DAYS"), 7, 1, 3650)
	return auth.Options{
		Name:                 server.Name,
		URL:                  server.URL,
		Keys:                 r.keys(r.firstSet("AUTH_SECRET_KEY", "SECRET_KEY"), algorithm),
		Algorithm:            algorithm,
		AccessTTL:            time.Duration(accessMinutes) * time.Minute,
		RefreshTTL:           time.Duration(refreshDays) * day,
		SessionTTL:           time.Duration(r.number("AUTH_SESSION_EXPIRE_DAYS", 90, 1, 3650)) * day,
		RefreshGrace:         time.Duration(r.number("AUTH_REFRESH_GRACE_SECONDS", 0, 0, 300)) * time.Second,
		PasswordMinLength:    r.number("AUTH_PASSWORD_MIN_LENGTH", 8, 8, 128),
		RequireVerifiedEmail: r.boolean("AUTH_REQUIRE_VERIFIED_EMAIL", false),
		ResetURL:             r.absoluteURL("AUTH_RESET_URL", server.URL+"/password/reset"),
		VerifyURL:            r.absoluteURL("AUTH_VERIFY_URL", server.URL+"/verify-email"),
	}
}
