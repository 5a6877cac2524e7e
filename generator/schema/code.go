package schema

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"fastgo/generator/inspect"
	"fastgo/generator/project"
)

// readCode updates a resource and its parents from the code, once. It returns an error
// with the position of code that it cannot understand.
func (s *Schema) readCode(r *Resource) error {
	if err, done := s.read[r]; done {
		return err
	}
	s.read[r] = nil
	changes, err := s.readResource(r)
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("%w: %s, but %s describes it: restore the package or remove that file", fs.ErrNotExist, r.Folder(), project.ResourceFile(r.Name.Snake))
	}
	if err == nil && r.Parent != nil {
		err = s.readCode(r.Parent)
	}
	for i := 0; err == nil && i < len(r.Related); i++ {
		err = s.readCode(r.Related[i])
	}
	if s.read[r] = err; err == nil && len(changes) > 0 {
		s.notes = append(s.notes, fmt.Sprintf("%s differs from %s (%s): fastgo uses the code",
			r.Name.Type, project.ResourceFile(r.Name.Snake), strings.Join(changes, "; ")))
	}
	return err
}

// readResource reads the struct and the routes of a resource, and returns a description
// of each difference from its spec.
func (s *Schema) readResource(r *Resource) (changes []string, err error) {
	row, err := inspect.ReadRow(s.app, s.module, r.Folder(), r.Name.Type)
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
	segment := r.Name.Table // of the path
	if row.Table != "" && row.Table != r.Name.Table {
		note(true, "the table is %s", row.Table)
		r.Name.Table = row.Table
	}
	if !r.Model {
		rights, err := s.routes.Rights(r.Folder(), segment)
		if errors.Is(err, fs.ErrNotExist) {
			err = &inspect.UnreadableError{Place: r.File("handlers.go"), Reason: "no function Routes registers the operations"}
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
	calls, err := s.migrated(r.Name.Table)
	if err != nil {
		return nil, err
	}
	r.renameAndDrop(calls)
	more, err := s.applyMembers(r, row, calls)
	if err != nil {
		return nil, err
	}
	for i := range r.Fields { // whose column may have another name by now
		r.Fields[i].Go = r.Fields[i].GoName()
	}
	r.renameAndDrop(notFollowed(calls, r.Fields))
	for i := range r.Fields {
		r.Fields[i] = r.Fields[i].Named()
	}
	return append(changes, more...), nil
}

// applyRights sets the access and the parent from the routes.
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
	switch {
	case reads == owner && !r.Access.Owned:
		return nil, &inspect.UnreadableError{Place: rights.Reads.Place, Reason: "only the owner reads, but the struct has no UserID int64"}
	case reads == signedIn && r.Access.Owned && before.reads == owner:
		return nil, &inspect.UnreadableError{Place: rights.Reads.Place, Reason: fmt.Sprintf(
			"rows have an owner, but any signed-in user reads them: use guard.Owner(), or write the new access into %s", project.ResourceFile(r.Name.Snake))}
	}
	role := strings.Join(rights.Reads.Roles, "")
	if reads != withRole {
		role = ""
	}
	if reads != before.reads || writes != before.writes || role != r.Role && before.reads == withRole {
		changes = append(changes, fmt.Sprintf("read by %s, written by %s", wording(reads, rights.Reads), wording(writes, rights.Writes)))
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

// whoOf converts a right to an access.
func whoOf(right inspect.Right) (who, error) {
	switch {
	case right.Public:
		return anyone, nil
	case right.Owner:
		return owner, nil
	case len(right.Roles) > 1:
		return "", &inspect.UnreadableError{Place: right.Place, Reason: "several roles are required: leave one"}
	case len(right.Roles) == 1:
		return withRole, nil
	}
	return signedIn, nil
}

// wording returns an access in words.
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

// accessBy returns the matching access mode, or one that only the code has.
func accessBy(reads, writes who, owned bool) Access {
	for _, a := range accesses() {
		if a.reads == reads && a.writes == writes {
			a.Owned = owned
			return a
		}
	}
	return Access{reads: reads, writes: writes, Owned: owned}
}

// parentIn finds the parent resource in a path.
func (s *Schema) parentIn(route string) (*Resource, error) {
	parts := strings.Split(strings.Trim(route, "/"), "/")
	if len(parts) < 3 || !strings.HasPrefix(parts[len(parts)-2], "{") {
		return nil, nil
	}
	key := strings.Trim(parts[len(parts)-2], "{}")
	if r, err := s.find(strings.TrimSuffix(key, "_id")); err == nil && r.Key() == key {
		return r, nil
	}
	return nil, fmt.Errorf("%s has no parent resource that fastgo knows", route)
}
