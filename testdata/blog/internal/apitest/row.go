package apitest

import (
	"fmt"
	"maps"
	"slices"
)

// A Row describes a row of another table that the rows of a resource need, as a reference or as a parent.
type Row struct {
	Table      string
	Reads      Access // Owner or a Role, if reading is restricted
	Owned      bool   // has a user_id; implied by Reads: Owner
	SoftDelete bool
	Parent     string // the column that refers to its parent, if it has one

	// Columns holds the columns without a default: a value as stored, a Row to refer to, or a func(n int) any that returns
	// a unique value for each n.
	Columns map[string]any
}

// Another in Columns is a Row that no other row refers to, for a unique reference.
type Another Row

// parent is the row above it, if there is one.
func (r Row) parent() (parent Row, nested bool) {
	switch parent := r.Columns[r.Parent].(type) {
	case Row:
		return parent, true
	case Another:
		return Row(parent), true
	}
	return Row{}, false
}

// related returns the referenced rows.
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

// private reports whether only its owner can read it.
func (r Row) private() bool {
	parent, nested := r.parent()
	return r.Reads == Owner || nested && parent.private()
}

// role is the one that readers need; "" if none.
func (r Row) role() string {
	if parent, nested := r.parent(); nested && r.Reads.role() == "" {
		return parent.role()
	}
	return r.Reads.role()
}

// Row returns the id of a row that the client may read. The first call creates it.
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

// NewRow creates another row that the client may read and returns its id.
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

// owner is the id of the user who owns what the client creates; for an anonymous client that is an account of its own.
func (c *Client) owner() float64 {
	if c.UserID != 0 {
		return c.UserID
	}
	if c.app.rows.owner == nil {
		c.app.rows.owner = c.app.User("owner")
	}
	return c.app.rows.owner.UserID
}
