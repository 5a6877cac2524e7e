package auth

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fastgo/runtime/outbox"
)

func TestMailCarriesAnAbsoluteLinkWithTheTokenInTheFragment(t *testing.T) {
	f := start(t)
	f.account(t, ann)
	token := f.mailed(t, mailReset, ann)
	m := f.inbox.all()[0]
	link := "https://blog.example.com/password/reset#token=" + token
	if m.To != ann || !strings.Contains(m.Text, link) || !strings.Contains(m.HTML, link) || !strings.Contains(m.Text, "\n"+token+"\n") {
		t.Errorf("the mail is %+v", m)
	}
	if !strings.Contains(m.Text, "30 minutes") {
		t.Errorf("the mail does not say how long the link is good: %s", m.Text)
	}
}

func TestUnwantedMailIsDroppedSilently(t *testing.T) {
	f := start(t)
	f.account(t, ann)
	must(t, f.db.Model(f.account(t, "gone@example.com")).Update("is_active", false).Error)
	must(t, outbox.Enqueue(f.db, mailReset, "nobody@example.com", nil))
	must(t, outbox.Enqueue(f.db, mailReset, "gone@example.com", nil))
	must(t, outbox.Enqueue(f.db, mailVerify, ann, nil)) // she is verified
	must(t, f.box.SendDue(context.Background()))
	if len(f.inbox.all()) != 0 || f.rows(t, "outbox") != 0 || f.rows(t, "one_time_tokens") != 0 || f.log.Len() != 0 {
		t.Errorf("mails %v, log %s", f.inbox.all(), f.log)
	}
}

func TestSixthMailOfAnHourIsDroppedAndTheFifthLinkWorks(t *testing.T) {
	f := start(t)
	f.account(t, ann)
	token := ""
	for range 5 {
		token = f.mailed(t, mailReset, ann)
	}
	must(t, outbox.Enqueue(f.db, mailReset, ann, nil))
	must(t, f.box.SendDue(context.Background()))
	if len(f.inbox.all()) != 5 || !f.isGood(mailReset, token) {
		t.Errorf("%d mails, the last link is good: %t", len(f.inbox.all()), f.isGood(mailReset, token))
	}
	must(t, outbox.Enqueue(f.db, mailNotice, ann, nil))
	must(t, f.box.SendDue(context.Background()))
	if len(f.inbox.all()) != 6 {
		t.Error("the notice was dropped")
	}
}

func TestPruneDeletesOnlyExpiredRows(t *testing.T) {
	f := start(t)
	user := f.account(t, ann)
	now := f.clock.Now().UnixMilli()
	for i, expires := range []int64{now, now + 1} {
		id := fmt.Sprint(i)
		must(t, f.db.Create(&session{ID: id, UserID: user.ID, ExpiresAt: expires}).Error)
		must(t, f.db.Create(&oneTimeToken{Hash: id, Purpose: id, UserID: user.ID, ExpiresAt: expires}).Error)
		must(t, f.db.Create(&throttle{Key: id, ResetAt: expires}).Error)
	}
	must(t, f.prune(context.Background()))
	for _, table := range []string{"sessions", "one_time_tokens", "throttles", "users"} {
		if count := f.rows(t, table); count != 1 {
			t.Errorf("%d rows in %s, want 1", count, table)
		}
	}
}
