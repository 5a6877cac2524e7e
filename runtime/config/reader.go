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

// keyBytes is the least length of a key: that of the hash's output (RFC 7518, section 3.2).
var keyBytes = map[string]int{"HS256": 32, "HS384": 48, "HS512": 64}

const newKeyHint = "make one with: openssl rand -hex 64"

func (r *reader) keys(name, algorithm string) [][]byte {
	value := r.env[name]
	if value == "" {
		r.problem(name, "it is not set; it signs the tokens: %s", newKeyHint)
		return nil
	}
	var keys [][]byte
	for key := range strings.SplitSeq(value, ",") {
		switch least := keyBytes[algorithm]; {
		case key != strings.TrimSpace(key):
			r.problem(name, "there is white space around a key; separate keys by a comma only")
		case len(key) < least:
			r.problem(name, "a key of %d bytes was given, %s needs at least %d: %s", len(key), algorithm, least, newKeyHint)
		case isPlaceholder(key):
			r.problem(name, "a key is a placeholder that others know, too: %s", newKeyHint)
		case isGuessable(key):
			r.problem(name, "a key repeats or counts up, so that it can be guessed: %s", newKeyHint)
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
		"09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7", // from the tutorial of FastAPI
	} {
		if strings.Contains(letters, word) {
			return true
		}
	}
	return false
}

// isGuessable reports whether key has few different bytes, repeats a block, or mostly counts up or down.
func isGuessable(key string) bool {
	counts := map[byte]int{}
	steps, same, most := 0, 0, 0
	for i := range len(key) {
		counts[key[i]]++
		most = max(most, counts[key[i]])
		switch {
		case i == 0:
		case key[i] == key[i-1]:
			same++
		case key[i]-key[i-1] == 1, key[i-1]-key[i] == 1:
			steps++
		}
	}
	if len(counts) < 8 || steps > len(key)/2 || same > len(key)/2 || most > len(key)/2 {
		return true
	}
	for period := 1; period <= len(key)/2; period++ {
		if key[period:] == key[:len(key)-period] {
			return true
		}
	}
	return false
}
