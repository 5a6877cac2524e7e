package generator

import (
	"io/fs"
	"strings"

	"fastgo/generator/field"
	"fastgo/generator/name"
)

// tables are those that migrations make, and that of the users.
func (m made) tables() []string {
	var all []string
	for _, name := range m {
		if table, creates := strings.CutPrefix(migrationID(name)[len(stamp):], "_create_"); creates {
			all = append(all, table)
		}
	}
	return all
}

// An alteredTable is one that a migration changes.
type alteredTable struct {
	schema   *Schema
	name     string
	typeName string    // of its rows, in the snapshot
	file     string    // where the row is declared; "" if nobody knows
	resource *Resource // as it was made; nil if it is none
	altered  *Resource // the same, with the fields that change
	fixed    []string  // the columns that the runtime reads
	columns  []string  // all; nil if nobody knows
}

// loadTable gathers what is known of a table.
func loadTable(app fs.FS, table string, made made) (*alteredTable, error) {
	t := &alteredTable{name: table, typeName: name.Exported(name.WithLast(strings.Split(table, "_"), name.Singular)), fixed: []string{"id"}}
	if table == "users" {
		t.file = "internal/auth/user.go"
		t.fixed = []string{"id", "email", "name", "password_hash", "role", "is_active", "email_verified_at", "auth_epoch", "created_at", "updated_at"}
	}
	schema, err := LoadSchema(app)
	if err != nil {
		return nil, err
	}
	all, err := schema.All()
	if err != nil {
		return nil, err
	}
	t.schema, t.altered = schema, &Resource{}
	for _, r := range all {
		if r.Name.Table == table {
			t.resource, t.typeName, t.file = r, r.Name.Type, r.file(r.Name.Package+".go")
			t.fixed = r.ownColumns()
			*t.altered = *r
		}
	}
	if t.file == "" || table == "users" {
		t.altered.model = true
		t.altered.access, _ = accessNamed("public")
	}
	t.altered.related = nil
	t.columns, err = t.replay(app, made)
	return t, err
}

// ownColumns are those of every row of the resource beside its fields.
func (r *Resource) ownColumns() []string {
	all := []string{"id", "created_at", "updated_at"}
	scope, _ := r.scopeColumns()
	if all = append(all, scope...); r.SoftDelete {
		all = append(all, "deleted_at")
	}
	return all
}

// fields are those that the table was made with.
func (t *alteredTable) fields() []field.Field {
	if t.resource == nil {
		return nil
	}
	return t.resource.fields
}
