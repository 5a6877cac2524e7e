package auth

import (
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unsafe"
)

// TestCachedTokenIsValidatedAgain: what is remembered of a token is its
// signature, not that it is good.
func TestCachedTokenIsValidatedAgain(t *testing.T) {
	now := noon
	o := Options{Name: "blog", URL: "https://blog.example.com"}
	o.Algorithm, o.AccessTTL, o.Keys = "HS256", time.Minute, [][]byte{[]byte(testSecret)}
	tokens := newTokens(o, func() time.Time { return now })
	access, err := tokens.access(42, testSession)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		at   time.Time
		good bool
	}{
		{noon, true}, {noon.Add(time.Minute), true}, {noon.Add(time.Hour), false}, {noon, true}, {noon.Add(-time.Hour), false}, {noon, true},
	} {
		now = step.at
		if got, err := tokens.parseAccess(access); (err == nil) != step.good || step.good && got.UserID != 42 {
			t.Errorf("at %s: %+v, %v", step.at, got, err)
		}
	}
	if _, err := tokens.parseRefresh(access); err == nil {
		t.Error("an access token that was seen passed as a refresh token")
	}
	if _, ok := tokens.verified.get(access[:len(access)-1]); ok {
		t.Error("a part of a token was found")
	}
	refresh, err := tokens.refresh(42, testSession, 1, noon.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tokens.parseRefresh(refresh); err != nil {
		t.Fatal(err)
	}
	if _, err := tokens.parseAccess(refresh); err == nil {
		t.Error("a refresh token that was seen passed as an access token")
	}
}

func TestCachedTokenDoesNotRetainItsHeader(t *testing.T) {
	var v verified
	header := "Bearer" + strings.Repeat(" ", 1000) + "token"
	token := header[len(header)-len("token"):]
	v.add(token, &payload{})
	for kept := range v.young {
		if unsafe.StringData(kept) == unsafe.StringData(token) {
			t.Error("the header is kept as well")
		}
	}
}

func TestTokenCacheIsBounded(t *testing.T) {
	var v verified
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for i := range 3 * maxVerified {
				v.add(strconv.Itoa(i), &payload{})
				v.get("0") // is used all the time, and therefore stays
			}
		})
	}
	all.Wait()
	if n := len(v.young) + len(v.old); n < maxVerified || n > 2*maxVerified {
		t.Errorf("%d are remembered", n)
	}
	if _, ok := v.get("0"); !ok {
		t.Error("what is used all the time was dropped")
	}
	if _, ok := v.get("1"); ok {
		t.Error("what is not used was kept")
	}
}
