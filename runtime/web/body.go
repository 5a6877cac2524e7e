package web

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

const (
	mediaJSON  = "application/json"
	mediaPatch = "application/merge-patch+json"
	mediaForm  = "application/x-www-form-urlencoded"

	maxBody  = 1 << 20 // bytes, unless an operation sets another limit
	maxDepth = 64      // levels of nesting
)

// checkBody rejects what huma would accept: a wrong or missing content type, a
// second document, excessive nesting, duplicate members, invalid UTF-8, NUL, and
// null for a member that is not nullable.
func checkBody(api huma.API) func(huma.Context, func(huma.Context)) {
	return func(c huma.Context, next func(huma.Context)) {
		r, w := humago.Unwrap(c)
		op := c.Operation()
		if op.RequestBody == nil {
			next(c)
			return
		}
		body, err := readBody(w, r, op)
		if err == nil && len(body) > 0 {
			err = checkNulls(api, op, body)
		}
		if err != nil {
			WriteError(w, r, Problem(c.Context(), err))
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		r.Header.Set("Content-Type", mediaJSON)
		next(c)
	}
}

// readBody returns the body as JSON, or nil if it is optional and empty or null.
func readBody(w http.ResponseWriter, r *http.Request, op *huma.Operation) ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, op.MaxBodyBytes))
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return nil, NewError(http.StatusRequestEntityTooLarge, "The body is too large")
	} else if err != nil {
		return nil, NewError(http.StatusBadRequest, "The body could not be read")
	}
	empty := len(bytes.TrimSpace(body)) == 0
	if empty && !op.RequestBody.Required {
		return nil, nil
	}
	media := MediaType(r)
	switch {
	case op.RequestBody.Content[media] == nil:
		return nil, NewError(http.StatusUnsupportedMediaType, "Send the body as "+mediaJSON)
	case media == mediaForm:
		return formToJSON(body)
	case !op.RequestBody.Required && string(bytes.TrimSpace(body)) == "null":
		return nil, nil
	}
	return body, nil
}

// MediaType returns the media type of a request's body, without parameters. It is
// "" if the header is missing, repeated or malformed, or if the body is encoded or
// not in UTF-8.
func MediaType(r *http.Request) string {
	given := r.Header.Values("Content-Type")
	if len(given) != 1 || r.Header.Get("Content-Encoding") != "" {
		return ""
	}
	media, params, err := mime.ParseMediaType(given[0])
	if charset := params["charset"]; err != nil || charset != "" && !strings.EqualFold(charset, "utf-8") {
		return ""
	}
	return media
}

// formToJSON converts a form to an object of strings. Repeated names are an error.
func formToJSON(body []byte) ([]byte, error) {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, NewError(http.StatusBadRequest, "The body is not a valid form")
	}
	members := make(map[string]string, len(form))
	for name, values := range form {
		if len(values) > 1 {
			return nil, NewError(http.StatusBadRequest, "A parameter is repeated")
		}
		members[name] = values[0]
	}
	encoded, err := json.Marshal(members)
	if err != nil {
		return nil, NewError(http.StatusBadRequest, "The body is not valid UTF-8")
	}
	return encoded, nil
}

// checkNulls parses the document and returns an error for each top-level null that
// the schema does not allow.
func checkNulls(api huma.API, op *huma.Operation, body []byte) error {
	nulls, err := scan(body)
	if err != nil {
		return NewError(http.StatusBadRequest, "The body is not valid JSON: "+err.Error())
	}
	schema := op.RequestBody.Content[mediaJSON].Schema
	if schema.Ref != "" {
		schema = api.OpenAPI().Components.Schemas.SchemaFromRef(schema.Ref)
	}
	var fields []FieldError
	for _, name := range nulls {
		if member := schema.Properties[name]; member != nil && !member.Nullable && !member.ReadOnly && member.Ref == "" && member.Type != "" {
			fields = append(fields, FieldError{name, "must not be null"})
		}
	}
	if fields != nil {
		return Invalid(fields...)
	}
	return nil
}

// scan returns the names of the top-level members that are null.
func scan(body []byte) (nulls []string, err error) {
	d := jsontext.NewDecoder(bytes.NewReader(body))
	name := ""
	for documents := 0; ; {
		token, err := d.ReadToken()
		if err == io.EOF && documents == 1 {
			return nulls, nil
		}
		if err != nil {
			return nil, errors.New("syntax error, invalid UTF-8 or a repeated member")
		}
		depth := d.StackDepth()
		kind := token.Kind()
		switch {
		case depth > maxDepth:
			return nil, errors.New("nested too deeply")
		case kind == '"' && strings.Contains(token.String(), "\x00"):
			return nil, errors.New("NUL in a string")
		case depth == 0:
			documents++
		case depth == 1 && kind == 'n':
			nulls = append(nulls, name)
		}
		if depth == 1 && kind == '"' {
			if parent, members := d.StackIndex(1); parent == '{' && members%2 == 1 {
				name = token.String()
			}
		}
		if documents > 1 {
			return nil, errors.New("more than one document")
		}
	}
}

// exactJSON is the format of requests and responses. Member names match exactly,
// unlike in encoding/json.
func exactJSON() huma.Format {
	return huma.Format{
		Marshal:   marshal,
		Unmarshal: unmarshal,
	}
}

// wrongMember prefixes the error about a value of the wrong type; the path of the
// member follows.
const wrongMember = "wrong value: "

func unmarshal(data []byte, v any) error {
	err := json.Unmarshal(data, v)
	var wrong *json.SemanticError
	if errors.As(err, &wrong) {
		return errors.New(wrongMember + string(wrong.JSONPointer))
	}
	return err
}
