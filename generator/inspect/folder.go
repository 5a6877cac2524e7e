package inspect

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"reflect"
	"regexp"
	"strconv"
	"strings"
)

// An UnreadableError says which code cannot be understood.
type UnreadableError struct{ Place, Reason string }

func (e *UnreadableError) Error() string { return e.Place + ": " + e.Reason }

// A folder contains the relevant declarations of a package.
type folder struct {
	module  string
	set     *token.FileSet
	structs map[string]*ast.StructType
	trees   map[*ast.StructType]*ast.File
	tables  map[string]string
	read    map[*ast.FuncDecl]map[string]*variable
	calls   map[string][]callSite // of Routes, by the import path of the package
	names   map[*ast.File]imports
	strange map[string]token.Pos // the TableName of a type that is no literal
	setters []*ast.FuncDecl      // SetDefaults of Fields
	files   []*ast.File
}

// parseFolder parses the wanted files of a directory, without tests.
func parseFolder(app fs.FS, module, dir string, wanted func(src string) bool) (*folder, error) {
	entries, err := fs.ReadDir(app, dir)
	if err != nil {
		return nil, err
	}
	p := &folder{
		module: module, set: token.NewFileSet(), structs: map[string]*ast.StructType{}, trees: map[*ast.StructType]*ast.File{},
		tables: map[string]string{}, strange: map[string]token.Pos{},
		read: map[*ast.FuncDecl]map[string]*variable{}, names: map[*ast.File]imports{},
	}
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
			return nil, &UnreadableError{path.Join(dir, e.Name()), fmt.Sprintf("not valid Go: %v", err)}
		}
		if before, _, _ := strings.Cut(string(src), "\npackage "); strings.Contains("\n"+before, "\n//go:build ") {
			return nil, &UnreadableError{path.Join(dir, e.Name()), "it has a build constraint, so fastgo cannot tell whether it counts"}
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
						p.structs[t.Name.Name], p.trees[s] = s, tree
					}
				}
			}
		case *ast.FuncDecl:
			switch d.Name.Name {
			case "SetDefaults":
				p.setters = append(p.setters, d)
			case "TableName":
				if table, ok := returned(d); ok && tableName.MatchString(table) {
					p.tables[receiver(d)] = table
				} else {
					p.strange[receiver(d)] = d.Pos()
				}
			}
		}
	}
}

// tableName is a table that needs no quotes.
var tableName = regexp.MustCompile(`^[a-z_][a-z0-9_]*$`)

// function finds a function, and the file that declares it.
func (p *folder) function(name string) (*ast.File, *ast.FuncDecl) {
	for _, tree := range p.files {
		for _, d := range tree.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == name && f.Recv == nil {
				return tree, f
			}
		}
	}
	return nil, nil
}

func (p *folder) place(pos token.Pos) token.Position {
	at := p.set.Position(pos)
	at.Column = 0
	return at
}

// members returns the fields declared on one line of a struct.
func (p *folder) members(tree *ast.File, f *ast.Field) ([]Member, error) {
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
	m.Type = p.typeText(tree, t)
	var all []Member
	for _, name := range f.Names {
		m.Name = name.Name
		all = append(all, m)
	}
	return all, nil
}

// defaults returns the members that SetDefaults assigns.
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

// receiver returns the receiver type of a method.
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

// returned returns the literal that a function returns, if it does nothing else.
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

// literal returns the value of a string literal.
func literal(e ast.Expr) (string, bool) {
	l, ok := e.(*ast.BasicLit)
	if !ok || l.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(l.Value)
	return text, err == nil
}
