package config

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"strings"

	"github.com/joho/godotenv"
)

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
