// Package post stores posts and serves them over HTTP.
package post

import "time"

// Post is a row of the posts table.
type Post struct {
	ID     int64 `json:"id"`
	UserID int64 `json:"user_id"` // the owner
	Fields
	CreatedAt time.Time `json:"created_at" list:"sort"`
	UpdatedAt time.Time `json:"updated_at"`
}

// TableName returns the name of the table.
func (Post) TableName() string { return "posts" }

// Fields are the fields that a client may set.
type Fields struct {
	Title     string `json:"title" minLength:"1" maxLength:"200"`
	Body      string `json:"body" minLength:"1"`
	Published bool   `json:"published" required:"false" list:"equal"`
}
