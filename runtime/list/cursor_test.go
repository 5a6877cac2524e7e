package list_test

import (
	"context"
	"encoding/base64"
	"slices"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"fastgo/runtime/database/dbtest"
	"fastgo/runtime/list"
)

func encoded(plain string) string { return base64.RawURLEncoding.EncodeToString([]byte(plain)) }

func TestForgedCursorIsRejected(t *testing.T) {
	c := start(t)
	c.fill(6)
	good := *c.get("limit=1&sort=created_at").NextCursor
	plain, err := base64.RawURLEncoding.DecodeString(good)
	must(t, err)
	const want = `{"sort":"created_at,id","key":"2026-01-01T00:00:00.000Z","id":`
	if !strings.HasPrefix(string(plain), want) {
		t.Fatalf("the cursor is %s", plain)
	}
	if a := c.get("sort=created_at&cursor=" + encoded(want+"1}")); a.status != 200 {
		t.Fatalf("the cursors below are wrong for another reason than they say: %s", a.body)
	}
	for name, cursor := range map[string]string{
		"empty":                "",
		"no base64":            "abc!",
		"padded":               good + "=",
		"with a line end":      good[:4] + "%0a" + good[4:],
		"with a space":         good + "%20",
		"standard base64":      base64.StdEncoding.EncodeToString([]byte(want + `1}`)),
		"twice":                good + good,
		"long":                 strings.Repeat("A", 100_000),
		"long but right":       encoded(want + strings.Repeat(" ", 4000) + "1}"),
		"no JSON":              encoded("id>5"),
		"null":                 encoded("null"),
		"an array":             encoded(`["created_at,id","2026-01-01T00:00:00.000Z",1]`),
		"with a space in it":   encoded(want + "1} "),
		"two documents":        encoded(want + "1}{}"),
		"another member":       encoded(want + `1,"x":1}`),
		"a member twice":       encoded(want + `1,"id":1}`),
		"another case":         encoded(strings.Replace(want, "id\":", "ID\":", 1) + "1}"),
		"another sequence":     encoded(`{"key":"2026-01-01T00:00:00.000Z","sort":"created_at,id","id":1}`),
		"an escaped letter":    encoded(strings.Replace(want, `"sort"`, `"s\u006frt"`, 1) + "1}"),
		"the id is 0":          encoded(want + "0}"),
		"the id is negative":   encoded(want + "-1}"),
		"the id is a fraction": encoded(want + "1.0}"),
		"the id is a text":     encoded(want + `"1"}`),
		"the id is too large":  encoded(want + "9223372036854775808}"),
		"no id":                encoded(`{"sort":"created_at,id","key":"2026-01-01T00:00:00.000Z"}`),
		"no key":               encoded(`{"sort":"created_at,id","id":1}`),
		"no time":              encoded(`{"sort":"created_at,id","key":"yesterday","id":1}`),
		"a number":             encoded(`{"sort":"created_at,id","key":5,"id":1}`),
		"a time without ms":    encoded(`{"sort":"created_at,id","key":"2026-01-01T00:00:00Z","id":1}`),
		"another zone":         encoded(`{"sort":"created_at,id","key":"2026-01-01T01:00:00.000+01:00","id":1}`),
		"a year too large":     encoded(`{"sort":"created_at,id","key":"10000-01-01T00:00:00.000Z","id":1}`),
		"of -created_at":       encoded(strings.Replace(want, "created_at,id", "-created_at,-id", 1) + "1}"),
		"of id":                encoded(`{"sort":"id","id":1}`),
		"of rank":              encoded(`{"sort":"rank,id","key":"1","id":1}`),
		"of a mixed order":     encoded(strings.Replace(want, "created_at,id", "created_at,-id", 1) + "1}"),
		"of another name":      encoded(strings.Replace(want, "created_at,id", "created_at", 1) + "1}"),
		"of SQL":               encoded(strings.Replace(want, "created_at,id", "1;drop table articles", 1) + "1}"),
	} {
		if a := c.get("sort=created_at&cursor=" + cursor); !a.refused("cursor") {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	for i := range len(good) {
		if a := c.get("sort=created_at&cursor=" + good[:i]); !a.refused("cursor") {
			t.Errorf("the first %d bytes: %d %s", i, a.status, a.body)
		}
	}
}

func TestCursorIsBoundToItsSort(t *testing.T) {
	c := start(t)
	c.fill(6)
	sorts := []string{"id", "-id", "rank", "-rank", "order", "price", "title", "-title", "created_at"}
	for _, of := range sorts {
		cursor := *c.get("limit=1&sort=" + of).NextCursor
		for _, sort := range sorts {
			a := c.get("sort="+sort, "cursor="+cursor)
			if sort == of && a.status != 200 || sort != of && !a.refused("cursor") {
				t.Errorf("one of %s with sort=%s: %d %s", of, sort, a.status, a.body)
			}
		}
		if a := c.get("cursor=" + cursor); of != "id" && !a.refused("cursor") {
			t.Errorf("one of %s without a sort: %d %s", of, a.status, a.body)
		}
		if a := c.get("sort="+of, "cursor="+cursor, "offset=0"); !a.refused("cursor") {
			t.Errorf("with an offset: %d %s", a.status, a.body)
		}
	}
	for of, same := range map[string]string{"rank": "rank,id", "-rank": "-rank,-id", "id": "id,-rank"} {
		if a := c.get("sort="+same, "cursor="+*c.get("limit=1&sort=" + of).NextCursor); a.status != 200 {
			t.Errorf("one of %s with sort=%s: %d %s", of, same, a.status, a.body)
		}
	}
}

func TestCursorKeyHasTheTypeOfItsColumn(t *testing.T) {
	c := start(t)
	c.fill(6)
	for _, cursor := range []struct{ sort, key string }{
		{"rank", "x"}, {"rank", ""}, {"rank", "1.0"}, {"rank", "01"}, {"rank", "+1"}, {"rank", "2147483648"},
		{"weight", "NaN"}, {"weight", "Inf"}, {"weight", "1.0"}, {"weight", "0x1p0"},
		{"published", "1"}, {"published", ""}, {"published", "TRUE"},
		{"price", "1.5"}, {"price", "x"}, {"price", "1.555"},
		{"day", "2026-1-1"}, {"day", "2026-02-30"},
		{"title", `a\u0000b`},
	} {
		text := encoded(`{"sort":"` + cursor.sort + `,id","key":"` + cursor.key + `","id":1}`)
		if a := c.get("sort="+cursor.sort, "cursor="+text); !a.refused("cursor") {
			t.Errorf("%s %q: %d %s", cursor.sort, cursor.key, a.status, a.body)
		}
	}
}

func TestCursorForAnOrderWithoutCursorsIsRejected(t *testing.T) {
	c := start(t)
	c.fill(6)
	for sort, plain := range map[string]string{
		"score":      `{"sort":"score,id","key":"1","id":1}`,
		"rank,-id":   `{"sort":"rank,-id","key":"1","id":1}`,
		"rank,price": `{"sort":"rank,price,id","id":1}`,
		"title":      `{"sort":"title,id","key":"` + strings.Repeat("x", 4000) + `","id":1}`,
	} {
		if a := c.get("sort="+sort, "cursor="+encoded(plain)); !a.refused("cursor") {
			t.Errorf("%s: %d %s", sort, a.status, a.body)
		}
	}
}

func TestKeyTooLongForACursorIsAnError(t *testing.T) {
	c := start(t)
	c.create(Fields{Title: strings.Repeat("é", 2500)}, Fields{Title: "ö"})
	if a := c.get("sort=title&limit=1"); !a.refused("sort") {
		t.Errorf("%d %.200s", a.status, a.body)
	}
	if a := c.get("sort=-title&limit=1"); a.status != 200 || a.NextCursor == nil {
		t.Errorf("%d %.200s", a.status, a.body)
	}
}

func TestKeyOfUsualLengthFitsIntoACursor(t *testing.T) {
	c := start(t)
	for _, r := range []string{"\x01", `"`, "<", "\u2028", "\U0001F600"} {
		c.create(Fields{Title: strings.Repeat(r, 500)}, Fields{Title: strings.Repeat(r, 500)})
	}
	whole := c.get("sort=title").ids()
	if got := c.pages("sort=title&limit=1", nil); len(whole) != 10 || !slices.Equal(got, whole) {
		t.Errorf("%v, want %v", got, whole)
	}
}

// What is written by hand may be more precise than what the application writes.
func TestCursorKeepsTimesFinerThanMilliseconds(t *testing.T) {
	db := open(t, dbtest.Postgres(t))
	for range 7 {
		must(t, db.Exec("INSERT INTO articles (title, created_at) VALUES ('', '2026-01-01 00:00:00.123456')").Error)
	}
	if got := follow(t, db, list.Query[Article]{Limit: 2, Sort: "created_at"}, 9); len(got) != 7 {
		t.Errorf("%v", got)
	}
}

func TestCursorKeepsTheFirstAndTheLastTime(t *testing.T) {
	c := start(t)
	for _, year := range []int{0, 1, 9999, 0, 9999, 1} {
		must(t, c.db.Create(&Article{OwnerID: 1, CreatedAt: time.Date(year, 12, 31, 23, 59, 59, 999e6, time.UTC)}).Error)
	}
	for sort, want := range map[string][]int64{"created_at": {1, 4, 2, 6, 3, 5}, "-created_at": {5, 3, 6, 2, 4, 1}} {
		if got := c.pages("limit=1&sort="+sort, nil); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", sort, got, want)
		}
	}
}

// A Word has a title that its column compares in a way of its own.
type Word struct {
	ID    int64  `json:"id"`
	Title string `json:"title" list:"sort"`
}

func TestCursorsFollowTheCollationOfTheirColumn(t *testing.T) {
	collations := map[string][]string{
		"sqlite":   {"BINARY", "NOCASE", "RTRIM"},
		"postgres": {`"C"`, `"default"`, `"en-x-icu"`, `"sv-x-icu"`},
	}
	for _, collation := range collations[open(t, dbtest.URL(t)).Name()] {
		db := open(t, dbtest.URL(t))
		must(t, db.Exec("CREATE TABLE words (id bigint PRIMARY KEY, title varchar(20) COLLATE "+collation+" NOT NULL)").Error)
		titles := []string{"a", "A", "b", "B", "ä", "Ä", "z", "Z", "", " ", "a ", "aa", "a-b", "ab", "é", "e", "E", "ö", "o", "_", "1", "10", "2"}
		for i, title := range append(titles, titles...) {
			must(t, db.Create(&Word{int64(i + 1), title}).Error)
		}
		for _, sort := range []string{"title", "-title"} {
			page, err := list.Rows(db, &list.Query[Word]{Limit: 100, Sort: sort})
			must(t, err)
			var whole []int64
			for _, row := range page.Body.Items {
				whole = append(whole, row.ID)
			}
			if got := follow(t, db, list.Query[Word]{Limit: 1, Sort: sort}, 60); len(got) != 2*len(titles) || !slices.Equal(got, whole) {
				t.Errorf("%s %s: %v, want %v", collation, sort, got, whole)
			}
		}
	}
}

// follow returns the ids of the rows of at most so many pages.
func follow[T any](t *testing.T, db *gorm.DB, in list.Query[T], most int) (ids []int64) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for range most {
		page, err := list.Rows(db.WithContext(ctx), &in)
		must(t, err)
		for _, row := range page.Body.Items {
			switch row := any(row).(type) {
			case Article:
				ids = append(ids, row.ID)
			case Word:
				ids = append(ids, row.ID)
			}
		}
		if page.Body.NextCursor == nil {
			break
		}
		in.Cursor = *page.Body.NextCursor
	}
	return ids
}
