package web

import (
	"context"
	"errors"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"gorm.io/gorm"

	"example.com/blog/internal/database"
)

// Error is an error response. All errors have its JSON.
type Error struct {
	Status  int
	Code    string
	Message string
	Fields  []FieldError
	Header  http.Header // sent with the response
}

// FieldError describes an invalid member of a body or an invalid parameter.
type FieldError struct {
	Field   string `json:"field" example:"email"`
	Message string `json:"message" example:"is required"`
}

// NewError returns an error with the default code of its status.
func NewError(status int, message string) *Error {
	return &Error{Status: status, Code: code(status), Message: message}
}

// Invalid returns a 422 that lists the fields.
func Invalid(fields ...FieldError) *Error {
	e := NewError(http.StatusUnprocessableEntity, "Validation failed")
	e.Fields = fields
	return e
}

// WithCode replaces the code of the error.
func (e *Error) WithCode(code string) *Error { e.Code = code; return e }

// WithHeader adds a header to the response.
func (e *Error) WithHeader(key, value string) *Error {
	if e.Header == nil {
		e.Header = http.Header{}
	}
	e.Header.Set(key, value)
	return e
}

func (e *Error) Error() string { return e.Message }

// GetStatus implements huma.StatusError.
func (e *Error) GetStatus() int { return e.Status }

// GetHeaders implements huma.HeadersError.
func (e *Error) GetHeaders() http.Header { return e.Header }

// Problem turns the error of a handler into a response. An unknown error is
// logged and becomes a 500 without details.
func Problem(ctx context.Context, err error) *Error {
	var known *Error
	switch {
	case errors.As(err, &known):
		return known
	case errors.Is(err, gorm.ErrRecordNotFound):
		return NewError(http.StatusNotFound, "Not found")
	case errors.Is(err, gorm.ErrDuplicatedKey):
		return NewError(http.StatusConflict, "Already taken")
	case errors.Is(err, gorm.ErrForeignKeyViolated):
		return violatedReference(requestFrom(ctx).method)
	case errors.Is(err, gorm.ErrCheckConstraintViolated), errors.Is(err, gorm.ErrInvalidData):
		return NewError(http.StatusUnprocessableEntity, "A value is not allowed")
	case ctx.Err() != nil: // the client disconnected, or the server is stopping
		return NewError(http.StatusServiceUnavailable, "The request was interrupted")
	}
	info := requestFrom(ctx)
	if errors.Is(err, database.ErrUnavailable) {
		info.log.WarnContext(ctx, "the database is unavailable", "error", err, "request_id", info.ID)
		return NewError(http.StatusServiceUnavailable, "The database is unavailable, try again").WithHeader("Retry-After", "3")
	}
	info.log.ErrorContext(ctx, "request failed", "error", err, "path", info.loggedPath(), "request_id", info.ID)
	return NewError(http.StatusInternalServerError, "Internal server error")
}

func code(status int) string {
	switch status {
	case http.StatusRequestEntityTooLarge:
		return "PAYLOAD_TOO_LARGE"
	case http.StatusUnprocessableEntity:
		return "VALIDATION_ERROR"
	case http.StatusTooManyRequests:
		return "RATE_LIMIT_EXCEEDED"
	case http.StatusInternalServerError:
		return "INTERNAL_ERROR"
	}
	return strings.ToUpper(strings.NewReplacer(" ", "_", "-", "_").Replace(http.StatusText(status)))
}

// errorBody is the JSON of an Error.
type errorBody struct {
	Success bool        `json:"success" example:"false"`
	Error   errorDetail `json:"error"`
}

type errorDetail struct {
	Message   string       `json:"message" example:"Not found"`
	Code      string       `json:"code" example:"NOT_FOUND"`
	RequestID string       `json:"request_id" example:"4f0e9a1c6b2d8e37"`
	Fields    []FieldError `json:"fields,omitempty"`
}

func (e *Error) body(requestID string) errorBody {
	return errorBody{Error: errorDetail{e.Message, e.Code, requestID, e.Fields}}
}

// SchemaName is what clients know an error by.
func (errorBody) SchemaName() string { return "Error" }

// SchemaName leaves the name to what an Error is sent as.
func (*Error) SchemaName() string { return "ErrorOfHandler" }

// Schema describes the JSON of every error.
func (*Error) Schema(r huma.Registry) *huma.Schema {
	return r.Schema(reflect.TypeFor[errorBody](), true, "Error")
}
