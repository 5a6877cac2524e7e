package list_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"fastgo/runtime/database"
	"fastgo/runtime/database/dbtest"
	"fastgo/runtime/list"
	"fastgo/runtime/web"
)

// Song shows the words of the tag list.
type Song struct {
	ID     int64  `json:"id"`
	Title  string `json:"title" list:"sort,search"`
	Length int    `json:"length" list:"filter,sort"`
	Live   bool   `json:"live" list:"equal"`
	Label  string `json:"label"`
}

// songs serves a list of three.
func songs(t *testing.T) http.Handler {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	db, err := database.Open(dbtest.URL(t), log)
	if err != nil {
		t.Fatal(err)
	}
	if pool, err := db.DB(); err == nil {
		t.Cleanup(func() { pool.Close() })
	}
	if err := db.Exec("CREATE TABLE songs (id integer PRIMARY KEY, title text, length integer, live boolean, label text)").Error; err != nil {
		t.Fatal(err)
	}
	if err := db.Create([]Song{{1, "Blue", 180, false, "x"}, {2, "Red", 240, true, "y"}, {3, "Bluer", 240, false, "z"}}).Error; err != nil {
		t.Fatal(err)
	}
	server := web.New(web.Options{Name: "songs"}, db, log)
	web.Get(server.API, "/songs", func(ctx context.Context, in *list.Query[Song]) (*list.Page[Song], error) {
		return list.Rows(db.WithContext(ctx), in)
	})
	return server.Handler()
}

// page asks for a list, and returns the ids of its rows with what else the answer says.
func page(t *testing.T, h http.Handler, query string) (ids string, rest list.Items[Song]) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/songs?"+query, nil))
	if w.Code != http.StatusOK {
		return fmt.Sprint(w.Code), rest
	}
	if err := json.Unmarshal(w.Body.Bytes(), &rest); err != nil {
		t.Fatal(err)
	}
	for _, row := range rest.Items {
		ids += fmt.Sprint(row.ID)
	}
	return ids, rest
}

// TestListSupportsWhatItsTagsAllow shows what a request may ask for; everything else is a 422.
func TestListSupportsWhatItsTagsAllow(t *testing.T) {
	h := songs(t)
	for query, want := range map[string]string{
		"":                     "123",
		"sort=-title":          "231",
		"sort=-length,title":   "321",
		"length=240":           "23",
		"length.lt=200":        "1",
		"live=true":            "2",
		"live.in=true,false":   "123",
		"q=BLUE":               "13",
		"q=%25":                "", // LIKE has no wildcards for clients
		"limit=1&offset=1":     "2",
		"limit=0":              "422",
		"length=long":          "422",
		"label=x":              "422",
		"sort=label":           "422",
		"sort=title&cursor=no": "422",
	} {
		if got, _ := page(t, h, query); got != want {
			t.Errorf("%q has %q, want %q", query, got, want)
		}
	}
	if _, all := page(t, h, "limit=1&total=true"); all.Total == nil || *all.Total != 3 {
		t.Errorf("the total is %v", all.Total)
	}
}

// TestCursorsLeadThroughEveryPage follows next_cursor to the end.
func TestCursorsLeadThroughEveryPage(t *testing.T) {
	h := songs(t)
	for _, sort := range []string{"id", "-id", "length", "-title"} {
		whole, _ := page(t, h, "sort="+sort)
		got, query := "", "limit=1&sort="+sort
		for pages := 0; query != "" && pages < 4; pages++ {
			ids, rest := page(t, h, query)
			got, query = got+ids, ""
			if rest.NextCursor != nil {
				query = "limit=1&sort=" + sort + "&cursor=" + *rest.NextCursor
			}
		}
		if got != whole {
			t.Errorf("by %s the pages are %s, want %s", sort, got, whole)
		}
	}
}
