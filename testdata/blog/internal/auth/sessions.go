package auth

import (
	"context"
	"net/http"
	"time"

	"example.com/blog/internal/web"
)

// Session is a login as shown to its user.
type Session struct {
	ID        string    `json:"id" example:"4PSVFJ7YKN2QHRWUXZ3MTDCBEA"`
	CreatedAt time.Time `json:"created_at"`
	LastUsed  time.Time `json:"last_used_at"`
	ExpiresAt time.Time `json:"expires_at"`
	UserAgent string    `json:"user_agent" example:"Mozilla/5.0"`
	IP        string    `json:"ip" example:"192.0.2.1"`
	Current   bool      `json:"current" doc:"Whether it is the session of this request"`
}

// Sessions are the logins of a user.
type Sessions struct {
	Items []Session `json:"items"`
}

func (u *Users) sessions(ctx context.Context, user *User, _ *struct{}) (*body[Sessions], error) {
	var rows []session
	err := u.query(ctx).Where("user_id = ? AND epoch = ? AND expires_at > ?", user.ID, user.AuthEpoch, u.now().UnixMilli()).
		Order("rotated_at DESC, id").Find(&rows).Error
	if err != nil {
		return nil, err
	}
	out := &body[Sessions]{}
	out.Body.Items = make([]Session, 0, len(rows))
	for _, s := range rows {
		out.Body.Items = append(out.Body.Items, Session{
			ID: s.ID, UserAgent: s.UserAgent, IP: s.IP, Current: s.ID == user.session,
			CreatedAt: time.UnixMilli(s.CreatedAt).UTC(),
			LastUsed:  time.UnixMilli(s.RotatedAt).UTC(),
			ExpiresAt: time.UnixMilli(s.ExpiresAt).UTC(),
		})
	}
	return out, nil
}

type sessionInput struct {
	ID string `path:"id" maxLength:"64" example:"4PSVFJ7YKN2QHRWUXZ3MTDCBEA"`
}

func (u *Users) endSession(ctx context.Context, user *User, in *sessionInput) (*struct{}, error) {
	ended := u.query(ctx).Delete(&session{}, "id = ? AND user_id = ?", in.ID, user.ID)
	if ended.Error == nil && ended.RowsAffected == 0 {
		return nil, web.NewError(http.StatusNotFound, "Not found")
	}
	return nil, ended.Error
}

type sessionEnd struct {
	_            struct{} `additionalProperties:"true"`
	RefreshToken string   `json:"refresh_token,omitempty" required:"false" example:"eyJhbGciOi…" doc:"If the access token has expired"`
}

type logoutInput struct {
	Authorization string `header:"Authorization" hidden:"true"`
	Body          *sessionEnd
}

// logout ends the session of the access token or, if that is missing or expired, of the refresh token.
func (u *Users) logout(ctx context.Context, in *logoutInput) (*struct{}, error) {
	access, refresh := bearer(in.Authorization), ""
	if in.Body != nil {
		refresh = in.Body.RefreshToken
	}
	if access == "" && refresh == "" {
		return nil, unauthorized("Could not validate credentials")
	}
	c, err := u.tokens.parseAccess(access)
	if err != nil {
		c, err = u.tokens.parseRefresh(refresh)
	}
	if err != nil {
		return nil, badToken()
	}
	ended := u.query(ctx).Delete(&session{}, "id = ? AND user_id = ?", c.SessionID, c.UserID)
	if ended.Error == nil && ended.RowsAffected == 0 {
		return nil, badToken()
	}
	return nil, ended.Error
}

// logoutAll accepts no body, an empty one, null, or an object, whose members it ignores.
func (u *Users) logoutAll(ctx context.Context, user *User, _ *body[*map[string]any]) (*struct{}, error) {
	return nil, u.query(ctx).Delete(&session{}, "user_id = ?", user.ID).Error
}
