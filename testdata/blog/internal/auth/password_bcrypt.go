package auth

import "golang.org/x/crypto/bcrypt"

const (
	bcryptLength  = 60
	bcryptMaxCost = 15 // some seconds of work
	bcryptMaxSize = 72 // bytes of a password; bcrypt ignores the rest
)

// bcryptHash is a hash that came with an imported account. It is never made
// here, and replaced when its user logs in.
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

// matches refuses a password of which bcrypt would ignore the end, after the
// same work as for any other.
func (h bcryptHash) matches(password string) bool {
	whole := len(password) <= bcryptMaxSize
	if !whole {
		password = password[:bcryptMaxSize]
	}
	return bcrypt.CompareHashAndPassword([]byte(h), []byte(password)) == nil && whole
}

func (bcryptHash) outdated() bool { return true }
