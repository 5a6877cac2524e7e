// Package config reads the settings of the application from its environment. It reports all problems at once, each with
// the name of the setting, its value and what is allowed, and never prints a secret.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"runtime/debug"
	"strings"
	"time"

	"github.com/joho/godotenv"

	"example.com/blog/internal/auth"
	"example.com/blog/internal/mail"
	"example.com/blog/internal/web"
)

// Config holds the validated settings of the application, by the package that they are for.
type Config struct {
	Env         string // development, test or production
	DatabaseURL string // sqlite:FILE or postgres://…
	Web         web.Options
	Auth        auth.Options
	Mail        mail.Options
	Log         Log
}

// Load reads the settings from the environment and, outside production, from .env. The environment takes precedence.
func Load() (Config, error) {
	env, err := withDotenv(".env", os.Environ())
	if err != nil {
		return Config{}, err
	}
	return Parse(env)
}

// noticeTime is how long a load balancer has to notice that a replica is stopping.
const noticeTime = 3 * time.Second

// Parse reads the settings from env. Its error lists all problems, one per line.
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

// withDotenv returns environ with the settings of file that it lacks. In production the file is not read.
func withDotenv(file string, environ []string) (map[string]string, error) {
	env := make(map[string]string, len(environ))
	for _, entry := range environ {
		name, value, _ := strings.Cut(entry, "=")
		env[name] = value
	}
	if env["APP_ENV"] == "production" {
		return env, nil
	}
	settings, err := godotenv.Read(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return env, nil
	case errors.As(err, new(*fs.PathError)):
		return nil, err
	case err != nil:
		// The parser's message quotes the file, secrets included.
		return nil, fmt.Errorf("%s: a line is not NAME=value, or a quote is missing", file)
	case env["APP_ENV"] == "" && settings["APP_ENV"] == "production":
		return nil, fmt.Errorf("%s sets APP_ENV=production, but is for development: set production settings in the environment", file)
	}
	maps.Copy(settings, env)
	return settings, nil
}
