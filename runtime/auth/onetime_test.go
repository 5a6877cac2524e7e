package auth

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gorm.io/gorm"
)

func (f *fixture) issued(t *testing.T, p string, user *User) string {
	t.Helper()
	token, err := f.issueToken(f.db, p, user)
	must(t, err)
	return token
}

func (f *fixture) isGood(p string, token string) bool {
	_, err := f.holder(f.db, p, token)
	return err == nil
}

func (f *fixture) spent(p string, token string) error {
	return f.db.Transaction(func(tx *gorm.DB) error {
		_, err := f.spend(tx, p, token)
		return err
	})
}

func TestMailedTokenIsValidForItsPurposeUntilItExpires(t *testing.T) {
	t.Parallel()
	f := start(t)
	user := f.account(t, ann)
	token := f.issued(t, mailReset, user)
	if f.isGood(mailVerify, token) || f.spent(mailVerify, token) == nil {
		t.Error("a token to reset verifies")
	}
	if f.isGood(mailReset, token+"x") || f.isGood(mailReset, "") || f.isGood(mailReset, hashToken(token)) {
		t.Error("another token is good")
	}
	f.clock.pass(30*time.Minute - time.Millisecond)
	if !f.isGood(mailReset, token) {
		t.Error("the token has expired too early")
	}
	f.clock.pass(time.Millisecond)
	if f.isGood(mailReset, token) || f.spent(mailReset, token) == nil {
		t.Error("the token is good after 30 minutes")
	}
}

func TestNewMailedTokenReplacesTheOldOne(t *testing.T) {
	t.Parallel()
	f := start(t)
	user := f.account(t, ann)
	other := f.issued(t, mailReset, f.account(t, "bob@example.com"))
	verify := f.issued(t, mailVerify, user)
	older := f.issued(t, mailReset, user)
	newer := f.issued(t, mailReset, user)
	if f.isGood(mailReset, older) {
		t.Error("the older token is good")
	}
	if !f.isGood(mailReset, newer) || !f.isGood(mailVerify, verify) || !f.isGood(mailReset, other) {
		t.Error("another token has died")
	}
}

func TestMailedTokenEndsWithTheAddressAndTheAccount(t *testing.T) {
	t.Parallel()
	f := start(t)
	user := f.account(t, ann)
	token := f.issued(t, mailReset, user)
	must(t, f.db.Model(user).Update("email", "moved@example.com").Error)
	if f.isGood(mailReset, token) {
		t.Error("the token outlives the address that it was mailed to")
	}
	must(t, f.db.Model(user).Update("email", ann).Error)
	must(t, f.db.Model(user).Update("is_active", false).Error)
	if f.isGood(mailReset, token) {
		t.Error("the token of an inactive account is good")
	}
}

func TestMailedTokenWorksOnce(t *testing.T) {
	t.Parallel()
	f := start(t)
	token := f.issued(t, mailReset, f.account(t, ann))
	var spent atomic.Int64
	var group sync.WaitGroup
	for range 16 {
		group.Go(func() {
			if f.spent(mailReset, token) == nil {
				spent.Add(1)
			}
		})
	}
	group.Wait()
	if spent.Load() != 1 {
		t.Errorf("spent %d times", spent.Load())
	}
}

func TestMailedTokenSurvivesAFailedTransaction(t *testing.T) {
	t.Parallel()
	f := start(t)
	token := f.issued(t, mailReset, f.account(t, ann))
	f.db.Transaction(func(tx *gorm.DB) error {
		if _, err := f.spend(tx, mailReset, token); err != nil {
			t.Error(err)
		}
		return context.Canceled
	})
	if !f.isGood(mailReset, token) {
		t.Error("the token is gone")
	}
}
