package auth

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"fastgo/runtime/database/dbtest"
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

func TestMailThatNobodyWaitsForIsDroppedSilently(t *testing.T) {
	f := start(t)
	f.account(t, ann)
	must(t, f.db.Model(f.account(t, "gone@example.com")).Update("is_active", false).Error)
	must(t, f.enqueue(f.db, mailReset, "nobody@example.com"))
	must(t, f.enqueue(f.db, mailReset, "gone@example.com"))
	must(t, f.enqueue(f.db, mailVerify, ann)) // she is verified
	must(t, f.SendDue(context.Background()))
	if len(f.inbox.all()) != 0 || f.rows(t, "outbox") != 0 || f.rows(t, "one_time_tokens") != 0 || f.log.Len() != 0 {
		t.Errorf("mails %v, log %s", f.inbox.all(), f.log)
	}
}

func TestSixthMailOfAnHourIsDroppedAndTheFifthLinkStaysGood(t *testing.T) {
	f := start(t)
	f.account(t, ann)
	token := ""
	for range 5 {
		token = f.mailed(t, mailReset, ann)
	}
	must(t, f.enqueue(f.db, mailReset, ann))
	must(t, f.SendDue(context.Background()))
	if len(f.inbox.all()) != 5 || !f.isGood(mailReset, token) {
		t.Errorf("%d mails, the last link is good: %t", len(f.inbox.all()), f.isGood(mailReset, token))
	}
	must(t, f.enqueue(f.db, mailNotice, ann))
	must(t, f.SendDue(context.Background()))
	if len(f.inbox.all()) != 6 {
		t.Error("the notice was dropped")
	}
	f.clock.pass(time.Hour)
	f.mailed(t, mailReset, ann)
}

func TestMailIsTriedAgainUntilTheServerIsBack(t *testing.T) {
	f := start(t)
	f.account(t, ann)
	f.inbox.down = true
	must(t, f.enqueue(f.db, mailReset, ann))
	for range 8 { // more than the five mails of an hour: what did not leave does not count
		must(t, f.SendDue(context.Background()))
		f.clock.pass(lastRetry)
	}
	var l letter
	must(t, f.db.Take(&l).Error)
	if l.Attempts != 8 || l.SentAt != nil {
		t.Errorf("the letter is %+v", l)
	}
	f.inbox.down = false
	must(t, f.SendDue(context.Background()))
	if len(f.inbox.all()) != 1 || !f.isGood(mailReset, tokenOf(t, f.inbox.all()[0])) {
		t.Errorf("the mails are %v", f.inbox.all())
	}
}

func TestMailIsGivenUpInTheEnd(t *testing.T) {
	f := start(t)
	f.account(t, ann)
	f.inbox.down = true
	must(t, f.enqueue(f.db, mailNotice, ann))
	begin, tries := f.clock.Now(), 0
	for ; f.rows(t, "outbox") == 1; tries++ {
		must(t, f.SendDue(context.Background()))
		f.clock.pass(retryAfter(int64(tries + 1)))
	}
	if spent := f.clock.Now().Sub(begin); spent < 2*24*time.Hour || spent > 5*24*time.Hour {
		t.Errorf("given up after %s", spent)
	}
	if !strings.Contains(f.log.String(), "a mail is given up") {
		t.Error("the log does not tell")
	}
}

func TestTwoReplicasSendEachMailOnce(t *testing.T) {
	url := dbtest.URL(t)
	one, two := startOn(t, url), startOn(t, url)
	for i := range 20 {
		address := fmt.Sprintf("user%d@example.com", i)
		must(t, one.db.Create(&User{Email: address, IsActive: true, Role: "user"}).Error)
		must(t, one.enqueue(one.db, mailNotice, address))
	}
	var group sync.WaitGroup
	for _, f := range []*fixture{one, two} {
		f.inbox.before = func() { time.Sleep(time.Millisecond) }
		group.Go(func() {
			if err := f.SendDue(context.Background()); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	sent := append(one.inbox.all(), two.inbox.all()...)
	seen := map[string]bool{}
	for _, m := range sent {
		seen[m.To] = true
	}
	if len(sent) != 20 || len(seen) != 20 {
		t.Errorf("%d mails to %d addresses, want 20 to 20", len(sent), len(seen))
	}
}

func TestMailOfACrashedReplicaIsTakenOverAndItsLinkIsDead(t *testing.T) {
	f := start(t)
	f.account(t, ann)
	must(t, f.enqueue(f.db, mailReset, ann))
	l, err := f.claim(context.Background())
	must(t, err)
	crashed, err := f.compose(context.Background(), l)
	must(t, err)
	must(t, f.SendDue(context.Background()))
	if len(f.inbox.all()) != 0 {
		t.Fatal("the mail was sent while another replica had it")
	}
	f.clock.pass(lease)
	must(t, f.SendDue(context.Background()))
	if len(f.inbox.all()) != 1 {
		t.Fatal("the mail is lost")
	}
	if f.isGood(mailReset, tokenOf(t, crashed)) || !f.isGood(mailReset, tokenOf(t, f.inbox.all()[0])) {
		t.Error("not exactly the newest link is good")
	}
}

func TestRunSendsAtOnceAndFinishesTheMailInHand(t *testing.T) {
	f := start(t)
	f.account(t, ann)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error)
	f.inbox.before = stop
	go func() { ended <- f.Run(ctx) }()
	must(t, f.enqueue(f.db, mailReset, ann))
	f.deliver()
	must(t, <-ended)
	var l letter
	must(t, f.db.Take(&l).Error)
	if l.SentAt == nil || len(f.inbox.all()) != 1 {
		t.Errorf("the letter is %+v", l)
	}
}

func TestRunSurvivesAPanic(t *testing.T) {
	f := start(t)
	f.account(t, ann)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error)
	calls := 0
	f.inbox.before = func() {
		if calls++; calls == 1 {
			f.deliver()
			panic("a fault")
		}
		stop()
	}
	must(t, f.enqueue(f.db, mailNotice, ann))
	must(t, f.enqueue(f.db, mailNotice, ann))
	go func() { ended <- f.Run(ctx) }()
	must(t, <-ended)
	if len(f.inbox.all()) != 1 || !strings.Contains(f.log.String(), "a fault") {
		t.Errorf("mails %v, log %s", f.inbox.all(), f.log)
	}
}

func TestPruneDeletesWhatHasExpiredAndNothingElse(t *testing.T) {
	f := start(t)
	user := f.account(t, ann)
	now := f.clock.Now().UnixMilli()
	for i, expires := range []int64{now, now + 1} {
		id := fmt.Sprint(i)
		must(t, f.db.Create(&session{ID: id, UserID: user.ID, ExpiresAt: expires}).Error)
		must(t, f.db.Create(&oneTimeToken{Hash: id, Purpose: purpose(id), UserID: user.ID, ExpiresAt: expires}).Error)
		must(t, f.db.Create(&throttle{Key: id, ResetAt: expires}).Error)
	}
	must(t, f.db.Create([]letter{{Purpose: mailNotice, Address: ann, SentAt: &now}, {Purpose: mailNotice, Address: ann}}).Error)
	must(t, f.prune(context.Background()))
	for _, table := range []string{"sessions", "one_time_tokens", "throttles", "outbox", "users"} {
		if count := f.rows(t, table); count != 1 {
			t.Errorf("%d rows in %s, want 1", count, table)
		}
	}
}
