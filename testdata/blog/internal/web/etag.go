package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

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
