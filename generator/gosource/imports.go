package gosource

import (
	"go/ast"
	"go/token"
	"path"
	"slices"
	"strconv"
)

// addImport imports a package by its own name, in the most similar group of imports.
func (f *file) addImport(pkg string) error {
	name := path.Base(pkg)
	for _, spec := range f.tree.Imports {
		switch imported := importPath(spec); {
		case imported == pkg && localName(spec) == name:
			return nil
		case imported == pkg:
			return shape("imports %s as %s", pkg, spec.Name.Name)
		case localName(spec) == name:
			return shape("imports another package as %s: %s", name, imported)
		}
	}
	group := f.nearestGroup(pkg)
	block := f.importBlock()
	switch {
	case group != nil:
		f.insertSorted(group, pkg)
	case block != nil && len(block.Specs) > 0 && f.startsLine(block.Rparen):
		f.loose = true
		f.insert(f.lineStart(block.Rparen), "\n\t"+strconv.Quote(pkg)+"\n")
	default:
		f.loose = true
		f.insertBelow(f.tree.Name.End(), "\nimport "+strconv.Quote(pkg))
	}
	return nil
}

// insertSorted inserts an import into its group in alphabetical order. Between two
// lines with comments it changes their alignment.
func (f *file) insertSorted(group []*ast.ImportSpec, pkg string) {
	line := strconv.Quote(pkg)
	i := slices.IndexFunc(group, func(spec *ast.ImportSpec) bool { return importPath(spec) > pkg })
	switch {
	case i < 0:
		f.insertBelow(group[len(group)-1].End(), "\t"+line)
	case !f.startsLine(group[i].Pos()):
		f.loose = true
		f.insert(f.offset(group[i].Pos()), line+"\n\t")
	case i == 0:
		f.insert(f.aboveComments(group[i].Pos()), "\t"+line+"\n")
	default:
		_, above := f.rest(group[i-1].End())
		_, below := f.rest(group[i].End())
		f.loose = f.loose || above != "" && below != ""
		f.insert(f.lineStart(group[i].Pos()), "\t"+line+"\n")
	}
}

// importBlock returns the first import declaration with parentheses.
func (f *file) importBlock() *ast.GenDecl {
	for _, decl := range f.tree.Decls {
		if block, ok := decl.(*ast.GenDecl); ok && block.Tok == token.IMPORT && block.Lparen.IsValid() {
			return block
		}
	}
	return nil
}

// nearestGroup returns the imports on consecutive lines that share the first
// elements of their path with pkg.
func (f *file) nearestGroup(pkg string) []*ast.ImportSpec {
	block := f.importBlock()
	if block == nil {
		return nil
	}
	for _, group := range groups(f.lines, block) {
		for _, spec := range group {
			if f.startsLine(spec.Pos()) && sameModule(importPath(spec), pkg) {
				return group
			}
		}
	}
	return nil
}

// groups splits an import block at blank and comment lines, as gofmt does.
func groups(lines *token.File, block *ast.GenDecl) [][]*ast.ImportSpec {
	var all [][]*ast.ImportSpec
	last := 0
	for _, s := range block.Specs {
		spec := s.(*ast.ImportSpec)
		if line := lines.PositionFor(spec.Pos(), false).Line; len(all) == 0 || line > last+1 {
			all = append(all, nil)
		}
		all[len(all)-1] = append(all[len(all)-1], spec)
		last = lines.PositionFor(spec.End(), false).Line
	}
	return all
}
