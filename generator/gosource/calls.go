package gosource

import (
	"bytes"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
)

// AddCall adds a call, such as "post.Routes(users.Guard(), db) // each user's
// own", to the end of a function, and imports the package that is called.
// A call of the same function anywhere in the file, with whatever arguments,
// counts as being there; then only the import is seen to.
func AddCall(src []byte, pkg, function, line string) ([]byte, error) {
	f, err := parse(src)
	if err != nil {
		return nil, err
	}
	call, err := parseCall(line)
	if err != nil {
		return nil, err
	}
	if calls(f.tree, call.Fun) {
		if err := f.addImport(pkg); err != nil {
			return nil, err
		}
		return f.bytes()
	}
	fn, err := f.function(function)
	if err != nil {
		return nil, err
	}
	if name := undeclared(fn, call); name != "" {
		return nil, shape("the function %s has no %s", function, name)
	}
	if n := len(fn.Body.List); n > 0 {
		if _, returns := fn.Body.List[n-1].(*ast.ReturnStmt); returns {
			return nil, shape("the function %s ends with a return", function)
		}
	}
	if err := f.insertLast(fn.Body.Lbrace, fn.Body.Rbrace, "\t"+line+"\n"); err != nil {
		return nil, err
	}
	if err := f.addImport(pkg); err != nil {
		return nil, err
	}
	return f.bytes()
}

// AddElement adds a call without arguments, such as "createPosts()", to the
// slice literal that a function returns. A call of the same function anywhere
// in the file counts as being there.
func AddElement(src []byte, function, element string) ([]byte, error) {
	f, err := parse(src)
	if err != nil {
		return nil, err
	}
	call, err := parseCall(element)
	if err != nil {
		return nil, err
	}
	if calls(f.tree, call.Fun) {
		return src, nil
	}
	fn, err := f.function(function)
	if err != nil {
		return nil, err
	}
	list := returned(fn)
	if list == nil {
		return nil, shape("the function %s does not end by returning a list literal", function)
	}
	n := len(list.Elts)
	if n > 0 && f.line(list.Elts[n-1].End()) == f.line(list.Rbrace) {
		err = f.insert(f.offset(list.Elts[n-1].End()), ", "+element)
	} else {
		err = f.insertLast(list.Lbrace, list.Rbrace, "\t\t"+element+",\n")
	}
	if err != nil {
		return nil, err
	}
	return f.bytes()
}

// insertLast puts a line before a closing brace.
func (f *file) insertLast(left, right token.Pos, line string) error {
	if at := f.offset(right); !f.startsLine(at) {
		return f.insert(at, "\n"+line)
	}
	return f.insert(f.lineStart(right), line)
}

func parseCall(line string) (*ast.CallExpr, error) {
	expr, err := parser.ParseExpr(line)
	if err != nil {
		return nil, err
	}
	call, ok := expr.(*ast.CallExpr)
	if !ok {
		return nil, shape("%s is not a call", line)
	}
	return call, nil
}

// calls says whether a function is called, with whatever arguments.
func calls(tree *ast.File, function ast.Expr) bool {
	found := false
	ast.Inspect(tree, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && printed(call.Fun) == printed(function) {
			found = true
		}
		return !found
	})
	return found
}

// undeclared returns a name that the arguments of a call use and that the
// function neither takes nor declares in its outermost block.
func undeclared(fn *ast.FuncDecl, call *ast.CallExpr) string {
	declared := map[string]bool{}
	for _, param := range fn.Type.Params.List {
		for _, name := range param.Names {
			declared[name.Name] = true
		}
	}
	for _, stmt := range fn.Body.List {
		if assign, ok := stmt.(*ast.AssignStmt); ok && assign.Tok == token.DEFINE {
			for _, left := range assign.Lhs {
				declared[printed(left)] = true
			}
		}
	}
	for _, arg := range call.Args {
		if name := root(arg); name != nil && !declared[name.Name] {
			return name.Name
		}
	}
	return ""
}

// root returns users for users.Guard().Role("admin").
func root(expr ast.Expr) *ast.Ident {
	switch e := expr.(type) {
	case *ast.Ident:
		return e
	case *ast.SelectorExpr:
		return root(e.X)
	case *ast.CallExpr:
		return root(e.Fun)
	}
	return nil
}

// returned finds the list literal that a function ends by returning.
func returned(fn *ast.FuncDecl) *ast.CompositeLit {
	if len(fn.Body.List) == 0 {
		return nil
	}
	last, ok := fn.Body.List[len(fn.Body.List)-1].(*ast.ReturnStmt)
	if !ok || len(last.Results) != 1 {
		return nil
	}
	list, ok := last.Results[0].(*ast.CompositeLit)
	if !ok {
		return nil
	}
	if _, array := list.Type.(*ast.ArrayType); !array {
		return nil
	}
	return list
}

// printed returns an expression in one format, to compare it.
func printed(expr ast.Expr) string {
	var b bytes.Buffer
	if err := format.Node(&b, token.NewFileSet(), expr); err != nil {
		return ""
	}
	return b.String()
}
