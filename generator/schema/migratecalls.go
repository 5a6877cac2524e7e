package schema

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
)

// migrateCalls returns what the Migrate of a migration does to the columns of a
// table, if it is a list of calls of the application's package database with
// names that are written out. Anything else is not known: a function that stands
// elsewhere, SQL, gorm's Migrator, a loop.
func migrateCalls(src []byte, table string) (calls []columnCall, ok bool) {
	tree, err := parser.ParseFile(token.NewFileSet(), "", src, parser.SkipObjectResolution)
	if err != nil {
		return nil, false
	}
	r := callReader{packages: map[string]string{}, table: table}
	for _, spec := range tree.Imports {
		r.addImport(spec)
	}
	found := 0
	ast.Inspect(tree, func(n ast.Node) bool {
		pair, isPair := n.(*ast.KeyValueExpr)
		if !isPair {
			return true
		}
		if key, isName := pair.Key.(*ast.Ident); !isName || key.Name != "Migrate" {
			return true
		}
		found++
		migrate, isLiteral := pair.Value.(*ast.FuncLit)
		ok = isLiteral && r.readSteps(migrate.Body.List)
		return false
	})
	return r.calls, ok && found == 1
}

// A callReader reads the steps of a migration of a table.
type callReader struct {
	packages map[string]string // the folder in internal, by the name that the file has for it
	table    string
	calls    []columnCall
}

func (r *callReader) addImport(spec *ast.ImportSpec) {
	path, err := strconv.Unquote(spec.Path.Value)
	_, folder, ours := strings.Cut(path, "/internal/")
	if err != nil || !ours {
		return
	}
	local := folder[strings.LastIndex(folder, "/")+1:]
	if spec.Name != nil {
		local = spec.Name.Name
	}
	r.packages[local] = folder
}

// readSteps reads steps as the templates write them: return f(…), return nil, and
// if err := f(…); err != nil.
func (r *callReader) readSteps(steps []ast.Stmt) bool {
	for i, step := range steps {
		var value ast.Expr
		switch s := step.(type) {
		case *ast.ReturnStmt:
			if len(s.Results) != 1 || i < len(steps)-1 {
				return false
			}
			value = s.Results[0]
		case *ast.IfStmt:
			assign, ok := s.Init.(*ast.AssignStmt)
			if !ok || len(assign.Rhs) != 1 || s.Else != nil || !isReturn(s.Body) {
				return false
			}
			value = assign.Rhs[0]
		default:
			return false
		}
		if name, isName := value.(*ast.Ident); isName && name.Name == "nil" {
			continue
		}
		if !r.readCall(value) {
			return false
		}
	}
	return true
}

// isReturn reports whether a block does nothing but return.
func isReturn(block *ast.BlockStmt) bool {
	if len(block.List) != 1 {
		return false
	}
	_, returns := block.List[0].(*ast.ReturnStmt)
	return returns
}
