package generator

import (
	"fmt"
	"io/fs"
	"strings"

	"fastgo/generator/name"
	"fastgo/generator/project"
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
	name     string
	typeName string   // of its rows, in the snapshot
	file     string   // where the row is declared; "" if nobody knows
	resource Resource // as it was made; empty if it is none
	altered  Resource // the same, with the fields that change
	fixed    []string // the columns that the runtime reads
	columns  []string // all; nil if nobody knows
}

// loadTable gathers what is known of a table.
func loadTable(app fs.FS, table string, made made) (*alteredTable, error) {
	t := &alteredTable{name: table, typeName: name.Exported(name.WithLast(strings.Split(table, "_"), name.Singular)), fixed: []string{"id"}}
	if table == "users" {
		t.file = "internal/auth/user.go"
		t.fixed = []string{"id", "email", "name", "password_hash", "role", "is_active", "email_verified_at", "auth_epoch", "created_at", "updated_at"}
	}
	specs, err := project.LoadResources(app)
	if err != nil {
		return nil, err
	}
	for _, spec := range specs {
		r, err := FromSpec(spec)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", project.ResourceFile(spec.Name), err)
		}
		if r.Name.Table == table {
			t.resource, t.typeName, t.file = r, r.Name.Type, r.file(r.Name.Package+".go")
			if err := t.resource.resolve(app); err != nil {
				return nil, err
			}
			t.fixed = t.resource.ownColumns()
		}
	}
	if t.altered = t.resource; t.file == "" || table == "users" {
		t.altered.model = true
		t.altered.access, _ = accessNamed("public")
	}
	t.altered.refers, t.altered.sets = nil, nil
	t.columns, err = t.replay(app, made)
	return t, err
}

// ownColumns are those of every row of the resource beside its fields.
func (r Resource) ownColumns() []string {
	all := []string{"id", "created_at", "updated_at"}
	scope, _ := r.narrowing()
	if all = append(all, scope...); r.SoftDelete {
		all = append(all, "deleted_at")
	}
	return all
}
