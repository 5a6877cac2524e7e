package list

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"reflect"
	"strings"

	"gorm.io/gorm/clause"
)

// maxCursor is the maximum length of a cursor, because URLs are limited. A string of 500 code points always fits, even if
// JSON escapes all of them.
const maxCursor = 4400

// A cursor is the position of a row in a sort order.
type cursor struct {
	Sort string `json:"sort"`
	Key  string `json:"key,omitempty"`
	ID   int64  `json:"id"`
}

func (c cursor) encode() string {
	encoded, _ := json.Marshal(c) // cannot fail for strings and a number
	return base64.RawURLEncoding.EncodeToString(encoded)
}

// after returns the condition for rows after the cursor, or none without a cursor.
func (q *Query[T]) after(o order, dialect string) ([]clause.Expression, error) {
	switch {
	case q.Cursor == "":
		return nil, nil
	case q.skips || q.Offset > 0:
		return nil, errors.New("cannot be used together with offset")
	case !o.hasCursors():
		return nil, errors.New("cannot be used with this sort; use offset")
	}
	condition, ok := o.after(q.Cursor, dialect)
	if !ok {
		return nil, errors.New("is not a cursor of this list and sort order")
	}
	return []clause.Expression{condition}, nil
}

// after decodes a cursor. It accepts only what encode returns.
func (o order) after(text, dialect string) (clause.Expression, bool) {
	decoded, err := base64.RawURLEncoding.DecodeString(text)
	var c cursor
	if err != nil || len(text) > maxCursor || json.Unmarshal(decoded, &c) != nil || c.ID < 1 || strings.Contains(c.Key, "\x00") {
		return nil, false
	}
	var value any
	canonical := cursor{Sort: o.String(), ID: c.ID}
	if len(o) == 2 {
		if value, err = o[0].parse(c.Key); err != nil {
			return nil, false
		}
		canonical.Key = o[0].format(reflect.ValueOf(value))
	}
	return o.beyond(dialect, value, c.ID), canonical.encode() == text
}

// cursor returns the position of a row, a pointer to a struct.
func (o order) cursor(ctx context.Context, row any) (string, error) {
	at := reflect.ValueOf(row).Elem()
	id, _ := o[len(o)-1].value(ctx, at)
	c := cursor{Sort: o.String(), ID: id.(int64)}
	if len(o) == 2 {
		value, _ := o[0].value(ctx, at)
		c.Key = o[0].format(reflect.ValueOf(value))
	}
	text := c.encode()
	if len(text) > maxCursor {
		return "", errors.New("has values too long for a cursor; use another sort")
	}
	return text, nil
}
