package auth

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/danielgtaylor/huma/v2"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"example.com/blog/internal/outbox"
	"example.com/blog/internal/web"
)

// User is a row of the users table. Requests never write fields added here: what users may set about themselves
// belongs in Profile.
type User struct {
	ID int64 `json:"id" example:"1"`
	Profile
	Email           string     `json:"email" format:"email" example:"john@example.com"`
	Role            string     `json:"role" example:"user"`
	IsActive        bool       `json:"is_active"`
	EmailVerifiedAt *time.Time `json:"email_verified_at"`
	CreatedAt       time.Time  `json:"created_at"`
	UpdatedAt       time.Time  `json:"updated_at"`
	PasswordHash    string     `json:"-"`
	AuthEpoch       int64      `json:"-"` // sessions with an older epoch are invalid

	session string // of the current request
}

// Profile is what users may set about themselves. It is part of the registration, of PATCH /auth/me and of responses.
type Profile struct {
	Name string `json:"name" minLength:"1" maxLength:"200" example:"John Doe"`
}

// NewUser is an account to create.
type NewUser struct {
	Profile
	Email    string
	Password string
	Role     string // default "user"
	Verified bool   // the address needs no verification
}

// ErrEmailTaken is returned if another account has the address.
var ErrEmailTaken = errors.New("email already registered")

// Create creates an account by the rules of a registration. It returns ErrEmailTaken, or a 422 that names the invalid
// fields.
func (u *Users) Create(ctx context.Context, n NewUser) (*User, error) {
	if n.Role == "" {
		n.Role = "user"
	}
	if err := checkRole(n.Role); err != nil {
		return nil, err
	}
	email, err := parseEmail(n.Email)
	invalid := checkProfile(n.Profile)
	if err != nil {
		invalid = append(invalid, web.FieldError{Field: "email", Message: err.Error()})
	}
	if err := checkPassword(n.Password, email, u.options.PasswordMinLength); err != nil {
		invalid = append(invalid, web.FieldError{Field: "password", Message: err.Error()})
	}
	if invalid != nil {
		return nil, web.Invalid(invalid...)
	}
	hash, err := hashPassword(ctx, n.Password)
	if err != nil {
		return nil, busy(err)
	}
	user := &User{Profile: n.Profile, Email: email, Role: n.Role, IsActive: true, PasswordHash: hash}
	if n.Verified {
		now := u.now()
		user.EmailVerifiedAt = &now
	}
	err = u.query(ctx).Transaction(func(tx *gorm.DB) error {
		if err := tx.Create(user).Error; err != nil || n.Verified {
			return err
		}
		return outbox.Enqueue(tx, mailVerify, email, nil)
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) && u.query(ctx).Take(&User{}, "email = ?", email).Error == nil {
		return nil, ErrEmailTaken // not another unique field
	}
	if err != nil {
		return nil, err
	}
	return user, nil
}

// checkProfile validates a profile by its tags, as huma does for requests.
func checkProfile(profile any) (invalid []web.FieldError) {
	encoded, err := json.Marshal(profile)
	var members map[string]any
	if err := errors.Join(err, json.Unmarshal(encoded, &members)); err != nil {
		return []web.FieldError{{Field: "profile", Message: err.Error()}}
	}
	registry := huma.NewMapRegistry("#/", huma.DefaultSchemaNamer)
	schema := registry.Schema(reflect.TypeOf(profile), false, "")
	maps.DeleteFunc(members, func(name string, value any) bool { // equivalent to omitted
		return !slices.Contains(schema.Required, name) && (value == nil || reflect.ValueOf(value).IsZero())
	})
	var result huma.ValidateResult
	huma.Validate(registry, schema, huma.NewPathBuffer(nil, 0), huma.ModeWriteToServer, members, &result)
	for _, err := range result.Errors {
		var detail *huma.ErrorDetail
		if errors.As(err, &detail) {
			invalid = append(invalid, web.FieldError{Field: detail.Location, Message: detail.Message})
		}
	}
	return invalid
}

var rolePattern = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,63}$`)

// checkRole rejects values that are probably not meant as a role.
func checkRole(role string) error {
	if !rolePattern.MatchString(role) {
		return web.Invalid(web.FieldError{Field: "role", Message: "must be a lower-case word such as admin"})
	}
	return nil
}

// UserChange is an administrator's change of an account; nil fields are unchanged.
type UserChange struct {
	Role   *string
	Active *bool
}

// Update changes an account. Deactivation ends its sessions.
func (u *Users) Update(ctx context.Context, email string, change UserChange) (*User, error) {
	email, err := parseEmail(email)
	if err != nil {
		return nil, err
	}
	var user User
	err = u.query(ctx).Transaction(func(tx *gorm.DB) error {
		if err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Take(&user, "email = ?", email).Error; err != nil {
			return err
		}
		if change.Role != nil {
			if err := checkRole(*change.Role); err != nil {
				return err
			}
			user.Role = *change.Role
		}
		if change.Active != nil {
			user.IsActive = *change.Active
		}
		if !user.IsActive {
			user.AuthEpoch++ // invalidates logins in progress
			if err := tx.Delete(&session{}, "user_id = ?", user.ID).Error; err != nil {
				return err
			}
		}
		return tx.Model(&user).Select("role", "is_active", "auth_epoch", "updated_at").Updates(&user).Error
	})
	return &user, err
}

var emailPattern = regexp.MustCompile(`^[a-z0-9.!#$%&'*+/=?^_{|}~` + "`" + `-]{1,64}@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`)

// parseEmail returns the canonical form of an address: bare ASCII in lower case. It rejects other scripts first,
// because some of their letters become ASCII in lower case.
func parseEmail(s string) (string, error) {
	email := strings.ToLower(s)
	local, _, _ := strings.Cut(email, "@")
	if len(s) > 254 || strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII }) || !emailPattern.MatchString(email) ||
		strings.HasPrefix(local, ".") || strings.HasSuffix(local, ".") || strings.Contains(local, "..") {
		return "", errors.New("must be an email address such as name@example.com")
	}
	return email, nil
}
