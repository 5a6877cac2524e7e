package config

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// reader reads settings from an environment and collects errors. An empty setting counts as unset.
type reader struct {
	env      map[string]string
	problems []error
}

func (r *reader) problem(name, format string, args ...any) {
	r.problems = append(r.problems, fmt.Errorf("  %s: "+format, append([]any{name}, args...)...))
}

func (r *reader) err() error {
	if len(r.problems) == 0 {
		return nil
	}
	return fmt.Errorf("invalid settings:\n%w", errors.Join(r.problems...))
}

func (r *reader) text(name, defaultValue string) string {
	if value := r.env[name]; value != "" {
		return value
	}
	return defaultValue
}

// firstSet returns the first name that is set, or names[0] if none is.
func (r *reader) firstSet(names ...string) string {
	for _, name := range names {
		if r.env[name] != "" {
			return name
		}
	}
	return names[0]
}

func (r *reader) choice(name, defaultValue string, allowed ...string) string {
	value := r.text(name, defaultValue)
	if !slices.Contains(allowed, value) {
		r.problem(name, "%q is invalid: use %s", value, strings.Join(allowed, ", "))
		return defaultValue
	}
	return value
}

func (r *reader) boolean(name string, defaultValue bool) bool {
	value := r.text(name, strconv.FormatBool(defaultValue))
	b, err := strconv.ParseBool(value)
	if err != nil {
		r.problem(name, "%q is invalid: use true or false", value)
		return defaultValue
	}
	return b
}

func (r *reader) number(name string, defaultValue, least, most int) int {
	value := r.text(name, strconv.Itoa(defaultValue))
	n, err := strconv.Atoi(value)
	if err != nil || n < least || n > most {
		r.problem(name, "%q is invalid: use an integer from %d to %d", value, least, most)
		return defaultValue
	}
	return n
}

func (r *reader) list(name string) []string {
	var items []string
	for item := range strings.SplitSeq(r.env[name], ",") {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}
