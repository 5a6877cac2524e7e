package outbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"fastgo/runtime/database"
	"fastgo/runtime/database/dbtest"
	"fastgo/runtime/mail"
)

const (
	ann      = "ann@example.com"
	template = "password_changed" // any that exists
)

// fixture is an outbox with a clock to set and an inbox to read.
type fixture struct {
	*Outbox
	mu     sync.Mutex
	time   time.Time
	sent   []mail.Message
	down   bool
	before func() // runs while a mail is sent
	out    bytes.Buffer
}

func start(t *testing.T) *fixture {
	t.Helper()
	return startOn(t, dbtest.URL(t))
}

// startOn starts one of several replicas on a database. Its mails say how often they were composed.
func startOn(t *testing.T, url string) *fixture {
	t.Helper()
	f := &fixture{time: time.Now().UTC().Truncate(time.Millisecond)}
	log := slog.New(slog.NewTextHandler(&f.out, nil))
	db, err := database.Open(url, log)
	must(t, err)
	pool, err := db.DB()
	must(t, err)
	t.Cleanup(func() { pool.Close() })
	if !db.Migrator().HasTable(&Row{}) {
		must(t, db.Migrator().CreateTable(&Row{}))
	}
	f.Outbox = New("blog", db, f, log)
	f.now = func() time.Time { f.mu.Lock(); defer f.mu.Unlock(); return f.time }
	composed := 0
	f.Compose(template, func(_ *gorm.DB, row Row) (mail.Message, error) {
		composed++
		return mail.Message{Subject: fmt.Sprint(composed)}, nil
	})
	return f
}

func (f *fixture) Send(_ context.Context, m mail.Message) error {
	if f.before != nil {
		f.before()
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.down {
		return errors.New("connection refused")
	}
	f.sent = append(f.sent, m)
	return nil
}

func (f *fixture) pass(d time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.time = f.time.Add(d)
}

func (f *fixture) enqueue(t *testing.T, address string) {
	t.Helper()
	must(t, Enqueue(f.db, template, address, nil))
}

func (f *fixture) rows(t *testing.T) (all []Row) {
	t.Helper()
	must(t, f.db.Order("id").Find(&all).Error)
	return all
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
