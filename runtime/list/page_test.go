package list_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm"

	"fastgo/runtime/database/dbtest"
	"fastgo/runtime/list"
	"fastgo/runtime/web"
)

func TestPageDescribesItself(t *testing.T) {
	c := start(t)
	if a := c.get(); a.body != `{"items":[],"limit":20,"next_cursor":null}`+"\n" {
		t.Errorf("an empty list: %s", a.body)
	}
	c.fill(25)
	for parameters, want := range map[string]struct {
		rows, limit   int
		offset, total string
		more          bool
	}{
		"":                                  {20, 20, "-", "-", true},
		"limit=1":                           {1, 1, "-", "-", true},
		"limit=24":                          {24, 24, "-", "-", true},
		"limit=25":                          {25, 25, "-", "-", false},
		"limit=100":                         {25, 100, "-", "-", false},
		"offset=0":                          {20, 20, "0", "-", true},
		"offset=24":                         {1, 20, "24", "-", false},
		"offset=25":                         {0, 20, "25", "-", false},
		"offset=10000":                      {0, 20, "10000", "-", false},
		"total=true":                        {20, 20, "-", "25", true},
		"total=false":                       {20, 20, "-", "-", true},
		"total=true&offset=24&limit=1":      {1, 1, "24", "25", false},
		"total=true&published=true&limit=2": {2, 2, "-", "13", true},
		"total=true&id=0":                   {0, 20, "-", "0", false},
		"&&limit=3&":                        {3, 3, "-", "-", true},
	} {
		a := c.get(parameters)
		if a.status != 200 || len(a.Items.Items) != want.rows || a.Limit != want.limit || (a.NextCursor != nil) != want.more ||
			text(a.Offset) != want.offset || text(a.Total) != want.total {
			t.Errorf("%s: %d rows, %s", parameters, len(a.Items.Items), a.body)
		}
		for _, member := range []string{"offset", "total"} {
			if strings.Contains(a.body, `"limit":`) && strings.Contains(a.body, `"`+member+`":null`) {
				t.Errorf("%s: %s is null: %s", parameters, member, a.body)
			}
		}
	}
}

func text[N int | int64](n *N) string {
	if n == nil {
		return "-"
	}
	return fmt.Sprint(*n)
}

func TestTotalCountsAllPages(t *testing.T) {
	c := start(t)
	c.fill(25)
	for next := ""; ; {
		a := c.get("total=true&limit=10&sort=-rank" + next)
		if text(a.Total) != "25" {
			t.Errorf("%s", a.body)
		}
		if a.NextCursor == nil {
			break
		}
		next = "&cursor=" + *a.NextCursor
	}
}

func TestInvalidParameterIsReported(t *testing.T) {
	c := start(t)
	c.create(Fields{Title: "a"})
	for query, field := range map[string]string{
		"limit=":                              "limit",
		"limit":                               "limit",
		"limit=0":                             "limit",
		"limit=-1":                            "limit",
		"limit=101":                           "limit",
		"limit=abc":                           "limit",
		"limit=1.5":                           "limit",
		"limit=1e1":                           "limit",
		"limit=%205":                          "limit",
		"limit=5;":                            "limit",
		"limit=9223372036854775807":           "limit",
		"limit=9223372036854775808":           "limit",
		"limit=5&limit=7":                     "limit",
		"limit=5&limit=5":                     "limit",
		"limit=5&%6cimit=5":                   "limit",
		"limit=5&l=":                          "l",
		"Limit=5":                             "Limit",
		"limit[]=5":                           "limit[]",
		"limit=5;offset=1":                    "limit",
		"offset=":                             "offset",
		"offset=-1":                           "offset",
		"offset=10001":                        "offset",
		"offset=abc":                          "offset",
		"offset=18446744073709551616":         "offset",
		"offset=1&offset=2":                   "offset",
		"total=":                              "total",
		"total":                               "total",
		"total=1":                             "total",
		"total=True":                          "total",
		"total=5":                             "total",
		"total=true&total=true":               "total",
		"sort":                                "sort",
		"sort=id&sort=id":                     "sort",
		"cursor":                              "cursor",
		"cursor=x&cursor=x":                   "cursor",
		"q=a&q=b":                             "q",
		"page=2":                              "page",
		"=5":                                  "query.",
		"a;b=c":                               "a;b",
		"path.gte=1":                          "path.gte",
		"header=1":                            "header",
		"query.query.a=1":                     "query.query.a",
		"fields=title":                        "fields",
		"title=a&title=a":                     "title",
		"title.in=a&title.in=b":               "title.in",
		"rank.gte=1&rank.gte=1":               "rank.gte",
		"created_at.foo=1":                    "created_at.foo",
		"created_at.GTE=2026-01-01T00:00:00Z": "created_at.GTE",
		"created_at[gte]=1":                   "created_at[gte]",
		"title.gte=a":                         "title.gte",
		"published.gte=true":                  "published.gte",
		"status.contains=d":                   "status.contains",
		"rank.contains=1":                     "rank.contains",
		"rank.=1":                             "rank.",
		".in=1":                               ".in",
		"id.gte=1":                            "id.gte",
		"Title=a":                             "Title",
		"body=a":                              "body",
		"body.contains=a":                     "body.contains",
		"secret=a":                            "secret",
		"owner_id=2":                          "owner_id",
		"owner_id.in=1,2":                     "owner_id.in",
		"deleted_at=x":                        "deleted_at",
		"title'%20OR%201=1":                   "title' OR 1",
		"title)=a":                            "title)",
		"1=1":                                 "1",
		"title%22=a":                          `title"`,
	} {
		if a := c.get(query); !a.refused(field) {
			t.Errorf("%s: %d %s", query, a.status, a.body)
		}
	}
	if got := c.titles(); got != "a" {
		t.Errorf("%q", got)
	}
}

