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

// badDefault says why the value of default= is not one of the field; "" if it is.
func (f *Field) badDefault() string {
	if f.Type.Literal == nil {
		return fmt.Sprintf("%s cannot have a default: use optional", f.Type.Name)
	}
	if _, ok := f.Type.Literal(*f, *f.DefaultValue); !ok {
		return fmt.Sprintf("default=%s is not a valid %s%s", *f.DefaultValue, f.Type.Name, f.bounded())
	}
	if n, ok := f.number(*f.DefaultValue); ok && f.Type.isFloat() && !keptByFloat(n) {
		return fmt.Sprintf("default=%s has more than the %d digits of a float: round it", *f.DefaultValue, floatDigits)
	}
	return ""
}

// bounded tells the bounds that a default has to keep.
func (f *Field) bounded() string {
	if f.Type.Name == "enum" {
		return ": use one of " + strings.Join(f.Choices, ", ")
	}
	least, most := f.Least(), f.Most()
	if least == nil || most == nil {
		return ""
	}
	return fmt.Sprintf(" from %s to %s", Decimals(least), Decimals(most))
}

// textLiteral accepts what the rules of a text allow.
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
	if err := badForm(f.Type.Name, text); err != nil {
		return "", false
	}
	return strconv.Quote(text), true
}

// badForm says what a request would be refused for beside a pattern.
func badForm(kind, text string) (err error) {
	switch kind {
	case "email":
		_, err = mail.ParseAddress(text)
	case "url":
		_, err = url.Parse(text)
	case "ip":
		_, err = netip.ParseAddr(text)
	}
	return err
}

func numberLiteral(f Field, text string) (string, bool) {
	n, ok := f.number(text)
	if !ok {
		return "", false
	}
	return Decimals(n), true
}

// exactLiteral writes a decimal as its scaled number.
func exactLiteral(f Field, text string) (string, bool) {
	n, ok := f.number(text)
	if !ok {
		return "", false
	}
	return Decimals(new(big.Rat).Quo(n, f.Type.Step())), true
}

// number reads a number within the bounds of the field.
func (f Field) number(text string) (*big.Rat, bool) {
	n, ok := new(big.Rat).SetString(text)
	least, most := f.Least(), f.Most()
	switch {
	case !ok, len(text) > 30, strings.Trim(text, "-.0123456789") != "":
		return nil, false
	case !f.Type.isFloat() && !new(big.Rat).Quo(n, f.Type.Step()).IsInt():
		return nil, false
	case f.Gt != nil && n.Cmp(f.Gt) <= 0, f.Lt != nil && n.Cmp(f.Lt) >= 0:
		return nil, false
	case f.Gt == nil && least != nil && n.Cmp(least) < 0, f.Lt == nil && most != nil && n.Cmp(most) > 0:
		return nil, false
	}
	return n, true
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
