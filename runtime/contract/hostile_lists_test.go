package contract

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// hostileLists are invalid list parameters.
func (w *world) hostileLists() []attempt {
	var all []attempt
	refuse := func(name string, values ...string) {
		for _, value := range values {
			all = append(all, attempt{method: "GET", path: "/posts?" + url.QueryEscape(name) + "=" + url.QueryEscape(value), status: 422, field: strings.ReplaceAll(name, `"`, `\"`)})
		}
	}
	refuse("limit", "abc", "", "-1", "0", "101", "9999999999999999999999", "1.0", "0x5", "5;offset=1", "5 OR 1=1", "١", " 5", "1e1", "null", "[5]")
	refuse("offset", "-1", "10001", "9223372036854775808", "abc", "", "1.5", "0;DROP TABLE posts")
	refuse("total", "1", "yes", "", "TRUE")
	refuse("sort", "id;drop table posts", "(select 1)", "title desc", "title--", "-title--", "--title", "-", "", ",", "title,", ",title", "title,title", "title,-title",
		"password_hash", "user_id", "users.password_hash", "posts.title", "../..", "body", "updated_at", "deleted_at", "secret", "code", "TITLE", "Title", "title ", "+title",
		"title ASC NULLS FIRST", `"title"`, "`title`", "1", "CASE WHEN 1=1 THEN id ELSE title END", "random()", "pg_sleep(9)", "id,title,created_at,at,-id,-title", strings.Repeat("title,", 500))
	for _, name := range []string{"page", "user_id", "user_id.in", "id", "id.gt", "password_hash", "users.role", "deleted_at", "secret", "code", "body.contains", "kind", "colour", "Title",
		"TITLE", "title.ne", "title.like", "title.gt", "title.CONTAINS", "title.contains.x", "title.", ".title", "title[]", "title[$ne]", "views.contains", "views.ne", "published.gt",
		"status.contains", "category_id.gt", "created_at", "created_at.gte", "title' OR '1'='1", "1=1) OR (1", "title) OR 1=1 --", "; DROP TABLE posts", "$where", "__proto__", "", "limit[]", "Limit", "_method", "access_token"} {
		refuse(name, "1", "' OR 1=1 --")
	}
	refuse("views", "abc", "1.5", "1 OR 1=1", "2147483648", "", "null")
	refuse("views.gte", "9223372036854775808", "' OR 1=1 --")
	refuse("views.in", "1,b", "1,,2", "", strings.Repeat("1,", 100)+"1", "SELECT 1", "(1)")
	refuse("published", "1", "t", "yes", "", "TRUE")
	refuse("status", "gone", "", "DRAFT", "draft' OR '1'='1")
	refuse("status.in", "draft,gone", "draft,")
	refuse("category_id", "abc", "1 OR 1=1", "9223372036854775808", "")
	refuse("price.gte", "1.234", "abc", "1e3", "99999999999999999999", "'")
	refuse("at.gte", "yesterday", "2026-01-01", "2026-13-01T00:00:00Z", "0000-01-01T00:00:00Z'", "now()", "9999-12-31T23:59:59.9999Z")
	refuse("title.contains", strings.Repeat("a", 201))
	refuse("q", strings.Repeat("%", 201))
	for query, status := range map[string]int{
		"limit=5&limit=7": 422, "limit=5&limit=5": 422, "sort=title&sort=id": 422, "title=a&title=b": 422, "offset=0&cursor=x": 422, "limit=5&LIMIT=5": 422, "total=true&total=true": 422,
		"title=%ff": 400, "title=%00": 400, "title.contains=%C0%AF": 400, "title=%": 400, "%zz=1": 400, "q=a%00b": 400,
	} {
		all = append(all, attempt{method: "GET", path: "/posts?" + query, status: status})
	}
	for _, list := range []string{"/pages", "/topics", "/events", fmt.Sprintf("/posts/%d/comments", w.post)} {
		for _, query := range []string{"limit=0", "limit=101", "limit=abc", "offset=-1", "offset=10001", "sort=user_id", "sort=password_hash", "sort=id%3Bdrop", "page=1", "limit=1&limit=1", "cursor=abc"} {
			all = append(all, attempt{method: "GET", path: list + "?" + query, status: 422})
		}
	}
	return all
}

// page is the response of a list.
type page struct {
	Items []struct {
		ID    int64
		Owner int64 `json:"user_id"`
		Title string
	}
	Next string `json:"next_cursor"`
}

// list returns a page of a list.
func (w *world) list(t *testing.T, who, path string) page {
	t.Helper()
	var p page
	must(t, json.Unmarshal(w.callers[who].json(t, http.MethodGet, path, "").want(t, 200).body, &p))
	return p
}

// readLiterally searches for text that has a special meaning in LIKE or SQL.
func (w *world) readLiterally(t *testing.T) {
	for query, want := range map[string][]string{
		"%": {"100%"}, "_": {"a_b"}, `\`: {`back\slash`}, "'": {"O'Brien"}, `" OR ""="`: {`" OR ""="`}, "A_B": {"a_b"}, "0%": {"100%"}, "o'b": {"O'Brien"},
		"' OR 1=1 --": nil, "%' OR '1'='1": nil, "'; DROP TABLE posts; --": nil, `\%`: nil, "%%": nil, "a%b": nil, `\\`: nil, "[a-z]": nil, "*": nil, "?": nil, "$1": nil, "@p1": nil, ":name": nil,
		"bob's secret": nil,
	} {
		for _, parameter := range []string{"title.contains", "q"} {
			w.wantTitles(t, parameter, query, want)
		}
	}
	for query, want := range map[string][]string{"100%": {"100%"}, "%": nil, "a_b": {"a_b"}, "A_B": nil, "' OR 1=1 --": nil, "O'Brien": {"O'Brien"}, "": nil, `back\slash`: {`back\slash`}} {
		w.wantTitles(t, "title", query, want)
		w.wantTitles(t, "title.in", query+",' OR 1=1 --", want)
	}
}

// wantTitles checks that the list contains exactly these posts.
func (w *world) wantTitles(t *testing.T, parameter, value string, want []string) {
	t.Helper()
	var got []string
	for _, item := range w.list(t, "ann", "/posts?"+parameter+"="+url.QueryEscape(value)).Items {
		got = append(got, item.Title)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s=%s: %q, want %q", parameter, value, got, want)
	}
}
