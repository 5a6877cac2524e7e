package config

import (
	"maps"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"fastgo/runtime/mail"
)

const (
	key    = "p7Lq2vXz9RtYw4NbM8sKd3Hf6GjCa5Ue"
	oldKey = "Zx1Cv5Bn9Ml3Kj7Hg2Fd6Sa8Qw4Er0Ty"
)

// with returns a valid environment with some settings replaced.
func with(settings ...string) map[string]string {
	env := map[string]string{"AUTH_SECRET_KEY": key}
	for i := 0; i < len(settings); i += 2 {
		env[settings[i]] = settings[i+1]
	}
	return env
}

func parse(t *testing.T, settings ...string) Config {
	t.Helper()
	c, err := Parse(with(settings...))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestOnlyTheSecretKeyIsRequired(t *testing.T) {
	c := parse(t)
	if c.Env != "development" || c.Web.URL != "http://localhost:8000" || c.Web.Addr != ":8000" || c.Web.Prefix != "/api" || !c.Web.Docs ||
		c.DatabaseURL != "sqlite:"+c.Web.Name+".db" || c.Mail.Driver != "log" || c.Log.Format != "text" {
		t.Errorf("%+v", c)
	}
	a := c.Auth
	if a.Algorithm != "HS256" || a.AccessTTL != 30*time.Minute || a.RefreshTTL != 7*24*time.Hour || a.SessionTTL != 90*24*time.Hour ||
		a.RefreshGrace != 0 || a.PasswordMinLength != 8 || a.RequireVerifiedEmail {
		t.Errorf("%+v", a)
	}
	if string(a.Keys[0]) != key {
		t.Error("the key was changed")
	}
	if a.ResetURL != "http://localhost:8000/password/reset" || a.VerifyURL != "http://localhost:8000/verify-email" {
		t.Errorf("%s %s", a.ResetURL, a.VerifyURL)
	}
}

func TestProductionHasOtherDefaults(t *testing.T) {
	c := parse(t, "APP_ENV", "production", "MAIL_DRIVER", "file", "MAIL_DIR", "mails")
	if !c.Production() || c.Web.Docs || c.Log.Format != "json" {
		t.Errorf("%+v", c)
	}
	if !parse(t, "APP_ENV", "production", "MAIL_DRIVER", "file", "MAIL_DIR", "mails", "DOCS", "true").Web.Docs {
		t.Error("DOCS=true is ignored in production")
	}
}

func TestEverySettingIsRead(t *testing.T) {
	c := parse(t, "APP_ENV", "test", "APP_NAME", "Blog", "APP_URL", "https://blog.example.com/", "HTTP_ADDR", "127.0.0.1:9000",
		"API_PREFIX", "/v1/", "DATABASE_URL", "postgres://u:p@db/blog", "AUTH_SECRET_KEY", key+","+oldKey,
		"AUTH_SESSION_EXPIRE_DAYS", "30", "AUTH_REFRESH_GRACE_SECONDS", "10", "AUTH_PASSWORD_MIN_LENGTH", "12",
		"AUTH_REQUIRE_VERIFIED_EMAIL", "true", "AUTH_RESET_URL", "https://app.example.com/reset?lang=en",
		"MAIL_DRIVER", "smtp", "MAIL_FROM", "Blog <no-reply@example.com>", "SMTP_HOST", "mail", "SMTP_TLS", "tls",
		"SMTP_USERNAME", "u", "SMTP_PASSWORD", "p", "TRUSTED_PROXIES", "10.1.2.3/8, ::1",
		"CORS_ORIGINS", "https://app.example.com,http://localhost:3000", "DOCS", "false", "LOG_FORMAT", "json", "LOG_LEVEL", "debug")
	if c.Web.Name != "Blog" || c.Web.URL != "https://blog.example.com" || c.Web.Addr != "127.0.0.1:9000" || c.Web.Prefix != "/v1" || c.Web.Docs ||
		c.DatabaseURL != "postgres://u:p@db/blog" || c.Log.Level != -4 || c.Log.Format != "json" {
		t.Errorf("%+v", c)
	}
	a := c.Auth
	if len(a.Keys) != 2 || string(a.Keys[1]) != oldKey || a.SessionTTL != 30*day || a.RefreshGrace != 10*time.Second ||
		a.PasswordMinLength != 12 || !a.RequireVerifiedEmail || a.ResetURL != "https://app.example.com/reset?lang=en" ||
		a.VerifyURL != "https://blog.example.com/verify-email" {
		t.Errorf("%+v", a)
	}
	if m := c.Mail; m.Driver != "smtp" || m.From != "Blog <no-reply@example.com>" || m.SMTP != (mail.SMTP{Host: "mail", Port: 465, Username: "u", Password: "p", TLS: "tls"}) {
		t.Errorf("%+v", m)
	}
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	if !slices.Equal(c.Web.TrustedProxies, proxies) || !slices.Equal(c.Web.CORSOrigins, []string{"https://app.example.com", "http://localhost:3000"}) {
		t.Errorf("%v %v", c.Web.TrustedProxies, c.Web.CORSOrigins)
	}
}

func TestFastpySettingNamesAreFallbacks(t *testing.T) {
	aliases := map[string]string{"SECRET_KEY": key + oldKey, "ALGORITHM": "HS512", "ACCESS_TOKEN_EXPIRE_MINUTES": "5", "REFRESH_TOKEN_EXPIRE_DAYS": "3"}
	c, err := Parse(aliases)
	if err != nil {
		t.Fatal(err)
	}
	if a := c.Auth; string(a.Keys[0]) != key+oldKey || a.Algorithm != "HS512" || a.AccessTTL != 5*time.Minute || a.RefreshTTL != 3*day {
		t.Errorf("%+v", a)
	}
	maps.Copy(aliases, map[string]string{"AUTH_ALGORITHM": "HS384", "AUTH_ACCESS_TOKEN_EXPIRE_MINUTES": "6", "ALGORITHM": "none"})
	c, err = Parse(aliases)
	if err != nil || c.Auth.Algorithm != "HS384" || c.Auth.AccessTTL != 6*time.Minute {
		t.Errorf("%v %+v", err, c.Auth)
	}
}

func TestPrefixMayBeEmpty(t *testing.T) {
	for given, want := range map[string]string{"": "", "/": "", "api": "/api", "/api/v1/": "/api/v1"} {
		if c := parse(t, "API_PREFIX", given); c.Web.Prefix != want {
			t.Errorf("%q became %q", given, c.Web.Prefix)
		}
	}
}

func TestInvalidSettingIsReportedWithAllowedValues(t *testing.T) {
	for _, test := range []struct{ name, given, allowed string }{
		{"APP_ENV", "prod", "production"},
		{"APP_URL", "localhost:8000", "absolute"},
		{"APP_URL", "https://blog.example.com?x=1", "has a query"},
		{"HTTP_ADDR", "8000", ":8000"},
		{"HTTP_ADDR", ":http", ":8000"},
		{"HTTP_ADDR", ":65536", ":8000"},
		{"API_PREFIX", "/a b", "/api"},
		{"API_PREFIX", "//evil", "/api"},
		{"API_PREFIX", "/{id}", "/api"},
		{"DATABASE_URL", "mysql://", "sqlite:FILE"},
		{"AUTH_ALGORITHM", "none", "HS256, HS384, HS512"},
		{"AUTH_ACCESS_TOKEN_EXPIRE_MINUTES", "soon", "from 1 to"},
		{"AUTH_REFRESH_TOKEN_EXPIRE_DAYS", "0", "from 1 to"},
		{"AUTH_SESSION_EXPIRE_DAYS", "-1", "from 1 to"},
		{"AUTH_REFRESH_GRACE_SECONDS", "1.5", "from 0 to 300"},
		{"AUTH_PASSWORD_MIN_LENGTH", "7", "from 8"},
		{"AUTH_REQUIRE_VERIFIED_EMAIL", "perhaps", "true or false"},
		{"AUTH_RESET_URL", "/reset", "absolute"},
		{"AUTH_VERIFY_URL", "https://app.example.com/#/verify", "fragment"},
		{"MAIL_DRIVER", "sendmail", "smtp, file, log"},
		{"MAIL_FROM", "nobody", "address"},
		{"SMTP_TLS", "yes", "none, starttls, tls"},
		{"SMTP_PORT", "0", "from 1"},
		{"TRUSTED_PROXIES", "10.0.0.0/33", "10.0.0.0/8"},
		{"TRUSTED_PROXIES", "proxy", "10.0.0.0/8"},
		{"CORS_ORIGINS", "*", "exact origins"},
		{"CORS_ORIGINS", "https://*.example.com", "exact origins"},
		{"CORS_ORIGINS", "https://app.example.com/", "no path"},
		{"CORS_ORIGINS", "https://app.example.com:443", "default port"},
		{"CORS_ORIGINS", "HTTPS://App.example.com", "lower case"},
		{"CORS_ORIGINS", "null", "not an origin"},
		{"DOCS", "yes", "true or false"},
		{"LOG_FORMAT", "xml", "text, json"},
		{"LOG_LEVEL", "loud", "debug, info, warn, error"},
	} {
		_, err := Parse(with(test.name, test.given))
		if err == nil {
			t.Errorf("%s=%s is accepted", test.name, test.given)
			continue
		}
		for _, part := range []string{test.name, test.given, test.allowed} {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%s=%s: %q is missing in: %v", test.name, test.given, part, err)
			}
		}
		if strings.Count(err.Error(), "\n") != 1 {
			t.Errorf("%s=%s: more than one problem is reported: %v", test.name, test.given, err)
		}
	}
}

