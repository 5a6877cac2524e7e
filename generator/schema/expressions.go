package schema

import (
	"go/ast"
	"go/token"
	"strconv"
)

// call returns the function and the arguments of a call, if that is one of the
// package in a folder of internal.
func (r *callReader) call(value ast.Expr, folder string) (function string, args []ast.Expr) {
	call, isCall := value.(*ast.CallExpr)
	if !isCall {
		return "", nil
	}
	selector, isSelector := call.Fun.(*ast.SelectorExpr)
	if !isSelector {
		return "", nil
	}
	if pkg, isName := selector.X.(*ast.Ident); !isName || r.packages[pkg.Name] != folder {
		return "", nil
	}
	return selector.Sel.Name, call.Args
}

// text returns the value of a string that is written out.
func text(value ast.Expr) (string, bool) {
	literal, isLiteral := value.(*ast.BasicLit)
	if !isLiteral || literal.Kind != token.STRING {
		return "", false
	}
	unquoted, err := strconv.Unquote(literal.Value)
	return unquoted, err == nil
}
