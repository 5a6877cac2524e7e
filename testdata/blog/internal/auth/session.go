package auth

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"example.com/blog/internal/web"
)

// maxSessions is the number of sessions that a user may have; the oldest are deleted.
const maxSessions = 20

// session is a row of the sessions table. Times are Unix milliseconds.
type session struct {
	ID         string `gorm:"primaryKey"`
	UserID     int64
	Epoch      int64 // of the user when the password was checked
	Generation int64 // of the current refresh token
	CreatedAt  int64 `gorm:"autoCreateTime:false"`
	RotatedAt  int64
	ExpiresAt  int64
	UserAgent  string
	IP         string
}

// LoginAnswer is the response to a login.
type LoginAnswer struct {
	AccessToken  string  `json:"access_token" example:"eyJhbGciOi…"`
	RefreshToken string  `json:"refresh_token" example:"eyJhbGciOi…"`
	TokenType    string  `json:"token_type" example:"bearer"`
	ExpiresIn    int64   `json:"expires_in" example:"1800" doc:"Lifetime of the access token in seconds"`
	User         Account `json:"user"`
}

// Account is the user in a LoginAnswer.
type Account struct {
	ID    int64  `json:"id" example:"1"`
	Name  string `json:"name" example:"John Doe"`
	Email string `json:"email" example:"john@example.com"`
}

// open starts a session for the user as read before the password was checked: if the password was changed since, the
// session is invalid from the start and replaces no valid one. It locks the user, so that concurrent logins see each
// other's sessions.
func (u *Users) open(tx *gorm.DB, user *User) (*LoginAnswer, error) {
	locked := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Select("id")
	if err := locked.Take(&User{}, "id = ?", user.ID).Error; err != nil {
		return nil, err
	}
	now := u.now().UnixMilli()
	request := web.RequestFrom(tx.Statement.Context)
	s := session{
		ID: rand.Text(), UserID: user.ID, Epoch: user.AuthEpoch, Generation: 1,
		CreatedAt: now, RotatedAt: now, UserAgent: request.UserAgent, IP: request.Address(),
	}
	s.ExpiresAt = u.expiry(s)
	if err := tx.Create(&s).Error; err != nil {
		return nil, err
	}
	newest := tx.Model(&session{}).Select("id").Where("user_id = ? AND epoch = ? AND id <> ?", user.ID, s.Epoch, s.ID).
		Order("created_at DESC, rotated_at DESC, id").Limit(maxSessions - 1)
	err := tx.Where("user_id = ? AND epoch <= ? AND id <> ? AND id NOT IN (?)", user.ID, s.Epoch, s.ID, newest).Delete(&session{}).Error
	if err != nil {
		return nil, err
	}
	return u.issue(user, s)
}

// OpenSession opens a session for a user who was authenticated by other means, such as single sign-on or a passkey. It
// returns gorm.ErrRecordNotFound if there is no active user with the ID.
func (u *Users) OpenSession(ctx context.Context, id int64) (answer *LoginAnswer, err error) {
	err = u.query(ctx).Transaction(func(tx *gorm.DB) error {
		var user User
		if err := tx.Take(&user, "id = ? AND is_active", id).Error; err != nil {
			return err
		}
		answer, err = u.open(tx, &user)
		return err
	})
	return answer, err
}

// expiry returns when the session ends: RefreshTTL after the last rotation, at most SessionTTL after the login.
func (u *Users) expiry(s session) int64 {
	return min(s.RotatedAt+u.options.RefreshTTL.Milliseconds(), s.CreatedAt+u.options.SessionTTL.Milliseconds())
}

// issue signs the tokens of a session.
func (u *Users) issue(user *User, s session) (*LoginAnswer, error) {
	access, err := u.tokens.access(user.ID, s.ID)
	if err != nil {
		return nil, err
	}
	refresh, err := u.tokens.refresh(user.ID, s.ID, s.Generation, time.UnixMilli(s.ExpiresAt))
	if err != nil {
		return nil, err
	}
	return &LoginAnswer{
		AccessToken: access, RefreshToken: refresh, TokenType: "bearer",
		ExpiresIn: int64(u.options.AccessTTL.Seconds()),
		User:      Account{user.ID, user.Name, user.Email},
	}, nil
}

