// Package openapi completes the OpenAPI document. huma describes the inputs and
// outputs of the operations; this package derives IDs, summaries, tags, errors,
// headers and examples from their paths, handlers and statuses.
package openapi

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// Facts are what the registration of an operation knows besides its types.
type Facts struct {
	Handler  string       // for example post.handlers.list
	Audience string       // a sentence about who may call it; empty where anybody may
	Row      reflect.Type // type of the row in the response, or nil
	Errors   []Error      // errors with a message of their own
}

// Error is an error that an operation returns. An empty Code means that of the
// status, a nil Body the usual error body.
type Error struct {
	Status        int
	Code, Message string
	Body          any
}

// Key is the key of the Facts in huma.Operation.Metadata.
const Key = "facts"

func factsOf(op *huma.Operation) Facts {
	facts, _ := op.Metadata[Key].(Facts)
	return facts
}

// An Example returns the response body for an error.
type Example func(Error) any

// draft is a document in progress. It shares no operation or schema with the
// source, which validates requests.
type draft struct {
	source  *huma.OpenAPI
	prefix  string // of every path
	example Example

	requested map[string]bool         // schemas used by requests
	schemas   map[string]*huma.Schema // components of the document
	responses map[string]*huma.Response
	headers   map[string]*huma.Header
	singulars map[string][]string // words for one row, by the path of the collection
	ids       map[string]bool
	access    map[string][]string // who may call the operations of a tag
}

// Complete returns the source document with everything derived from it. Paths
// begin with prefix, which is ignored when naming operations.
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

// operations returns pointers to the operations of a path.
func operations(item *huma.PathItem) []**huma.Operation {
	all := []**huma.Operation{&item.Get, &item.Post, &item.Put, &item.Patch, &item.Delete, &item.Head, &item.Options, &item.Trace}
	return slices.DeleteFunc(all, func(op **huma.Operation) bool { return *op == nil })
}

// survey collects what describing an operation requires of all others: schemas
// used by requests, names of rows, and IDs that are taken.
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

// operation returns a fully described copy of the operation.
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

// info fills in a description and a license, unless the source has them.
func info(given *huma.Info) *huma.Info {
	full := *given
	full.Description = cmp.Or(full.Description, "The API of "+full.Title+".\n\n"+conventions)
	if full.License == nil {
		full.License = &huma.License{Name: "Proprietary", Identifier: "LicenseRef-Proprietary"}
	}
	return &full
}

const conventions = `Bodies are JSON in UTF-8. Unknown members and parameters are rejected, unless an operation allows them.
All errors have the same shape: ` + "`error.code`" + ` is for programs, ` + "`error.message`" + ` for people, and ` +
	"`error.fields`" + ` of a 422 lists the invalid members and parameters. Every response has an X-Request-ID, which the log contains too.`

// tags declares the tags, with who may call their operations.
func (d *draft) tags() []*huma.Tag {
	tags := slices.Clone(d.source.Tags)
	for name, access := range d.access {
		if slices.ContainsFunc(tags, func(tag *huma.Tag) bool { return tag.Name == name }) {
			continue
		}
		who := "Access differs by operation."
		slices.Sort(access)
		if distinct := slices.Compact(access); len(distinct) == 1 {
			who = distinct[0]
		}
		tags = append(tags, &huma.Tag{Name: name, Description: sentence(wordsOf(name)...) + ". " + who})
	}
	slices.SortFunc(tags, func(a, b *huma.Tag) int { return strings.Compare(a.Name, b.Name) })
	return tags
}
