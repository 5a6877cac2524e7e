package auth

import (
	"context"
	"errors"
	"runtime/debug"
	"sync"
	"time"
)

const (
	pollInterval  = 5 * time.Second // for the mail of other processes and for retries
	pruneInterval = time.Hour
	sendTimeout   = time.Minute
)

// Run sends mail and deletes what has expired, until the context ends. Then it
// finishes the mail in hand. Any number of replicas may run it.
func (u *Users) Run(ctx context.Context) error {
	var other sync.WaitGroup
	other.Go(func() { u.pruneHourly(ctx) }) // mail to a server that does not answer takes longer
	defer other.Wait()
	poll := time.NewTicker(pollInterval)
	defer poll.Stop()
	for ctx.Err() == nil {
		u.do(ctx, "send mail", u.SendDue)
		select {
		case <-ctx.Done():
		case <-u.wake:
		case <-poll.C:
		}
	}
	return nil
}

func (u *Users) pruneHourly(ctx context.Context) {
	hour := time.NewTicker(pruneInterval)
	defer hour.Stop()
	for ctx.Err() == nil {
		u.do(ctx, "delete what has expired", u.prune)
		select {
		case <-ctx.Done():
		case <-hour.C:
		}
	}
}

// do logs what goes wrong and lets the worker go on.
func (u *Users) do(ctx context.Context, task string, f func(context.Context) error) {
	defer func() {
		if fault := recover(); fault != nil {
			u.log.ErrorContext(ctx, "panic", "task", task, "error", fault, "stack", string(debug.Stack()))
		}
	}()
	if err := f(ctx); err != nil && ctx.Err() == nil {
		u.log.ErrorContext(ctx, "background work failed", "task", task, "error", err)
	}
}

// SendDue sends the mail that is due now. Its error is that of the queue: a
// mail that cannot be sent is logged and tried again later. Run does this by
// itself; tests call it so as not to wait.
func (u *Users) SendDue(ctx context.Context) error {
	for ctx.Err() == nil {
		l, err := u.claim(ctx)
		if err != nil || l == nil {
			return err
		}
		if err := u.send(context.WithoutCancel(ctx), l); err != nil {
			return err
		}
	}
	return nil
}

// send delivers a letter at least once: a crash before it is marked repeats it,
// with a new token.
func (u *Users) send(ctx context.Context, l *letter) error {
	if l.Attempts > maxAttempts {
		u.log.ErrorContext(ctx, "a mail is given up", "purpose", string(l.Purpose), "id", l.ID)
		return u.discard(ctx, l)
	}
	message, err := u.compose(ctx, l)
	if errors.Is(err, errUnwanted) {
		return u.discard(ctx, l)
	}
	if err != nil {
		return u.retry(ctx, l, err)
	}
	limited, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	if err := u.mail.Send(limited, message); err != nil {
		return errors.Join(u.retry(ctx, l, err), u.uncount(ctx, l))
	}
	return u.markSent(ctx, l)
}

func (u *Users) retry(ctx context.Context, l *letter, cause error) error {
	u.log.WarnContext(ctx, "a mail could not be sent", "purpose", string(l.Purpose), "id", l.ID,
		"attempts", l.Attempts, "next", retryAfter(l.Attempts), "error", cause)
	return u.postpone(ctx, l)
}

// prune deletes sent mail and expired rows.
func (u *Users) prune(ctx context.Context) error {
	db, now := u.query(ctx), u.now().UnixMilli()
	return errors.Join(
		db.Delete(&session{}, "expires_at <= ?", now).Error,
		db.Delete(&oneTimeToken{}, "expires_at <= ?", now).Error,
		db.Delete(&throttle{}, "reset_at <= ?", now).Error,
		db.Delete(&letter{}, "sent_at IS NOT NULL").Error,
	)
}
