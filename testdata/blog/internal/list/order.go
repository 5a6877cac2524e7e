package list

import (
	"fmt"
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
