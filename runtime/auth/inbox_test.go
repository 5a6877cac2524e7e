package auth

import (
	"context"
	"errors"
	"sync"
	"time"

	"fastgo/runtime/mail"
)

// inbox takes mail until it is told to fail.
type inbox struct {
	mu       sync.Mutex
	messages []mail.Message
	down     bool
	before   func() // runs while a mail is sent
}

func (i *inbox) Send(_ context.Context, m mail.Message) error {
	if i.before != nil {
		i.before()
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.down {
		return errors.New("connection refused")
	}
	i.messages = append(i.messages, m)
	return nil
}

func (i *inbox) all() []mail.Message {
	i.mu.Lock()
	defer i.mu.Unlock()
	return append([]mail.Message(nil), i.messages...)
}

type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}
