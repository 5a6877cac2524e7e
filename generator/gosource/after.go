package gosource

import (
	"go/ast"
	"path"
	"slices"
)

// AddCallAfter adds a call that passes something of a package on, such as
// "server.Use(timer.Middleware)", to a function: below the statement that
// declares a variable, and below the calls of the same function that follow
// it. A call of a function of that name anywhere in the file, to which the same
// is passed, counts as being there; then only the import is seen to.
func AddCallAfter(src []byte, pkg, function, variable, line string) ([]byte, error) {
	f, err := parse(src, "", "")
	if err != nil {
		return nil, err
	}
	s, err := parseStatement(line)
	if err != nil {
		return nil, err
	}
	if !calls(f.tree, func(call *ast.CallExpr) bool { return passesSame(call, s.call) }) {
		fn, err := f.function(function)
		if err != nil {
			return nil, err
		}
		above := head(fn.Body.List, variable, s.call)
		if above == nil {
			return nil, shape("function %s does not declare %s", function, variable)
		}
		if name := undeclared(fn, above, s.call.Args, path.Base(pkg)); name != "" {
			return nil, shape("function %s has no %s in the right place", function, name)
		}
		f.loose = true
		end := above[len(above)-1].End()
		if !f.endsLine(end) {
			line = s.code // a comment would swallow what follows
		}
		f.insertBelow(end, "\t"+line)
	}
	if err := f.addImport(pkg); err != nil {
		return nil, err
	}
	return f.bytes()
}

// head returns the statements below which a call belongs: up to the one that
// declares a variable, the if that looks at what was declared with it, and the
// last call of the same function; nil if there is no declaration.
func head(list []ast.Stmt, variable string, call *ast.CallExpr) []ast.Stmt {
	i := slices.IndexFunc(list, func(stmt ast.Stmt) bool { return slices.Contains(declares(stmt), variable) })
	if i < 0 {
		return nil
	}
	end := i + 1
	if end < len(list) {
		if check, ok := list[end].(*ast.IfStmt); ok && mentions(check.Cond, declares(list[i])) {
			end++
		}
	}
	for last := len(list); last > end; last-- {
		if expr, ok := list[last-1].(*ast.ExprStmt); ok {
			if other, ok := expr.X.(*ast.CallExpr); ok && same(other.Fun, call.Fun) {
				return list[:last]
			}
		}
	}
	return list[:end]
}
