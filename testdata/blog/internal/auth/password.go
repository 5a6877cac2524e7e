package auth

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

var (
	errBusy    = errors.New("too many passwords are being hashed, try again in a moment")
	errNotText = errors.New("must be valid UTF-8 text")
)

// passwords is one for the process, because the memory that it bounds is.
var passwords = newHasher(runtime.GOMAXPROCS(0), 3*time.Second)

// HashPassword returns the argon2id hash of a password as a PHC string, ready
// to be stored. It does not judge the password. It returns an error for invalid
// UTF-8, and when so many others wait that no slot was free within 3 seconds.
func HashPassword(plain string) (string, error) {
	return hashPassword(context.Background(), plain)
}

// VerifyPassword reports whether a stored hash, argon2id or bcrypt, is of this
// password. The answer is false as well when no slot was free within 3 seconds.
func VerifyPassword(plain, hash string) bool {
	ok, _, err := verifyPassword(context.Background(), plain, hash)
	return ok && err == nil
}

func hashPassword(ctx context.Context, plain string) (string, error) {
	return passwords.hash(ctx, plain)
}

// verifyPassword also reports whether the hash should be replaced by a new one.
// For a user who does not exist it is called with the empty hash: it answers no
// after the same work.
func verifyPassword(ctx context.Context, plain, hash string) (ok, outdated bool, err error) {
	return passwords.verify(ctx, plain, hash)
}

// A hasher bounds how many passwords are hashed at once: each takes 19 MiB.
type hasher struct {
	slots chan struct{}
	wait  time.Duration
	count atomic.Int64 // of hashes computed: tests compare it, as a clock is no proof
}

func newHasher(slots int, wait time.Duration) *hasher {
	return &hasher{slots: make(chan struct{}, slots), wait: wait}
}

func (h *hasher) hash(ctx context.Context, plain string) (string, error) {
	password, err := normalise(plain)
	if err != nil {
		return "", err
	}
	release, err := h.acquire(ctx)
	if err != nil {
		return "", err
	}
	defer release()
	return newArgon2Hash(password).String(), nil
}

func (h *hasher) verify(ctx context.Context, plain, stored string) (ok, outdated bool, err error) {
	password, err := normalise(plain)
	if err != nil {
		return false, false, nil
	}
	hash, known := parseHash(stored)
	if !known {
		hash, _ = parseHash(dummyHash())
	}
	release, err := h.acquire(ctx)
	if err != nil {
		return false, false, err
	}
	defer release()
	ok = hash.matches(password) && known
	if _, imported := hash.(bcryptHash); imported && !ok && plain != password {
		ok = hash.matches(plain) // hashed elsewhere, as it was typed
	}
	return ok, ok && hash.outdated(), nil
}

// acquire waits for a slot, which is held until release is called.
func (h *hasher) acquire(ctx context.Context) (release func(), err error) {
	timeout := time.NewTimer(h.wait)
	defer timeout.Stop()
	select {
	case h.slots <- struct{}{}:
		h.count.Add(1)
		return h.release, nil
	case <-timeout.C:
		return nil, errBusy
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// release collects the memory of the hash before the next one takes as much:
// left to itself the collector lets it grow to twice of what is in use.
func (h *hasher) release() {
	runtime.GC()
	<-h.slots
}

// A storedHash is one of the kinds of hash that the users table may hold.
type storedHash interface {
	matches(password string) bool
	outdated() bool
}

func parseHash(stored string) (storedHash, bool) {
	if hash, ok := parseBcrypt(stored); ok {
		return hash, true
	}
	if hash, ok := parseArgon2(stored); ok {
		return hash, true
	}
	return nil, false
}

// normalise gives the same bytes for the same text, however a keyboard composed
// it (NIST SP 800-63B, 3.1.1.2).
func normalise(plain string) (string, error) {
	if !utf8.ValidString(plain) {
		return "", errNotText
	}
	return norm.NFC.String(plain), nil
}

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
