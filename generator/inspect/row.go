// Package inspect reads from the code of an application what decides about a
// resource: its row, and who may call its operations. Developers edit that code
// for years, so it is the truth; what fastgo was once asked for is not.
package inspect

import (
	"fmt"
	"go/ast"
	"io/fs"
	"reflect"
	"strings"
)

// A Row is the struct of a resource's rows, and the fields that a client may set.
type Row struct {
	File       string   // where it is declared
	Table      string   // what TableName returns; "" if there is no such method
	Owned      bool     // it has an owner, UserID
	SoftDelete bool     // it has a DeletedAt
	Parents    []string // its members of the form PostID that are no fields
	Fields     []Member // what a client may set
	ByCode     []Member // what code sets, but for the keys and times of every row
	Defaults   []string // the names of the members that SetDefaults sets
}

// A Member is one of a struct, as it stands there.
type Member struct {
	Name     string // Title
	Type     string // string, time.Time; without the star of a pointer
	Optional bool   // it is a pointer
	Tag      reflect.StructTag
	Line     int
}

// Column is the member of JSON, or the column where JSON does not show it.
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

// GoType is the type as the struct has it.
func (m Member) GoType() string {
	if m.Optional {
		return "*" + m.Type
	}
	return m.Type
}

// ReadRow reads the struct of a type in the package of a folder. The error is
// fs.ErrNotExist where the folder has no Go file.
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
		return nil, &UnreadableError{dir, fmt.Sprintf("no file declares a struct %s", typeName)}
	}
	r := &Row{File: p.place(row.Pos()).Filename, Defaults: p.defaults(), Table: p.tables[typeName]}
	for _, f := range row.Fields.List {
		if err := r.add(p, f, fields); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// add reads one line of the row.
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
