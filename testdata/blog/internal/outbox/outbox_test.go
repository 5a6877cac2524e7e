package outbox_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"

	"gorm.io/gorm"

	"example.com/blog/internal/database"
	"example.com/blog/internal/database/dbtest"
	"example.com/blog/internal/mail"
	"example.com/blog/internal/outbox"
)

// inbox keeps what is sent to it, unless it is down.
type inbox struct {
	mails []mail.Message
	down  bool
}

func (i *inbox) Send(_ context.Context, m mail.Message) error {
	if i.down {
		return errors.New("connection refused")
	}
	i.mails = append(i.mails, m)
	return nil
}

// TestMailIsSentOnlyAfterCommit shows what the package promises: a mail is stored in the caller's transaction, composed
// when it is sent, dropped where nobody wants it, and not lost while the mail server is down.
func TestMailIsSentOnlyAfterCommit(t *testing.T) {
	db, err := database.Open(dbtest.URL(t), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if pool, err := db.DB(); err == nil {
		t.Cleanup(func() { pool.Close() })
	}
	if err := db.Migrator().CreateTable(&outbox.Row{}); err != nil {
		t.Fatal(err)
	}
	in := &inbox{}
	box := outbox.New("blog", db, in, slog.New(slog.DiscardHandler))
	box.Compose("reset", func(_ *gorm.DB, row outbox.Row) (mail.Message, error) {
		var payload struct{ Order int }
		if err := row.Decode(&payload); err != nil || payload.Order != 7 {
			return mail.Message{}, outbox.ErrUnwanted
		}
		return mail.Message{Subject: "Order 7"}, nil
	})

	// Of an undone transaction no mail is left.
	undo := errors.New("undo")
	_ = db.Transaction(func(tx *gorm.DB) error {
		return errors.Join(outbox.Enqueue(tx, "reset", "ann@example.com", map[string]any{"Order": 7}), undo)
	})
	wantSent(t, box, in, 0)

	// A mail that nobody wants is dropped.
	enqueue(t, db, "ann@example.com", 8)
	wantSent(t, box, in, 0)
	wantRows(t, db, 0)

	// While the server is down it waits, and then it is sent once.
	in.down = true
	enqueue(t, db, "ann@example.com", 7)
	wantSent(t, box, in, 0)
	in.down = false
	if err := db.Model(&outbox.Row{}).Where("id > 0").Update("next_at", 0).Error; err != nil { // the time of the next attempt has come
		t.Fatal(err)
	}
	wantSent(t, box, in, 1)
	wantSent(t, box, in, 1)
	if m := in.mails[0]; m.To != "ann@example.com" || m.Subject != "Order 7" {
		t.Errorf("the mail is %+v", m)
	}

	if err := outbox.Enqueue(db, "no such template", "ann@example.com", nil); err == nil {
		t.Error("a template that does not exist was accepted")
	}
}

func enqueue(t *testing.T, db *gorm.DB, address string, order int) {
	t.Helper()
	if err := outbox.Enqueue(db, "reset", address, map[string]any{"Order": order}); err != nil {
		t.Fatal(err)
	}
}

func wantSent(t *testing.T, box *outbox.Outbox, in *inbox, count int) {
	t.Helper()
	if err := box.SendDue(t.Context()); err != nil || len(in.mails) != count {
		t.Fatalf("%d mails were sent, want %d; %v", len(in.mails), count, err)
	}
}

func wantRows(t *testing.T, db *gorm.DB, count int64) {
	t.Helper()
	var rows int64
	if err := db.Model(&outbox.Row{}).Count(&rows).Error; err != nil || rows != count {
		t.Fatalf("the outbox has %d rows, want %d; %v", rows, count, err)
	}
}
