// Package openapi completes the API document. huma describes the inputs and
// answers of the operations that run; this package adds what follows from
// their paths, handlers and statuses: ids, summaries, tags, the errors,
// headers and examples.
package openapi

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// Facts is what the registration of an operation knows beside its types.
type Facts struct {
	Handler  string       // such as post.handlers.list
	Audience string       // a sentence about who may call it; empty where anybody may
	Row      reflect.Type // of the answer; nil where it has none
	Errors   []Error      // that mean more than their status
}

// Error is one that an operation answers with. Its code is that of the status,
// where it is empty, and its body that of every error, where it is nil.
type Error struct {
	Status        int
	Code, Message string
	Body          any
}

// Key is where huma.Operation.Metadata has the Facts.
const Key = "facts"

func factsOf(op *huma.Operation) Facts {
	facts, _ := op.Metadata[Key].(Facts)
	return facts
}

// An Example returns the body of an answer with the error.
type Example func(Error) any

// draft is a document under work. It shares no operation and no schema with the
// source, by which requests are validated.
type draft struct {
	source  *huma.OpenAPI
	prefix  string // of every path
	example Example

	requested map[string]bool         // schemas that a request refers to
	schemas   map[string]*huma.Schema // those of the document
	responses map[string]*huma.Response
	headers   map[string]*huma.Header
	singulars map[string][]string // words for one row, by the path of all
	ids       map[string]bool
	access    map[string][]string // who may call the operations of a tag
}

// Complete returns a document with everything that the source says, and what
// follows from it. Paths begin with the prefix, which names nothing.
func Complete(source *huma.OpenAPI, prefix string, example Example) *huma.OpenAPI {
	d := &draft{
		source: source, prefix: prefix, example: example,
		requested: map[string]bool{}, schemas: map[string]*huma.Schema{}, responses: map[string]*huma.Response{}, headers: map[string]*huma.Header{},
		singulars: map[string][]string{}, ids: map[string]bool{}, access: map[string][]string{},
	}
	d.survey()
	doc, components := *source, *source.Components
	doc.Info = info(source.Info)
	doc.Paths = make(map[string]*huma.PathItem, len(source.Paths))
	for _, path := range slices.Sorted(maps.Keys(source.Paths)) {
		item := *source.Paths[path]
		for _, op := range operations(&item) {
			*op = d.operation(*op)
		}
		doc.Paths[path] = &item
	}
	doc.Tags = d.tags()
	components.Schemas = d.registry()
	components.Responses, components.Headers = d.responses, d.headers
	doc.Components = &components
	return &doc
}

// operations returns where a path has its operations.
func operations(item *huma.PathItem) []**huma.Operation {
	all := []**huma.Operation{&item.Get, &item.Post, &item.Put, &item.Patch, &item.Delete, &item.Head, &item.Options, &item.Trace}
	return slices.DeleteFunc(all, func(op **huma.Operation) bool { return *op == nil })
}

// survey looks at every operation for what the others need to know: which
// schemas belong to requests, what one row is called, which ids are taken.
func (d *draft) survey() {
	for _, path := range slices.Sorted(maps.Keys(d.source.Paths)) {
		for _, op := range operations(d.source.Paths[path]) {
			op := *op
			if op.OperationID != "" {
				d.ids[op.OperationID] = true
			}
			if op.RequestBody != nil {
				for _, content := range op.RequestBody.Content {
					d.request(content.Schema)
				}
			}
			place := placeOf(strings.TrimPrefix(path, d.prefix))
			if row := factsOf(op).Row; row != nil && d.singulars[place.path] == nil {
				d.singulars[place.path] = words(row.Name())
			}
		}
	}
}

// operation returns a copy of the operation that is described in full.
func (d *draft) operation(op *huma.Operation) *huma.Operation {
	described := *op
	op = &described
	subject := d.subject(op)
	d.name(op, subject)
	if op.Tags == nil {
		op.Tags = []string{tagOf(strings.TrimPrefix(op.Path, d.prefix))}
	}
	op.Description = description(op)
	for _, tag := range op.Tags {
		d.access[tag] = append(d.access[tag], audience(op))
	}
	d.parameters(op)
	d.body(op)
	d.answers(op, subject)
	return op
}

// info adds what readers of every document look for. The application says
// otherwise in the Info of the source.
func info(given *huma.Info) *huma.Info {
	full := *given
	full.Description = cmp.Or(full.Description, "The interface of "+full.Title+".\n\n"+conventions)
	if full.License == nil {
		full.License = &huma.License{Name: "Proprietary", Identifier: "LicenseRef-Proprietary"}
	}
	return &full
}

const conventions = `Bodies are JSON in UTF-8. Unknown members and parameters are refused, unless an operation allows more.
An error has one shape, whatever its status: ` + "`error.code`" + ` is for programs, ` + "`error.message`" + ` for people, and ` +
	"`error.fields`" + ` of a 422 names each member or parameter that is wrong. Every answer carries X-Request-ID, by which the log finds it.`

// tags declares each tag, and says who may call its operations.
func (d *draft) tags() []*huma.Tag {
	tags := slices.Clone(d.source.Tags)
	for name, access := range d.access {
		if slices.ContainsFunc(tags, func(tag *huma.Tag) bool { return tag.Name == name }) {
			continue
		}
		who := "Each operation says who may call it."
		slices.Sort(access)
		if same := slices.Compact(access); len(same) == 1 {
			who = strings.Replace(same[0], " call it", " call them", 1)
		}
		tags = append(tags, &huma.Tag{Name: name, Description: sentence(wordsOf(name)...) + ". " + who})
	}
	slices.SortFunc(tags, func(a, b *huma.Tag) int { return strings.Compare(a.Name, b.Name) })
	return tags
}
