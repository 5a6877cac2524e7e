// Package config reads the settings of the application from its environment. It reports every problem at once, with the
// name of the setting, what was given and what is allowed, and never repeats a secret.
package config

import (
	"os"
	"path"
	"regexp"
	"runtime/debug"
	"time"

	"fastgo/runtime/auth"
	"fastgo/runtime/mail"
	"fastgo/runtime/web"
)

// Config holds the settings of the application, checked and ready for use: those of each package that has any.
type Config struct {
	Env         string // development, test or production
	DatabaseURL string // sqlite:FILE or postgres://…
	Web         web.Options
	Auth        auth.Options
	Mail        mail.Options
	Log         Log
}

// Load reads the settings from the environment, and outside production from the file .env as well. The environment wins.
func Load() (Config, error) {
	env, err := withDotenv(".env", os.Environ())
	if err != nil {
		return Config{}, err
	}
	return Parse(env)
}

// noticeTime is how long a load balancer has to notice that a replica is stopping.
const noticeTime = 3 * time.Second

// Parse reads the settings from env. Its error names all problems, one a line.
func Parse(env map[string]string) (Config, error) {
	r := &reader{env: env}
	c := Config{
		Env:         r.choice("APP_ENV", "development", "development", "test", "production"),
		DatabaseURL: r.databaseURL("DATABASE_URL", "sqlite:"+moduleName()+".db"),
		Web: web.Options{
			Name:           r.text("APP_NAME", moduleName()),
			URL:            r.baseURL("APP_URL", "http://localhost:8000"),
			Addr:           r.listenAddress("HTTP_ADDR", ":8000"),
			Prefix:         r.pathPrefix("API_PREFIX", "/api"),
			TrustedProxies: r.networks("TRUSTED_PROXIES"),
			CORSOrigins:    r.origins("CORS_ORIGINS"),
		},
	}
	c.Web.Docs = r.boolean("DOCS", !c.Production())
	c.Log = readLog(r, c.Production())
	c.Auth = readAuth(r, c.Web)
	c.Mail = readMail(r, c.Production())
	if c.Production() {
		c.Web.Notice, c.Auth.LimitNetworks = noticeTime, true
	}
	return c, r.err()
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
