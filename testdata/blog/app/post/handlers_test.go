package post

import (
	"fmt"
	"maps"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"gorm.io/gorm"

	"example.com/blog/internal/apitest"
	"example.com/blog/internal/auth"
)

func start(t *testing.T) *apitest.App {
	t.Parallel()
	return apitest.New(t, func(api huma.API, users *auth.Users, db *gorm.DB) { Routes(users.Guard(), db) })
}

// ann calls the API, and may do so.
func ann(app *apitest.App) *apitest.Client { return app.User("ann") }

// collection is the path of the posts that a client calls.
func collection(*apitest.Client) string { return "/api/posts" }

// with returns a body that every rule allows, but for the members given.
func with(_ *apitest.Client, members map[string]any) map[string]any {
	body := map[string]any{
		"title":     "first title",
		"body":      "first body",
		"published": true,
	}
	maps.Copy(body, members)
	return body
}

// create makes a row and returns its path.
func create(c *apitest.Client, members map[string]any) string {
	return c.Post(collection(c), with(c, members)).Want(201).Header.Get("Location")
}

// listed returns the paths of the rows on the page that a query gives.
func listed(c *apitest.Client, query string) []string {
	var page struct{ Items []Post }
	c.Get(collection(c) + "?" + query).Want(200).Decode(&page)
	paths := []string{}
	for _, item := range page.Items {
		paths = append(paths, fmt.Sprintf("%s/%d", collection(c), item.ID))
	}
	return paths
}

