package golang

import (
	"slices"

	"fastgo/generator/field"
	"fastgo/generator/schema"
)

// A Resource is the data of the templates in templates/resource.
type Resource struct {
	*schema.Resource
	Module    string
	Migration string       // ID of the migration that creates the table
	Members   []field.Code // set by clients
	ByCode    []field.Code // set by code

	needs []*schema.Resource // resources whose rows a test needs
}

// NewResource returns the data of the templates for a resource.
func NewResource(r *schema.Resource, module, migration string) Resource {
	c := Resource{Resource: r, Module: module, Migration: migration}
	for _, f := range r.Fields {
		if f.Settable() {
			c.Members = append(c.Members, f.Code())
		} else {
			c.ByCode = append(c.ByCode, f.Code())
		}
	}
	if r.Parent != nil {
		c.needs = r.Parent.Below(c.needs)
	}
	for _, other := range slices.Concat(r.Refers(), r.Sets()) {
		if other != r {
			c.needs = other.Below(c.needs)
		}
	}
	return c
}

// Resource renders the files of a resource.
func (s Source) Resource(r Resource) ([]File, error) {
	for _, other := range r.needs {
		if err := other.Unreadable(); err != nil && !r.Model {
			return nil, err
		}
	}
	type file struct {
		target    string
		templates []string
		data      any
	}
	files := []file{
		{r.File(r.Name.Package + ".go"), []string{"post.go.tmpl"}, r},
		{schema.MigrationFile(r.Migration), []string{"migration.go.tmpl"}, r},
	}
	if !r.Model {
		files = append([]file{
			{r.File("handlers.go"), r.handlerTemplates(), r.Handlers()},
			{r.File("handlers_test.go"), []string{"handlers_test.go.tmpl"}, r.suite()},
		}, files...)
	}
	var rendered []File
	for _, file := range files {
		f, err := s.Source("resource", file.target, file.data, file.templates...)
		if err != nil {
			return nil, err
		}
		rendered = append(rendered, f)
	}
	return rendered, nil
}
