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

func (r *reader) integer(name string, defaultValue, least, most int) int {
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

// keyBytes is the minimum length of a key: that of the hash output (RFC 7518, section 3.2).
var keyBytes = map[string]int{"HS256": 32, "HS384": 48, "HS512": 64}

const newKeyHint = "generate one with: openssl rand -hex 64"

func (r *reader) keys(name, algorithm string) [][]byte {
	value := r.env[name]
	if value == "" {
		r.problem(name, "not set, but required to sign tokens: %s", newKeyHint)
		return nil
	}
	var keys [][]byte
	for key := range strings.SplitSeq(value, ",") {
		switch least := keyBytes[algorithm]; {
		case key != strings.TrimSpace(key):
			r.problem(name, "a key has white space around it: separate keys with only a comma")
		case len(key) < least:
			r.problem(name, "a key has %d bytes, but %s needs at least %d: %s", len(key), algorithm, least, newKeyHint)
		case isPlaceholder(key):
			r.problem(name, "a key is a publicly known placeholder: %s", newKeyHint)
		case isGuessable(key):
			r.problem(name, "a key is a repetition or sequence, so it can be guessed: %s", newKeyHint)
		default:
			keys = append(keys, []byte(key))
		}
	}
	return keys
}

func isPlaceholder(key string) bool {
	letters := strings.Map(func(c rune) rune {
		if (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') {
			return c
		}
		return -1
	}, strings.ToLower(key))
	for _, word := range []string{
		"replace", "generate", "openssl", "random", "goeshere", "signingkey", "qwerty", "verylong",
		"secret", "changeme", "changethis", "changeit", "placeholder", "example", "insecure", "password",
		"09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7", // from the FastAPI tutorial
	} {
		if strings.Contains(letters, word) {
			return true
		}
	}
	return false
}

// isGuessable reports whether key has few distinct bytes, repeats a block, or is mostly a sequence.
func isGuessable(key string) bool {
	counts := map[byte]int{}
	steps, repeats, most := 0, 0, 0
	for i := range len(key) {
		counts[key[i]]++
		most = max(most, counts[key[i]])
		switch {
		case i == 0:
		case key[i] == key[i-1]:
			repeats++
		case key[i]-key[i-1] == 1, key[i-1]-key[i] == 1:
			steps++
		}
	}
	if len(counts) < 8 || steps > len(key)/2 || repeats > len(key)/2 || most > len(key)/2 {
		return true
	}
	for period := 1; period <= len(key)/2; period++ {
		if key[period:] == key[:len(key)-period] {
			return true
		}
	}
	return false
}
