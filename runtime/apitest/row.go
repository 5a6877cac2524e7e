package apitest

import (
	"fmt"
	"maps"
	"slices"
)

// A Row is one of another table, which the rows of a resource need: to refer to it, or to stand under it.
type Row struct {
	Table      string
	Reads      Access // who may read it, where that is not everybody who may write the resource
	Owned      bool   // has a user_id; a row that its owner alone reads has one in any case
	SoftDelete bool

	Parent string // the column of the row that it stands under, if it does

	// Columns are those that the table has no value for, as it keeps them: a value, a Row to refer to, or a function that
	// returns another value for each n.
	Columns map[string]any
}

// Another stands in Columns for a row that no other row refers to.
type Another Row

// parent is the row that it stands under.
func (r Row) parent() (parent Row, nested bool) {
	switch parent := r.Columns[r.Parent].(type) {
	case Row:
		return parent, true
	case Another:
		return Row(parent), true
	}
	return Row{}, false
}

// related are the rows that it refers to.
func (r Row) related() []Row {
	var all []Row
	for _, column := range slices.Sorted(maps.Keys(r.Columns)) {
		switch other := r.Columns[column].(type) {
		case Row:
			all = append(all, other)
		case Another:
			all = append(all, Row(other))
		}
	}
	return all
}

// private reports whether nobody but the owner can read it.
func (r Row) private() bool {
	parent, nested := r.parent()
	return r.Reads == Owner || nested && parent.private()
}

// role is the one that its readers need; "" if they need none.
func (r Row) role() string {
	if parent, nested := r.parent(); nested && r.Reads.role() == "" {
		return parent.role()
	}
	return r.Reads.role()
}

// Row returns the id of a row that the client may read. It is made at the first call.
func (c *Client) Row(row Row) float64 {
	c.t.Helper()
	key := row.Table
	if row.private() {
		key = fmt.Sprintf("%s of user %v", key, c.UserID)
	}
	id, known := c.app.rows.made[key]
	if !known {
		id = c.NewRow(row)
		c.app.rows.made[key] = id
	}
	return id
}

// NewRow makes another row that the client may read, and returns its id.
func (c *Client) NewRow(row Row) float64 {
	c.t.Helper()
	n := c.next()
	values := map[string]any{}
	for column, value := range row.Columns {
		switch value := value.(type) {
		case Row:
			values[column] = c.Row(value)
		case Another:
			values[column] = c.NewRow(Row(value))
		case func(n int) any:
			values[column] = value(n)
		default:
			values[column] = value
		}
	}
	if row.Owned || row.Reads == Owner {
		values["user_id"] = c.owner()
	}
	id, err := c.insert(row.Table, values)
	must(c.t, err)
	return id
}

// owner is the user whose rows the client makes; that of nobody is made.
func (c *Client) owner() float64 {
	if c.UserID != 0 {
		return c.UserID
	}
	if c.app.rows.owner == nil {
		c.app.rows.owner = c.app.User("owner")
	}
	return c.app.rows.owner.UserID
}
