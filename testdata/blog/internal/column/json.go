package column

import (
	"bytes"
	"encoding/json"
	"errors"

	"github.com/danielgtaylor/huma/v2"
)

// JSON is a JSON document, kept as its text without insignificant space: what a client has sent is answered again, with
// the order of its members and the digits of its numbers. A document is not null; where there may be none, use *JSON.
type JSON string

// NewJSON returns the document of a value.
func NewJSON(v any) (JSON, error) {
	text, err := json.Marshal(v)
	return JSON(text), err
}

// Decode reads the document into what v points to.
func (j JSON) Decode(v any) error { return json.Unmarshal([]byte(j), v) }

// MarshalJSON implements json.Marshaler. A JSON that was never set is null.
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
		return errors.New("null is no document")
	}
	*j = JSON(document.String())
	return nil
}

// TransformSchema describes the document.
func (JSON) TransformSchema(huma.Registry, *huma.Schema) *huma.Schema {
	return &huma.Schema{Description: "Any JSON document", Examples: []any{map[string]any{"key": "value"}}}
}
