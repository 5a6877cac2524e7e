package config_test

import (
	"strings"
	"testing"

	"example.com/blog/internal/config"
)

const secret = "p7Lq2vXz9RtYw4NbM8sKd3Hf6GjCa5Ue"

// TestOneSettingIsEnough shows the defaults: an application starts with nothing but its secret.
func TestOneSettingIsEnough(t *testing.T) {
	c, err := config.Parse(map[string]string{"AUTH_SECRET_KEY": secret})
	if err != nil || c.Env != "development" || c.Production() || c.Web.Prefix != "/api" || !c.Web.Docs || c.Mail.Driver != "log" ||
		!strings.HasPrefix(c.DatabaseURL, "sqlite:") || string(c.Auth.Keys[0]) != secret {
		t.Errorf("%v, %+v", err, c)
	}
}

// TestAllProblemsAreReportedAtOnce shows an error: each setting with what is allowed, and no secret.
func TestAllProblemsAreReportedAtOnce(t *testing.T) {
	_, err := config.Parse(map[string]string{
		"APP_ENV": "production", "AUTH_SECRET_KEY": "too-short-a-secret", "DATABASE_URL": "mysql://root:hunter2@db/x", "CORS_ORIGINS": "*", "SMTP_PORT": "0",
	})
	if err == nil {
		t.Fatal("accepted")
	}
	for _, part := range []string{"AUTH_SECRET_KEY: ", "at least 32", "DATABASE_URL: ", "sqlite:FILE", "CORS_ORIGINS: ", "SMTP_PORT: ", "MAIL_DRIVER: "} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%s is missing in: %v", part, err)
		}
	}
	if strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "too-short") {
		t.Errorf("a secret is shown: %v", err)
	}
}
