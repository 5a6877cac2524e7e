package auth

import (
	"net/http"
	"testing"

	"gorm.io/gorm"
)

func TestOneUserOwnsAllSeededRows(t *testing.T) {
	f := start(t)
	var ids [3]int64
	for i := range ids {
		must(t, f.db.Transaction(func(tx *gorm.DB) (err error) {
			ids[i], err = SeedUser(tx)
			return err
		}))
	}
	if ids[0] == 0 || ids[1] != ids[0] || ids[2] != ids[0] {
		t.Errorf("the users are %v", ids)
	}
	if users := f.rows(t, "users"); users != 1 {
		t.Errorf("%d users were made", users)
	}
}

func TestSeededUserHasARandomPassword(t *testing.T) {
	f := start(t)
	if _, err := SeedUser(f.db); err != nil {
		t.Fatal(err)
	}
	for _, password := range []string{"", "password", "seed", "seed@example.com", goodPassword} {
		if w := f.login("192.0.2.1:1", "seed@example.com", password); w.Code == http.StatusOK {
			t.Errorf("%q opens the account", password)
		}
	}
	token := f.mailed(t, mailReset, "seed@example.com")
	if w := f.post("192.0.2.2:1", "/reset-password", `{"token":"`+token+`","password":"`+nextPassword+`"}`); w.Code != http.StatusOK {
		t.Fatalf("%d: %s", w.Code, w.Body)
	}
	if w := f.login("192.0.2.2:1", "seed@example.com", nextPassword); w.Code != http.StatusOK {
		t.Errorf("%d: %s", w.Code, w.Body)
	}
}

func TestSeededRowsBelongToAnExistingUser(t *testing.T) {
	f := start(t)
	ann := f.account(t, "ann@example.com")
	f.account(t, "bob@example.com")
	if id, err := SeedUser(f.db); err != nil || id != ann.ID {
		t.Errorf("%d, %v", id, err)
	}
	if users := f.rows(t, "users"); users != 2 {
		t.Errorf("there are %d users", users)
	}
}
