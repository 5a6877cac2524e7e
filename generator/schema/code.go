package schema

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"fastgo/generator/field"
	"fastgo/generator/inspect"
	"fastgo/generator/name"
	"fastgo/generator/project"
)

// RoutesFolder is where the application says who may call what.
const RoutesFolder = "app"

// Folder is the package of the resource.
func (r *Resource) Folder() string { return path.Join("app", r.Name.Package) }

// readCode makes a resource, and what it stands on, what the code says, once. It
// refuses what it cannot read, with the place.
func (s *Schema) readCode(r *Resource) error {
	if err, done := s.read[r]; done {
		return err
	}
	s.read[r] = nil
	changes, err := s.readResource(r)
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("%w: %s, which %s describes: restore the package, or remove that file", fs.ErrNotExist, r.Folder(), project.ResourceFile(r.Name.Snake))
	}
	if err == nil && r.Parent != nil {
		err = s.readCode(r.Parent)
	}
	for i := 0; err == nil && i < len(r.Related); i++ {
		err = s.readCode(r.Related[i])
	}
	if s.read[r] = err; err == nil && len(changes) > 0 {
		s.notes = append(s.notes, fmt.Sprintf("%s was changed since %s was written (%s): fastgo goes by the code",
			r.Name.Type, project.ResourceFile(r.Name.Snake), strings.Join(changes, "; ")))
	}
	return err
}

// readResource reads the struct and the routes of one resource, and returns what
// differs from its spec, in words.
func (s *Schema) readResource(r *Resource) (changes []string, err error) {
	row, err := inspect.ReadRow(s.app, r.Folder(), r.Name.Type)
	if err != nil {
		return nil, err
	}
	note := func(differs bool, format string, args ...any) {
		if differs {
			changes = append(changes, fmt.Sprintf(format, args...))
		}
	}
	note(row.SoftDelete && !r.SoftDelete, "rows are deleted softly")
	note(!row.SoftDelete && r.SoftDelete, "rows are deleted for good")
	note(row.Owned && !r.Access.Owned, "rows have an owner")
	note(!row.Owned && r.Access.Owned, "rows have no owner")
	r.SoftDelete, r.Access.Owned = row.SoftDelete, row.Owned
	if row.Table != "" && row.Table != r.Name.Table {
		note(true, "the table is %s", row.Table)
		r.Name.Table = row.Table
	}
	if !r.Model {
		rights, err := s.routes.Rights(r.Folder())
		if errors.Is(err, fs.ErrNotExist) {
			err = &inspect.UnreadableError{Place: r.Folder(), Reason: "no function Routes registers the operations"}
		}
		if err != nil {
			return nil, err
		}
		more, err := s.applyRights(r, rights)
		if err != nil {
			return nil, err
		}
		changes = append(changes, more...)
	}
	changes = append(changes, r.applyMembers(row)...)
	if s.migrations == nil {
		if s.migrations, err = LoadMigrations(s.app); err != nil {
			return nil, err
		}
	}
	return changes, r.migrate(s.app, s.migrations)
}

// applyRights makes the access and the parent those of the routes.
func (s *Schema) applyRights(r *Resource, rights *inspect.Rights) (changes []string, err error) {
	before := r.Access
	reads, err := whoOf(rights.Reads)
	if err != nil {
		return nil, err
	}
	writes, err := whoOf(rights.Writes)
	if err != nil {
		return nil, err
	}
	role := strings.Join(rights.Reads.Roles, "")
	if reads != withRole {
		role = ""
	}
	if reads != before.reads || writes != before.writes || role != r.Role && before.reads == withRole {
		changes = append(changes, fmt.Sprintf("%s reads, %s writes", wording(reads, rights.Reads), wording(writes, rights.Writes)))
		r.Access = accessBy(reads, writes, r.Access.Owned)
		r.Role = role
	}
	above, err := s.parentIn(rights.Path)
	if err != nil {
		return nil, &inspect.UnreadableError{Place: rights.Reads.Place, Reason: err.Error()}
	}
	if above != r.Parent {
		changes = append(changes, "the path is "+rights.Path)
		if r.Parent, r.Under = above, ""; above != nil {
			r.Under = above.Name.Type
		}
	}
	return changes, nil
}

// whoOf is what a right means for the rows.
func whoOf(right inspect.Right) (who, error) {
	switch {
	case right.Public:
		return anyone, nil
	case right.Owner:
		return owner, nil
	case len(right.Roles) > 1:
		return "", &inspect.UnreadableError{Place: right.Place, Reason: "several roles are asked for: leave one"}
	case len(right.Roles) == 1:
		return withRole, nil
	}
	return signedIn, nil
}

// wording says in a sentence who that is.
func wording(w who, right inspect.Right) string {
	switch w {
	case anyone:
		return "anyone"
	case owner:
		return "the owner"
	case withRole:
		return "the role " + right.Roles[0]
	}
	return "any signed-in user"
}

// accessBy is the row of the table, or one that only the code describes.
func accessBy(reads, writes who, owned bool) Access {
	for _, a := range accesses() {
		if a.reads == reads && a.writes == writes {
			a.Owned = owned
			return a
		}
	}
	return Access{reads: reads, writes: writes, Owned: owned}
}

// parentIn finds the resource under whose rows a path puts others.
func (s *Schema) parentIn(route string) (*Resource, error) {
	parts := strings.Split(strings.Trim(route, "/"), "/")
	if len(parts) < 3 || !strings.HasPrefix(parts[len(parts)-2], "{") {
		return nil, nil
	}
	table, key := parts[len(parts)-3], strings.Trim(parts[len(parts)-2], "{}")
	if r, err := s.find(strings.TrimSuffix(key, "_id")); err == nil && r.Name.Table == table && r.Key() == key {
		return r, nil
	}
	return nil, fmt.Errorf("%s stands under no resource that fastgo knows", route)
}

// applyMembers makes the fields those of the struct.
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

// fieldOf is the field of a member: as it was asked for where the code says the
// same, and otherwise what the code says.
func fieldOf(before []field.Field, m inspect.Member, settable bool, row *inspect.Row) (f field.Field, change string) {
	column := m.Column()
	if column == "" {
		column = strings.Join(name.Words(m.Name), "_")
	}
	known := slices.IndexFunc(before, func(f field.Field) bool { return f.Name == column })
	if known >= 0 {
		f = before[known]
		if f.GoName() != m.Name {
			f.Go, change = m.Name, fmt.Sprintf("%s is called %s", column, m.Name)
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
