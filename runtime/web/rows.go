package web

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	stdjson "encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/go-json-experiment/json"
)

// Item names one row by its path.
type Item struct {
	ID int64 `path:"id" minimum:"1" example:"1"`
}

// Precondition is the If-Match header of a write.
type Precondition struct {
	IfMatch string `header:"If-Match" doc:"The ETag of the row that you have read"`
}

// Match returns a 412 when the row is not the one that the client has read.
func (p Precondition) Match(row any) error {
	if p.IfMatch == "" || p.IfMatch == "*" {
		return nil
	}
	want := etag(row)
	for given := range strings.SplitSeq(p.IfMatch, ",") {
		if strings.TrimSpace(given) == want {
			return nil
		}
	}
	return NewError(http.StatusPreconditionFailed, "The row has changed since you read it")
}

// Create is the input of an operation that makes a row of the fields F.
type Create[F any] struct{ Body Members[F] }

// Replace is the input of an operation that sets every field of a row.
type Replace[F any] struct {
	ID int64 `path:"id" minimum:"1" example:"1"`
	Precondition
	Body Members[F]
}

// Change is the input of an operation that sets some fields of a row.
type Change[F any] struct {
	ID int64 `path:"id" minimum:"1" example:"1"`
	Precondition
	Body MergePatch[F]
}

// Remove is the input of an operation that deletes a row.
type Remove struct {
	ID int64 `path:"id" minimum:"1" example:"1"`
	Precondition
}

// An Edit is a Replace or a Change.
type Edit[F any] interface {
	Key() int64
	Match(row any) error
	Apply(to *F) error
}

// Fields returns what the client has sent.
func (in *Create[F]) Fields() F { return in.Body.fields }

// Key returns the id of the row.
func (in *Replace[F]) Key() int64 { return in.ID }

// Apply sets every field.
func (in *Replace[F]) Apply(to *F) error { *to = in.Body.fields; return nil }

// Key returns the id of the row.
func (in *Change[F]) Key() int64 { return in.ID }

// Apply sets the fields that the client has sent.
func (in *Change[F]) Apply(to *F) error { return in.Body.Apply(to) }

// Members is a body with every field of an F. The read-only members of an
// answer are accepted and ignored, so that what GET gave can be sent back.
type Members[F any] struct{ fields F }

// UnmarshalJSON reads the fields.
func (m *Members[F]) UnmarshalJSON(b []byte) error { return json.Unmarshal(b, &m.fields) }

// Schema describes the body.
func (Members[F]) Schema(r huma.Registry) *huma.Schema { return bodySchema[F](r, false) }

// MergePatch is a JSON merge patch (RFC 7396) of an F.
type MergePatch[F any] struct{ patch stdjson.RawMessage }

// UnmarshalJSON keeps the patch until there is a row to apply it to.
func (p *MergePatch[F]) UnmarshalJSON(b []byte) error {
	p.patch = append(p.patch[:0], b...)
	var probe F
	return json.Unmarshal(b, &probe)
}

// Apply sets the fields that the client has sent.
func (p *MergePatch[F]) Apply(to *F) error { return json.Unmarshal(p.patch, to) }

// Schema describes the body.
func (MergePatch[F]) Schema(r huma.Registry) *huma.Schema { return bodySchema[F](r, true) }

// bodySchema describes a body of F; partial makes every member optional.
func bodySchema[F any](r huma.Registry, partial bool) *huma.Schema {
	schema := *r.SchemaFromRef(r.Schema(reflect.TypeFor[F](), true, "").Ref)
	members := make(map[string]*huma.Schema, len(schema.Properties))
	for name, member := range schema.Properties {
		if partial {
			copied := *member
			copied.Default = nil
			member = &copied
		}
		members[name] = member
	}
	for _, name := range []string{"id", "user_id", "created_at", "updated_at"} {
		if members[name] == nil {
			members[name] = &huma.Schema{ReadOnly: true}
		}
	}
	schema.Properties = members
	if partial {
		schema.Required = nil
	}
	schema.PrecomputeMessages()
	return &schema
}

// Row is the answer that carries one row.
type Row[T any] struct {
	ETag string `header:"ETag" doc:"Changes whenever the row changes"`
	Body T
}

// NewRow returns the answer with the row and its ETag.
func NewRow[T any](row T) *Row[T] { return &Row[T]{ETag: etag(row), Body: row} }

// Created is the answer that carries a row just made.
type Created[T any] struct {
	ETag     string `header:"ETag" doc:"Changes whenever the row changes"`
	Location string `header:"Location" doc:"The path of the row"`
	Body     T
}

// NewCreated returns the answer with the row, its ETag and its path, which is
// the path of the request and the id.
func NewCreated[T any](ctx context.Context, id int64, row T) *Created[T] {
	request := RequestFrom(ctx)
	location := fmt.Sprintf("%s%s/%d", request.base, strings.TrimSuffix(request.Path, "/"), id)
	return &Created[T]{etag(row), location, row}
}

// etag is a strong entity tag: a digest of the JSON of the row.
func etag(row any) string {
	encoded, err := stdjson.Marshal(row)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(encoded)
	return `"` + base64.RawURLEncoding.EncodeToString(sum[:16]) + `"`
}
