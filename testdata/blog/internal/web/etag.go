package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
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

// tagRow sets the ETag header, computed from the exact bytes that are sent.
func tagRow(c huma.Context, _ string, v any) (any, error) {
	_, w := humago.Unwrap(c)
	_, failed := v.(errorBody)
	if failed || c.Operation().Metadata[taggedKey] == nil || w.Header().Get("ETag") != "" {
		return v, nil
	}
	row, err := encode(v)
	if err != nil {
		return v, nil // the format reports the same error
	}
	w.Header().Set("ETag", row.etag())
	return row, nil
}

// marshal writes a response.
func marshal(w io.Writer, v any) error {
	if row, ok := v.(encoded); ok {
		_, err := w.Write(row)
		return err
	}
	return huma.DefaultJSONFormat.Marshal(w, v)
}
