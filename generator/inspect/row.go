// Package inspect reads from the code of an application what decides about a
// resource: its row, and who may call its operations. Developers edit that code
// for years, so it is the truth; what fastgo was once asked for is not.
package inspect

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"reflect"
	"strconv"
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

// An UnreadableError says where code is that cannot be read.
type UnreadableError struct{ Place, Reason string }

func (e *UnreadableError) Error() string { return e.Place + ": " + e.Reason }

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

// A folder is the declarations of a package that matter here.
type folder struct {
	set     *token.FileSet
	structs map[string]*ast.StructType
	tables  map[string]string
	setters []*ast.FuncDecl // SetDefaults of Fields
	files   []*ast.File
}

// parseFolder parses the files of a folder, tests aside, whose text is wanted.
func parseFolder(app fs.FS, dir string, wanted func(src string) bool) (*folder, error) {
	entries, err := fs.ReadDir(app, dir)
	if err != nil {
		return nil, err
	}
	p := &folder{set: token.NewFileSet(), structs: map[string]*ast.StructType{}, tables: map[string]string{}}
	seen := false
	for _, e := range entries {
		if path.Ext(e.Name()) != ".go" || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		seen = true
		src, err := fs.ReadFile(app, path.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		if !wanted(string(src)) {
			continue
		}
		tree, err := parser.ParseFile(p.set, path.Join(dir, e.Name()), src, parser.SkipObjectResolution)
		if err != nil {
			return nil, &UnreadableError{path.Join(dir, e.Name()), fmt.Sprintf("it does not parse: %v", err)}
		}
		p.files = append(p.files, tree)
		p.collect(tree)
	}
	if !seen {
		return nil, fs.ErrNotExist
	}
	return p, nil
}

func (p *folder) collect(tree *ast.File) {
	for _, d := range tree.Decls {
		switch d := d.(type) {
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				if t, ok := spec.(*ast.TypeSpec); ok {
					if s, ok := t.Type.(*ast.StructType); ok {
						p.structs[t.Name.Name] = s
					}
				}
			}
		case *ast.FuncDecl:
			switch d.Name.Name {
			case "SetDefaults":
				p.setters = append(p.setters, d)
			case "TableName":
				if table, ok := returned(d); ok {
					p.tables[receiver(d)] = table
				}
			}
		}
	}
}

func (p *folder) place(pos token.Pos) token.Position {
	at := p.set.Position(pos)
	at.Column = 0
	return at
}

// members are those of one line of a struct, which may name several.
func (p *folder) members(f *ast.Field) ([]Member, error) {
	m := Member{Line: p.place(f.Pos()).Line}
	if f.Tag != nil {
		tag, err := strconv.Unquote(f.Tag.Value)
		if err != nil {
			return nil, &UnreadableError{p.place(f.Pos()).String(), "a struct tag that is no string"}
		}
		m.Tag = reflect.StructTag(tag)
	}
	t := f.Type
	if star, ok := t.(*ast.StarExpr); ok {
		t, m.Optional = star.X, true
	}
	m.Type = typeText(t)
	var all []Member
	for _, name := range f.Names {
		m.Name = name.Name
		all = append(all, m)
	}
	return all, nil
}

// typeText writes a type as gofmt does, as far as rows have them.
func typeText(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.Ident:
		return t.Name
	case *ast.SelectorExpr:
		return typeText(t.X) + "." + t.Sel.Name
	case *ast.IndexExpr:
		return typeText(t.X) + "[" + typeText(t.Index) + "]"
	case *ast.ArrayType:
		return "[]" + typeText(t.Elt)
	}
	return fmt.Sprintf("%T", t)
}

// defaults are the members that SetDefaults assigns.
func (p *folder) defaults() []string {
	var all []string
	for _, f := range p.setters {
		ast.Inspect(f.Body, func(n ast.Node) bool {
			if assign, ok := n.(*ast.AssignStmt); ok {
				for _, left := range assign.Lhs {
					if sel, ok := left.(*ast.SelectorExpr); ok {
						all = append(all, sel.Sel.Name)
					}
				}
			}
			return true
		})
	}
	return all
}

// receiver is the type that a method belongs to.
func receiver(f *ast.FuncDecl) string {
	if f.Recv == nil || len(f.Recv.List) != 1 {
		return ""
	}
	t := f.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	return typeText(t)
}

// returned is the literal that a function returns, if that is all it does.
func returned(f *ast.FuncDecl) (string, bool) {
	if f.Body == nil || len(f.Body.List) != 1 {
		return "", false
	}
	r, ok := f.Body.List[0].(*ast.ReturnStmt)
	if !ok || len(r.Results) != 1 {
		return "", false
	}
	return literal(r.Results[0])
}

// literal is the value of a string literal.
func literal(e ast.Expr) (string, bool) {
	l, ok := e.(*ast.BasicLit)
	if !ok || l.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(l.Value)
	return text, err == nil
}

// IsUnreadable reports whether an error is about code that cannot be read.
func IsUnreadable(err error) bool {
	var e *UnreadableError
	return errors.As(err, &e)
}
