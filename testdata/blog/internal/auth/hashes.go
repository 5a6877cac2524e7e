package auth

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/bcrypt"
)

// argon2Params are the cost parameters of a hash.
type argon2Params struct {
	memory  uint32 // KiB
	time    uint32
	threads uint8
}

const (
	saltLength = 16
	keyLength  = 32
)

// currentParams follow the OWASP Password Storage Cheat Sheet. Hashes with other parameters are replaced at the next
// login.
func currentParams() argon2Params {
	return argon2Params{memory: 19456, time: 2, threads: 1}
}

// bounded reports whether the parameters are affordable, in case someone tampers with the users table.
func (p argon2Params) bounded() bool {
	return 8 <= p.memory && p.memory <= 64*1024 &&
		1 <= p.time && p.time <= 10 &&
		1 <= p.threads && p.threads <= 4
}

// argon2Hash is an argon2id hash, version 0x13 (RFC 9106), as a PHC string.
type argon2Hash struct {
	argon2Params
	salt, key []byte
}

func newArgon2Hash(password string) argon2Hash {
	salt := make([]byte, saltLength)
	rand.Read(salt) // never fails
	h := argon2Hash{argon2Params: currentParams(), salt: salt}
	h.key = h.derive(password, keyLength)
	return h
}

// dummyHash costs as much as a current hash and matches no password.
func dummyHash() string {
	return argon2Hash{currentParams(), make([]byte, saltLength), make([]byte, keyLength)}.String()
}

func parseArgon2(stored string) (argon2Hash, bool) {
	var h argon2Hash
	parts := strings.Split(stored, "$")
	if len(parts) != 6 {
		return h, false
	}
	_, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &h.memory, &h.time, &h.threads)
	if err != nil || !h.bounded() {
		return h, false
	}
	h.salt, _ = base64.RawStdEncoding.DecodeString(parts[4])
	h.key, _ = base64.RawStdEncoding.DecodeString(parts[5])
	if len(h.salt) < 8 || len(h.salt) > 64 || len(h.key) < 16 || len(h.key) > 64 {
		return h, false
	}
	return h, h.String() == stored // only the canonical form
}

func (h argon2Hash) String() string {
	base64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.memory, h.time, h.threads,
		base64.EncodeToString(h.salt), base64.EncodeToString(h.key))
}

func (h argon2Hash) matches(password string) bool {
	key := h.derive(password, len(h.key))
	return subtle.ConstantTimeCompare(key, h.key) == 1
}

func (h argon2Hash) outdated() bool {
	return h.argon2Params != currentParams() || len(h.salt) != saltLength || len(h.key) != keyLength
}

func (h argon2Hash) derive(password string, length int) []byte {
	return argon2.IDKey([]byte(password), h.salt, h.time, h.memory, h.threads, uint32(length)) // #nosec G115 -- a key has at most 64 bytes
}

const (
	bcryptLength  = 60
	bcryptMaxCost = 15 // some seconds of work
	bcryptMaxSize = 72 // bytes of a password; bcrypt ignores the rest
)

// bcryptHash is the hash of an imported account. It is replaced at the next login.
type bcryptHash string

func parseBcrypt(stored string) (bcryptHash, bool) {
	if len(stored) != bcryptLength {
		return "", false
	}
	switch stored[:4] {
	case "$2a$", "$2b$", "$2y$":
	default:
		return "", false
	}
	cost, err := bcrypt.Cost([]byte(stored))
	return bcryptHash(stored), err == nil && cost <= bcryptMaxCost
}

// matches rejects passwords that bcrypt would truncate, after the same work as for others.
func (h bcryptHash) matches(password string) bool {
	whole := len(password) <= bcryptMaxSize
	if !whole {
		password = password[:bcryptMaxSize]
	}
	return bcrypt.CompareHashAndPassword([]byte(h), []byte(password)) == nil && whole
}

func (bcryptHash) outdated() bool { return true }
