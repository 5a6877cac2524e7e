package list_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"fastgo/runtime/column"
	"fastgo/runtime/database"
	"fastgo/runtime/database/dbtest"
	"fastgo/runtime/list"
	"fastgo/runtime/web"
)

// An Article has a column of each type that a list treats in its own way, one
// that is named like a word of SQL and one that is named like a parameter.
type Article struct {
	ID      int64 `json:"id" list:"equal"`
	OwnerID int64 `json:"owner_id"`
	Fields
	CreatedAt time.Time      `json:"created_at" list:"filter,sort"`
	DeletedAt gorm.DeletedAt `json:"-"`
}

// Fields are what a client may set.
type Fields struct {
	Title     string                         `json:"title" list:"filter,sort,search"`
	Body      string                         `json:"body" list:"search"`
	Status    Status                         `json:"status" list:"equal" enum:"draft,done"`
	Published bool                           `json:"published" list:"equal,sort"`
	Rank      int32                          `json:"rank" list:"filter,sort"`
	Size      uint16                         `json:"size" list:"filter"`
	Weight    float32                        `json:"weight" list:"filter,sort"`
	Price     column.Decimal[column.Scale2]  `json:"price" list:"filter,sort"`
	Day       column.Date                    `json:"day" list:"filter,sort"`
	Score     *float64                       `json:"score" list:"filter,sort"`
	Discount  *column.Decimal[column.Scale2] `json:"discount" list:"filter,sort"`
	Order     int                            `json:"order" list:"filter,sort"`
	Total     int                            `json:"total" list:"filter,sort"`
	Secret    string                         `json:"secret"`
}

// Status is a type of the application's own.
type Status string

// A client asks for the articles of owner 1.
type client struct {
	t       testing.TB
	db      *gorm.DB
	handler http.Handler
}

// An answer is a page or an error.
type answer struct {
	list.Items[Article]
	Error struct {
		Fields []web.FieldError `json:"fields"`
	} `json:"error"`
	status int
	body   string
}

// open returns an empty table of articles.
func open(t testing.TB, address string) *gorm.DB {
	t.Helper()
	db, err := database.Open(address, discard())
	must(t, err)
	pool, err := db.DB()
	must(t, err)
	t.Cleanup(func() { pool.Close() })
	must(t, db.AutoMigrate(&Article{}))
	return db
}

// start serves the articles of each owner; owner 99 also sees all published ones.
func start(t testing.TB) *client {
	t.Helper()
	db := open(t, dbtest.URL(t))
	server := web.New(web.Options{Name: "articles", Prefix: "/api", Docs: true}, db, discard())
	web.Get(server.API, "/owners/{owner_id}/articles", func(ctx context.Context, in *list.Query[Article]) (*list.Page[Article], error) {
		owned := db.WithContext(ctx).Where("owner_id = ?", in.Parent())
		if in.Parent() == 99 {
			owned = owned.Or("published")
		}
		return list.Rows(owned, in)
	})
	return &client{t, db, server.Handler()}
}

// create writes articles of owner 1.
func (c *client) create(all ...Fields) {
	c.t.Helper()
	for _, fields := range all {
		must(c.t, c.db.Create(&Article{OwnerID: 1, Fields: fields}).Error)
	}
}

// get asks with parameters, which are escaped already.
func (c *client) get(parameters ...string) answer {
	c.t.Helper()
	return c.from("/api/owners/1/articles?" + strings.Join(parameters, "&"))
}

func (c *client) from(path string) answer {
	c.t.Helper()
	w := httptest.NewRecorder()
	c.handler.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
	a := answer{status: w.Code, body: w.Body.String()}
	must(c.t, json.Unmarshal(w.Body.Bytes(), &a))
	return a
}

// titles asks for a page that there must be and returns the titles of its rows.
func (c *client) titles(parameters ...string) string {
	c.t.Helper()
	a := c.get(parameters...)
	if a.status != 200 {
		c.t.Errorf("%s: %d %s", parameters, a.status, a.body)
	}
	var titles []string
	for _, row := range a.Items.Items {
		titles = append(titles, row.Title)
	}
	return strings.Join(titles, " ")
}

// refused reports whether the answer is a 422 that names the parameter alone.
func (a answer) refused(parameter string) bool {
	return a.status == 422 && len(a.Error.Fields) == 1 && a.Error.Fields[0].Field == parameter && a.Error.Fields[0].Message != ""
}

func discard() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

func escape(text string) string { return url.QueryEscape(text) }

func pointer[T any](value T) *T { return &value }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
