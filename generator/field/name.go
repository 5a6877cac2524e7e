package field

import (
	"fmt"
	"slices"
	"strings"

	"fastgo/generator/name"
)

// ParseName returns the name of the member in JSON, or "" and what is wrong.
func ParseName(given string) (member, problem string) {
	switch {
	case given == "":
		return "", "missing name: write name:type, such as title:string"
	case len(given) > name.MaxLength:
		return "", fmt.Sprintf("the name must have at most %d characters", name.MaxLength)
	case !name.IsUpper(given[0]) && !name.IsLower(given[0]):
		return "", "the name must start with a letter"
	case strings.ContainsFunc(given, func(r rune) bool { return r == ' ' || !name.IsRune(r) }):
		return "", "the name must consist of letters a to z, digits and _"
	case strings.HasSuffix(given, "_") || strings.Contains(given, "__"):
		return "", "the name must have single underscores, only between words"
	}
	if member = strings.Join(name.Words(given), "_"); len(member) > name.MaxLength {
		return "", fmt.Sprintf("the name must have at most %d characters, but becomes %s", name.MaxLength, member)
	}
	return member, reservedField(member)
}

// reservedField says why a member of that name would collide in any resource:
// i_d is ID in Go, too.
func reservedField(member string) string {
	switch name.Exported(strings.Split(member, "_")) {
	case "ID", "CreatedAt", "UpdatedAt":
		return fmt.Sprintf("every resource already has %s: remove the field", member)
	case "DeletedAt":
		return "deleted_at is reserved for soft delete: use --soft-delete, or another name, such as removed_at"
	case "Fields":
		return "Fields is the name of a generated type: use another name, such as columns"
	case "SetDefaults":
		return "SetDefaults is a generated method: use another name, such as defaults"
	case "TableName":
		return "TableName is a method that gorm calls: use another name, such as table"
	case "Ctid", "Cmin", "Cmax", "Tableoid", "Xmin", "Xmax":
		return fmt.Sprintf("PostgreSQL reserves the column name %s: use another name", member)
	}
	return ""
}

// GoName is the member of the Go struct.
func (f Field) GoName() string {
	if f.Go != "" {
		return f.Go
	}
	return name.Exported(strings.Split(f.Name, "_"))
}

// ownColumn names the column where gorm would call it something else.
func (f Field) ownColumn() string { return OwnColumn(f.Name) }

func OwnColumn(column string) string {
	words := strings.Split(column, "_")
	if len(name.Merge(words)) == len(words) {
		return ""
	}
	return "column:" + column
}

// Quoted is the column as SQL outside of gorm has to name it.
func Quoted(column string) string {
	if isSQLWord(column) {
		return `"` + column + `"`
	}
	return column
}

// isSQLWord names the words that SQLite or PostgreSQL take for their own where
// a column may stand.
func isSQLWord(word string) bool {
	return slices.Contains([]string{
		"abort", "action", "add", "after", "all", "alter", "always", "analyse", "analyze", "and", "any", "array", "as", "asc",
		"asymmetric", "attach", "authorization", "autoincrement", "before", "begin", "between", "binary", "both", "by", "cascade",
		"case", "cast", "check", "collate", "collation", "column", "commit", "concurrently", "conflict", "constraint", "create",
		"cross", "current", "current_catalog", "current_date", "current_role", "current_schema", "current_time",
		"current_timestamp", "current_user", "database", "default", "deferrable", "deferred", "delete", "desc", "detach",
		"distinct", "do", "drop", "each", "else", "end", "escape", "except", "exclude", "exclusive", "exists", "explain", "fail",
		"false", "fetch", "filter", "first", "following", "for", "foreign", "freeze", "from", "full", "generated", "glob",
		"grant", "group", "groups", "having", "if", "ignore", "ilike", "immediate", "in", "index", "indexed", "initially",
		"inner", "insert", "instead", "intersect", "into", "is", "isnull", "join", "key", "last", "lateral", "leading", "left",
		"like", "limit", "localtime", "localtimestamp", "match", "materialized", "natural", "no", "not", "nothing", "notnull",
		"null", "nulls", "of", "offset", "on", "only", "or", "order", "others", "outer", "over", "overlaps", "partition",
		"placing", "plan", "pragma", "preceding", "primary", "query", "raise", "range", "recursive", "references", "regexp",
		"reindex", "release", "rename", "replace", "restrict", "returning", "right", "rollback", "row", "rows", "savepoint",
		"select", "session_user", "set", "similar", "some", "symmetric", "system_user", "table", "tablesample", "temp",
		"temporary", "then", "ties", "to", "trailing", "transaction", "trigger", "true", "unbounded", "union", "unique",
		"update", "user", "using", "vacuum", "values", "variadic", "verbose", "view", "virtual", "when", "where", "window",
		"with", "within", "without",
	}, word)
}
