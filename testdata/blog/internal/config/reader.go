package config

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// reader takes settings from an environment and collects what is wrong with them. An empty setting counts as unset.
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
	return fmt.Errorf("the settings need a correction:\n%w", errors.Join(r.problems...))
}

func (r *reader) text(name, otherwise string) string {
	if value := r.env[name]; value != "" {
		return value
	}
	return otherwise
}

// firstSet returns the first of the names that is set, and the first of all when none is.
func (r *reader) firstSet(names ...string) string {
	for _, name := range names {
		if r.env[name] != "" {
			return name
		}
	}
	return names[0]
}

func (r *reader) choice(name, otherwise string, allowed ...string) string {
	value := r.text(name, otherwise)
	if !slices.Contains(allowed, value) {
		r.problem(name, "%q was given, allowed is one of %s", value, strings.Join(allowed, ", "))
		return otherwise
	}
	return value
}

func (r *reader) boolean(name string, otherwise bool) bool {
	value := r.text(name, strconv.FormatBool(otherwise))
	b, err := strconv.ParseBool(value)
	if err != nil {
		r.problem(name, "%q was given, allowed is true or false", value)
		return otherwise
	}
	return b
}

func (r *reader) number(name string, otherwise, least, most int) int {
	value := r.text(name, strconv.Itoa(otherwise))
	n, err := strconv.Atoi(value)
	if err != nil || n < least || n > most {
		r.problem(name, "%q was given, allowed is a whole number from %d to %d", value, least, most)
		return otherwise
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
