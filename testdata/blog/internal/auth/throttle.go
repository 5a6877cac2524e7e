package auth

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"gorm.io/gorm"

	"example.com/blog/internal/web"
)

// throttle is a row that counts attempts. ResetAt is in Unix milliseconds.
type throttle struct {
	Key     string `gorm:"primaryKey"`
	Count   int64
	ResetAt int64
}

// limit is the number of attempts allowed in a window, which starts with the first attempt.
type limit struct {
	key    string
	most   int64
	window time.Duration
}

// Limits per network and hour: registrations and requests for mail, and tries of mailed tokens. Nobody guesses such a
// token; the limit reduces load.
const (
	mostRequests = 20
	mostGuesses  = 60
)

// newLimit hashes the subject, so that the table does not reveal which addresses were tried.
func newLimit(purpose string, most int64, window time.Duration, subject ...string) limit {
	digest := sha256.Sum256([]byte(strings.Join(subject, " ")))
	return limit{purpose + ":" + hex.EncodeToString(digest[:16]), most, window}
}

func loginLimit(ctx context.Context, email string) limit {
	return newLimit("login", 10, 15*time.Minute, network(ctx), email)
}

func addressLimit(email string) limit {
	return newLimit("address", 100, time.Hour, email)
}

func passwordLimit(userID int64) limit {
	return newLimit("password", 10, 15*time.Minute, strconv.FormatInt(userID, 10))
}

// throttleLogin counts a login before the password is checked, whether or not the account exists. Attempts over the
// limit of their network do not count for the address, so a single client cannot lock it.
func (u *Users) throttleLogin(ctx context.Context, email string) error {
	return u.throttle(ctx, loginLimit(ctx, email), addressLimit(email))
}

// clearLogin resets the failures of this client and takes back the successful attempt from the address. The failures
// of others remain.
func (u *Users) clearLogin(ctx context.Context, email string) error {
	if err := clearLimits(u.query(ctx), loginLimit(ctx, email)); err != nil {
		return err
	}
	return forgive(u.query(ctx), addressLimit(email))
}

// clearAddress resets the failed logins when the password is reset.
func (u *Users) clearAddress(tx *gorm.DB, email string) error {
	return clearLimits(tx, addressLimit(email), loginLimit(tx.Statement.Context, email))
}

// throttleNetwork limits, in production, how often per hour a network may perform an action.
func (u *Users) throttleNetwork(ctx context.Context, action string, most int64) error {
	if !u.options.LimitNetworks {
		return nil
	}
	return u.throttle(ctx, newLimit(action, most, time.Hour, network(ctx)))
}

// throttle counts an attempt against each limit and returns a 429 for the first that is exceeded. It runs outside
// transactions, so that no rollback undoes the count.
func (u *Users) throttle(ctx context.Context, limits ...limit) error {
	for _, l := range limits {
		wait, err := u.attempt(u.query(ctx), l)
		if err != nil {
			return err
		}
		if wait > 0 {
			seconds := strconv.Itoa(int(math.Ceil(wait.Seconds())))
			return web.NewError(http.StatusTooManyRequests, "Too many attempts, try again later").WithHeader("Retry-After", seconds)
		}
	}
	return nil
}

// attempt counts an attempt and returns how long to wait; 0 if it is within the limit. A single statement decides, so
// concurrent attempts cannot exceed the limit.
func (u *Users) attempt(db *gorm.DB, l limit) (wait time.Duration, err error) {
	now := u.now()
	var row throttle
	err = db.Raw(`INSERT INTO throttles (key, count, reset_at) VALUES (?, 1, ?)
		ON CONFLICT (key) DO UPDATE SET
			count = CASE WHEN throttles.reset_at <= ? THEN 1 ELSE throttles.count + 1 END,
			reset_at = CASE WHEN throttles.reset_at <= ? THEN excluded.reset_at ELSE throttles.reset_at END
		RETURNING key, count, reset_at`,
		l.key, now.Add(l.window).UnixMilli(), now.UnixMilli(), now.UnixMilli()).Scan(&row).Error
	if err != nil || row.Count <= l.most {
		return 0, err
	}
	return time.UnixMilli(row.ResetAt).Sub(now), nil
}

// forgive takes back one attempt.
func forgive(db *gorm.DB, l limit) error {
	return db.Model(&throttle{}).Where("key = ? AND count > 0", l.key).Update("count", gorm.Expr("count - 1")).Error
}

// giveBack takes back an attempt that ended before a password was compared, even if the client is gone.
func (u *Users) giveBack(ctx context.Context, limits ...limit) (err error) {
	for _, l := range limits {
		err = errors.Join(err, forgive(u.query(context.WithoutCancel(ctx)), l))
	}
	return err
}

func clearLimits(db *gorm.DB, limits ...limit) error {
	keys := make([]string, len(limits))
	for i, l := range limits {
		keys[i] = l.key
	}
	return db.Delete(&throttle{}, "key IN ?", keys).Error
}

// network returns the IP address of the client, or its /64 for IPv6, from which a client can choose any address.
func network(ctx context.Context) string {
	ip := web.RequestFrom(ctx).IP
	if !ip.Is6() {
		return ip.String()
	}
	prefix, err := ip.Prefix(64)
	if err != nil {
		return ip.String()
	}
	return prefix.String()
}
