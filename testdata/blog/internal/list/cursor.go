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

// maxCursor is how long a cursor may be, since an address has its limits. A text of 500 code points always fits, even if its
// JSON escapes each of them.
const maxCursor = 4400

// A cursor is the place of a row in an order.
type cursor struct {
	Sort string `json:"sort"`
	Key  string `json:"key,omitempty"`
	ID   int64  `json:"id"`
}

func (c cursor) encode() string {
	plain, _ := json.Marshal(c) // texts and a number always have a JSON
	return base64.RawURLEncoding.EncodeToString(plain)
}

// after returns the condition that the rows behind the cursor meet; none
// without a cursor.
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
		return nil, errors.New("is not a cursor of this list in this order")
	}
	return []clause.Expression{condition}, nil
}

// after reads a cursor. It takes no other text than the one that encode gives.
func (o order) after(text, dialect string) (clause.Expression, bool) {
	plain, err := base64.RawURLEncoding.DecodeString(text)
	var c cursor
	if err != nil || len(text) > maxCursor || json.Unmarshal(plain, &c) != nil || c.ID < 1 || strings.Contains(c.Key, "\x00") {
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

// cursor returns the place of a row, which points to a struct.
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
		return "", errors.New("leads to values that are too long for a cursor; use offset and another sort")
	}
	return text, nil
}
