package database_test

import (
	"errors"
	"testing"

	"gorm.io/gorm"

	"fastgo/runtime/database/dbtest"
)

type plain struct{ ID, Number int64 }

type hooked struct{ ID, Number int64 }

var errHook = errors.New("not this one")

func (h *hooked) AfterSave(*gorm.DB) error   { return h.after() }
func (h *hooked) AfterDelete(*gorm.DB) error { return h.after() }

func (h *hooked) after() error {
	if h.Number == 13 {
		return errHook
	}
	return nil
}

type owner struct {
	ID, Number int64
	Plains     []plain `gorm:"many2many:owned_plains"`
}

func TestOnlyWritesOfSeveralStatementsUseATransaction(t *testing.T) {
	db := open(t, dbtest.URL(t))
	if err := db.AutoMigrate(&plain{}, &hooked{}, &owner{}); err != nil {
		t.Fatal(err)
	}
	var inTransaction bool
	observe := func(db *gorm.DB) { _, inTransaction = db.Statement.ConnPool.(gorm.TxCommitter) }
	for _, processor := range []interface {
		Register(string, func(*gorm.DB)) error
	}{
		db.Callback().Create().After("gorm:begin_transaction").Before("gorm:create"),
		db.Callback().Update().After("gorm:begin_transaction").Before("gorm:update"),
		db.Callback().Delete().After("gorm:begin_transaction").Before("gorm:delete"),
	} {
		if err := processor.Register("test:observe", observe); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]struct {
		row         any
		transaction bool
	}{
		"plain":            {&plain{Number: 1}, false},
		"several rows":     {&[]plain{{Number: 1}, {Number: 2}}, false},
		"hooks":            {&hooked{Number: 1}, true},
		"with association": {&owner{Number: 1, Plains: []plain{{Number: 3}}}, true},
	} {
		for _, write := range []func() error{
			func() error { return db.Create(want.row).Error },
			func() error { return db.Model(want.row).Where("id > 0").Update("number", 2).Error },
			func() error { return db.Where("number = 4").Delete(want.row).Error },
		} {
			inTransaction = !want.transaction
			if err := write(); err != nil || inTransaction != want.transaction {
				t.Errorf("%s: in a transaction %v, error %v", name, inTransaction, err)
			}
		}
	}
}

func TestFailedHookRollsBackTheWrite(t *testing.T) {
	db := open(t, dbtest.URL(t))
	if err := db.AutoMigrate(&hooked{}); err != nil {
		t.Fatal(err)
	}
	row := hooked{Number: 1}
	if err := db.Create(&row).Error; err != nil {
		t.Fatal(err)
	}
	unlucky := hooked{ID: row.ID, Number: 13}
	for write, err := range map[string]error{
		"create": db.Create(&hooked{Number: 13}).Error,
		"update": db.Save(&unlucky).Error,
		"delete": db.Delete(&unlucky).Error,
	} {
		if !errors.Is(err, errHook) {
			t.Errorf("%s: %v", write, err)
		}
	}
	var left []hooked
	if err := db.Find(&left).Error; err != nil || len(left) != 1 || left[0].Number != 1 {
		t.Errorf("%+v are left: %v", left, err)
	}
}
