package auth

import (
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

const (
	passwordMinLength = 8
	passwordMaxLength = 256
)

//go:embed common_passwords.txt
var commonPasswords string

// checkPassword says why a password may not be chosen for the account of this
// address. Lengths are in code points; minLength can only raise the floor of 8.
// There are no composition rules (NIST SP 800-63B, 3.1.1.2).
func checkPassword(plain, email string, minLength int) error {
	password, err := normalise(plain)
	if err != nil {
		return err
	}
	minLength = max(minLength, passwordMinLength)
	length := utf8.RuneCountInString(password)
	local, _, _ := strings.Cut(email, "@")
	switch {
	case length < minLength:
		return fmt.Errorf("must have at least %d characters", minLength)
	case length > passwordMaxLength:
		return fmt.Errorf("must have at most %d characters", passwordMaxLength)
	case strings.ContainsRune(password, 0):
		return errors.New("must not contain a NUL character")
	case repeatsOneCharacter(password):
		return errors.New("must not be one character repeated")
	case strings.EqualFold(password, email), strings.EqualFold(password, local):
		return errors.New("must not be the email address or a part of it")
	case isCommon(password):
		return errors.New("is too common: it would be guessed soon")
	}
	return nil
}

func repeatsOneCharacter(password string) bool {
	first, _ := utf8.DecodeRuneInString(password)
	return strings.Count(password, string(first)) == utf8.RuneCountInString(password)
}

// isCommon reads the whole list, which takes microseconds beside the
// milliseconds of a hash.
func isCommon(password string) bool {
	return strings.Contains(commonPasswords, "\n"+strings.ToLower(password)+"\n")
}
