package list_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fastgo/runtime/column"
)

// fill writes n articles of owner 1, of which several are equal in each column,
// and some of another owner between them.
func (c *client) fill(n int) {
	c.t.Helper()
	var rows []Article
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range n {
		f := Fields{
			Title:     []string{"a", "B", "", "ä", `c"'\`, "z"}[i%6],
			Published: i%2 == 0,
			Rank:      int32(i*7%5) - 2,
			Weight:    float32(i%4) / 3,
			Price:     column.Decimal[column.Scale2](i%3*100 - 50),
			Day:       column.NewDate(2026, 1, 1+i%4),
			Order:     i % 3,
			Total:     -i,
		}
		if i%3 > 0 {
			f.Score = pointer(float64(i % 4))
		}
		rows = append(rows, Article{OwnerID: 1, Fields: f, CreatedAt: at.Add(time.Duration(i*3%7) * time.Millisecond)}, Article{OwnerID: 2, Fields: f, CreatedAt: at})
	}
	must(c.t, c.db.Create(&rows).Error)
}

// pages follows next_cursor to the end and returns the ids of all rows.
func (c *client) pages(parameters string, between func()) (ids []int64) {
	c.t.Helper()
	for next := ""; ; {
		a := c.get(parameters + next)
		if a.status != 200 {
			c.t.Fatalf("%s: %d %s", parameters+next, a.status, a.body)
		}
		for _, row := range a.Items.Items {
			if row.OwnerID != 1 {
				c.t.Errorf("%s: a row of owner %d", parameters, row.OwnerID)
			}
			ids = append(ids, row.ID)
		}
		if a.NextCursor == nil {
			return ids
		}
		if len(a.Items.Items) != a.Limit {
			c.t.Errorf("%s: %d rows and a cursor", parameters, len(a.Items.Items))
		}
		next = "&cursor=" + *a.NextCursor
		if between != nil {
			between()
		}
	}
}

func (a answer) ids() (ids []int64) {
	for _, row := range a.Items.Items {
		ids = append(ids, row.ID)
	}
	return ids
}

var cursorKeys = []string{"id", "title", "published", "rank", "weight", "price", "day", "order", "total", "created_at"}

func TestCursorPagesAreTheWholeList(t *testing.T) {
	c := start(t)
	c.fill(24)
	for _, key := range cursorKeys {
		for _, sort := range []string{key, "-" + key} {
			whole := c.get("limit=100&sort=" + sort).ids()
			if len(whole) != 24 {
				t.Errorf("%s: %d rows", sort, len(whole))
			}
			for _, limit := range []int{5, 23, 24} {
				if got := c.pages(fmt.Sprintf("limit=%d&sort=%s", limit, sort), nil); !slices.Equal(got, whole) {
					t.Errorf("%s by %d:\n%v, want\n%v", sort, limit, got, whole)
				}
			}
		}
	}
	whole := c.get("limit=100").ids()
	if got := c.pages("limit=7", nil); !slices.Equal(got, whole) || !slices.IsSorted(got) {
		t.Errorf("without a sort: %v", got)
	}
	filtered := c.get("limit=100&sort=-rank&published=true&q=a").ids()
	if got := c.pages("limit=2&sort=-rank&published=true&q=a", nil); !slices.Equal(got, filtered) || len(got) != 4 {
		t.Errorf("with a filter: %v, want %v", got, filtered)
	}
}

func TestRowsAreSorted(t *testing.T) {
	c := start(t)
	c.fill(24)
	compare := map[string]func(a, b Article) int{
		"id":         func(a, b Article) int { return cmp.Compare(a.ID, b.ID) },
		"rank":       func(a, b Article) int { return cmp.Compare(a.Rank, b.Rank) },
		"weight":     func(a, b Article) int { return cmp.Compare(a.Weight, b.Weight) },
		"price":      func(a, b Article) int { return cmp.Compare(a.Price, b.Price) },
		"day":        func(a, b Article) int { return a.Day.Compare(b.Day) },
		"order":      func(a, b Article) int { return cmp.Compare(a.Order, b.Order) },
		"total":      func(a, b Article) int { return cmp.Compare(a.Total, b.Total) },
		"created_at": func(a, b Article) int { return a.CreatedAt.Compare(b.CreatedAt) },
		"score": func(a, b Article) int { // null is larger than every value
			switch {
			case a.Score == nil && b.Score == nil:
				return 0
			case a.Score == nil:
				return 1
			case b.Score == nil:
				return -1
			}
			return cmp.Compare(*a.Score, *b.Score)
		},
	}
	for _, sort := range []string{"", "id", "-id", "rank", "-rank", "-weight", "price", "-day", "-order", "total", "created_at", "-created_at",
		"score", "-score", "-score,rank", "score,-rank", "rank,-id", "-rank,id", "rank,-price", "-rank,price,-weight,day,total", "order,-created_at", "id,-rank"} {
		keys := strings.Split(strings.TrimPrefix(sort+",", ","), ",")
		keys = slices.DeleteFunc(keys, func(key string) bool { return key == "" })
		if !slices.Contains(keys, "id") && !slices.Contains(keys, "-id") {
			last := "id"
			if len(keys) > 0 && strings.HasPrefix(keys[len(keys)-1], "-") {
				last = "-id"
			}
			keys = append(keys, last)
		}
		parameters := "limit=100"
		if sort != "" {
			parameters += "&sort=" + sort
		}
		a := c.get(parameters)
		if len(a.Items.Items) != 24 {
			t.Errorf("%s: %d %s", sort, a.status, a.body)
		}
		if !slices.IsSortedFunc(a.Items.Items, func(a, b Article) int {
			for _, key := range keys {
				name, descending := strings.CutPrefix(key, "-")
				if n := compare[name](a, b); n != 0 {
					if descending {
						return -n
					}
					return n
				}
			}
			return 0
		}) {
			t.Errorf("%s: %v", sort, a.ids())
		}
	}
}

func TestConcurrentInsertsDoNotShiftPages(t *testing.T) {
	for _, sort := range []string{"id", "-id", "rank", "-rank", "created_at", "-created_at", "title", "-title"} {
		c := start(t)
		c.fill(20)
		before := c.get("limit=100&sort=" + sort).ids()
		var added []int64
		got := c.pages("limit=3&sort="+sort, func() {
			if len(added) > 40 {
				return
			}
			for _, f := range []Fields{{Title: "", Rank: -9}, {Title: "a", Rank: 0}, {Title: "zz", Rank: 9}} {
				row := Article{OwnerID: 1, Fields: f, CreatedAt: time.Date(2026, 1, 1, 0, 0, 0, int(f.Rank)*1e6, time.UTC)}
				must(t, c.db.Create(&row).Error)
				added = append(added, row.ID)
			}
		})
		if len(got) != len(slices.Compact(slices.Sorted(slices.Values(got)))) {
			t.Errorf("%s: a row came twice: %v", sort, got)
		}
		got = slices.DeleteFunc(got, func(id int64) bool { return slices.Contains(added, id) })
		if !slices.Equal(got, before) {
			t.Errorf("%s: %v, want %v", sort, got, before)
		}
	}
}

func TestDeletedRowDoesNotEndTheList(t *testing.T) {
	c := start(t)
	c.fill(9)
	whole := c.get("limit=100&sort=-created_at").ids()
	page := c.get("limit=4&sort=-created_at")
	must(t, c.db.Delete(&Article{}, whole[3]).Error)
	if rest := c.get("limit=100&sort=-created_at&cursor=" + *page.NextCursor); !slices.Equal(rest.ids(), whole[4:]) {
		t.Errorf("%v, want %v", rest.ids(), whole[4:])
	}
	if a := c.get("total=true&limit=100"); *a.Total != 8 || slices.Contains(a.ids(), whole[3]) {
		t.Errorf("a deleted row is listed: %s", a.body)
	}
}

func TestSeveralOrNullableKeysArePagedByOffset(t *testing.T) {
	c := start(t)
	c.fill(24)
	for _, sort := range []string{"score", "-score", "score,-id", "rank,-price", "-order,title", "rank,-id", "-rank,id", "-published,-rank,-id"} {
		whole := c.get("limit=100&sort=" + sort).ids()
		var got []int64
		for offset := 0; offset < 30; offset += 7 {
			a := c.get(fmt.Sprintf("limit=7&sort=%s&offset=%d", sort, offset))
			if a.NextCursor != nil || !strings.Contains(a.body, `"next_cursor":null`) {
				t.Errorf("%s: a cursor", sort)
			}
			got = append(got, a.ids()...)
		}
		if len(whole) != 24 || !slices.Equal(got, whole) {
			t.Errorf("%s: %v, want %v", sort, got, whole)
		}
		if a := c.get("sort="+sort, "cursor="+*c.get("limit=1").NextCursor); !a.refused("cursor") {
			t.Errorf("%s: %d %s", sort, a.status, a.body)
		}
	}
}

func TestOffsetPageHasACursor(t *testing.T) {
	c := start(t)
	c.fill(9)
	whole := c.get("sort=-rank").ids()
	page := c.get("sort=-rank&limit=3&offset=2")
	rest := c.get("sort=-rank&cursor=" + *page.NextCursor)
	if got := append(page.ids(), rest.ids()...); !slices.Equal(got, whole[2:]) {
		t.Errorf("%v, want %v", got, whole[2:])
	}
}

func TestUnknownSortIsRejected(t *testing.T) {
	c := start(t)
	c.create(Fields{Title: "a"})
	for _, sort := range []string{
		"", "-", ",", "rank,", ",rank", "rank,,id", "+rank", "--rank", " rank", "rank ", "Rank", "RANK", "rank%00x",
		"body", "secret", "owner_id", "deleted_at", "size", "status", "nothing",
		"rank,rank", "rank,-rank", "-id,id", "id,title,rank,price,day,order",
		"id;drop table articles", "id;--", "(select 1)", "created_at desc", "created_at DESC NULLS LAST", "1", "2,1", "rank+1",
		"articles.rank", `"rank"`, "`rank`", "rank/**/", "random()", "case when 1=1 then rank else id end", "rank\n", "rank' or '1'='1",
	} {
		a := c.get("sort=" + strings.NewReplacer("%00", "%2500", " ", "%20", "\n", "%0a", `"`, "%22", "`", "%60", "+", "%2b").Replace(sort))
		if !a.refused("sort") {
			t.Errorf("%q: %d %s", sort, a.status, a.body)
		}
	}
	if got := c.titles(); got != "a" {
		t.Errorf("%q", got)
	}
}