func TestAllInvalidParametersAreReportedAtOnce(t *testing.T) {
	c := start(t)
	a := c.get("limit=0&offset=x&sort=y&q=a&q=b&page=1&rank=z&title=ok&published=1")
	var named []string
	for _, field := range a.Error.Fields {
		named = append(named, field.Field)
	}
	if want := []string{"limit", "offset", "page", "published", "q", "rank", "sort"}; !slices.Equal(named, want) {
		t.Errorf("%v, want %v", named, want)
	}
}

func TestInvalidTextIsABadRequest(t *testing.T) {
	c := start(t)
	for _, query := range []string{"title=%00", "q=a%00b", "title=%ff", "title.in=a,%c3%28", "%00=1", "title=%zz", "sort=%"} {
		if a := c.get(query); a.status != 400 {
			t.Errorf("%s: %d %s", query, a.status, a.body)
		}
	}
}

func TestRowsOfOtherOwnersAreExcluded(t *testing.T) {
	c := start(t)
	must(t, c.db.Create(&Article{OwnerID: 2, Fields: Fields{Title: "another's", Published: true}}).Error)
	for _, query := range []string{"", "id=1", "id.in=1", "title=another's", "q=another", "published=true", "sort=-rank", "rank.gte=0", "total=true"} {
		if a := c.get(query); a.status != 200 || len(a.Items.Items) != 0 || a.Total != nil && *a.Total != 0 {
			t.Errorf("%s: %s", query, a.body)
		}
	}
}

func TestHandlerMaySetOmittedParameters(t *testing.T) {
	db := open(t, dbtest.URL(t))
	for _, title := range []string{"a", "b", "c"} {
		must(t, db.Create(&Article{Fields: Fields{Title: title}}).Error)
	}
	in := list.Query[Article]{Sort: "-title", Q: "", Total: true}
	page, err := list.Rows(db, &in)
	must(t, err)
	if page.Body.Limit != 20 || *page.Body.Total != 3 || page.Body.Items[0].Title != "c" || page.Body.Offset != nil {
		t.Errorf("%+v", page.Body)
	}
	page, err = list.Rows(db, &list.Query[Article]{Limit: 1, Offset: 1, Q: "B"})
	must(t, err)
	if len(page.Body.Items) != 0 || *page.Body.Offset != 1 {
		t.Errorf("%+v", page.Body)
	}
	for _, wrong := range []list.Query[Article]{{Sort: "secret"}, {Cursor: "x"}, {Sort: "score", Cursor: "x"}} {
		if _, err := list.Rows(db, &wrong); web.Problem(t.Context(), err).Status != 422 {
			t.Errorf("%+v: %v", wrong, err)
		}
	}
}

func TestErrorOfTheQueryIsReturned(t *testing.T) {
	db := open(t, dbtest.URL(t))
	query := db.Where("owner_id = ?", 1)
	query.AddError(gorm.ErrRecordNotFound)
	if page, err := list.Rows(query, &list.Query[Article]{Sort: "wrong"}); err != gorm.ErrRecordNotFound || page != nil {
		t.Errorf("%v, %v", page, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, in := range []list.Query[Article]{{}, {Total: true}} {
		if page, err := list.Rows(db.WithContext(ctx), &in); !errors.Is(err, context.Canceled) || page != nil {
			t.Errorf("%v, %v", page, err)
		}
	}
}

func TestQueryCanBeReused(t *testing.T) {
	db := open(t, dbtest.URL(t))
	for owner, title := range []string{"a", "a", "a", "b"} {
		must(t, db.Create(&Article{OwnerID: int64(owner), Fields: Fields{Title: title}}).Error)
	}
	query := db.Where("owner_id > ?", 0)
	for range 2 {
		page, err := list.Rows(query, &list.Query[Article]{Limit: 1, Sort: "-id", Q: "a", Total: true})
		must(t, err)
		if len(page.Body.Items) != 1 || *page.Body.Total != 2 {
			t.Errorf("%+v", page.Body)
		}
	}
	var all []Article
	if must(t, query.Find(&all).Error); len(all) != 3 {
		t.Errorf("%d rows", len(all))
	}
}

// An Archive is the input of an operation that has a parameter of its own.
type Archive struct {
	list.Query[Article]
	Year int `query:"year" minimum:"2000"`
}

func TestInputMayHaveItsOwnParameters(t *testing.T) {
	c := start(t)
	server := web.New(web.Options{Name: "articles", Prefix: "/api", Docs: true}, c.db, discard())
	web.Get(server.API, "/archive", func(ctx context.Context, in *Archive) (*list.Page[Article], error) {
		return list.Rows(c.db.WithContext(ctx).Where("rank = ?", in.Year), &in.Query)
	})
	c.create(Fields{Title: "a", Rank: 2026}, Fields{Title: "b", Rank: 2025})
	for query, status := range map[string]int{"year=2026&title=a": 200, "year=1999": 422, "year=2026&page=1": 422, "year=2026&year=2025": 422, "year=2026&limit=0": 422} {
		w := httptest.NewRecorder()
		server.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/api/archive?"+query, nil))
		var a answer
		must(t, json.Unmarshal(w.Body.Bytes(), &a))
		if w.Code != status || status == 200 && len(a.Items.Items) != 1 || status == 422 && len(a.Error.Fields) != 1 {
			t.Errorf("%s: %d %s", query, w.Code, w.Body)
		}
	}
}
