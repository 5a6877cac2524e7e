package auth

import (
	"context"
	"errors"
	"time"
)

// Run deletes expired rows, hourly, until the context ends. Any number of replicas may run it.
func (u *Users) Run(ctx context.Context) error {
	hour := time.NewTicker(time.Hour)
	defer hour.Stop()
	for {
		if err := u.prune(ctx); err != nil && ctx.Err() == nil {
			u.log.ErrorContext(ctx, "expired rows were not deleted", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-hour.C:
		}
	}
}

func (u *Users) prune(ctx context.Context) error {
	db, now := u.query(ctx), u.now().UnixMilli()
	return errors.Join(
		db.Delete(&session{}, "expires_at <= ?", now).Error,
		db.Delete(&oneTimeToken{}, "expires_at <= ?", now).Error,
		db.Delete(&throttle{}, "reset_at <= ?", now).Error,
	)
}
