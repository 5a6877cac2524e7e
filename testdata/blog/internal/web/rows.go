package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

// ByID is the input of an operation on one row.
type ByID struct {
	Path
	ID int64 `path:"id" minimum:"1" example:"1"`
}

// Precondition is the If-Match header of a write.
type Precondition struct {
	IfMatch string `header:"If-Match" doc:"The ETag of the row as last read"`
}

// Match returns a 412 if the row has changed since the client read it.
func (p Precondition) Match(row any) error {
	if p.IfMatch == "" || p.IfMatch == "*" {
		return nil
	}
	current, err := encode(row)
	if err != nil {
		return err
	}
	want := current.etag()
	for given := range strings.SplitSeq(p.IfMatch, ",") {
		if strings.TrimSpace(given) == want {
			return nil
		}
	}
	return NewError(http.StatusPreconditionFailed, "The row has changed since you read it")
}

// Create is the input of an operation that creates a row with the fields F.
type Create[F any] struct {
	Path
	Body Members[F]
}

// Replace is the input of an operation that sets every field of a row.
type Replace[F any] struct {
	Path
	ID int64 `path:"id" minimum:"1" example:"1"`
	Precondition
	Body Members[F]
}

// PatchByID is the input of an operation that sets some fields of a row.
type PatchByID[F any] struct {
	Path
	ID int64 `path:"id" minimum:"1" example:"1"`
	Precondition
	Body MergePatch[F]
}

// DeleteByID is the input of an operation that deletes a row.
type DeleteByID struct {
	Path
	ID int64 `path:"id" minimum:"1" example:"1"`
	Precondition
}

// An Update is a Replace or a PatchByID.
type Update[F any] interface {
	Key() int64
	Parent() int64
	Match(row any) error
	Apply(to *F) error
}

// Fields returns the fields that the client sent.
func (in *Create[F]) Fields() F { return in.Body.fields }

// Key returns the ID of the row.
func (in *Replace[F]) Key() int64 { return in.ID }

// Apply sets every field. It returns a 422 that lists immutable fields that would
// change.
func (in *Replace[F]) Apply(to *F) error {
	before := *to
	*to = in.Body.fields
	return checkImmutable(&before, to)
}

// Key returns the ID of the row.
func (in *PatchByID[F]) Key() int64 { return in.ID }

// Apply sets the fields that the client sent. It returns a 422 that lists immutable
// fields that would change.
func (in *PatchByID[F]) Apply(to *F) error {
	before := *to
	if err := in.Body.Apply(to); err != nil {
		return err
	}
	return checkImmutable(&before, to)
}

// Row is a response with one row.
type Row[T any] struct {
	ETag string `header:"ETag" doc:"Changes whenever the row changes"` // computed from the body unless set
	Body T
}

// NewRow returns a response with the row.
func NewRow[T any](row T) *Row[T] { return &Row[T]{Body: row} }

// Created is a response with a new row.
type Created[T any] struct {
	ETag     string `header:"ETag" doc:"Changes whenever the row changes"` // computed from the body unless set
	Location string `header:"Location" doc:"The path of the row"`
	Body     T
}

// NewCreated returns a response with the row and its path: the path of the request
// followed by the ID.
func NewCreated[T any](ctx context.Context, id int64, row T) *Created[T] {
	request := RequestFrom(ctx)
	location := fmt.Sprintf("%s%s/%d", request.base, strings.TrimSuffix(request.Path, "/"), id)
	return &Created[T]{Location: location, Body: row}
}

// encoded is the JSON of a response.
type encoded []byte

func encode(v any) (encoded, error) {
	var b bytes.Buffer
	err := huma.DefaultJSONFormat.Marshal(&b, v)
	return b.Bytes(), err
}

// etag returns a strong entity tag: a digest.
func (e encoded) etag() string {
	sum := sha256.Sum256(e)
	return `"` + base64.RawURLEncoding.EncodeToString(sum[:16]) + `"`
}

// encodeAnswer encodes the body before the status is sent, and sets the ETag
// header, computed from the exact bytes that are sent. It panics if the body
// cannot be encoded, so that the response is a 500: huma would send the status
// of success first, and "error marshaling response" as the body.
func encodeAnswer(c huma.Context, _ string, v any) (any, error) {
	body, err := encode(v)
	if err != nil {
		panic(fmt.Errorf("encode the response: %w", err))
	}
	_, w := humago.Unwrap(c)
	_, failed := v.(errorBody)
	if !failed && c.Operation().Metadata[taggedKey] != nil && w.Header().Get("ETag") == "" {
		w.Header().Set("ETag", body.etag())
	}
	return body, nil
}

// marshal writes a response.
func marshal(w io.Writer, v any) error {
	if body, ok := v.(encoded); ok {
		_, err := w.Write(body)
		return err
	}
	return huma.DefaultJSONFormat.Marshal(w, v)
}
