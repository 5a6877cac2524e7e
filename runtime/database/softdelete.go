package database

import (
	"errors"
	"fmt"

	"gorm.io/gorm"
)

// SoftDelete deletes the row softly, within the conditions of tx. It returns gorm.ErrForeignKeyViolated when the row could not be
// deleted for good, because rows that it would leave behind refer to it, and gorm.ErrRecordNotFound when the conditions do
// not let it be deleted. The row is read before, since its primary key says which it is.
func SoftDelete(tx *gorm.DB, row any) error {
	undo := errors.New("undo")
	tx = tx.Session(&gorm.Session{})
	err := tx.Transaction(func(tx *gorm.DB) error {
		deleted := tx.Unscoped().Delete(row)
		switch {
		case deleted.Error != nil:
			return deleted.Error
		case deleted.RowsAffected == 0:
			return gorm.ErrRecordNotFound
		case deleted.RowsAffected > 1:
			return fmt.Errorf("hide a row: the conditions fit %d of them", deleted.RowsAffected)
		}
		return undo
	})
	if !errors.Is(err, undo) {
		return err
	}
	hidden := tx.Delete(row)
	if hidden.Error == nil && hidden.RowsAffected == 0 {
		return gorm.ErrRecordNotFound // it is hidden already
	}
	return hidden.Error
}
