package migrations_test

import (
	"errors"
	"testing"

	"gorm.io/gorm"
)

const (
	addUser    = "INSERT INTO users (email, name, password_hash, created_at, updated_at) VALUES (?, 'John', 'x', '2026-01-01 00:00:00', '2026-01-01 00:00:00')"
	addSession = "INSERT INTO sessions (id, user_id, epoch, generation, created_at, rotated_at, expires_at, user_agent, ip) VALUES ('s', ?, 0, 0, 0, 0, 0, '', '')"
	addToken   = "INSERT INTO one_time_tokens (hash, purpose, user_id, email, expires_at) VALUES (?, 'reset', ?, 'john@example.com', 0)"
)

func execute(t *testing.T, db *gorm.DB, statement string, values ...any) {
	t.Helper()
	if err := db.Exec(statement, values...).Error; err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

func newUser(t *testing.T, db *gorm.DB, email string) (id int64) {
	t.Helper()
	execute(t, db, addUser, email)
	if err := db.Raw("SELECT id FROM users WHERE email = ?", email).Scan(&id).Error; err != nil {
		t.Fatal(err)
	}
	return id
}

func TestEmailIsUnique(t *testing.T) {
	db := open(t)
	migrate(t, db)
	newUser(t, db, "john@example.com")
	if err := db.Exec(addUser, "john@example.com").Error; !errors.Is(err, gorm.ErrDuplicatedKey) {
		t.Error(err)
	}
}

func TestDeletingAUserDeletesSessionsAndTokens(t *testing.T) {
	db := open(t)
	migrate(t, db)
	id := newUser(t, db, "john@example.com")
	execute(t, db, addSession, id)
	execute(t, db, addToken, "one", id)
	if err := db.Exec(addSession, id+1).Error; err == nil {
		t.Error("a session without a user was stored")
	}
	if err := db.Exec(addToken, "two", id).Error; !errors.Is(err, gorm.ErrDuplicatedKey) {
		t.Errorf("a user has two reset tokens: %v", err)
	}
	execute(t, db, "DELETE FROM users WHERE id = ?", id)
	for _, table := range []string{"sessions", "one_time_tokens"} {
		var rows int64
		if err := db.Table(table).Count(&rows).Error; err != nil || rows != 0 {
			t.Errorf("%d rows in %s, %v", rows, table, err)
		}
	}
}

func TestIDOfADeletedUserIsNotReused(t *testing.T) {
	db := open(t)
	migrate(t, db)
	first := newUser(t, db, "john@example.com")
	execute(t, db, "DELETE FROM users WHERE id = ?", first)
	if second := newUser(t, db, "jane@example.com"); second <= first {
		t.Errorf("ID %d was assigned after %d", second, first)
	}
}

func TestIndexesOfTheAuthTablesExist(t *testing.T) {
	db := open(t)
	migrate(t, db)
	for index, table := range map[string]string{
		"idx_users_email": "users", "idx_sessions_user_id": "sessions", "idx_sessions_expires_at": "sessions",
		"idx_one_time_tokens_user_id_purpose": "one_time_tokens", "idx_one_time_tokens_expires_at": "one_time_tokens",
		"idx_throttles_reset_at": "throttles", "idx_outbox_sent_at_next_at": "outbox",
	} {
		if !db.Migrator().HasIndex(table, index) {
			t.Errorf("%s is missing", index)
		}
	}
}
