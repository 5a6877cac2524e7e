// Package inspect reads a resource from the code of an application: its model and its
// access. Developers edit the code for years, so it is the truth, not the spec that it
// was once generated from.
package inspect

import (
	"fmt"
	"go/ast"
	"io/fs"
	"reflect"
	"strings"
)

// A Row is the model of a resource, and the fields that clients may set.
type Row struct {
	File       string   // file that declares it
	Table      string   // result of TableName, or ""
	Owned      bool     // has a UserID
	SoftDelete bool     // has a DeletedAt
	Parents    []string // members such as PostID outside Fields
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
func ReadRow(app fs.FS, dir, typeName string) (*Row, error) {
	p, err := parseFolder(app, dir, func(src string) bool {
		return strings.Contains(src, "type "+typeName+" struct") || strings.Contains(src, "type Fields struct") ||
			strings.Contains(src, ") SetDefaults()") || strings.Contains(src, ") TableName()") || strings.Contains(src, "type (")
	})
	if err != nil {
		return nil, err
	}
	row, fields := p.structs[typeName], p.structs["Fields"]
	if row == nil {
		return nil, &UnreadableError{dir, fmt.Sprintf("struct %s is missing", typeName)}
	}
	r := &Row{File: p.place(row.Pos()).Filename, Defaults: p.defaults(), Table: p.tables[typeName]}
	for _, f := range row.Fields.List {
		if err := r.add(p, f, fields); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// add reads one field of the struct.
func (r *Row) add(p *folder, f *ast.Field, fields *ast.StructType) error {
	if len(f.Names) == 0 {
		if name, ok := f.Type.(*ast.Ident); !ok || name.Name != "Fields" || fields == nil {
			return &UnreadableError{p.place(f.Pos()).String(), "an embedded type other than Fields: write its members out"}
		}
		for _, f := range fields.Fields.List {
			members, err := p.members(f)
			if err != nil {
				return err
			}
			r.Fields = append(r.Fields, members...)
		}
		return nil
	}
	members, err := p.members(f)
	if err != nil {
		return err
	}
	for _, m := range members {
		switch {
		case m.Name == "ID" || m.Name == "CreatedAt" || m.Name == "UpdatedAt":
		case m.Name == "UserID" && m.Type == "int64":
			r.Owned = true
		case m.Type == "gorm.DeletedAt":
			r.SoftDelete = true
		default:
			if strings.HasSuffix(m.Name, "ID") && m.Type == "int64" && !m.Optional && m.Tag.Get("readOnly") == "" {
				r.Parents = append(r.Parents, m.Name)
			}
			r.ByCode = append(r.ByCode, m)
		}
	}
	return nil
}
