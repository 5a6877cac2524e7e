package config

import (
	"os"
	"strings"
	"testing"
)

// chdirWith changes to a directory with a .env file.
func chdirWith(t *testing.T, dotenv string) {
	t.Helper()
	t.Chdir(t.TempDir())
	if err := os.WriteFile(".env", []byte(dotenv), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"APP_ENV", "APP_NAME", "AUTH_SECRET_KEY"} {
		t.Setenv(name, "")
		os.Unsetenv(name)
	}
}

func TestEnvironmentOverridesTheFile(t *testing.T) {
	chdirWith(t, "AUTH_SECRET_KEY="+key+"\nAPP_NAME=File\nHTTP_ADDR=:9999\n")
	t.Setenv("APP_NAME", "Environment")
	c, err := Load()
	if err != nil || c.Web.Name != "Environment" || c.Web.Addr != ":9999" {
		t.Errorf("%v %+v", err, c)
	}
}

func TestFileIsOptional(t *testing.T) {
	chdirWith(t, "")
	os.Remove(".env")
	t.Setenv("AUTH_SECRET_KEY", key)
	if _, err := Load(); err != nil {
		t.Error(err)
	}
}

func TestProductionDoesNotReadTheFile(t *testing.T) {
	chdirWith(t, "AUTH_SECRET_KEY="+key+"\n")
	t.Setenv("APP_ENV", "production")
	if _, err := Load(); err == nil || !strings.Contains(err.Error(), "AUTH_SECRET_KEY: not set") {
		t.Error(err)
	}
}

func TestFileCannotSetProduction(t *testing.T) {
	chdirWith(t, "APP_ENV=production\nAUTH_SECRET_KEY="+key+"\n")
	if _, err := Load(); err == nil || !strings.Contains(err.Error(), "APP_ENV=production") {
		t.Error(err)
	}
}

func TestSyntaxErrorInTheFileDoesNotShowSecrets(t *testing.T) {
	chdirWith(t, "AUTH_SECRET_KEY "+key+"\n")
	if _, err := Load(); err == nil || !strings.Contains(err.Error(), ".env") || strings.Contains(err.Error(), key) {
		t.Error(err)
	}
}
