package auth

import (
	"context"
	"sync"
	"testing"

	"gorm.io/gorm"
)

func TestConcurrentLoginsRespectTheSessionLimit(t *testing.T) {
	f := start(t)
	user := f.account(t, ann)
	open := func() {
		err := f.db.WithContext(context.Background()).Transaction(func(tx *gorm.DB) error {
			_, err := f.open(tx, user)
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
	for range maxSessions {
		open()
	}
	var group sync.WaitGroup
	for range 12 {
		group.Go(open)
	}
	group.Wait()
	if rows := f.rows(t, "sessions"); rows != maxSessions {
		t.Errorf("%d sessions, want %d", rows, maxSessions)
	}
}
