package auth

import (
	"context"
	"testing"
)

func TestInvalidSessionsEvictNoOthers(t *testing.T) {
	f := start(t)
	before := f.account(t, ann)
	must(t, f.db.Model(&User{}).Where("id = ?", before.ID).Update("auth_epoch", before.AuthEpoch+1).Error)
	after := *before
	after.AuthEpoch++
	live, err := f.open(f.db, &after)
	must(t, err)
	for range maxSessions + 1 {
		f.clock.pass(1_000_000)
		_, err := f.open(f.db, before)
		must(t, err)
	}
	if _, err := f.current(context.Background(), live.AccessToken); err != nil {
		t.Error("the living session had to make room")
	}
}