// living selects the user of a session that is valid at a time. After a logout, a password change or a deactivation
// there is no row.
const living = `users.id = ? AND users.is_active AND users.auth_epoch = (SELECT epoch FROM sessions
	WHERE sessions.id = ? AND sessions.user_id = users.id AND sessions.expires_at > ?)`

// current returns the user of an access token.
func (u *Users) current(ctx context.Context, access string) (*User, error) {
	claims, err := u.tokens.parseAccess(access)
	if err != nil {
		return nil, badToken()
	}
	user := &User{session: claims.SessionID}
	err = u.alive.Take(ctx, user, claims.UserID, claims.SessionID, u.now().UnixMilli())
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, badToken()
	}
	return user, err
}

// rotate exchanges a refresh token for a new pair.
func (u *Users) rotate(ctx context.Context, refresh string) (*LoginAnswer, error) {
	claims, err := u.tokens.parseRefresh(refresh)
	if err != nil {
		return nil, badToken()
	}
	var answer *LoginAnswer
	err = u.query(ctx).Transaction(func(tx *gorm.DB) (err error) {
		answer, err = u.exchange(tx, claims)
		return err
	})
	if err == nil && answer == nil {
		err = badToken()
	}
	return answer, err
}

// exchange returns the new pair, or nil if there is none. A single UPDATE decides which of several requests gets it.
// Reuse of an older generation is treated as theft and ends the session (RFC 9700, section 4.14.2). The row is locked
// before the time is read: a request that waited for the lock arrived before this rotation.
func (u *Users) exchange(tx *gorm.DB, c claims) (*LoginAnswer, error) {
	var s session
	if err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Take(&s, "id = ?", c.SessionID).Error; err != nil {
		return nil, notFoundIs(err, nil)
	}
	var user User
	if err := tx.Where(living, c.UserID, c.SessionID, u.now().UnixMilli()).Take(&user).Error; err != nil {
		return nil, notFoundIs(err, nil)
	}
	next := s
	next.RotatedAt = u.now().UnixMilli()
	won := tx.Exec(`UPDATE sessions SET generation = generation + 1, rotated_at = ?, expires_at = ?
		WHERE id = ? AND generation = ? AND expires_at > ?
		AND epoch = (SELECT auth_epoch FROM users WHERE users.id = sessions.user_id AND users.is_active)`,
		next.RotatedAt, u.expiry(next), c.SessionID, c.Generation, next.RotatedAt)
	switch {
	case won.Error != nil:
		return nil, won.Error
	case won.RowsAffected == 1:
		next.ExpiresAt = u.expiry(next)
	case !u.mayRepeat(s, c.Generation):
		return nil, u.punish(tx, s, c.Generation)
	default:
		next = s
	}
	next.Generation = c.Generation + 1
	return u.issue(&user, next)
}

// mayRepeat reports whether the previous refresh token may fetch its successor again.
func (u *Users) mayRepeat(s session, generation int64) bool {
	grace := u.options.RefreshGrace.Milliseconds()
	return grace > 0 && s.Generation == generation+1 && u.now().UnixMilli()-s.RotatedAt <= grace
}

// punish ends a session whose refresh token was reused, unless the request arrived before the token was spent and
// merely lost a race.
func (u *Users) punish(tx *gorm.DB, s session, generation int64) error {
	ctx := tx.Statement.Context
	if s.Generation == generation+1 && web.RequestFrom(ctx).At.UnixMilli() <= s.RotatedAt {
		return nil
	}
	u.log.WarnContext(ctx, "refresh token reused; session ended", "user_id", s.UserID)
	return tx.Delete(&session{}, "id = ?", s.ID).Error
}
