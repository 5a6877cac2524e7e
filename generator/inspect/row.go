// Package inspect reads a resource from the code of an application: its model and its
// access. Developers edit the code for years, so it is the truth, not the spec that it
// was once generated from.
package inspect

import (
	"fmt"
	"go/ast"
	"io/fs"
	"path"
	"reflect"
	"strings"
)

// A Row is the model of a resource, and the fields that clients may set.
type Row struct {
	File       string   // file that declares it
	Table      string   // result of TableName, or ""
	Owned      bool     // has a UserID
	SoftDelete bool     // has a DeletedAt
	Fields     []Member // set by clients
	ByCode     []Member // set by code, except keys and times
	Defaults   []string // members that SetDefaults sets
}

// A Member is a struct field.
type Member struct {
	Name     string // Title
	Type     string // string, time.Time; without a pointer
	Optional bool   // is a pointer
	Tag      reflect.StructTag
	Line     int
}

// Column returns the JSON member, or the column if JSON omits it.
func (m Member) Column() string {
	for _, setting := range strings.Split(m.Tag.Get("gorm"), ";") {
		if column, ok := strings.CutPrefix(setting, "column:"); ok {
			return column
		}
	}
	column, _, _ := strings.Cut(m.Tag.Get("json"), ",")
	if column == "-" {
		return ""
	}
	return column
}

// GoType returns the type in the struct.
func (m Member) GoType() string {
	if m.Optional {
		return "*" + m.Type
	}
	return m.Type
}

// ReadRow reads a struct in the package in a directory. It returns fs.ErrNotExist if the
// directory has no Go file.
func ReadRow(app fs.FS, module, dir, typeName string) (*Row, error) {
	p, err := parseFolder(app, module, dir, func(src string) bool {
		return strings.Contains(src, "type "+typeName+" ") || strings.Contains(src, "type Fields ") ||
			strings.Contains(src, ") SetDefaults()") || strings.Contains(src, ") TableName()") || strings.Contains(src, "type (")
	})
	if err != nil {
		return nil, err
	}
	row, fields := p.structs[typeName], p.structs["Fields"]
	if row == nil {
		return nil, &UnreadableError{path.Join(dir, path.Base(dir)+".go"), fmt.Sprintf("struct %s is missing", typeName)}
	}
	if at, strange := p.strange[typeName]; strange {
		return nil, &UnreadableError{p.place(at).String(), "TableName has to return a name of lower-case letters, digits and _, written out"}
	}
	r := &Row{File: p.place(row.Pos()).Filename, Defaults: p.defaults(), Table: p.tables[typeName]}
	hasID := false
	for _, f := range row.Fields.List {
		if len(f.Names) == 0 {
			if name, ok := f.Type.(*ast.Ident); !ok || name.Name != "Fields" || fields == nil {
				return nil, &UnreadableError{p.place(f.Pos()).String(), "an embedded type other than Fields: write its members out"}
			}
			if err := r.addFields(p, fields); err != nil {
				return nil, err
			}
			continue
		}
		members, err := p.members(p.trees[row], f)
		if err != nil {
			return nil, err
		}
		for _, m := range members {
			hasID = hasID || m.Name == "ID" && m.GoType() == "int64"
			if err := r.add(m); err != nil {
				return nil, err
			}
		}
	}
	if !hasID {
		return nil, &UnreadableError{p.place(row.Pos()).String(), fmt.Sprintf("%s has no ID of type int64", typeName)}
	}
	return r, nil
}

// addFields reads what a client may set.
func (r *Row) addFields(p *folder, fields *ast.StructType) error {
	for _, f := range fields.Fields.List {
		if len(f.Names) == 0 {
			return &UnreadableError{p.place(f.Pos()).String(), "an embedded type in Fields: write its members out"}
		}
		members, err := p.members(p.trees[fields], f)
		if err != nil {
			return err
		}
		r.Fields = append(r.Fields, members...)
	}
	return nil
}

// add reads one member of the row. What decides about the rows has one spelling.
func (r *Row) add(m Member) error {
	wrong := func(want string) error {
		return &UnreadableError{fmt.Sprintf("%s:%d", r.File, m.Line), fmt.Sprintf("%s %s: fastgo knows %s only", m.Name, m.GoType(), want)}
	}
	switch {
	case m.Name == "ID" || m.Name == "CreatedAt" || m.Name == "UpdatedAt":
	case m.Name == "UserID":
		if r.Owned = m.GoType() == "int64" && m.Column() == "user_id"; !r.Owned {
			return wrong("UserID int64 of the column user_id")
		}
	case m.Name == "DeletedAt" || m.Type == "gorm.DeletedAt":
		if r.SoftDelete = m.Name == "DeletedAt" && m.GoType() == "gorm.DeletedAt" && (m.Column() == "" || m.Column() == "deleted_at"); !r.SoftDelete {
			return wrong("DeletedAt gorm.DeletedAt of the column deleted_at")
		}
	default:
		r.ByCode = append(r.ByCode, m)
	}
	return nil
}