func TestMissingDependentSettingIsReported(t *testing.T) {
	for missing, env := range map[string]map[string]string{
		"MAIL_DRIVER":   with("APP_ENV", "production"),
		"MAIL_DIR":      with("MAIL_DRIVER", "file"),
		"SMTP_HOST":     with("MAIL_DRIVER", "smtp", "MAIL_FROM", "a@example.com"),
		"MAIL_FROM":     with("MAIL_DRIVER", "smtp", "SMTP_HOST", "mail"),
		"SMTP_PASSWORD": with("SMTP_USERNAME", "u"),
		"SMTP_USERNAME": with("SMTP_PASSWORD", "p"),
		"SECRET_KEY":    {},
	} {
		if _, err := Parse(env); err == nil || !strings.Contains(err.Error(), missing+": ") {
			t.Errorf("%s: %v", missing, err)
		}
	}
}

func TestAllProblemsAreReportedAtOnce(t *testing.T) {
	_, err := Parse(map[string]string{"APP_ENV": "prod", "APP_URL": "blog", "MAIL_DRIVER": "pigeon", "DOCS": "yes"})
	for _, name := range []string{"APP_ENV", "APP_URL", "AUTH_SECRET_KEY", "MAIL_DRIVER", "DOCS"} {
		if err == nil || !strings.Contains(err.Error(), "\n  "+name+": ") {
			t.Errorf("%s is missing in: %v", name, err)
		}
	}
	if strings.Contains(err.Error(), "AUTH_RESET_URL") {
		t.Errorf("a default derived from APP_URL is reported: %v", err)
	}
}
