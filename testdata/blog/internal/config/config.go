// Package config reads the settings of the application from its environment. It reports all problems at once, each with
// the name of the setting, its value and what is allowed, and never prints a secret.
package config

import (
	"net/netip"
	"net/url"
	"os"
	"path"
	"regexp"
	"runtime/debug"
)

// Config holds the validated settings of the application.
type Config struct {
	Env            string // development, test or production
	Name           string // audience of tokens, name in emails
	URL            string // public URL without a trailing slash; issuer of tokens
	Addr           string // listen address
	Prefix         string // prefix of all API routes: "" or such as "/api"
	DatabaseURL    string // sqlite:FILE or postgres://…
	Auth           Auth
	Mail           Mail
	TrustedProxies []netip.Prefix // proxies whose X-Forwarded-For is trusted
	CORSOrigins    []string       // exact origins; none disables CORS
	Docs           bool           // serve /docs and /openapi.json
	Log            Log
}

// Load reads the settings from the environment and, outside production, from .env. The environment takes precedence.
func Load() (Config, error) {
	env, err := withDotenv(".env", os.Environ())
	if err != nil {
		return Config{}, err
	}
	return Parse(env)
}

// Parse reads the settings from env. Its error lists all problems, one per line.
func Parse(env map[string]string) (Config, error) {
	r := &reader{env: env}
	c := Config{
		Env:            r.choice("APP_ENV", "development", "development", "test", "production"),
		Name:           r.text("APP_NAME", moduleName()),
		URL:            r.baseURL("APP_URL", "http://localhost:8000"),
		Addr:           r.listenAddress("HTTP_ADDR", ":8000"),
		Prefix:         r.pathPrefix("API_PREFIX", "/api"),
		DatabaseURL:    r.databaseURL("DATABASE_URL", "sqlite:"+moduleName()+".db"),
		TrustedProxies: r.networks("TRUSTED_PROXIES"),
		CORSOrigins:    r.origins("CORS_ORIGINS"),
	}
	c.Docs = r.boolean("DOCS", !c.Production())
	c.Log = readLog(r, c.Production())
	c.Auth = readAuth(r, c.URL)
	c.Mail = readMail(r, c.Production())
	return c, r.err()
}

// BasePath returns the path of the public URL: "", or such as "/blog" behind a proxy that strips it.
func (c Config) BasePath() string {
	if u, err := url.Parse(c.URL); err == nil {
		return u.Path
	}
	return ""
}

// Production reports whether the application runs in production.
func (c Config) Production() bool { return c.Env == "production" }

var majorVersion = regexp.MustCompile(`^v[0-9]+$`)

func moduleName() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Path == "" {
		return "app"
	}
	name := path.Base(info.Main.Path)
	if parent := path.Dir(info.Main.Path); majorVersion.MatchString(name) && parent != "." {
		name = path.Base(parent)
	}
	return name
}
