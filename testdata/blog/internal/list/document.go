package list

import (
	"fmt"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// Parameters describes the query parameters.
func (Query[T]) Parameters() []*huma.Param {
	t := tableOf[T]()
	all := []*huma.Param{
		parameter("limit", "Rows per page", integer(1, maxLimit, defaultLimit)),
		parameter("cursor", "next_cursor of the previous page, with the same sort", text(0)),
		parameter("offset", "Rows to skip, for sorts without a cursor", integer(0, maxOffset, 0)),
		t.describeSort(),
		parameter("total", "Whether to count all rows", &huma.Schema{Type: huma.TypeBoolean, Default: false}),
	}
	if len(t.search) > 0 {
		all = append(all, parameter("q", "Text contained in "+names(t.search, " or ")+", ignoring case", text(maxText)))
	}
	for _, f := range t.filters {
		all = append(all, f.describe())
	}
	return all
}

func (t *table) describeSort() *huma.Param {
	var keys []any
	for _, c := range t.keys {
		keys = append(keys, c.name, "-"+c.name)
	}
	p := parameter("sort", "Sort keys; a minus sorts in descending order", several(&huma.Schema{Type: huma.TypeString, Enum: keys}, maxKeys))
	p.Schema.UniqueItems = true
	p.Schema.Default = []string{t.id.name}
	return p
}

func (f filter) describe() *huma.Param {
	conditions := map[operator]string{
		equal:    "equals this value",
		in:       "is one of these values",
		gte:      "is at least this value",
		lte:      "is at most this value",
		gt:       "is greater than this value",
		lt:       "is less than this value",
		contains: "contains this text, ignoring case",
	}
	schema := f.schema()
	switch f.operator {
	case in:
		schema = several(schema, maxValues)
	case contains:
		schema = text(maxText)
	}
	return parameter(f.parameter(), fmt.Sprintf("Rows whose %s %s", f.name, conditions[f.operator]), schema)
}

// schema returns the schema of a value of the column.
func (c *column) schema() *huma.Schema {
	schemas := huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer)
	s := huma.SchemaFromType(schemas, c.of)
	if c.text {
		s = text(maxText)
	}
	for _, member := range c.enum {
		value, _ := c.parse(member)
		s.Enum = append(s.Enum, value)
	}
	return s
}

// parameter describes a query parameter; the values of an array are separated by
// commas.
func parameter(name, description string, schema *huma.Schema) *huma.Param {
	p := &huma.Param{Name: name, In: "query", Description: description, Schema: schema}
	if schema.Type == huma.TypeArray {
		p.Style, p.Explode = "form", new(bool)
	}
	return p
}

func text(most int) *huma.Schema {
	s := &huma.Schema{Type: huma.TypeString}
	if most > 0 {
		s.MaxLength = &most
	}
	return s
}

func integer(least, most float64, usual int) *huma.Schema {
	return &huma.Schema{Type: huma.TypeInteger, Format: "int64", Minimum: &least, Maximum: &most, Default: usual}
}

func several(items *huma.Schema, most int) *huma.Schema {
	least := 1
	return &huma.Schema{Type: huma.TypeArray, Items: items, MinItems: &least, MaxItems: &most}
}

func names(columns []*column, separator string) string {
	all := make([]string, len(columns))
	for i, c := range columns {
		all[i] = c.name
	}
	return strings.Join(all, separator)
}
