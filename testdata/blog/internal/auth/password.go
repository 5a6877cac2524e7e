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
	errBusy    = errors.New("too many passwords are being hashed, try again")
	errNotText = errors.New("must be valid UTF-8 text")
)

// passwords is shared by the process because it limits memory.
var passwords = newHasher(runtime.GOMAXPROCS(0), 3*time.Second)

// HashPassword returns the argon2id hash of a password as a PHC string. It does not validate the password. It returns
// an error for invalid UTF-8, or if no slot for hashing was free within 3 seconds.
func HashPassword(plain string) (string, error) {
	return hashPassword(context.Background(), plain)
}

// VerifyPassword reports whether an argon2id or bcrypt hash matches the password. It is false if no slot for hashing
// was free within 3 seconds.
func VerifyPassword(plain, hash string) bool {
	ok, _, err := verifyPassword(context.Background(), plain, hash)
	return ok && err == nil
}

func hashPassword(ctx context.Context, plain string) (string, error) {
	return passwords.hash(ctx, plain)
}

// verifyPassword also reports whether the hash should be replaced. For an unknown user, pass an empty hash: it returns
// false after the same work.
func verifyPassword(ctx context.Context, plain, hash string) (ok, outdated bool, err error) {
	return passwords.verify(ctx, plain, hash)
}

// A hasher limits how many passwords are hashed at once. Each takes 19 MiB.
type hasher struct {
	slots chan struct{}
	wait  time.Duration
	count atomic.Int64 // hashes computed, for tests
}

func newHasher(slots int, wait time.Duration) *hasher {
	return &hasher{slots: make(chan struct{}, slots), wait: wait}
}

func (h *hasher) hash(ctx context.Context, plain string) (string, error) {
	password, err := normalize(plain)
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
	password, err := normalize(plain)
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
		ok = hash.matches(plain) // imported hashes are not normalized
	}
	return ok, ok && hash.outdated(), nil
}

// acquire waits for a slot. Call release to free it.
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

// release frees the memory of the hash before the next one allocates: without it the heap grows to twice its size.
func (h *hasher) release() {
	runtime.GC()
	<-h.slots
}

// A storedHash is a hash from the users table.
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

// normalize returns the same bytes for the same text, however it was typed (NIST SP 800-63B, 3.1.1.2).
func normalize(plain string) (string, error) {
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

// checkPassword returns why the password is not allowed for the account with this email address. Lengths are in code
// points, and minLength below 8 has no effect. There are no composition rules (NIST SP 800-63B, 3.1.1.2).
func checkPassword(plain, email string, minLength int) error {
	password, err := normalize(plain)
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
		return errors.New("must not be part of the email address")
	case isCommon(password):
		return errors.New("is too common and easy to guess")
	}
	return nil
}

func repeatsOneCharacter(password string) bool {
	first, _ := utf8.DecodeRuneInString(password)
	return strings.Count(password, string(first)) == utf8.RuneCountInString(password)
}

// isCommon scans the whole list, which takes microseconds; a hash takes milliseconds.
func isCommon(password string) bool {
	return strings.Contains(commonPasswords, "\n"+strings.ToLower(password)+"\n")
}
