package rival

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	stdjson "encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Post is a row of the posts table.
type Post struct {
	ID        int64     `json:"id"`
	UserID    int64     `json:"user_id"`
	Title     string    `json:"title"`
	Body      string    `json:"body"`
	Published bool      `json:"published"`
	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"`
}

const (
	insertPost = `INSERT INTO posts (user_id, title, body, published, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`
	selectPost = `SELECT id, user_id, title, body, published, created_at, updated_at FROM posts WHERE id = $1 AND user_id = $2`
)

// get answers GET /api/posts/{id}.
func (api *API) get(w http.ResponseWriter, r *http.Request, user *User) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil || id < 1 {
		invalid(w, r, fieldError{"id", "is not the id of a row"})
		return
	}
	if r.URL.RawQuery != "" {
		invalid(w, r, fieldError{"query", "unknown query parameter"})
		return
	}
	var p Post
	err = api.show.QueryRowContext(r.Context(), id, user.ID).Scan(&p.ID, &p.UserID, &p.Title, &p.Body, &p.Published, &p.CreatedAt, &p.UpdatedAt)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		writeError(w, r, http.StatusNotFound, "NOT_FOUND", "Not found")
	case err != nil:
		api.fail(w, r, err)
	default:
		api.write(w, r, http.StatusOK, p)
	}
}

// create answers POST /api/posts.
func (api *API) create(w http.ResponseWriter, r *http.Request, user *User) {
	if r.URL.RawQuery != "" {
		invalid(w, r, fieldError{"query", "unknown query parameter"})
		return
	}
	fields, ok := readFields(w, r)
	if !ok {
		return
	}
	now := time.Now().UTC().Truncate(time.Millisecond)
	p := Post{UserID: user.ID, Title: *fields.Title, Body: *fields.Body, Published: bool(fields.Published), CreatedAt: now, UpdatedAt: now}
	err := api.insert.QueryRowContext(r.Context(), p.UserID, p.Title, p.Body, p.Published, p.CreatedAt, p.UpdatedAt).Scan(&p.ID)
	if err != nil {
		api.fail(w, r, err)
		return
	}
	w.Header().Set("Location", fmt.Sprintf("%s/%d", strings.TrimSuffix(r.URL.Path, "/"), p.ID))
	api.write(w, r, http.StatusCreated, p)
}

// write answers with a row and its ETag.
func (api *API) write(w http.ResponseWriter, r *http.Request, status int, p Post) {
	body, err := stdjson.Marshal(p)
	if err != nil {
		api.fail(w, r, err)
		return
	}
	sum := sha256.Sum256(body)
	w.Header().Set("ETag", `"`+base64.RawURLEncoding.EncodeToString(sum[:16])+`"`)
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(append(body, '\n'))
}

// fields are what a client may set; the read-only members of an answer are
// accepted and ignored.
type fields struct {
	Title     *string `json:"title"`
	Body      *string `json:"body"`
	Published present `json:"published"`

	ID        jsontext.Value `json:"id"`
	UserID    jsontext.Value `json:"user_id"`
	CreatedAt jsontext.Value `json:"created_at"`
	UpdatedAt jsontext.Value `json:"updated_at"`
}

// present is a bool that is not null.
type present bool

// UnmarshalJSON refuses null.
func (p *present) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		return errors.New("null")
	}
	return json.Unmarshal(b, (*bool)(p))
}

// readFields reads the body; otherwise it answers what is wrong with it.
func readFields(w http.ResponseWriter, r *http.Request) (*fields, bool) {
	media, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if charset := params["charset"]; err != nil || media != "application/json" || charset != "" && !strings.EqualFold(charset, "utf-8") || r.Header.Get("Content-Encoding") != "" {
		writeError(w, r, http.StatusUnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE", "Send the body as application/json")
		return nil, false
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	if err != nil {
		writeError(w, r, http.StatusRequestEntityTooLarge, "PAYLOAD_TOO_LARGE", "The body is too large")
		return nil, false
	}
	f := &fields{}
	err = json.Unmarshal(body, f, json.RejectUnknownMembers(true))
	if syntax := (*jsontext.SyntacticError)(nil); errors.As(err, &syntax) {
		writeError(w, r, http.StatusBadRequest, "BAD_REQUEST", "The body is not valid JSON")
		return nil, false
	}
	if wrong := (*json.SemanticError)(nil); errors.As(err, &wrong) {
		invalid(w, r, fieldError{strings.TrimPrefix(string(wrong.JSONPointer), "/"), "is unknown or has a value of the wrong type"})
		return nil, false
	}
	var wrong []fieldError
	for _, text := range []struct {
		name  string
		value *string
		most  int
	}{{"title", f.Title, 200}, {"body", f.Body, len(body)}} {
		switch {
		case text.value == nil:
			wrong = append(wrong, fieldError{text.name, "is required"})
		case *text.value == "" || utf8.RuneCountInString(*text.value) > text.most:
			wrong = append(wrong, fieldError{text.name, "is empty or too long"})
		case strings.Contains(*text.value, "\x00"):
			writeError(w, r, http.StatusBadRequest, "BAD_REQUEST", "The body holds NUL")
			return nil, false
		}
	}
	if err != nil || wrong != nil || len(bytes.TrimSpace(body)) == 0 {
		invalid(w, r, wrong...)
		return nil, false
	}
	return f, true
}

func invalid(w http.ResponseWriter, r *http.Request, fields ...fieldError) {
	writeError(w, r, http.StatusUnprocessableEntity, "VALIDATION_ERROR", "Validation failed", fields...)
}
