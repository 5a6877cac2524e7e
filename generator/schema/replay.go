package schema

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fastgo/generator/field"
)

// migrate renames and leaves out the fields that migrations have renamed and
// removed since the resource was made, where that is known. Those that were
// added need no value.
func (r *Resource) migrate(app fs.FS, made Migrations) error {
	calls, known, err := made.Changes(app, r.Name.Table)
	if err != nil || !known {
		return err
	}
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
	return nil
}

// Changes returns what migrations have done to the columns of a table since it
// was made, if they have done nothing but that.
func (m Migrations) Changes(app fs.FS, table string) (all []columnCall, known bool, err error) {
	named := regexp.MustCompile(`\b` + regexp.QuoteMeta(table) + `\b`)
	for _, name := range m {
		if strings.HasPrefix(name[len(Stamp):], "_create_") {
			continue
		}
		src, err := fs.ReadFile(app, path.Join(path.Dir(MigrationList), name+".go"))
		if err != nil {
			return nil, false, err
		}
		if !named.Match(src) {
			continue
		}
		calls, ok := migrateCalls(src)
		if !ok {
			return nil, false, nil
		}
		for _, call := range calls {
			if call.table == table {
				all = append(all, call)
			}
		}
	}
	return all, true, nil
}

// A columnCall is a call of AddColumn, DropColumn or RenameColumn.
type columnCall struct{ function, table, column, to string }

// Apply returns the columns after the call.
func (c columnCall) Apply(columns []string) []string {
	i := slices.Index(columns, c.column)
	switch {
	case c.function == "AddColumn":
		return append(columns, c.column)
	case i < 0:
	case c.function == "DropColumn":
		return slices.Delete(columns, i, i+1)
	case c.function == "RenameColumn":
		columns[i] = c.to
	}
	return columns
}

// migrateCalls returns what the Migrate of a migration calls, if that is nothing
// but these functions.
func migrateCalls(src []byte) (calls []columnCall, ok bool) {
	tree, err := parser.ParseFile(token.NewFileSet(), "", src, parser.SkipObjectResolution)
	if err != nil {
		return nil, false
	}
	ok = true
	ast.Inspect(tree, func(n ast.Node) bool {
		pair, isPair := n.(*ast.KeyValueExpr)
		if !isPair {
			return true
		}
		key, _ := pair.Key.(*ast.Ident)
		migrate, isFunc := pair.Value.(*ast.FuncLit)
		if key == nil || key.Name != "Migrate" || !isFunc {
			return true
		}
		for _, stmt := range migrate.Body.List {
			call, known := columnCallOf(stmt)
			if ok = ok && known; call.function != "" {
				calls = append(calls, call)
			}
		}
		return false
	})
	return calls, ok
}

// columnCallOf reads a step as the template writes it: return f(…), return nil,
// or if err := f(…); err != nil.
func columnCallOf(stmt ast.Stmt) (c columnCall, ok bool) {
	var value ast.Expr
	switch s := stmt.(type) {
	case *ast.ReturnStmt:
		if len(s.Results) == 1 {
			value = s.Results[0]
		}
	case *ast.IfStmt:
		if assign, ok := s.Init.(*ast.AssignStmt); ok && len(assign.Rhs) == 1 {
			value = assign.Rhs[0]
		}
	}
	if name, ok := value.(*ast.Ident); ok && name.Name == "nil" {
		return columnCall{}, true
	}
	call, ok := value.(*ast.CallExpr)
	if !ok {
		return columnCall{}, false
	}
	function, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return columnCall{}, false
	}
	var texts []string
	for _, arg := range call.Args {
		if literal, ok := arg.(*ast.BasicLit); ok {
			text, _ := strconv.Unquote(literal.Value)
			texts = append(texts, text)
		}
	}
	texts = append(texts, "", "", "")
	c = columnCall{function.Sel.Name, texts[0], texts[1], texts[2]}
	return c, slices.Contains([]string{"AddColumn", "DropColumn", "RenameColumn"}, c.function)
}
