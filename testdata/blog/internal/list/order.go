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

	"example.com/blog/internal/database"
)

// maxKeys is the maximum number of sort keys.
const maxKeys = 5

// An order is a list of sort keys. The last one is the ID, so that the order is
// total.
type order []key

type key struct {
	*column
	descending bool
}

// order parses a sort such as -created_at,title. It appends the ID with the
// direction of the last key, and drops keys after the ID.
func (t *table) order(sort string) (order, error) {
	if sort == "" {
		return order{{t.id, false}}, nil
	}
	terms := strings.Split(sort, ",")
	if len(terms) > maxKeys {
		return nil, fmt.Errorf("must have at most %d keys", maxKeys)
	}
	var o order
	for _, term := range terms {
		name, descending := strings.CutPrefix(term, "-")
		i := slices.IndexFunc(t.keys, func(c *column) bool { return c.name == name })
		if i < 0 {
			return nil, fmt.Errorf("must be a list of %s, each optionally with a leading minus", names(t.keys, ", "))
		}
		if o.index(t.keys[i]) >= 0 {
			return nil, fmt.Errorf("repeats the key %s", name)
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

// String returns the canonical form of the order.
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

// hasCursors reports whether a single comparison, which can use an index, finds the
// rows after a given one. The order then has at most one key before the ID, which
// has the same direction and is never null.
func (o order) hasCursors() bool {
	return len(o) == 1 || len(o) == 2 && o[0].descending == o[1].descending && !o[0].nullable
}

// clause returns ORDER BY. Nulls sort as larger than every value, as in
// PostgreSQL; SQLite would sort them as smaller.
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

// beyond returns the condition for rows after the one with this key and ID: a
// single comparison of pairs, which an index on both supports.
func (o order) beyond(dialect database.Dialect, value any, id int64) clause.Expression {
	than := ">"
	if o[0].descending {
		than = "<"
	}
	if len(o) == 1 {
		return clause.Expr{SQL: "? " + than + " ?", Vars: []any{o[0].at, id}}
	}
	pair := "(?, " + dialect.IDOperand() + ")"
	return clause.Expr{SQL: "(?, ?) " + than + " " + pair, Vars: []any{o[0].at, o[1].at, value, id}}
}

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
func (q *Query[T]) after(o order, dialect database.Dialect) ([]clause.Expression, error) {
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
func (o order) after(text string, dialect database.Dialect) (clause.Expression, bool) {
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
