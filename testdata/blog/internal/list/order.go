package list

import (
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm/clause"
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
		// Without it SQLite looks up only the key and scans all rows with that
		// key, because the rowid has no collation that matches the index.
		pair = "(?, ? COLLATE BINARY)"
	}
	return clause.Expr{SQL: "(?, ?) " + than + " " + pair, Vars: []any{o[0].at, o[1].at, value, id}}
}
