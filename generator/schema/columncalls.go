package schema

import "go/ast"

// readCall reads a call such as database.DropColumn(tx, "posts", "title").
func (r *callReader) readCall(value ast.Expr) bool {
	function, args := r.call(value, "database")
	if len(args) < 2 {
		return false
	}
	table, ok := text(args[1])
	switch {
	case !ok:
		return false
	case table != r.table:
		return true
	}
	c := columnCall{function: function}
	switch {
	case function == "AddColumn" && len(args) >= 3:
		if c.column, ok = r.columnName(args[2]); ok {
			r.readColumn(&c, args[2])
			r.readIndexes(&c, args[3:])
		}
	case function == "DropColumn" && len(args) == 3:
		c.column, ok = text(args[2])
	case function == "RenameColumn" && len(args) == 4:
		var isText bool
		c.column, ok = text(args[2])
		c.to, isText = text(args[3])
		ok = ok && isText
	default:
		return false
	}
	r.calls = append(r.calls, c)
	return ok
}

// columnName returns the name of a column such as table.Text("body").Optional().
func (r *callReader) columnName(value ast.Expr) (string, bool) {
	for {
		if _, args := r.call(value, "database/table"); len(args) > 0 {
			return text(args[0])
		}
		call, isCall := value.(*ast.CallExpr)
		if !isCall {
			return "", false
		}
		method, isMethod := call.Fun.(*ast.SelectorExpr)
		if !isMethod {
			return "", false
		}
		value = method.X
	}
}

// readColumn reads what a column refers to: table.Ref("post_id", "posts").Cascade().
func (r *callReader) readColumn(c *columnCall, value ast.Expr) {
	for {
		if function, args := r.call(value, "database/table"); args != nil {
			if function == "Ref" && len(args) == 2 {
				c.related, _ = text(args[1])
			}
			return
		}
		call, isCall := value.(*ast.CallExpr)
		if !isCall {
			return
		}
		method, isMethod := call.Fun.(*ast.SelectorExpr)
		if !isMethod {
			return
		}
		c.cascade = c.cascade || method.Sel.Name == "Cascade"
		value = method.X
	}
}

// readIndexes reads the indexes that come with a column.
func (r *callReader) readIndexes(c *columnCall, values []ast.Expr) {
	for _, value := range values {
		if call, isCall := value.(*ast.CallExpr); isCall {
			if method, isMethod := call.Fun.(*ast.SelectorExpr); isMethod && method.Sel.Name == "Where" {
				value = method.X
			}
		}
		function, args := r.call(value, "database/table")
		var columns []string
		for _, arg := range args {
			column, _ := text(arg)
			columns = append(columns, column)
		}
		switch {
		case columns == nil:
		case function == "Unique":
			c.unique = append(c.unique, columns)
		case function == "Index":
			c.indexes = append(c.indexes, columns)
		}
	}
}
