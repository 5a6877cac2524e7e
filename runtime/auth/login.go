package auth

import (
	"context"
	"errors"
	"net/http"

	"gorm.io/gorm"

	"fastgo/runtime/web"
)

// wrongPassword is the message for every failed login, whatever the reason.
const wrongPassword = "Incorrect email or password"

type registration struct {
	_ struct{} `additionalProperties:"true"`
	Profile
	Email    string `json:"email" example:"john@example.com"`
	Password string `json:"password" example:"correct horse battery"`
}

func (u *Users) register(ctx context.Context, in *body[registration]) (*body[*User], error) {
	if err := u.throttleNetwork(ctx, "register", mostRequests); err != nil {
		return nil, err
	}
	user, err := u.Create(ctx, NewUser{Profile: in.Body.Profile, Email: in.Body.Email, Password: in.Body.Password})
	if errors.Is(err, ErrEmailTaken) {
		return nil, emailTaken()
	}
	return &body[*User]{user}, err
}

func emailTaken() *web.Error {
	return web.NewError(http.StatusBadRequest, "Email already registered").WithCode("EMAIL_ALREADY_REGISTERED")
}

// credentials are the body of a login. OAuth clients call the email address username.
type credentials struct {
	_        struct{} `additionalProperties:"true"`
	Email    string   `json:"email,omitempty" required:"false" example:"john@example.com"`
	Username string   `json:"username,omitempty" required:"false" example:"john@example.com" doc:"Alternative name of email"`
	Password string   `json:"password" example:"correct horse battery"`
}

func (u *Users) login(ctx context.Context, in *body[credentials]) (*body[*LoginAnswer], error) {
	email := in.Body.Email
	if email == "" {
		email = in.Body.Username
	}
	if email == "" {
		return nil, web.Invalid(web.FieldError{Field: "email", Message: "is required"})
	}
	answer, err := u.signIn(ctx, email, in.Body.Password)
	return &body[*LoginAnswer]{answer}, err
}

// signIn checks a password and opens a session. It counts the attempt first, and takes as long for an unknown address
// as for a known one.
func (u *Users) signIn(ctx context.Context, email, password string) (*LoginAnswer, error) {
	parsed, malformed := parseEmail(email)
	if malformed == nil {
		email = parsed
	}
	if err := u.throttleLogin(ctx, email); err != nil {
		return nil, err
	}
	var user User
	var ok, outdated bool
	err := notFoundIs(u.query(ctx).Take(&user, "email = ?", parsed).Error, nil)
	if err == nil {
		ok, outdated, err = verifyPassword(ctx, password, user.PasswordHash)
	}
	if err != nil {
		return nil, errors.Join(busy(err), u.giveBack(ctx, loginLimit(ctx, email), addressLimit(email)))
	}
	if !ok || user.ID == 0 || !user.IsActive {
		return nil, unauthorized(wrongPassword)
	}
	if outdated {
		if err := u.rehash(ctx, &user, password); err != nil {
			return nil, err
		}
	}
	if err := u.clearLogin(ctx, email); err != nil {
		return nil, err
	}
	var answer *LoginAnswer
	err = u.query(ctx).Transaction(func(tx *gorm.DB) (err error) {
		answer, err = u.open(tx, &user)
		return err
	})
	if errors.Is(err, gorm.ErrRecordNotFound) { // deleted concurrently
		return nil, unauthorized(wrongPassword)
	}
	return answer, err
}

// rehash stores the password with the current parameters unless it was changed meanwhile.
func (u *Users) rehash(ctx context.Context, user *User, password string) error {
	hash, err := hashPassword(ctx, password)
	if err != nil {
		return busy(err)
	}
	return u.query(ctx).Model(&User{}).Where("id = ? AND password_hash = ?", user.ID, user.PasswordHash).
		UpdateColumn("password_hash", hash).Error
}

type tokenRefresh struct {
	_            struct{} `additionalProperties:"true"`
	RefreshToken string   `json:"refresh_token" example:"eyJhbGciOi…"`
}

func (u *Users) refresh(ctx context.Context, in *body[tokenRefresh]) (*body[*LoginAnswer], error) {
	answer, err := u.rotate(ctx, in.Body.RefreshToken)
	return &body[*LoginAnswer]{answer}, err
}
