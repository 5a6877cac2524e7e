package generator

import (
	"slices"

	"fastgo/generator/field"
)

// resourceCode is a resource as the templates of templates/resource read it.
type resourceCode struct {
	*Resource
	Module    string
	Migration string       // the id of the migration that makes the table
	Fields    []field.Code // that a client may set
	ByCode    []field.Code // that code sets

	needs []*Resource // the rows that a test has to make first
}

func newResourceCode(r *Resource, module, migration string) resourceCode {
	c := resourceCode{Resource: r, Module: module, Migration: migration}
	for _, f := range r.fields {
		if f.Settable() {
			c.Fields = append(c.Fields, f.Code())
		} else {
			c.ByCode = append(c.ByCode, f.Code())
		}
	}
	if r.parent != nil {
		c.needs = r.parent.below(c.needs)
	}
	for _, other := range slices.Concat(r.refers(), r.sets()) {
		if other != r {
			c.needs = other.below(c.needs)
		}
	}
	return c
}

// resource renders the files that belong to a resource alone.
func (s Source) resource(r resourceCode) ([]File, error) {
	type file struct {
		target    string
		templates []string
		data      any
	}
	files := []file{
		{r.file(r.Name.Package + ".go"), []string{"post.go.tmpl"}, r},
		{migrationFile(r.Migration), []string{"migration.go.tmpl"}, r},
	}
	if !r.model {
		files = append([]file{
			{r.file("handlers.go"), r.handlerTemplates(), r.handlers()},
			{r.file("handlers_test.go"), r.tests(), r.handlers()},
		}, files...)
	}
	var rendered []File
	for _, file := range files {
		f, err := s.source("resource", file.target, file.data, file.templates...)
		if err != nil {
			return nil, err
		}
		rendered = append(rendered, f)
	}
	return rendered, nil
}
