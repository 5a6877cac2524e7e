package database_test

import (
	"errors"
	"testing"
	"time"

	"gorm.io/gorm"

	"fastgo/runtime/database/dbtest"
)

func TestTimeIsReadBackUnchanged(t *testing.T) {
	db := open(t, dbtest.URL(t))
	if err := db.AutoMigrate(&appointment{}); err != nil {
		t.Fatal(err)
	}
	tokyo := time.FixedZone("", 9*3600)
	until := time.Date(2026, 7, 1, 1, 0, 0, 999_999_999, tokyo)
	created := []*appointment{
		{At: time.Date(2026, 1, 2, 3, 4, 5, 678_901_234, tokyo), Until: &until},
		{At: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)},
	}
	if err := db.Create(created).Error; err != nil {
		t.Fatal(err)
	}
	if until.Location() != tokyo {
		t.Error("the caller's own time was changed")
	}
	created[1].At = created[1].At.Add(time.Hour + time.Nanosecond)
	if err := db.Select("*").Updates(created[1]).Error; err != nil {
		t.Fatal(err)
	}
	for _, want := range created {
		var got appointment
		if err := db.Take(&got, "id = ?", want.ID).Error; err != nil {
			t.Fatal(err)
		}
		if got.At != want.At || got.CreatedAt != want.CreatedAt || (got.Until == nil) != (want.Until == nil) || got.Until != nil && *got.Until != *want.Until {
			t.Errorf("%+v was answered, %+v read back", want, got)
		}
	}
}

func TestTimesCompareByInstantInEveryZone(t *testing.T) {
	db := open(t, dbtest.URL(t))
	if err := db.AutoMigrate(&appointment{}); err != nil {
		t.Fatal(err)
	}
	noon := time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)
	for _, at := range []time.Time{noon, noon.Add(time.Millisecond), noon.Add(time.Second), noon.Add(-time.Second)} {
		if err := db.Create(&appointment{At: at}).Error; err != nil {
			t.Fatal(err)
		}
	}
	var count int64
	if err := db.Model(&appointment{}).Where("at > ?", noon.In(time.FixedZone("", -5*3600))).Count(&count).Error; err != nil || count != 2 {
		t.Errorf("%d rows are later, %v", count, err)
	}
	var ids []int64
	if err := db.Model(&appointment{}).Order("at").Pluck("id", &ids).Error; err != nil || len(ids) != 4 || ids[0] != 4 || ids[1] != 1 || ids[2] != 2 {
		t.Errorf("%v, %v", ids, err)
	}
}

func TestTimeOutsideJSONRangeIsRejected(t *testing.T) {
	db := open(t, dbtest.URL(t))
	if err := db.AutoMigrate(&appointment{}); err != nil {
		t.Fatal(err)
	}
	at := time.Date(9999, 12, 31, 23, 59, 59, 0, time.FixedZone("", -5*3600))
	if err := db.Create(&appointment{At: at}).Error; !errors.Is(err, gorm.ErrInvalidData) {
		t.Error(err)
	}
}
