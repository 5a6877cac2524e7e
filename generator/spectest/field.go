package spectest

import (
	"fmt"
	"strings"
)

// Field returns a field; sloppy ones may have mistakes.
func (r *Random) Field(sloppy bool) string {
	for {
		field := r.field(sloppy)
		if sloppy || r.ok(field) {
			return field
		}
	}
}

func (r *Random) field(sloppy bool) string {
	if sloppy && r.IntN(6) == 0 {
		return r.text(30)
	}
	words := []string{r.fieldName(sloppy), r.fieldType(sloppy)}
	for range r.IntN(4) {
		words = append(words, r.modifier(sloppy))
	}
	if r.IntN(4) == 0 {
		return words[0] + ":" + strings.Join(words[1:], r.pick(":", ","))
	}
	return strings.Join(words, ":")
}

func (r *Random) fieldName(sloppy bool) string {
	if sloppy && r.IntN(4) == 0 {
		return r.pick("", "id", "ID", "created_at", "deletedAt", "user_id", "UserID", "fields", "set_defaults", "table_name", "x__y", "_x", "x_", "9a", "é", "a b",
			"xmin", strings.Repeat("x", 41), r.text(6))
	}
	switch r.IntN(6) {
	case 0, 1:
		return r.pick(strangeFields()...)
	case 2: // maximum length
		name := r.pick(nouns()...)
		for len(name) < 40 {
			name += "_" + r.pick(nouns()...)
		}
		return strings.TrimSuffix(name[:30+r.IntN(11)], "_")
	case 3:
		return r.pick(nouns()...) + r.pick("", "2", "_2", "_x", "ID", "At", "URL", "_url")
	case 4:
		return strings.NewReplacer(" ", "", "-", "").Replace(r.spelled(r.pick(nouns()...) + "_" + r.pick(nouns()...)))
	}
	return r.pick(nouns()...)
}

func (r *Random) fieldType(sloppy bool) string {
	if sloppy && r.IntN(5) == 0 {
		return r.pick("strin", "", "blob", "string=5", "decimal", "decimal:19.2", "enum", "enum:a", "ref=Nowhere", "ref=a/b", "ref=Type", "int:5", r.text(8))
	}
	optional := r.pick("", "", "", "", "", "?")
	switch r.IntN(16) {
	case 0, 1:
		return r.pick("string", "str", "varchar", "text", "longtext", "String") + optional
	case 2:
		return "string:" + r.number()
	case 3:
		return r.pick("slug", "email", "mail", "url", "link", "phone", "tel", "color", "ip", "uuid", "guid", "time", "file", "image") + optional
	case 4, 5:
		return r.pick("int", "integer", "bigint", "number", "float", "double") + optional
	case 6:
		return r.pick("money", "price", "percent") + optional
	case 7:
		return fmt.Sprintf("decimal:%d.%d", 1+r.IntN(18), r.IntN(8))
	case 8:
		return r.pick("bool", "boolean") + optional
	case 9:
		return r.pick("date", "datetime", "timestamp") + optional
	case 10:
		return r.pick("json", "jsonb", "object") + optional
	case 11, 12:
		return r.pick("enum:", "choice:", "enum=") + r.pick("draft,published", "a,b,c", "in-review,done_it,X", "1,2,3", "true,false,null", "type,func,range", "low,medium,high", "-,_", "yes,no-value", "public,private,hidden")
	}
	if len(r.made) == 0 {
		return "bool"
	}
	return r.pick("ref", "ref", "belongs", "references", "belongs_to") + "=" + r.spelled(r.pick(r.made...))
}

func (r *Random) modifier(sloppy bool) string {
	if sloppy && r.IntN(5) == 0 {
		return r.pick("", "optionl", "max", "max=", "default=", "unique=local", "optional=yes", "references=posts.uuid", r.text(10))
	}
	switch r.IntN(14) {
	case 0, 1:
		return r.pick("optional", "nullable", "null", "?")
	case 2:
		return r.pick("unique", "uniq", "unique=global")
	case 3:
		return r.pick("index", "indexed")
	case 4, 5:
		return r.pick("min", "max", "gt", "lt") + r.pick("=", ":") + r.number()
	case 6:
		return r.pick("search", "searchable")
	case 7:
		return r.pick("filter", "filterable")
	case 8:
		return r.pick("sort", "sortable")
	case 9:
		return r.pick("readonly", "hidden", "guarded")
	case 10:
		return "immutable"
	case 11:
		return "required"
	}
	return "default=" + r.pick("a", "true", "false", "draft", "b", "low", "0", "1", "-1", "2.5", "99", "first", "a b", "a:b,c", "null", "now()", "NULL", "2026-01-02", "2024-02-29", "0001-01-01",
		"2026-01-02T03:04:05Z", "2026-01-02T03:04:05+05:30", "09:30", "#ffcc00", "a@b.cd", "https://a.bc/?x=1&y=%20", "::1", "+4930123456", "files/a.pdf", r.number(), r.text(6))
}
