package field

import (
	"fmt"
	"strings"

	"fastgo/generator/name"
)

// refer makes the field a reference. An empty target means the resource with the
// name of the field.
func (f *Field) refer(target string) (problem string) {
	if kind, _ := typeNamed("ref"); !f.Type.IsReference() {
		f.Type = kind
	}
	short := strings.TrimSuffix(f.Name, "_id")
	if target == "" {
		target = short
	}
	if f.Name == "" {
		return ""
	}
	f.RelatedAs, f.Related = target, name.Exported(name.SingularWords(target))
	if why := name.CheckReference(target); why != "" {
		return fmt.Sprintf("%s=%s: %s", f.Type.Name, target, why)
	}
	if f.Name = short + "_id"; len(f.Name) > name.MaxLength {
		return fmt.Sprintf("the name must have at most %d characters, but becomes %s", name.MaxLength, f.Name)
	}
	return reservedField(f.Name)
}

// foreign parses the target of a foreign key: Post, posts or posts.id.
func (f *Field) foreign(target string) string {
	table, column, dotted := strings.Cut(target, ".")
	switch {
	case dotted && column != "id":
		return fmt.Sprintf("references=%s: only IDs can be referenced, such as references=%s.id", target, table)
	case !f.Type.IsReference() && f.Type.GoType != "int64" && f.Type.GoType != "int32":
		return fmt.Sprintf("references= does not apply to %s: write %s:ref=%s", f.Type.Name, f.Name, table)
	}
	return f.refer(table)
}
