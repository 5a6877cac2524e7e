package auth

import (
	"crypto/rand"

	"gorm.io/gorm"
)

// SeedUser returns the id of a user to own seeded rows: the first there is, or else seed@example.com, whose password
// nobody knows: it can be set by a mail to that address.
func SeedUser(tx *gorm.DB) (id int64, err error) {
	var ids []int64
	if err := tx.Model(&User{}).Order("id").Limit(1).Pluck("id", &ids).Error; err != nil {
		return 0, err
	}
	if len(ids) > 0 {
		return ids[0], nil
	}
	hash, err := hashPassword(tx.Statement.Context, rand.Text())
	if err != nil {
		return 0, err
	}
	user := &User{Profile: Profile{Name: "Seed"}, Email: "seed@example.com", Role: "user", IsActive: true, PasswordHash: hash}
	err = tx.Create(user).Error
	return user.ID, err
}
