package attack

import (
	"net/http"
	"sync"
	"testing"
	"time"
)

func refreshAttacks() []attack {
	return []attack{
		{"a refresh token that is used again ends the session", replayAfterOne},
		{"a refresh token that is used again after four rotations ends the session", replayAfterFour},
		{"of 24 parallel refreshes one wins and the session lives", refreshInParallel},
		{"a predecessor is answered in the time of grace only", refreshInGrace},
		{"a session ends after its time, however often it is refreshed", outliveSession},
	}
}

func replayAfterOne(t *testing.T, w *target) {
	for on := range w.processes {
		a, own := w.member(t)
		other := w.login(t, a)
		next := w.refreshCall(own.refresh).to(on).want(t, http.StatusOK).pair()
		if next.refresh == own.refresh || next.access == own.access {
			t.Fatal("the tokens have not changed")
		}
		w.get("/auth/me").bearer(next.access).want(t, http.StatusOK)
		nextMillisecond()
		w.refreshCall(own.refresh).to(1-on).want(t, http.StatusUnauthorized)
		w.get("/auth/me").bearer(own.access).want(t, http.StatusUnauthorized)
		w.dead(t, next)
		w.alive(t, other)
	}
}

// nextMillisecond waits so that a request arrives after a rotation: one in the same
// millisecond counts as concurrent.
func nextMillisecond() { time.Sleep(2 * time.Millisecond) }

func replayAfterFour(t *testing.T, w *target) {
	_, stolen := w.member(t)
	newest := stolen
	for range 4 {
		newest = w.alive(t, newest)
	}
	w.refreshCall(stolen.refresh).want(t, http.StatusUnauthorized)
	w.dead(t, newest)
}

// refreshInParallel locks the session until all requests have arrived, so that
// every loser arrives before the winner rotates.
func refreshInParallel(t *testing.T, w *target) {
	for range 2 {
		a, own := w.member(t)
		release := w.hold(t, a.id)
		const requests = 24
		var sent sync.WaitGroup
		sent.Add(requests)
		all := make(chan []*answer)
		go func() {
			all <- together(t, requests, func(int) *call {
				c := w.refreshCall(own.refresh)
				c.sent = sent.Done
				return c
			})
		}()
		sent.Wait()
		w.waiting(t, requests)
		release()
		answers := <-all
		if got := statuses(answers); got[200] != 1 || got[401] != requests-1 {
			t.Fatalf("want one 200 and %d 401: %v", requests-1, got)
		}
		for _, answer := range answers {
			if answer.status == http.StatusOK {
				w.alive(t, answer.pair())
			}
		}
	}
}

func refreshInGrace(t *testing.T, w *target) {
	const grace = 2 * time.Second
	lenient := w.also(t, settings{"AUTH_REFRESH_GRACE_SECONDS": "2"})
	_, own := w.member(t)
	first := lenient.refreshCall(own.refresh).want(t, http.StatusOK).pair()
	again := lenient.refreshCall(own.refresh).want(t, http.StatusOK).pair()
	lenient.get("/auth/me").bearer(first.access).want(t, http.StatusOK)
	lenient.get("/auth/me").bearer(again.access).want(t, http.StatusOK)
	second := lenient.refreshCall(again.refresh).want(t, http.StatusOK).pair()
	lenient.refreshCall(own.refresh).want(t, http.StatusUnauthorized) // not the direct predecessor
	w.dead(t, second)

	_, own = w.member(t)
	next := lenient.refreshCall(own.refresh).want(t, http.StatusOK).pair()
	time.Sleep(grace + 100*time.Millisecond)
	lenient.refreshCall(own.refresh).want(t, http.StatusUnauthorized)
	w.dead(t, next)
}

func outliveSession(t *testing.T, w *target) {
	const day = 24 * time.Hour
	a, own := w.member(t)
	born := time.Now().Add(-90*day + time.Hour).UnixMilli()
	w.exec(t, "UPDATE sessions SET created_at = ? WHERE user_id = ?", born, a.id)
	next := w.alive(t, own)
	var ends int64
	must(t, w.db.Raw("SELECT expires_at FROM sessions WHERE user_id = ?", a.id).Scan(&ends).Error)
	if ends != born+(90*day).Milliseconds() {
		t.Errorf("the session ends %s after it was born", time.Duration(ends-born)*time.Millisecond)
	}
	w.exec(t, "UPDATE sessions SET expires_at = ? WHERE user_id = ?", time.Now().Add(-time.Second).UnixMilli(), a.id)
	w.dead(t, next)
}
