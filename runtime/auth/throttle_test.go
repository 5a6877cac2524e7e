package auth

import (
	"context"
	"fmt"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

const (
	ann  = "ann@example.com"
	home = "198.51.100.7:1000"
	away = "203.0.113.9:1000"
)

func TestEleventhLoginIsRejectedEvenWithTheRightPassword(t *testing.T) {
	t.Parallel()
	f := start(t)
	f.account(t, ann)
	wantStatus(t, f.login(home, "Ann@Example.com", "wrong password"), 401, "UNAUTHORIZED")
	f.attempts(t, 8)
	wantStatus(t, f.login(home, "Ann@Example.com", "wrong password"), 401, "UNAUTHORIZED")
	refused := f.login(home, ann, goodPassword)
	wantStatus(t, refused, 429, "RATE_LIMIT_EXCEEDED")
	if seconds, err := strconv.Atoi(refused.Header().Get("Retry-After")); err != nil || seconds < 1 || seconds > 900 {
		t.Errorf("Retry-After is %q", refused.Header().Get("Retry-After"))
	}
	wantStatus(t, f.login(away, ann, goodPassword), 200, "access_token")
	f.clock.pass(15 * time.Minute)
	wantStatus(t, f.login(home, ann, goodPassword), 200, "access_token")
}

func TestUnknownAddressIsThrottledLikeAKnownOne(t *testing.T) {
	t.Parallel()
	f := start(t)
	for range 2 {
		wantStatus(t, f.login(home, "nobody@example.com", goodPassword), 401, "Incorrect email or password")
		f.attempts(t, 4)
	}
	wantStatus(t, f.login(home, "nobody@example.com", goodPassword), 429, "RATE_LIMIT_EXCEEDED")
}

func TestSuccessfulLoginResetsOnlyItsClient(t *testing.T) {
	t.Parallel()
	f := start(t)
	f.account(t, ann)
	for range 2 {
		wantStatus(t, f.login(home, ann, "wrong password"), 401, "")
		f.attempts(t, 8)
		wantStatus(t, f.login(home, ann, goodPassword), 200, "")
	}
	var counted throttle
	must(t, f.db.Take(&counted, "key = ?", addressLimit(ann).key).Error)
	if counted.Count != 18 {
		t.Errorf("%d attempts count against the address, want the 18 that failed", counted.Count)
	}
}

func TestIPv6AddressesCountPerNetwork(t *testing.T) {
	t.Parallel()
	f := start(t, func(s *settings) { s.auth.LimitNetworks = true })
	ask := func(ip string) *httptest.ResponseRecorder {
		return f.post(ip, "/forgot-password", `{"email":"`+ann+`"}`)
	}
	for i := range 20 {
		wantStatus(t, ask(fmt.Sprintf("[2001:db8:1:2::%x]:1000", i)), 200, "")
	}
	wantStatus(t, ask("[2001:db8:1:2:ffff::1]:1000"), 429, "RATE_LIMIT_EXCEEDED")
	wantStatus(t, ask("[2001:db8:1:3::1]:1000"), 200, "")
}

func TestSingleNetworkCannotLockAnAddress(t *testing.T) {
	t.Parallel()
	f := start(t)
	f.account(t, ann)
	for range 120 {
		f.throttleLogin(context.Background(), ann)
	}
	wantStatus(t, f.login(home, ann, goodPassword), 200, "")
}

func TestAddressIsLimitedAcrossNetworksUntilItsPasswordIsReset(t *testing.T) {
	t.Parallel()
	f := start(t)
	f.account(t, ann)
	for range 100 {
		must(t, f.throttle(context.Background(), addressLimit(ann)))
	}
	wantStatus(t, f.login(home, ann, goodPassword), 429, "")
	token := f.mailed(t, mailReset, ann)
	wantStatus(t, f.post(home, "/reset-password", `{"token":"`+token+`","password":"`+nextPassword+`"}`), 200, "")
	wantStatus(t, f.login(home, ann, nextPassword), 200, "")
}

func TestNetworkLimitsApplyInProductionOnly(t *testing.T) {
	t.Parallel()
	for limited, last := range map[bool]int{true: 429, false: 200} {
		f := start(t, func(s *settings) { s.auth.LimitNetworks = limited })
		ask := func(ip string) int { return f.post(ip, "/forgot-password", `{"email":"`+ann+`"}`).Code }
		for range 20 {
			if status := ask(home); status != 200 {
				t.Fatalf("%t: status %d", limited, status)
			}
		}
		if status := ask(home); status != last {
			t.Errorf("%t: status %d of the 21st, want %d", limited, status, last)
		}
		if status := ask(away); status != 200 {
			t.Errorf("%t: status %d from elsewhere", limited, status)
		}
	}
}

func TestConcurrentAttemptsRespectTheLimit(t *testing.T) {
	t.Parallel()
	f := start(t)
	var passed atomic.Int64
	var group sync.WaitGroup
	for range 40 {
		group.Go(func() {
			wait, err := f.attempt(f.db, passwordLimit(1))
			if err != nil {
				t.Error(err)
			} else if wait == 0 {
				passed.Add(1)
			}
		})
	}
	group.Wait()
	if passed.Load() != 10 {
		t.Errorf("%d passed, want 10", passed.Load())
	}
}

func TestThrottlesDoNotRevealAddresses(t *testing.T) {
	t.Parallel()
	f := start(t)
	f.login(home, ann, "wrong password")
	f.login(home, strings.Repeat("x", 10_000), "wrong password")
	var keys []string
	must(t, f.db.Model(&throttle{}).Pluck("key", &keys).Error)
	if len(keys) != 4 {
		t.Fatalf("%d keys, want 4", len(keys))
	}
	for _, key := range keys {
		if strings.Contains(key, "ann") || strings.Contains(key, "198.51") || len(key) > 64 {
			t.Errorf("key %q", key)
		}
	}
}
