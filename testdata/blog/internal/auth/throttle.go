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

// throttle is a row that counts attempts. The time is in Unix milliseconds.
type throttle struct {
	Key     string `gorm:"primaryKey"`
	Count   int64
	ResetAt int64
}

// limit is how many attempts there may be in a window of time, which begins
// with the first of them.
type limit struct {
	key    string
	most   int64
	window time.Duration
}

// What one network may do in an hour: register, or ask for a mail; and try
// mailed tokens, which nobody finds by guessing: it keeps the load down.
const (
	mostRequests = 20
	mostGuesses  = 60
)

// newLimit names its row by the purpose and a hash of the subject, so that the
// table does not tell whose address was tried.
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

// throttleLogin counts a login before its password is looked at, whether or
// not the account exists. An attempt that its own network has used up does not
// count against the address, so that one client alone cannot lock it.
func (u *Users) throttleLogin(ctx context.Context, email string) error {
	return u.throttle(ctx, loginLimit(ctx, email), addressLimit(email))
}

// clearLogin forgets the failures of this client, and takes the attempt that
// was right back from the address. The failures of others stay.
func (u *Users) clearLogin(ctx context.Context, email string) error {
	if err := clearLimits(u.query(ctx), loginLimit(ctx, email)); err != nil {
		return err
	}
	return forgive(u.query(ctx), addressLimit(email))
}

// clearAddress forgets the logins that failed before the password was reset.
func (u *Users) clearAddress(tx *gorm.DB, email string) error {
	return clearLimits(tx, addressLimit(email), loginLimit(tx.Statement.Context, email))
}

// throttleNetwork bounds, in production, how often an hour one network may do
// something that any address can be tried with.
func (u *Users) throttleNetwork(ctx context.Context, action string, most int64) error {
	if !u.options.LimitNetworks {
		return nil
	}
	return u.throttle(ctx, newLimit(action, most, time.Hour, network(ctx)))
}

// throttle counts an attempt against each limit, and returns a 429 at the
// first that is used up. It runs outside any transaction, so that nothing
// undoes the count.
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

// attempt counts one more attempt and returns how long to wait for the next;
// 0 when this one is within the limit. One statement decides, so that of
// parallel attempts exactly as many pass as may.
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

// forgive takes one attempt back.
func forgive(db *gorm.DB, l limit) error {
	return db.Model(&throttle{}).Where("key = ? AND count > 0", l.key).Update("count", gorm.Expr("count - 1")).Error
}

// giveBack takes back an attempt that ended before a password was compared,
// even where the client has gone.
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

// network is the IP of the client, or the /64 that an IPv6 client can choose
// its addresses from.
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
