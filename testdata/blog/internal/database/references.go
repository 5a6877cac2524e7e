package database

import (
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"
)

// A reference is a foreign key from the rows of one table to those of another. The tables are quoted where they need it.
type reference struct {
	child, parent               string
	childColumns, parentColumns []string
	cascades                    bool // the rows of the child are deleted with those of the parent
	blocks                      bool // the rows of the parent cannot be deleted
	direct                      bool // the parent is the table that was asked about
}

// scanReferences reads the rows of a query of the catalogue, one for each column of a foreign key.
func scanReferences(tx *gorm.DB, query string, args ...any) ([]reference, error) {
	var rows []struct {
		ID, Child, Parent, ChildColumn, ParentColumn string
		Cascades, Blocks, Direct                     bool
	}
	if err := tx.Raw(query, args...).Scan(&rows).Error; err != nil {
		return nil, err
	}
	var all []reference
	for i, row := range rows {
		if i == 0 || row.ID != rows[i-1].ID {
			all = append(all, reference{child: row.Child, parent: row.Parent, cascades: row.Cascades, blocks: row.Blocks, direct: row.Direct})
		}
		r := &all[len(all)-1]
		r.childColumns, r.parentColumns = append(r.childColumns, row.ChildColumn), append(r.parentColumns, row.ParentColumn)
	}
	return all, nil
}

// A deletion is what deleting a row would do to the rows that refer to it.
type deletion struct {
	dialect Dialect
	key     []string    // the columns of the primary key of the row
	tables  []string    // whose rows would go: that of the row first, then those that cascades reach
	all     []reference // to these tables
}

// planDeletion follows the cascades from the table of a row.
func planDeletion(d Dialect, key []string, references []reference) deletion {
	plan := deletion{dialect: d, key: key}
	if i := slices.IndexFunc(references, func(r reference) bool { return r.direct }); i >= 0 {
		plan.tables = []string{references[i].parent}
	}
	for i := 0; i < len(plan.tables); i++ {
		for _, r := range references {
			if r.parent != plan.tables[i] {
				continue
			}
			plan.all = append(plan.all, r)
			if r.cascades && !slices.Contains(plan.tables, r.child) {
				plan.tables = append(plan.tables, r.child)
			}
		}
	}
	return plan
}

// blocking returns the foreign keys that could keep the row.
func (p deletion) blocking() (all []reference) {
	for _, r := range p.all {
		if r.blocks {
			all = append(all, r)
		}
	}
	return all
}

// isCircular reports whether a cascade leads back to a table that it came from, other than from the table to itself.
func (p deletion) isCircular() bool {
	left := slices.Clone(p.tables)
	for len(left) > 0 {
		i := slices.IndexFunc(left, func(table string) bool {
			return !slices.ContainsFunc(p.all, func(r reference) bool {
				return r.cascades && r.child == table && r.parent != table && slices.Contains(left, r.parent)
			})
		})
		if i < 0 {
			return true
		}
		left = slices.Delete(left, i, i+1)
	}
	return false
}

// blockedSQL asks whether a row that would stay refers, by one foreign key, to a row that would go. Its placeholders are a query
// of the row itself, and its primary key where the key is asked for.
func (p deletion) blockedSQL(r reference) (sql string, asksKey bool) {
	query := fmt.Sprintf("SELECT 1 FROM %s c JOIN %s p ON %s", r.child, p.gone(r.parent), p.match(r))
	parents := []string{r.parent}
	if asksKey = r.child == p.tables[0]; asksKey {
		query += " AND NOT (" + p.matchKey() + ")"
	}
	for _, other := range p.all {
		if other.cascades && other.child == r.child {
			parents = append(parents, other.parent)
			query += fmt.Sprintf(" AND NOT EXISTS (SELECT 1 FROM %s p WHERE %s)", p.gone(other.parent), p.match(other))
		}
	}
	var with []string
	for _, table := range p.above(parents) {
		columns := p.columnsOf(table)
		with = append(with, fmt.Sprintf("%s AS (%s)", p.gone(table), strings.Join(p.rowsOf(table, columns), " UNION ")))
	}
	return fmt.Sprintf("WITH RECURSIVE %s SELECT EXISTS (%s)", strings.Join(with, ", "), query), asksKey
}

// above returns those of the tables from which cascades lead to the given ones, and these. That of the row comes first, as its
// query does.
func (p deletion) above(given []string) (all []string) {
	wanted := map[string]bool{}
	for len(given) > 0 {
		table := given[0]
		if given = given[1:]; wanted[table] {
			continue
		}
		wanted[table] = true
		for _, r := range p.all {
			if r.cascades && r.child == table {
				given = append(given, r.parent)
			}
		}
	}
	for _, table := range p.tables {
		if wanted[table] {
			all = append(all, table)
		}
	}
	return all
}

// gone names the rows of a table that would go.
func (p deletion) gone(table string) string {
	return fmt.Sprintf("gone_%d", slices.Index(p.tables, table))
}

// columnsOf are those of a table that others refer to.
func (p deletion) columnsOf(table string) (all []string) {
	for _, r := range p.all {
		if r.parent == table {
			all = append(all, r.parentColumns...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// rowsOf selects the rows of a table that would go, in parts: the row itself, those that go with a row of another table, and
// those that go with one of the same table.
func (p deletion) rowsOf(table string, columns []string) (parts []string) {
	var list []string
	for _, column := range columns {
		list = append(list, "c."+p.dialect.quote(column))
	}
	query := fmt.Sprintf("SELECT %s FROM ", strings.Join(list, ", "))
	from := query + table + " c"
	if table == p.tables[0] {
		parts = append(parts, query+"(?) c")
	}
	var itself []string
	for _, r := range p.all {
		switch {
		case !r.cascades || r.child != table:
		case r.parent == table:
			itself = append(itself, p.match(r))
		default:
			parts = append(parts, fmt.Sprintf("%s JOIN %s p ON %s", from, p.gone(r.parent), p.match(r)))
		}
	}
	if itself != nil {
		parts = append(parts, fmt.Sprintf("%s JOIN %s p ON %s", from, p.gone(table), strings.Join(itself, " OR ")))
	}
	return parts
}

// matchKey is the condition that a row c is the one to delete.
func (p deletion) matchKey() string {
	var all []string
	for _, column := range p.key {
		all = append(all, "c."+p.dialect.quote(column)+" = ?")
	}
	return strings.Join(all, " AND ")
}

// match is the condition that a row c refers to a row p.
func (p deletion) match(r reference) string {
	var all []string
	for i, column := range r.childColumns {
		all = append(all, "c."+p.dialect.quote(column)+" = p."+p.dialect.quote(r.parentColumns[i]))
	}
	return strings.Join(all, " AND ")
}
