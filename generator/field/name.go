package field

import (
	"fmt"
	"strings"

	"fastgo/generator/name"
)

// ParseName returns the name of the JSON member, or "" and what is wrong.
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

// reservedField returns why no resource can have a field of that name, or "". The
// Go name counts: i_d is ID, too.
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

// GoName returns the name of the Go struct field.
func (f Field) GoName() string {
	if f.Go != "" {
		return f.Go
	}
	return name.Exported(strings.Split(f.Name, "_"))
}

// Named leaves out a Go name that is the one of the column anyway.
func (f Field) Named() Field {
	if f.Go == name.Exported(strings.Split(f.Name, "_")) {
		f.Go = ""
	}
	return f
}

// ownColumn returns a gorm tag if gorm would use another column name.
func (f Field) ownColumn() string { return OwnColumn(f.Name) }

func OwnColumn(column string) string {
	words := strings.Split(column, "_")
	if len(name.Merge(words)) == len(words) {
		return ""
	}
	return "column:" + column
}
