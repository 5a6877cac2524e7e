package gosource

import (
	"go/ast"
	"path"
	"strconv"
	"strings"
)

// sameModule reports whether two paths are in the same module, up to its app
// directory.
func sameModule(a, b string) bool {
	module, _, _ := strings.Cut(b, "/app/")
	rest, has := strings.CutPrefix(a, module)
	return has && strings.HasPrefix(rest, "/")
}

func importPath(spec *ast.ImportSpec) string {
	unquoted, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return ""
	}
	return unquoted
}

func localName(spec *ast.ImportSpec) string {
	if spec.Name != nil {
		return spec.Name.Name
	}
	return path.Base(importPath(spec))
}
