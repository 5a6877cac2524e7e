package auth

import (
	"context"
	"net/http"

	"gorm.io/gorm"

	"fastgo/runtime/outbox"
	"fastgo/runtime/web"
)

func (u *Users) recoveryRoutes() {
	api, small, ok := u.server.API, web.MaxBody(maxBody), web.Status(http.StatusOK)
	badLink := web.Fails(invalidToken())
	web.Post(api, "/auth/forgot-password", u.forgotPassword, small, ok, limited,
		web.Describe("forgotPassword", "Request an email to reset the password"),
		web.Explain("The response does not reveal whether the address has an account."))
	web.Post(api, "/auth/forgot-password/validate", u.validateReset, small, ok, limited, badLink,
		web.Describe("validateResetToken", "Check a password reset token"),
		web.Explain("The token remains valid."))
	web.Post(api, "/auth/reset-password", u.resetPassword, small, ok, limited, badLink,
		web.Example(passwordReset{Token: "cYeGBFZM3nqk0b5T", Password: "correct horse battery"}), // #nosec G101 -- an example in the API document
		web.Describe("resetPassword", "Reset the password with an emailed token"),
		web.Explain("All sessions and other mailed links become invalid. The response has no tokens: log in with the new password."))
	web.Post(api, "/auth/verify-email", u.verifyEmail, small, ok, limited, badLink,
		web.Describe("verifyEmail", "Verify an email address with an emailed token"))
	web.Post(api, "/auth/verify-email/resend", u.resendVerification, small, ok, limited,
		web.Describe("resendVerification", "Request another verification email"),
		web.Explain("The response does not reveal whether the address has an account."))

	web.Post(api, "/auth/password/forgot", u.forgotPassword, small, ok, web.Hidden)
	web.Post(api, "/auth/password/validate", u.validateReset, small, ok, web.Hidden)
	web.Post(api, "/auth/password/reset", u.resetPassword, small, ok, web.Hidden)
}

type mailRequest struct {
	_     struct{} `additionalProperties:"true"`
	Email string   `json:"email" example:"john@example.com"`
}

// Message is a response in words.
type Message struct {
	Message string `json:"message" example:"Password set, you can now log in"`
}

func (u *Users) forgotPassword(ctx context.Context, in *body[mailRequest]) (*body[Message], error) {
	if err := u.requestMail(ctx, "forgot", mailReset, in.Body.Email); err != nil {
		return nil, err
	}
	return &body[Message]{Message{"If this address has an account, you will receive an email with a link"}}, nil
}

func (u *Users) resendVerification(ctx context.Context, in *body[mailRequest]) (*body[Message], error) {
	if err := u.requestMail(ctx, "resend", mailVerify, in.Body.Email); err != nil {
		return nil, err
	}
	return &body[Message]{Message{"If this address still has to be verified, you will receive an email with a link"}}, nil
}

// requestMail does the same for every address: the account is looked up when the mail is sent.
func (u *Users) requestMail(ctx context.Context, action, template, address string) error {
	if err := u.throttleNetwork(ctx, action, mostRequests); err != nil {
		return err
	}
	email, err := parseEmail(address)
	if err != nil {
		return web.Invalid(web.FieldError{Field: "email", Message: err.Error()})
	}
	return outbox.Enqueue(u.query(ctx), template, email, nil)
}

type mailedToken struct {
	_     struct{} `additionalProperties:"true"`
	Token string   `json:"token" example:"cYeGBFZM3nqk0b5T" doc:"The token in the email"`
}

// Validity is the response to a valid token.
type Validity struct {
	Valid bool `json:"valid" example:"true"`
}

func (u *Users) validateReset(ctx context.Context, in *body[mailedToken]) (*body[Validity], error) {
	if err := u.throttleNetwork(ctx, "token", mostGuesses); err != nil {
		return nil, err
	}
	if _, err := u.holder(u.query(ctx), mailReset, in.Body.Token); err != nil {
		return nil, err
	}
	return &body[Validity]{Validity{true}}, nil
}

type passwordReset struct {
	_           struct{} `additionalProperties:"true"`
	Token       string   `json:"token" example:"cYeGBFZM3nqk0b5T" doc:"The token in the email"`
	Password    string   `json:"password,omitempty" required:"false" example:"correct horse battery"`
	NewPassword string   `json:"new_password,omitempty" required:"false" example:"correct horse battery" doc:"Alternative name of password"`
}

// chosen returns the new password and the name of its member.
func (r passwordReset) chosen() (field, password string) {
	if r.Password == "" && r.NewPassword != "" {
		return "new_password", r.NewPassword
	}
	return "password", r.Password
}

// resetPassword also verifies the address, which the token was sent to.
func (u *Users) resetPassword(ctx context.Context, in *body[passwordReset]) (*body[Message], error) {
	if err := u.throttleNetwork(ctx, "token", mostGuesses); err != nil {
		return nil, err
	}
	user, err := u.holder(u.query(ctx), mailReset, in.Body.Token)
	if err != nil {
		return nil, err
	}
	field, password := in.Body.chosen()
	hash, err := u.newPassword(ctx, field, password, user.Email)
	if err != nil {
		return nil, err
	}
	err = u.query(ctx).Transaction(func(tx *gorm.DB) error {
		user, err := u.spend(tx, mailReset, in.Body.Token)
		if err != nil {
			return err
		}
		if err := u.setPassword(tx, user, hash); err != nil {
			return err
		}
		if err := u.markVerified(tx, user); err != nil {
			return err
		}
		if err := u.clearAddress(tx, user.Email); err != nil {
			return err
		}
		return outbox.Enqueue(tx, mailNotice, user.Email, nil)
	})
	if err != nil {
		return nil, err
	}
	return &body[Message]{Message{"Password set, you can now log in"}}, nil
}

func (u *Users) verifyEmail(ctx context.Context, in *body[mailedToken]) (*body[*User], error) {
	if err := u.throttleNetwork(ctx, "token", mostGuesses); err != nil {
		return nil, err
	}
	var user *User
	err := u.query(ctx).Transaction(func(tx *gorm.DB) (err error) {
		if user, err = u.spend(tx, mailVerify, in.Body.Token); err != nil {
			return err
		}
		return u.markVerified(tx, user)
	})
	return &body[*User]{user}, err
}

func (u *Users) markVerified(tx *gorm.DB, user *User) error {
	if user.EmailVerifiedAt != nil {
		return nil
	}
	now := u.now()
	user.EmailVerifiedAt = &now
	return tx.Model(user).Select("email_verified_at", "updated_at").Updates(user).Error
}
