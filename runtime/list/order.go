package list

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"gorm.io/gorm/clause"
)

// maxKeys is how many keys a sort may have.
const maxKeys = 5

// An order is the keys that rows are sorted by. The last is the id, so that no
// two rows are equal.
type order []key

type key struct {
	*column
	descending bool
}

// order reads a sort such as -created_at,title. The id follows the direction of
// the key before it, and what stands behind the id changes nothing.
func (t *table) order(sort string) (order, error) {
	if sort == "" {
		return order{{t.id, false}}, nil
	}
	wanted := strings.Split(sort, ",")
	if len(wanted) > maxKeys {
		return nil, fmt.Errorf("must have at most %d keys", maxKeys)
	}
	var o order
	for _, name := range wanted {
		bare, descending := strings.CutPrefix(name, "-")
		i := slices.IndexFunc(t.keys, func(c *column) bool { return c.name == bare })
		if i < 0 {
			return nil, fmt.Errorf("must be made of %s, each with or without a minus before it", names(t.keys, ", "))
		}
		if o.index(t.keys[i]) >= 0 {
			return nil, fmt.Errorf("has the key %s twice", bare)
		}
		o = append(o, key{t.keys[i], descending})
	}
	if i := o.index(t.id); i >= 0 {
		return o[:i+1], nil
	}
	return append(o, key{t.id, o[len(o)-1].descending}), nil
}

func (o order) index(c *column) int {
	return slices.IndexFunc(o, func(k key) bool { return k.column == c })
}

// String returns the order in the one way that all requests for it share.
func (o order) String() string {
	var keys []string
	for _, k := range o {
		if k.descending {
			keys = append(keys, "-"+k.name)
		} else {
			keys = append(keys, k.name)
		}
	}
	return strings.Join(keys, ",")
}

// hasCursors reports whether one comparison finds the rows behind a given one, so
// that an index leads to them: there is no more than one key before the id, it
// has the direction of the id, and it is never null.
func (o order) hasCursors() bool {
	return len(o) == 1 || len(o) == 2 && o[0].descending == o[1].descending && !o[0].nullable
}

// clause returns ORDER BY. Null is larger than every value, as in PostgreSQL;
// in SQLite it would be smaller.
func (o order) clause() clause.OrderBy {
	var sql []string
	var vars []any
	for _, k := range o {
		term := "?"
		if k.descending {
			term += " DESC"
		}
		if k.nullable && k.descending {
			term += " NULLS FIRST"
		} else if k.nullable {
			term += " NULLS LAST"
		}
		sql, vars = append(sql, term), append(vars, k.at)
	}
	return clause.OrderBy{Expression: clause.Expr{SQL: strings.Join(sql, ", "), Vars: vars}}
}

// beyond returns the condition that a row stands behind the one with this key
// and id: a single comparison of pairs, which an index on both carries.
func (o order) beyond(dialect string, value any, id int64) clause.Expression {
	than := ">"
	if o[0].descending {
		than = "<"
	}
	if len(o) == 1 {
		return clause.Expr{SQL: "? " + than + " ?", Vars: []any{o[0].at, id}}
	}
	pair := "(?, ?)"
	if dialect == "sqlite" {
		// Otherwise it looks up the key only, and goes through all rows that are
		// equal in it: an id that is the rowid has no collation to compare with
		// that of the index.
		pair = "(?, ? COLLATE BINARY)"
	}
	return clause.Expr{SQL: "(?, ?) " + than + " " + pair, Vars: []any{o[0].at, o[1].at, value, id}}
}

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
