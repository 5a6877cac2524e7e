package list

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"

	"gorm.io/gorm/clause"
	"gorm.io/gorm/schema"
)

// A table describes how rows of a type can be listed.
type table struct {
	id      *column
	filters []filter
	keys    []*column // sort keys
	search  []*column
}

// A column is a field of a row.
type column struct {
	kind
	name     string // in the JSON and in parameters
	at       clause.Column
	nullable bool
	enum     []string
	value    func(ctx context.Context, row reflect.Value) (value any, zero bool)
}

// tables caches the table of each type.
var tables sync.Map

// tableOf returns the table of a row type. It panics if the tags are invalid.
func tableOf[T any]() *table {
	row := reflect.TypeFor[T]()
	if known, ok := tables.Load(row); ok {
		return known.(*table)
	}
	read, err := readTable(new(T))
	if err != nil {
		panic(fmt.Sprintf("list of %v: %v", row, err))
	}
	known, _ := tables.LoadOrStore(row, read)
	return known.(*table)
}

func readTable(row any) (*table, error) {
	parsed, err := schema.Parse(row, &sync.Map{}, schema.NamingStrategy{IdentifierMaxLength: 64})
	if err != nil {
		return nil, err
	}
	id := parsed.PrioritizedPrimaryField
	if id == nil || id.FieldType != reflect.TypeFor[int64]() {
		return nil, errors.New("the model has no ID of type int64")
	}
	t := &table{}
	for _, field := range parsed.Fields {
		words := field.Tag.Get("list")
		if words == "" && field != id {
			continue
		}
		c, err := newColumn(field)
		if err == nil && field == id {
			t.id, t.keys = c, append(t.keys, c)
		}
		if err == nil && words != "" {
			err = t.add(c, strings.Split(words, ","))
		}
		if err != nil {
			return nil, fmt.Errorf("field %s: %w", field.Name, err)
		}
	}
	return t, nil
}

func newColumn(field *schema.Field) (*column, error) {
	name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
	kind, ok := kindOf(field.IndirectFieldType)
	switch {
	case name == "" || name == "-":
		return nil, errors.New("has no JSON name")
	case field.DBName == "":
		return nil, errors.New("has no column")
	case !ok:
		return nil, fmt.Errorf("values of type %v cannot be compared", field.FieldType)
	}
	c := &column{
		kind:     kind,
		name:     name,
		at:       clause.Column{Table: clause.CurrentTable, Name: field.DBName},
		nullable: field.FieldType.Kind() == reflect.Pointer,
		value:    field.ValueOf,
	}
	if enum := field.Tag.Get("enum"); enum != "" {
		c.enum = strings.Split(enum, ",")
	}
	for _, member := range c.enum {
		if _, err := c.parse(member); err != nil {
			return nil, fmt.Errorf("enum value %q %w", member, err)
		}
	}
	return c, nil
}

// add enables what the words of a list tag name.
func (t *table) add(c *column, words []string) error {
	for _, word := range words {
		switch {
		case word == "equal" || word == "filter":
			t.filters = append(t.filters, filtersOf(c, word == "filter")...)
		case word == "sort" && c != t.id:
			t.keys = append(t.keys, c)
		case word == "search" && c.text:
			t.search = append(t.search, c)
		case word == "search":
			return errors.New("only strings can be searched")
		case word != "sort":
			return fmt.Errorf("list tag: unknown word %q", word)
		}
	}
	return nil
}
