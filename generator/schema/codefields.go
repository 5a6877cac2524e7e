package schema

import (
	"fmt"
	"slices"
	"strings"

	"fastgo/generator/field"
	"fastgo/generator/inspect"
	"fastgo/generator/name"
)

// applyMembers sets the fields from the struct.
func (r *Resource) applyMembers(row *inspect.Row) (changes []string) {
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
	return changes
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
