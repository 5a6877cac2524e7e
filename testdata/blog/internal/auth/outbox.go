package auth

import (
	"context"
	"time"

	"gorm.io/gorm"
)

// purpose is what a mail is for. It is the name of the mail's template.
type purpose string

const (
	mailVerify purpose = "verify"
	mailReset  purpose = "reset"
	mailNotice purpose = "password_changed"
)

const (
	lease       = 2 * time.Minute // longer than it takes to send a mail
	firstRetry  = 15 * time.Second
	lastRetry   = time.Hour
	maxAttempts = 80 // three days
)

// letter is a row of the outbox: what is to be sent to whom. It holds neither
// text nor token. Times are Unix milliseconds.
type letter struct {
	ID       int64
	Purpose  purpose
	Address  string
	Attempts int64
	NextAt   int64
	SentAt   *int64
}

// TableName implements gorm's Tabler.
func (letter) TableName() string { return "outbox" }

// enqueue puts a mail into the outbox, whether or not the address has an
// account. It is sent when the transaction has been committed.
func (u *Users) enqueue(tx *gorm.DB, p purpose, address string) error {
	return tx.Create(&letter{Purpose: p, Address: address, NextAt: u.now().UnixMilli()}).Error
}

// deliver tells the worker that there is mail.
func (u *Users) deliver() {
	select {
	case u.wake <- struct{}{}:
	default:
	}
}

// claim returns a letter that is due, or nil. Of several replicas one gets it:
// for the time of the lease the others do not see it as due, and after that
// they take over from one that has crashed.
func (u *Users) claim(ctx context.Context) (*letter, error) {
	for {
		now := u.now()
		var due []letter
		err := u.query(ctx).Where("sent_at IS NULL AND next_at <= ?", now.UnixMilli()).Order("next_at, id").Limit(1).Find(&due).Error
		if err != nil || len(due) == 0 {
			return nil, err
		}
		l := due[0]
		next, attempts := now.Add(lease).UnixMilli(), l.Attempts+1
		claimed := u.query(ctx).Model(&letter{}).Where("id = ? AND next_at = ? AND sent_at IS NULL", l.ID, l.NextAt).
			Updates(map[string]any{"next_at": next, "attempts": attempts})
		if claimed.Error != nil {
			return nil, claimed.Error
		}
		if claimed.RowsAffected == 1 {
			l.NextAt, l.Attempts = next, attempts
			return &l, nil
		}
	}
}

func (u *Users) markSent(ctx context.Context, l *letter) error {
	return u.query(ctx).Model(&letter{}).Where("id = ?", l.ID).Update("sent_at", u.now().UnixMilli()).Error
}

func (u *Users) discard(ctx context.Context, l *letter) error {
	return u.query(ctx).Delete(&letter{}, "id = ?", l.ID).Error
}

// postpone leaves a letter for later, each time twice as long.
func (u *Users) postpone(ctx context.Context, l *letter) error {
	next := u.now().Add(retryAfter(l.Attempts)).UnixMilli()
	return u.query(ctx).Model(&letter{}).Where("id = ? AND next_at = ?", l.ID, l.NextAt).Update("next_at", next).Error
}

func retryAfter(attempts int64) time.Duration {
	wait := firstRetry
	for i := int64(1); i < attempts && wait < lastRetry; i++ {
		wait *= 2
	}
	return min(wait, lastRetry)
}
