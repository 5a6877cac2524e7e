package outbox

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"fastgo/runtime/database/dbtest"
)

func TestMailIsRetriedUntilTheServerIsBack(t *testing.T) {
	f := start(t)
	f.Limit(5, template)
	f.down = true
	f.enqueue(t, ann)
	for range 8 { // more than the five mails of an hour: what did not leave does not count
		must(t, f.SendDue(t.Context()))
		f.pass(lastRetry)
	}
	if row := f.rows(t)[0]; row.Attempts != 8 || row.SentAt != nil {
		t.Errorf("the row is %+v", row)
	}
	f.down = false
	must(t, f.SendDue(t.Context()))
	if len(f.sent) != 1 || f.sent[0].Subject != "9" || f.sent[0].To != ann {
		t.Errorf("sent %v", f.sent)
	}
}

func TestMailIsGivenUpAfterDays(t *testing.T) {
	f := start(t)
	f.down = true
	f.enqueue(t, ann)
	begin, tries := f.now(), 0
	for ; len(f.rows(t)) == 1; tries++ {
		must(t, f.SendDue(t.Context()))
		f.pass(retryAfter(int64(tries + 1)))
	}
	if spent := f.now().Sub(begin); spent < 2*24*time.Hour || spent > 5*24*time.Hour {
		t.Errorf("given up after %s", spent)
	}
	if !strings.Contains(f.out.String(), "giving up on a mail") {
		t.Error("the log does not report it")
	}
}

func TestMailOverTheLimitIsDroppedBeforeItIsComposed(t *testing.T) {
	f := start(t)
	f.Limit(2, template)
	f.Limit(1, "reset", "verify") // of other mails
	for range 3 {
		f.enqueue(t, ann)
	}
	f.enqueue(t, "bob@example.com")
	must(t, f.SendDue(t.Context()))
	if len(f.sent) != 3 || f.sent[2].Subject != "3" || f.sent[2].To != "bob@example.com" || len(f.rows(t)) != 3 {
		t.Errorf("sent %v", f.sent)
	}
	f.pass(time.Hour)
	must(t, f.prune(t.Context()))
	f.enqueue(t, ann)
	must(t, f.SendDue(t.Context()))
	if len(f.sent) != 4 || len(f.rows(t)) != 1 {
		t.Errorf("an hour later, sent %v, rows %v", f.sent, f.rows(t))
	}
}

func TestMailIsNotDroppedBecauseTheDatabaseFails(t *testing.T) {
	f := start(t)
	f.Limit(1, template)
	f.enqueue(t, ann)
	must(t, f.db.Callback().Query().Before("gorm:query").Register("fail", func(db *gorm.DB) {
		if _, counts := db.Statement.Dest.(*int64); counts {
			_ = db.AddError(errors.New("the connection is lost"))
		}
	}))
	must(t, f.SendDue(t.Context()))
	if rows := f.rows(t); len(rows) != 1 || rows[0].Attempts != 1 || len(f.sent) != 0 {
		t.Errorf("rows %v, sent %v", rows, f.sent)
	}
}

func TestReplicasSendEachMailOnceWithinTheLimit(t *testing.T) {
	url := dbtest.URL(t)
	one, two := startOn(t, url), startOn(t, url)
	for i := range 20 {
		one.enqueue(t, fmt.Sprintf("user%d@example.com", i))
	}
	for range 8 {
		one.enqueue(t, ann)
	}
	var group sync.WaitGroup
	for _, f := range []*fixture{one, two} {
		f.Limit(5, template)
		f.before = func() { time.Sleep(time.Millisecond) }
		group.Go(func() {
			if err := f.SendDue(context.Background()); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	to := map[string]int{}
	for _, m := range append(one.sent, two.sent...) {
		to[m.To]++
	}
	if len(to) != 21 || len(one.sent)+len(two.sent) != 25 || to[ann] != 5 {
		t.Errorf("sent %v", to)
	}
}

func TestMailOfACrashedReplicaIsTakenOver(t *testing.T) {
	f := start(t)
	f.enqueue(t, ann)
	if row, err := f.claim(t.Context()); err != nil || row == nil {
		t.Fatal(row, err)
	}
	must(t, f.SendDue(t.Context()))
	if len(f.sent) != 0 {
		t.Fatal("the mail was sent while another replica had it")
	}
	f.pass(lease)
	must(t, f.SendDue(t.Context()))
	if len(f.sent) != 1 {
		t.Fatal("the mail is lost")
	}
}

func TestRunSurvivesAPanicAndFinishesTheCurrentMail(t *testing.T) {
	f := start(t)
	ctx, stop := context.WithCancel(t.Context())
	calls := 0
	f.before = func() {
		if calls++; calls == 1 {
			panic("a fault")
		}
		stop()
	}
	f.enqueue(t, ann)
	f.enqueue(t, "bob@example.com")
	must(t, f.Run(ctx))
	if len(f.sent) != 1 || f.rows(t)[1].SentAt == nil || !strings.Contains(f.out.String(), "a fault") {
		t.Errorf("sent %v, log %s", f.sent, &f.out)
	}
}

func TestPollIsNotLogged(t *testing.T) {
	f := start(t)
	f.out.Reset()
	f.Outbox.db = f.db.Debug()
	must(t, f.SendDue(t.Context()))
	if f.out.Len() > 0 {
		t.Errorf("logged %s", &f.out)
	}
}
