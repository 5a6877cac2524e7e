package column

import (
	"bytes"
	"encoding/json"
	"errors"

	"github.com/danielgtaylor/huma/v2"
)

// JSON is a JSON document, stored as compact text. It keeps the order of members and the digits of numbers as the client
// sent them. The document is never null; use *JSON for an optional one.
type JSON string

// NewJSON encodes a value.
func NewJSON(v any) (JSON, error) {
	text, err := json.Marshal(v)
	return JSON(text), err
}

// Decode decodes the document into v.
func (j JSON) Decode(v any) error { return json.Unmarshal([]byte(j), v) }

// MarshalJSON implements json.Marshaler. The zero JSON is null.
func (j JSON) MarshalJSON() ([]byte, error) {
	if j == "" {
		return []byte("null"), nil
	}
	return []byte(j), nil
}

// UnmarshalJSON implements json.Unmarshaler.
func (j *JSON) UnmarshalJSON(text []byte) error {
	var document bytes.Buffer
	if err := json.Compact(&document, text); err != nil {
		return err
	}
	if document.String() == "null" {
		return errors.New("must not be null")
	}
	*j = JSON(document.String())
	return nil
}

// TransformSchema describes the document.
func (JSON) TransformSchema(huma.Registry, *huma.Schema) *huma.Schema {
	return &huma.Schema{Description: "Any JSON document", Examples: []any{map[string]any{"key": "value"}}}
}
