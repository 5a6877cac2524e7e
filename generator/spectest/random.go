package spectest

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A Random generates specs. They depend only on the seed and on the calls of Made.
type Random struct {
	*rand.Rand
	ok   func(field string) bool
	made []string
}

// spelled writes words separated by underscores in another case.
func (r *Random) spelled(name string) string {
	words := strings.Split(name, "_")
	switch r.IntN(7) {
	case 6:
		return name
	case 0:
		return strings.Join(words, "-")
	case 1:
		return strings.Join(words, " ")
	case 2:
		return strings.TrimSuffix(name, "s") + "s"
	case 3:
		return words[0] + capitals(words[1:])
	case 4:
		return strings.ToUpper(name)
	}
	return capitals(words)
}

func capitals(words []string) string {
	var all string
	for _, w := range words {
		if w != "" {
			all += strings.ToUpper(w[:1]) + w[1:]
		}
	}
	return all
}

func (r *Random) pick(from ...string) string { return from[r.IntN(len(from))] }

// text returns a text of at most n characters that have a special meaning somewhere.
func (r *Random) text(n int) string {
	letters := []rune("abzAZ019_-.:,;=?/\\'\"`%&+# \t\n\x00{}()[]<>$*|~é\u0130\u2028\U0001F600\u0301")
	var b strings.Builder
	for range r.IntN(n + 1) {
		b.WriteRune(letters[r.IntN(len(letters))])
	}
	return b.String()
}

// number returns a number at the limit of a rule.
func (r *Random) number() string {
	return r.pick("0", "1", "2", "3", "5", "10", "29", "30", "31", "50", "99", "100", "200", "255", "256", "500", "501", "1000", "10000", "10001",
		"100000", "100001", "-1", "-2", "-5", "-100", "0.5", "-0.5", "0.01", "0.001", "1", "1.25", "1.5", "2", "2", "99.99", "2147483647", "2147483648", "-2147483648",
		"9007199254740991", "-9007199254740991", "9223372036854775807", "1e3", "1/2", "+1", "007", "ten", "", fmt.Sprint(r.IntN(2000)-1000))
}
