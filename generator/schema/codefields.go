package schema

import (
	"fmt"
	"slices"
	"strings"

	"fastgo/generator/field"
	"fastgo/generator/inspect"
	"fastgo/generator/name"
)

// migrated returns the column changes of a table since its creation, or nothing if a
// migration cannot be parsed.
func (s *Schema) migrated(table string) ([]columnCall, error) {
	made, err := s.Migrations()
	if err != nil {
		return nil, err
	}
	calls, unread, err := made.Changes(s.app, table)
	if unread != "" {
		return nil, err
	}
	return calls, err
}

// renameAndDrop applies the renames and removals of migrations to the fields.
func (r *Resource) renameAndDrop(calls []columnCall) {
	for _, call := range calls {
		i := slices.IndexFunc(r.Fields, func(f field.Field) bool { return f.Name == call.column })
		switch {
		case i < 0:
		case call.function == "DropColumn":
			r.Fields = slices.Delete(r.Fields, i, i+1)
		case call.function == "RenameColumn":
			r.Fields[i].Name = call.to
		}
	}
}

// notFollowed returns the renames and removals that a struct has not followed yet: it
// has the old column, which no later migration has added again.
func notFollowed(calls []columnCall, fields []field.Field) (all []columnCall) {
	for i, call := range calls {
		addedAgain := slices.ContainsFunc(calls[i:], func(c columnCall) bool { return c.function == "AddColumn" && c.column == call.column })
		followed := slices.ContainsFunc(fields, func(f field.Field) bool { return call.to != "" && f.Name == call.to })
		if call.function != "AddColumn" && !addedAgain && !followed {
			all = append(all, call)
		}
	}
	return all
}

// applyMembers sets the fields from the struct. What a struct does not say of a
// column that was added later is read from its migration.
func (s *Schema) applyMembers(r *Resource, row *inspect.Row, calls []columnCall) (changes []string, err error) {
	before := r.Fields
	r.Fields = nil
	take := func(m inspect.Member, settable bool) {
		if !settable && r.Parent != nil && m.Name == r.Parent.GoKey() {
			return
		}
		f, change := fieldOf(before, m, settable, row)
		if change != "" {
			changes = append(changes, change)
		}
		i := len(calls) - 1
		for i >= 0 && (calls[i].function != "AddColumn" || calls[i].column != f.Name) {
			i--
		}
		known := slices.ContainsFunc(before, func(b field.Field) bool { return b.Name == f.Name })
		if i >= 0 && !known && err == nil {
			f, err = s.asAdded(r, f, calls[i])
		}
		r.Fields = append(r.Fields, f)
	}
	for _, m := range row.Fields {
		take(m, true)
	}
	for _, m := range row.ByCode {
		take(m, false)
	}
	for _, f := range before {
		if !slices.ContainsFunc(r.Fields, func(now field.Field) bool { return now.Name == f.Name }) {
			changes = append(changes, "no "+f.Name)
		}
	}
	return changes, err
}

// asAdded is a field with what its migration says: its indexes, and the table that
// it refers to.
func (s *Schema) asAdded(r *Resource, f field.Field, added columnCall) (field.Field, error) {
	if added.related != "" {
		related, err := s.ofTable(added.related)
		if err != nil {
			return f, err
		}
		kind := "ref"
		if added.cascade {
			kind = "belongs"
		}
		words := append([]string{strings.TrimSuffix(f.Name, "_id"), kind + "=" + related.Name.Type}, modifiersOf(f)...)
		fields, err := field.Parse([]string{strings.Join(words, ":")})
		if err != nil {
			return f, err
		}
		fields[0].Go = f.Go
		f = fields[0]
		if err := s.linkField(r, &f); err != nil {
			return f, err
		}
	}
	for _, columns := range added.unique {
		f.Unique, f.Global = true, len(columns) == 1 && r.Access.Owned
	}
	for _, columns := range added.indexes {
		f.Index = f.Index || columns[len(columns)-1] == f.Name && added.related == ""
	}
	return f, nil
}

// modifiersOf returns the modifiers of a field that a reference may have.
func modifiersOf(f field.Field) []string {
	return slices.DeleteFunc(strings.Split(f.String(), ":")[2:], func(word string) bool {
		name, _, _ := strings.Cut(word, "=")
		return slices.Contains([]string{"min", "max", "gt", "lt"}, name) // its tag says the least id
	})
}

// ofTable finds the resource of a table.
func (s *Schema) ofTable(table string) (*Resource, error) {
	all, err := s.All()
	if err != nil {
		return nil, err
	}
	for _, r := range all {
		if r.Name.Table == table {
			return r, nil
		}
	}
	return nil, fmt.Errorf("no resource has the table %s", table)
}

// fieldOf returns the field for a member: the one in the spec if the code agrees, or else
// one derived from the code.
func fieldOf(before []field.Field, m inspect.Member, settable bool, row *inspect.Row) (f field.Field, change string) {
	column := m.Column()
	if column == "" {
		column = strings.Join(name.Words(m.Name), "_")
	}
	known := slices.IndexFunc(before, func(f field.Field) bool { return f.Name == column })
	if known >= 0 {
		f = before[known]
		if f.GoName() != m.Name {
			f.Go, change = m.Name, fmt.Sprintf("%s is named %s", column, m.Name)
		}
		if code := f.Code(); code.Type == m.GoType() && code.Tag == "`"+string(m.Tag)+"`" {
			return f, change
		}
	}
	read, err := field.FromGo(column, m.Type, m.Optional, settable, m.Tag)
	place := fmt.Sprintf("%s:%d", row.File, m.Line)
	if err != nil {
		read = field.Field{Name: column, Optional: m.Optional, ReadOnly: !settable, Unreadable: &inspect.UnreadableError{Place: place, Reason: fmt.Sprintf("%s: %v", m.Name, err)}}
	}
	read.Name, read.Go = column, f.Go
	if known < 0 {
		return read, "a new " + column
	}
	read.Unique, read.Global, read.Index, read.DefaultValue = f.Unique, f.Global, f.Index, f.DefaultValue
	if f.Type.IsReference() && m.Type == "int64" {
		f.Optional = m.Optional
		read = f
	}
	return read, strings.TrimPrefix(change+"; "+column+" is another one", "; ")
}
