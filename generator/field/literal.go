package field

import (
	"fmt"
	"math/big"
	"net/mail"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// textLiteral accepts strings that satisfy the rules.
func textLiteral(f Field, text string) (string, bool) {
	n := big.NewRat(int64(utf8.RuneCountInString(text)), 1)
	least, most := f.Least(), f.Most()
	switch {
	case !utf8.ValidString(text), strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return "", false
	case f.Choices != nil && !slices.Contains(f.Choices, text):
		return "", false
	case least != nil && n.Cmp(least) < 0, most != nil && n.Cmp(most) > 0, f.Type.size > 0 && n.Cmp(big.NewRat(f.Type.size, 1)) > 0 && f.Max == nil:
		return "", false
	}
	for _, t := range f.Type.tags {
		if pattern, ok := strings.CutPrefix(t, "pattern:"); ok {
			unquoted, err := strconv.Unquote(pattern)
			if err != nil || !regexp.MustCompile(unquoted).MatchString(text) {
				return "", false
			}
		}
	}
	if f.Type.form != nil && f.Type.form(text) != nil {
		return "", false
	}
	return strconv.Quote(text), true
}

func mailForm(text string) error {
	_, err := mail.ParseAddress(text)
	return err
}

func urlForm(text string) error {
	_, err := url.Parse(text)
	return err
}

func addressForm(text string) error {
	_, err := netip.ParseAddr(text)
	return err
}

func boolAnswer(text string) Value { return Bool(text == "true") }

func momentAnswer(text string) Value {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return Text(text)
	}
	return Text(t.UTC().Format(time.RFC3339))
}

// storedMoment writes a time of JSON, which has no fraction, as a table keeps it.
func storedMoment(text string) string {
	return strings.Replace(strings.TrimSuffix(text, "Z"), "T", " ", 1) + ".000"
}

func numberLiteral(f Field, text string) (string, bool) {
	n, ok := f.number(text)
	if !ok {
		return "", false
	}
	return Decimals(n), true
}

// exactLiteral converts a decimal to its scaled integer.
func exactLiteral(f Field, text string) (string, bool) {
	n, ok := f.number(text)
	if !ok {
		return "", false
	}
	return Decimals(new(big.Rat).Quo(n, f.Type.Step())), true
}

func boolLiteral(_ Field, text string) (string, bool) {
	return text, text == "true" || text == "false"
}

func dateLiteral(_ Field, text string) (string, bool) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.Year() < 1 {
		return "", false
	}
	return fmt.Sprintf("column.NewDate(%d, time.%s, %d)", t.Year(), t.Month(), t.Day()), true
}

func momentLiteral(_ Field, text string) (string, bool) {
	t, err := time.Parse(time.RFC3339, text)
	t = t.UTC()
	if err != nil || t.Year() < 1 || t.Year() > 9999 || t.Nanosecond() != 0 {
		return "", false
	}
	return fmt.Sprintf("time.Date(%d, time.%s, %d, %d, %d, %d, 0, time.UTC)", t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second()), true
}
