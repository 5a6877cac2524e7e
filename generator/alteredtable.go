package generator

import (
	"io/fs"
	"slices"
	"strings"

	"fastgo/generator/field"
	"fastgo/generator/name"
	"fastgo/generator/schema"
)

// tables returns the tables that migrations create.
func tables(m schema.Migrations) []string {
	var all []string
	for _, name := range m {
		if table, creates := strings.CutPrefix(schema.MigrationID(name)[len(schema.Stamp):], "_create_"); creates {
			all = append(all, table)
		}
	}
	return all
}

// An alteredTable is a table that a migration changes.
type alteredTable struct {
	resources *schema.Schema
	name      string
	typeName  string           // of its model
	file      string           // where the model is declared; "" if unknown
	resource  *schema.Resource // as created; nil if the table has none
	altered   *schema.Resource // with the changed fields only
	fixed     []string         // columns that the application requires
	columns   []string         // all columns; nil if unknown
	unread    string           // the migration that makes them unknown, or ""
}

// loadTable collects what is known about a table.
func loadTable(app *App, table string, made schema.Migrations) (*alteredTable, error) {
	t := &alteredTable{name: table, typeName: name.Exported(name.WithLast(strings.Split(table, "_"), name.Singular)), fixed: []string{"id"}}
	if table == "users" {
		t.file = "internal/auth/user.go"
		t.fixed = []string{"id", "email", "name", "password_hash", "role", "is_active", "email_verified_at", "auth_epoch", "created_at", "updated_at"}
	}
	resources, err := app.schema()
	if err != nil {
		return nil, err
	}
	t.resources, t.altered = resources, &schema.Resource{}
	all, err := resources.All()
	if err != nil {
		return nil, err
	}
	for _, r := range all {
		if r.Name.Table == table {
			if r, err = resources.Find(r.Name.Type); err != nil {
				return nil, err
			}
			t.resource, t.typeName, t.file = r, r.Name.Type, r.File(r.Name.Package+".go")
			t.fixed = ownColumns(r)
			*t.altered = *r
		}
	}
	if t.file == "" || table == "users" {
		t.altered.Model = true
		t.altered.Access, _ = schema.AccessNamed("public")
	}
	t.altered.Related = nil
	t.columns, err = t.replay(app.FS, made)
	return t, err
}

// ownColumns returns the columns of a resource other than its fields.
func ownColumns(r *schema.Resource) []string {
	all := []string{"id", "created_at", "updated_at"}
	scope, _ := r.ScopeColumns()
	if all = append(all, scope...); r.SoftDelete {
		all = append(all, "deleted_at")
	}
	return all
}

// fields returns the fields that the table was created with.
func (t *alteredTable) fields() []field.Field {
	if t.resource == nil {
		return nil
	}
	return t.resource.Fields
}

// replay returns the current columns of the table, or nil if they are unknown
// because a handwritten migration changes it.
func (t *alteredTable) replay(app fs.FS, made schema.Migrations) ([]string, error) {
	if t.file == "" {
		return nil, nil
	}
	columns := slices.Clone(t.fixed)
	for _, f := range t.fields() {
		columns = append(columns, f.Name)
	}
	calls, unread, err := made.Changes(app, t.name)
	if t.unread = unread; err != nil || unread != "" {
		return nil, err
	}
	for _, call := range calls {
		columns = call.Apply(columns)
	}
	return columns, nil
}
