package list_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"fastgo/runtime/column"
	"fastgo/runtime/list"
	"fastgo/runtime/web"
)

// described returns what the parameters of a list of Ts panic with.
func described[T any]() (message string) {
	defer func() {
		if fault := recover(); fault != nil {
			message = fmt.Sprint(fault)
		}
	}()
	list.Query[T]{}.Parameters()
	return ""
}

func TestInvalidTagPanicsWithTheField(t *testing.T) {
	for want, got := range map[string]string{
		`field Title: list tag: unknown word "sorted"`: described[struct {
			ID    int64  `json:"id"`
			Title string `json:"title" list:"sorted"`
		}](),
		`field Title: list tag: unknown word ""`: described[struct {
			ID    int64  `json:"id"`
			Title string `json:"title" list:"filter,"`
		}](),
		`field Title: list tag: unknown word " sort"`: described[struct {
			ID    int64  `json:"id"`
			Title string `json:"title" list:"filter, sort"`
		}](),
		`field Rank: only strings can be searched`: described[struct {
			ID   int64 `json:"id"`
			Rank int   `json:"rank" list:"search"`
		}](),
		`field Title: has no JSON name`: described[struct {
			ID    int64  `json:"id"`
			Title string `json:"-" list:"filter"`
		}](),
		`field Rank: has no column`: described[struct {
			ID   int64 `json:"id"`
			Rank int   `json:"rank" list:"filter" gorm:"-"`
		}](),
		`field Data: values of type column.JSON cannot be compared`: described[struct {
			ID   int64       `json:"id"`
			Data column.JSON `json:"data" list:"filter"`
		}](),
		`field Data: values of type []uint8 cannot be compared`: described[struct {
			ID   int64  `json:"id"`
			Data []byte `json:"data" list:"sort"`
		}](),
		`field DeletedAt: values of type gorm.DeletedAt cannot be compared`: described[struct {
			ID        int64          `json:"id"`
			DeletedAt gorm.DeletedAt `json:"deleted_at" list:"sort"`
		}](),
		`field Rank: enum value "b" must be a 64-bit integer`: described[struct {
			ID   int64 `json:"id"`
			Rank int64 `json:"rank" list:"equal" enum:"1,b"`
		}](),
		`the model has no ID of type int64`: described[struct {
			ID string `json:"id"`
		}](),
		`has no ID`: described[struct {
			Title string `json:"title" list:"sort"`
		}](),
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestDocumentDescribesTheParameters(t *testing.T) {
	names := map[string]bool{}
	for _, p := range (list.Query[Article]{}).Parameters() {
		if p.In != "query" || p.Description == "" || p.Schema == nil || p.Required || names[p.Name] {
			t.Errorf("%+v", p)
		}
		names[p.Name] = true
	}
	c := start(t)
	c.create(Fields{Title: "a", Status: "draft", Day: column.DateOf(time.Now())})
	values := map[string]string{"cursor": *twice(c).NextCursor, "published": "true", "status": "done", "day": "2026-01-31", "created_at": "2026-01-31T00:00:00Z", "total": "true", "sort": "id"}
	for name := range names {
		bare, _, _ := strings.Cut(name, ".")
		value := values[bare]
		if value == "" || name == "total.in" || strings.HasPrefix(name, "total.") {
			value = "1"
		}
		if a := c.get(name + "=" + value); a.status != 200 {
			t.Errorf("%s=%s: %d %s", name, value, a.status, a.body)
		}
	}
	for name, want := range map[string]bool{
		"limit": true, "q": true, "title": true, "title.in": true, "title.contains": true, "title.gte": false, "rank.lt": true, "rank.contains": false,
		"published": true, "published.gte": false, "status": true, "status.contains": false, "created_at.lte": true, "score.gt": true, "body": false,
		"secret": false, "total": true, "total.in": true, "owner_id": false, "id": true, "id.gt": false,
	} {
		if names[name] != want {
			t.Errorf("%s is described: %v", name, names[name])
		}
	}
}

func TestOnlyEnabledParametersExist(t *testing.T) {
	type Plain struct {
		ID    int64  `json:"id" list:"sort"`
		Title string `json:"title"`
	}
	c := start(t)
	must(t, c.db.AutoMigrate(&Plain{}))
	server := web.New(web.Options{Name: "articles", Prefix: "/api", Docs: true}, c.db, discard())
	web.Get(server.API, "/plain", func(_ context.Context, in *list.Query[Plain]) (*list.Page[Plain], error) { return list.Rows(c.db, in) })
	c.handler = server.Handler()
	for _, parameter := range []string{"q", "id", "title", "title.in", "title.contains"} {
		if a := c.from("/api/plain?" + parameter + "=1"); !a.refused(parameter) {
			t.Errorf("%s: %d %s", parameter, a.status, a.body)
		}
	}
	if a := c.from("/api/plain?sort=title"); !a.refused("sort") || !strings.Contains(a.body, "must be a list of id, each") {
		t.Errorf("%s", a.body)
	}
	if a := c.from("/openapi.json"); strings.Contains(a.body, `"name":"q"`) || !strings.Contains(a.body, `"enum":["id","-id"]`) {
		t.Errorf("%s", a.body)
	}
}

// twice makes a second page.
func twice(c *client) answer {
	c.create(Fields{Title: "b"})
	return c.get("limit=1")
}

func TestDocumentHasTheTypesOfParameters(t *testing.T) {
	c := start(t)
	a := c.from("/openapi.json")
	for _, want := range []string{
		`{"description":"Rows per page","in":"query","name":"limit","schema":{"default":20,"format":"int64","maximum":100,"minimum":1,"type":"integer"}}`,
		`"name":"rank","schema":{"format":"int32","type":"integer"}`,
		`"explode":false,"in":"query","name":"status.in","schema":{"items":{"enum":["draft","done"],"maxLength":200,"type":"string"},"maxItems":100,"minItems":1,"type":"array"},"style":"form"`,
		`"name":"created_at.gte","schema":{"format":"date-time","type":"string"}`,
		`"name":"day","schema":{"examples":["2026-01-31"],"format":"date","type":"string"}`,
		`"name":"published","schema":{"type":"boolean"}`,
		`"name":"score.lt","schema":{"format":"double","type":"number"}`,
		`"name":"title.contains","schema":{"maxLength":200,"type":"string"}`,
		`"enum":["id","-id","title","-title","published","-published",`,
		`"in":"path","name":"owner_id"`,
	} {
		if strings.Count(a.body, want) != 1 {
			t.Errorf("no %s in %s", want, a.body)
		}
	}
}
