package schema

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Changes returns what migrations have done to the columns of a table since it
// was created, or else the file of the first one that does something that cannot
// be read.
func (m Migrations) Changes(app fs.FS, table string) (all []columnCall, unread string, err error) {
	named := regexp.MustCompile(`\b` + regexp.QuoteMeta(table) + `\b`)
	for _, name := range m {
		if strings.HasPrefix(name[len(Stamp):], "_create_") {
			continue
		}
		file := path.Join(path.Dir(MigrationList), name+".go")
		src, err := fs.ReadFile(app, file)
		if err != nil {
			return nil, "", err
		}
		if !named.Match(src) {
			continue
		}
		calls, ok := migrateCalls(src, table)
		if !ok {
			return nil, file, nil
		}
		all = append(all, calls...)
	}
	return all, "", nil
}

// A columnCall is a call of AddColumn, DropColumn or RenameColumn.
type columnCall struct {
	function, column, to string
	related              string     // the table that an added column refers to; "" if none
	cascade              bool       // its rows go with those that they refer to
	unique, indexes      [][]string // the columns of indexes that come with it
}

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
