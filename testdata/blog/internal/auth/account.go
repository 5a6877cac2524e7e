package auth

import (
	"context"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"example.com/blog/internal/outbox"
	"example.com/blog/internal/web"
)

func (u *Users) me(_ context.Context, user *User, _ *struct{}) (*body[*User], error) {
	return &body[*User]{user}, nil
}

// profilePatch ignores unknown members, like every body in this package.
type profilePatch struct{ web.MergePatch[Profile] }

// Schema describes the body.
func (p profilePatch) Schema(r huma.Registry) *huma.Schema {
	schema := p.MergePatch.Schema(r)
	schema.AdditionalProperties = true
	return schema
}

func (u *Users) changeProfile(ctx context.Context, user *User, in *body[profilePatch]) (*body[*User], error) {
	err := u.query(ctx).Transaction(func(tx *gorm.DB) error {
		if err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Take(user, "id = ?", user.ID).Error; err != nil {
			return err
		}
		if err := in.Body.Apply(&user.Profile); err != nil {
			return err
		}
		columns, err := profileColumns(tx)
		if err != nil {
			return err
		}
		return tx.Model(user).Select(columns).Updates(user).Error
	})
	return &body[*User]{user}, err
}

// profileColumns returns the columns that users may change.
func profileColumns(tx *gorm.DB) ([]string, error) {
	statement := &gorm.Statement{DB: tx}
	if err := statement.Parse(&Profile{}); err != nil {
		return nil, err
	}
	return append([]string{"updated_at"}, statement.Schema.DBNames...), nil
}

type passwordChange struct {
	_       struct{} `additionalProperties:"true"`
	Current string   `json:"current_password" example:"correct horse battery"`
	New     string   `json:"new_password" example:"battery of correct horses"`
}

func wrongCurrentPassword() *web.Error {
	return web.NewError(http.StatusBadRequest, "Incorrect current password")
}

func passwordChanged() *web.Error {
	return web.NewError(http.StatusConflict, "The password was changed in the meantime")
}

func (u *Users) changePassword(ctx context.Context, user *User, in *body[passwordChange]) (*body[*LoginAnswer], error) {
	if err := u.throttle(ctx, passwordLimit(user.ID)); err != nil {
		return nil, err
	}
	ok, _, err := verifyPassword(ctx, in.Body.Current, user.PasswordHash)
	if err != nil {
		return nil, errors.Join(busy(err), u.giveBack(ctx, passwordLimit(user.ID)))
	}
	if !ok {
		return nil, wrongCurrentPassword()
	}
	if err := clearLimits(u.query(ctx), passwordLimit(user.ID)); err != nil {
		return nil, err
	}
	hash, err := u.newPassword(ctx, "new_password", in.Body.New, user.Email)
	if err != nil {
		return nil, err
	}
	var answer *LoginAnswer
	err = u.query(ctx).Transaction(func(tx *gorm.DB) error {
		if err := u.setPassword(tx, user, hash); err != nil {
			return err
		}
		if err := outbox.Enqueue(tx, mailNotice, user.Email, nil); err != nil {
			return err
		}
		answer, err = u.open(tx, user)
		return err
	})
	if err != nil {
		return nil, err
	}
	return &body[*LoginAnswer]{answer}, nil
}

// newPassword validates and hashes a password. Errors name the given field.
func (u *Users) newPassword(ctx context.Context, field, plain, email string) (string, error) {
	if err := checkPassword(plain, email, u.options.PasswordMinLength); err != nil {
		return "", web.Invalid(web.FieldError{Field: field, Message: err.Error()})
	}
	hash, err := hashPassword(ctx, plain)
	return hash, busy(err)
}

// setPassword stores a hash and revokes every session and mailed link. It returns a 409 if the password was changed
// since the user was read.
func (u *Users) setPassword(tx *gorm.DB, user *User, hash string) error {
	set := tx.Model(&User{}).Where("id = ? AND auth_epoch = ?", user.ID, user.AuthEpoch).Updates(map[string]any{
		"password_hash": hash, "auth_epoch": user.AuthEpoch + 1,
	})
	if set.Error != nil {
		return set.Error
	}
	if set.RowsAffected == 0 {
		return passwordChanged()
	}
	user.PasswordHash, user.AuthEpoch = hash, user.AuthEpoch+1
	if err := tx.Delete(&session{}, "user_id = ?", user.ID).Error; err != nil {
		return err
	}
	return tx.Delete(&oneTimeToken{}, "user_id = ?", user.ID).Error
}