func TestPostIsReadAsItWasCreated(t *testing.T) {
	c := ann(start(t))
	body := with(c, nil)
	created := c.Post(collection(c), body).Want(201)
	read := c.Get(created.Header.Get("Location")).Want(200)
	if string(read.Body) != string(created.Body) || read.Header.Get("ETag") != created.Header.Get("ETag") {
		t.Errorf("created %s, read %s", created.Body, read.Body)
	}
	for name, want := range body {
		if got := read.Member(name); !reflect.DeepEqual(got, want) {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
}

func TestDeletedPostIsNotFound(t *testing.T) {
	c := ann(start(t))
	path := create(c, nil)
	c.Delete(path).Want(204)
	c.Get(path).Want(404)
	c.Put(path, with(c, nil)).Want(404)
	c.Patch(path, with(c, nil)).Want(404)
	c.Delete(path).Want(404)
	if paths := listed(c, ""); len(paths) != 0 {
		t.Errorf("listed %v", paths)
	}
}

func TestWhatWasReadCanBeSentBack(t *testing.T) {
	c := ann(start(t))
	path := create(c, nil)
	read := c.Get(path).Want(200)
	c.Put(path, string(read.Body)).Want(200)
	c.Patch(path, map[string]any{"id": 0, "user_id": 0, "created_at": nil}).Want(200)
	after := c.Get(path).Want(200)
	for _, name := range []string{"id", "user_id", "created_at"} {
		if got, want := after.Member(name), read.Member(name); got != want {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
}

func TestListIsReadPageByPage(t *testing.T) {
	c := ann(start(t))
	var want []string
	for range 5 {
		want = append(want, create(c, nil))
		time.Sleep(2 * time.Millisecond) // times are kept in milliseconds
	}
	newest := slices.Clone(want)
	slices.Reverse(newest)
	for sort, want := range map[string][]string{"id": want, "created_at": want, "-created_at": newest} {
		var got []string
		cursor := ""
		for pages := 0; pages < 3; pages++ {
			query := "limit=2&total=true&sort=" + sort + cursor
			got = append(got, listed(c, query)...)
			page := c.Get(collection(c) + "?" + query).Want(200)
			if total := page.Member("total"); total != 5.0 {
				t.Errorf("%v in all", total)
			}
			next, more := page.Member("next_cursor").(string)
			if more != (pages < 2) {
				t.Errorf("page %d: the next cursor is %q", pages, next)
			}
			if cursor = "&cursor=" + next; more && sort == "created_at" {
				c.Get(collection(c) + "?sort=-created_at" + cursor).WantField("cursor")
			}
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("by %s: listed %v, want %v", sort, got, want)
		}
	}
	if got := listed(c, "offset=4"); !reflect.DeepEqual(got, want[4:]) {
		t.Errorf("behind four rows: listed %v, want %v", got, want[4:])
	}
}

func TestInvalidListParameterIsRefused(t *testing.T) {
	c := ann(start(t))
	for query, field := range map[string]string{
		"limit=0": "limit", "limit=101": "limit", "limit=-1": "limit", "limit=abc": "limit", "limit=5&limit=7": "limit",
		"cursor=abc": "cursor", "offset=10001": "offset", "sort=updated_at": "sort", "sort=id;drop": "sort",
		"sort=(select+1)": "sort", "page=2": "page", "id.in=1": "id.in", "updated_at=2026-01-01T00:00:00Z": "updated_at",
	} {
		c.Get(collection(c) + "?" + query).WantField(field)
	}
}

func TestInvalidFieldIsRefused(t *testing.T) {
	c := ann(start(t))
	path := create(c, nil)
	before := c.Get(path).Want(200)
	for _, invalid := range []struct {
		field string
		value any
	}{
		{"title", nil},
		{"title", 1},
		{"title", ""},
		{"title", strings.Repeat("a", 201)},
		{"body", nil},
		{"body", 1},
		{"body", ""},
		{"published", nil},
		{"published", "true"},
		{"published", 1},
		{"not a field", 1},
		{"Title", "first title"},
	} {
		body := map[string]any{invalid.field: invalid.value}
		c.Post(collection(c), with(c, body)).WantField(invalid.field)
		c.Put(path, with(c, body)).WantField(invalid.field)
		c.Patch(path, body).WantField(invalid.field)
	}
	if after := c.Get(path).Want(200); string(after.Body) != string(before.Body) {
		t.Errorf("what was refused changed the row to %s", after.Body)
	}
}

func TestBoundaryValueIsKept(t *testing.T) {
	c := ann(start(t))
	for _, valid := range []struct {
		field string
		value any
	}{
		{"title", "a"},
		{"title", strings.Repeat("é", 200)},
		{"body", "a"},
		{"published", true},
		{"published", false},
	} {
		path := create(c, map[string]any{valid.field: valid.value})
		if got := c.Get(path).Want(200).Member(valid.field); !reflect.DeepEqual(got, valid.value) {
			t.Errorf("%s is %v, want %v", valid.field, got, valid.value)
		}
		c.Delete(path).Want(204)
	}
}

func TestMalformedRequestIsRefused(t *testing.T) {
	c := ann(start(t))
	for _, id := range []string{"0", "-1", "abc", "9223372036854775808", "1%20OR%201=1"} {
		c.Get(collection(c) + "/" + id).Want(422)
	}
	for _, body := range []string{"", "{", "null", "[]", "{} {}"} {
		if status := c.Post(collection(c), body).Status; status != 400 && status != 422 {
			t.Errorf("the body %q was answered with %d", body, status)
		}
	}
	c.With("Content-Type", "text/plain").Post(collection(c), with(c, nil)).Want(415)
}

func TestPutReplacesEveryField(t *testing.T) {
	c := ann(start(t))
	path := create(c, nil)
	body := map[string]any{
		"title": "second title",
		"body":  "second body",
	}
	c.Put(path, body).Want(200)
	after := c.Get(path).Want(200)
	want := map[string]any{
		"published": false,
	}
	maps.Copy(want, body)
	for name, want := range want {
		if got := after.Member(name); !reflect.DeepEqual(got, want) {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
}

func TestPatchChangesOnlyWhatItNames(t *testing.T) {
	c := ann(start(t))
	path := create(c, nil)
	changed := map[string]any{
		"title":     "second title",
		"body":      "second body",
		"published": false,
	}
	for name, value := range changed {
		before := c.Get(path).Want(200)
		time.Sleep(2 * time.Millisecond) // times are kept in milliseconds
		c.Patch(path, map[string]any{name: value}).Want(200)
		after := c.Get(path).Want(200)
		if before.Member("updated_at") == after.Member("updated_at") || before.Member("created_at") != after.Member("created_at") {
			t.Errorf("after a patch of %s the times are %s", name, after.Body)
		}
		for other := range changed {
			want := before.Member(other)
			if other == name {
				want = value
			}
			if got := after.Member(other); !reflect.DeepEqual(got, want) {
				t.Errorf("after a patch of %s: %s is %v, want %v", name, other, got, want)
			}
		}
	}
}

func TestStaleWriteIsRefused(t *testing.T) {
	c := ann(start(t))
	path := create(c, nil)
	old := c.Get(path).Want(200).Header.Get("ETag")
	changed := c.With("If-Match", old).Patch(path, map[string]any{"title": "second title"}).Want(200)
	stale := c.With("If-Match", old)
	stale.Patch(path, map[string]any{"title": "first title"}).Want(412)
	stale.Put(path, with(c, nil)).Want(412)
	stale.Delete(path).Want(412)
	if read := c.Get(path).Want(200); string(read.Body) != string(changed.Body) {
		t.Errorf("a stale write changed the row to %s", read.Body)
	}
	c.With("If-Match", changed.Header.Get("ETag")).Delete(path).Want(204)
}

func TestParallelChangesLoseNothing(t *testing.T) {
	c := ann(start(t))
	first := map[string]any{"title": "second title"}
	second := map[string]any{"body": "second body"}
	for range 10 {
		path := create(c, nil)
		var both sync.WaitGroup
		for _, patch := range []map[string]any{first, second} {
			both.Go(func() {
				if answer := c.Patch(path, patch); answer.Status != 200 {
					t.Errorf("status %d: %s", answer.Status, answer.Body)
				}
			})
		}
		both.Wait()
		read := c.Get(path).Want(200)
		for name, want := range map[string]any{"title": first["title"], "body": second["body"]} {
			if got := read.Member(name); !reflect.DeepEqual(got, want) {
				t.Errorf("%s is %v, want %v", name, got, want)
			}
		}
		c.Delete(path).Want(204)
	}
}

func TestRequiredFieldIsMissed(t *testing.T) {
	c := ann(start(t))
	path := create(c, nil)
	for _, required := range []string{
		"title",
		"body",
	} {
		body := with(c, nil)
		delete(body, required)
		c.Post(collection(c), body).WantField(required)
		c.Put(path, body).WantField(required)
	}
}

func TestFieldsThatAreLeftOutHaveTheirDefaults(t *testing.T) {
	c := ann(start(t))
	body := with(c, nil)
	want := map[string]any{
		"published": false,
	}
	for name := range want {
		delete(body, name)
	}
	created := c.Post(collection(c), body).Want(201)
	for name, want := range want {
		if got := created.Member(name); !reflect.DeepEqual(got, want) {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
}

func TestARequestNeedsAToken(t *testing.T) {
	app := start(t)
	c := ann(app)
	path, body := create(c, nil), with(c, nil)
	all, anybody := collection(c), app.Anonymous()
	for _, at := range []string{path, all + "/999999"} {
		for _, method := range []string{"GET", "PUT", "PATCH", "DELETE"} {
			anybody.Do(method, at, body).Want(401)
			anybody.Do(method, at, nil).Want(401)
		}
	}
	anybody.Post(all, body).Want(401)
	anybody.Post(all, "{").Want(401)
	anybody.Get(all).Want(401)
}

func TestRoutesSayWhoMayCall(t *testing.T) {
	app := start(t)
	for _, route := range app.Server.Routes() {
		if !strings.HasPrefix(route.Path, "/api/posts") {
			continue
		}
		want := "owner"
		if route.Method == "GET" {
			want = "owner"
		}
		if route.Who != want {
			t.Errorf("%s %s is for %s, want %s", route.Method, route.Path, route.Who, want)
		}
	}
}

func TestPostOfAnotherUserIsNotFound(t *testing.T) {
	app := start(t)
	ann, bob := ann(app), app.User("bob")
	path := create(ann, nil)
	before := ann.Get(path).Want(200)
	bob.Get(path).Want(404)
	bob.Put(path, with(ann, nil)).Want(404)
	bob.Patch(path, with(ann, nil)).Want(404)
	bob.Delete(path).Want(404)
	if after := ann.Get(path).Want(200); string(after.Body) != string(before.Body) {
		t.Errorf("another user changed the row to %s", after.Body)
	}
}

func TestOwnerIsNeverTakenFromTheBody(t *testing.T) {
	app := start(t)
	ann, bob := ann(app), app.User("bob")
	path := create(ann, map[string]any{"user_id": bob.UserID})
	ann.Patch(path, map[string]any{"user_id": bob.UserID}).Want(200)
	body := ann.Get(path).Want(200).Object()
	body["user_id"] = bob.UserID
	ann.Put(path, body).Want(200)
	if owner := ann.Get(path).Want(200).Member("user_id"); owner != ann.UserID {
		t.Errorf("the row was given to %v", owner)
	}
}

// The rows would be safe if only one statement looked at the owner. That each
// does keeps them safe when one of them is changed.
func TestEveryStatementNamesTheOwner(t *testing.T) {
	app := start(t)
	c := ann(app)
	path := create(c, nil)
	body := c.Get(path).Want(200).Object()
	for _, statement := range app.Statements("posts", func() {
		c.Get(path).Want(200)
		c.Get(collection(c) + "?total=true").Want(200)
		c.Put(path, body).Want(200)
		c.Patch(path, map[string]any{}).Want(200)
		c.Delete(path).Want(204)
	}) {
		if _, condition, _ := strings.Cut(statement, " WHERE "); !strings.Contains(condition, "user_id") {
			t.Errorf("no owner in %s", statement)
		}
	}
}

func TestListShowsOnlyTheUsersOwnRows(t *testing.T) {
	app := start(t)
	ann, bob := ann(app), app.User("bob")
	path := create(ann, nil)
	create(bob, nil)
	for _, query := range []string{"", "total=true", "sort=-created_at", "offset=0"} {
		if got := listed(ann, query); !reflect.DeepEqual(got, []string{path}) {
			t.Errorf("%s: listed %v, want only %s", query, got, path)
		}
	}
	if total := ann.Get(collection(ann) + "?total=true").Want(200).Member("total"); total != 1.0 {
		t.Errorf("%v rows in all, want 1", total)
	}
}

func TestListIsFiltered(t *testing.T) {
	c := ann(start(t))
	for _, filter := range []struct {
		field         string
		sample, other any
		operators     []string
	}{
		{"published", true, false, []string{""}},
	} {
		first := create(c, map[string]any{filter.field: filter.sample})
		second := create(c, map[string]any{filter.field: filter.other})
		for _, operator := range filter.operators {
			value, want := filter.sample, []string{first}
			if strings.HasPrefix(operator, ".g") {
				value, want = filter.other, []string{second}
			}
			if operator == ".gt" || operator == ".lt" { // the bound itself is left out
				value = map[string]any{".gt": filter.sample, ".lt": filter.other}[operator]
			}
			query := filter.field + operator + "=" + url.QueryEscape(apitest.Text(value))
			if got := listed(c, query); !reflect.DeepEqual(got, want) {
				t.Errorf("%s: listed %v, want %v", query, got, want)
			}
		}
		if both := listed(c, filter.field+".in="+url.QueryEscape(apitest.Text(filter.sample)+","+apitest.Text(filter.other))); len(both) != 2 {
			t.Errorf("%s.in: listed %v", filter.field, both)
		}
		c.Delete(first).Want(204)
		c.Delete(second).Want(204)
	}
}
