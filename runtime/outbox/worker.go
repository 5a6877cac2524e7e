package outbox

import (
	"context"
	"errors"
	"runtime/debug"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

const (
	pollInterval  = time.Second
	pruneInterval = time.Hour
	sendTimeout   = time.Minute

	lease       = 2 * time.Minute // longer than sending takes
	firstRetry  = 15 * time.Second
	lastRetry   = time.Hour
	maxAttempts = 80 // over about three days
)

// Run sends email until the context ends, and then finishes the current one.
func (o *Outbox) Run(ctx context.Context) error {
	poll, hour := time.NewTicker(pollInterval), time.NewTicker(pruneInterval)
	defer poll.Stop()
	defer hour.Stop()
	for {
		o.do(ctx, "send mail", o.SendDue)
		select {
		case <-ctx.Done():
			return nil
		case <-hour.C:
			o.do(ctx, "delete sent mail", o.prune)
		case <-poll.C:
		}
	}
}

// do logs an error or panic, so that the worker continues.
func (o *Outbox) do(ctx context.Context, task string, f func(context.Context) error) {
	defer func() {
		if fault := recover(); fault != nil {
			o.log.ErrorContext(ctx, "panic", "task", task, "error", fault, "stack", string(debug.Stack()))
		}
	}()
	if err := f(ctx); err != nil && ctx.Err() == nil {
		o.log.ErrorContext(ctx, "background work failed", "task", task, "error", err)
	}
}

// SendDue sends all email that is due. It returns database errors; an email that cannot be sent is logged and retried. Run
// calls it, and tests call it to avoid waiting.
func (o *Outbox) SendDue(ctx context.Context) error {
	for ctx.Err() == nil {
		row, err := o.claim(ctx)
		if err != nil || row == nil {
			return err
		}
		if err := o.send(context.WithoutCancel(ctx), *row); err != nil {
			return err
		}
	}
	return nil
}

// send delivers an email at least once: after a crash before it is marked as sent, it is composed and sent again.
func (o *Outbox) send(ctx context.Context, row Row) error {
	db := o.db.WithContext(ctx)
	if row.Attempts > maxAttempts {
		o.log.ErrorContext(ctx, "giving up on a mail", "template", row.Template, "id", row.ID)
		return db.Delete(&row).Error
	}
	message, err := o.compose(db, row)
	if errors.Is(err, ErrUnwanted) {
		return db.Delete(&row).Error
	}
	if err == nil {
		limited, cancel := context.WithTimeout(ctx, sendTimeout)
		defer cancel()
		err = o.sender.Send(limited, message)
	}
	if err == nil {
		return db.Model(&row).Update("sent_at", o.now().UnixMilli()).Error
	}
	wait := retryAfter(row.Attempts)
	o.log.WarnContext(ctx, "cannot send a mail", "template", row.Template, "id", row.ID, "attempts", row.Attempts, "next", wait, "error", err)
	return db.Model(&row).Where("next_at = ?", row.NextAt).Update("next_at", o.now().Add(wait).UnixMilli()).Error
}

// claim returns an email that is due, or nil. Only one replica gets it: until the lease ends, it is not due for others, which
// take over if the replica crashed.
func (o *Outbox) claim(ctx context.Context) (*Row, error) {
	db := o.db.WithContext(ctx)
	quiet := db.Session(&gorm.Session{Logger: logger.Discard}) // it polls every second
	for {
		now := o.now()
		var due []Row
		err := quiet.Where("sent_at IS NULL AND next_at <= ?", now.UnixMilli()).Order("next_at, id").Limit(1).Find(&due).Error
		if err != nil || len(due) == 0 {
			return nil, err
		}
		row := due[0]
		next, attempts := now.Add(lease).UnixMilli(), row.Attempts+1
		claimed := db.Model(&Row{}).Where("id = ? AND next_at = ? AND sent_at IS NULL", row.ID, row.NextAt).
			Updates(map[string]any{"next_at": next, "attempts": attempts})
		if claimed.Error != nil {
			return nil, claimed.Error
		}
		if claimed.RowsAffected == 1 {
			row.NextAt, row.Attempts = next, attempts
			return &row, nil
		}
	}
}

// retryAfter doubles the wait with each attempt.
func retryAfter(attempts int64) time.Duration {
	wait := firstRetry
	for i := int64(1); i < attempts && wait < lastRetry; i++ {
		wait *= 2
	}
	return min(wait, lastRetry)
}

// prune deletes sent email that no longer counts against a limit.
func (o *Outbox) prune(ctx context.Context) error {
	return o.db.WithContext(ctx).Delete(&Row{}, "sent_at <= ?", o.now().Add(-time.Hour).UnixMilli()).Error
}
