package apitest

import (
	"fmt"
	"maps"
	"slices"
)

// tableChecks test the table itself, since the API is not its only user: commands and database clients write rows as well.
func tableChecks() []check {
	return []check{
		{"the table sets defaults", always, (*run).storesDefaults},
		{"the table rejects invalid values", always, (*run).storesNothingInvalid},
		{"the table has its indexes", func(s Suite) bool { return s.Indexes != nil }, (*run).hasIndexes},
		{"foreign keys restrict or cascade", func(s Suite) bool { return s.keys() != nil }, (*run).keepsWhatIsReferredTo},
	}
}

// stored returns a row as the table keeps it, with the given columns.
func (r *run) stored(columns map[string]any) map[string]any {
	r.t.Helper()
	row := map[string]any{}
	if r.nested() {
		row[r.parentKey()] = r.ann.Row(r.Parent)
	}
	if r.owned() {
		row["user_id"] = r.ann.UserID
	}
	for _, f := range r.Fields {
		if !f.absent() {
			row[f.Name] = f.stored(r.value(r.ann, f))
		}
	}
	maps.Copy(row, columns)
	return row
}

// insert adds a row without the API and returns its id.
func (r *run) insert(columns map[string]any) float64 {
	r.t.Helper()
	id, err := r.ann.insert(r.Table, r.stored(columns))
	if err != nil {
		r.t.Fatalf("table %s rejects a valid row: %v", r.Table, err)
	}
	return id
}

func (r *run) storesDefaults() {
	read := r.ann.Get(fmt.Sprintf("%s/%v", r.List(r.ann), r.insert(nil))).Want(200)
	want := map[string]any{}
	for _, f := range r.where(func(f Field) bool { return f.absent() && !f.Hidden }) {
		want[f.Name] = f.Default
	}
	r.wantMembers(read, want)
}

func (r *run) storesNothingInvalid() {
	reject := func(column string, values ...any) {
		for _, value := range values {
			if _, err := r.ann.insert(r.Table, r.stored(map[string]any{column: value})); err == nil {
				r.t.Errorf("table %s accepts %s = %v", r.Table, column, value)
			}
		}
	}
	for _, key := range r.keys() {
		reject(key.column, 999999)
		if key.required {
			reject(key.column, nil)
		}
	}
	for _, f := range r.Fields {
		if !f.Optional {
			reject(f.Name, nil)
		}
		if f.settable() {
			for _, value := range f.forbidden() {
				reject(f.Name, f.stored(value))
			}
		}
	}
	reject("created_at", nil)
	reject("updated_at", nil)
}

func (r *run) hasIndexes() {
	made := r.app.indexes(r.Table)
	for _, columns := range r.Indexes {
		if !slices.Contains(made, columns) {
			r.t.Errorf("table %s has no index on %s, only on %q", r.Table, columns, made)
		}
	}
}

// A key is a foreign key.
type key struct {
	column, table string
	required      bool
	cascade       bool               // deleted with the referenced row
	other         func(*run) float64 // creates a row that no other row references
}

func (s Suite) keys() []key {
	var all []key
	if s.nested() {
		all = append(all, key{s.parentKey(), s.Parent.Table, true, true, func(r *run) float64 { return r.ann.NewRow(r.Parent) }})
	}
	if s.owned() {
		all = append(all, key{"user_id", "users", true, true, func(r *run) float64 { return r.user("bob").UserID }})
	}
	for _, f := range s.where(Field.isReference) {
		other := func(r *run) float64 { return r.ann.NewRow(f.Refers) }
		if s.isSelf(f) {
			other = func(r *run) float64 { return r.insert(nil) }
		}
		all = append(all, key{f.Name, f.Refers.Table, !f.Optional, f.Cascade, other})
	}
	return all
}

func (r *run) keepsWhatIsReferredTo() {
	for _, key := range r.keys() {
		other := key.other(r)
		id := r.insert(map[string]any{key.column: other})
		err := r.app.remove(key.table, other)
		if (err == nil) != key.cascade || r.app.has(r.Table, id) == key.cascade {
			r.t.Errorf("%s %v was deleted although %s of %s references it: %v", key.table, other, key.column, r.Table, err)
		}
	}
}
