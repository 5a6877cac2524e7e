package post

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"gorm.io/gorm"

	"example.com/blog/internal/apitest"
	"example.com/blog/internal/auth"
)

func start(t *testing.T) *apitest.App {
	t.Parallel()
	return apitest.New(t, func(api huma.API, users *auth.Users, db *gorm.DB) { Routes(users.Guard(), db) })
}

// with returns a body that every rule allows, but for the members given.
func with(members map[string]any) map[string]any {
	body := map[string]any{
		"title":     "first title",
		"body":      "first body",
		"published": true,
	}
	for name, value := range members {
		body[name] = value
	}
	return body
}

// create makes a row and returns its path.
func create(c *apitest.Client, members map[string]any) string {
	return c.Post("/api/posts", with(members)).Want(201).Header.Get("Location")
}

func TestPostIsReadAsItWasCreated(t *testing.T) {
	c := start(t).User("ann")
	created := c.Post("/api/posts", with(nil)).Want(201)
	read := c.Get(created.Header.Get("Location")).Want(200)
	if string(read.Body) != string(created.Body) || read.Header.Get("ETag") != created.Header.Get("ETag") {
		t.Errorf("created %s, read %s", created.Body, read.Body)
	}
	for name, want := range with(nil) {
		if got := read.Member(name); !reflect.DeepEqual(got, want) {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
}

func TestPutReplacesEveryField(t *testing.T) {
	c := start(t).User("ann")
	path := create(c, nil)
	c.Put(path, map[string]any{
		"title": "second title",
		"body":  "second body",
	}).Want(200)
	read := c.Get(path).Want(200)
	for name, want := range map[string]any{
		"title":     "second title",
		"body":      "second body",
		"published": false,
	} {
		if got := read.Member(name); !reflect.DeepEqual(got, want) {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
}

func TestPatchChangesOnlyWhatItNames(t *testing.T) {
	c := start(t).User("ann")
	path := create(c, nil)
	changed := map[string]any{
		"title":     "second title",
		"body":      "second body",
		"published": false,
	}
	for name, value := range changed {
		before := c.Get(path).Want(200)
		c.Patch(path, map[string]any{name: value}).Want(200)
		after := c.Get(path).Want(200)
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

func TestDeletedPostIsNotFound(t *testing.T) {
	c := start(t).User("ann")
	path := create(c, nil)
	c.Delete(path).Want(204)
	c.Get(path).Want(404)
	c.Put(path, with(nil)).Want(404)
	c.Patch(path, with(nil)).Want(404)
	c.Delete(path).Want(404)
}

func TestWhatWasReadCanBeSentBack(t *testing.T) {
	c := start(t).User("ann")
	path := create(c, nil)
	read := c.Get(path).Want(200)
	c.Put(path, string(read.Body)).Want(200)
	c.Patch(path, map[string]any{"id": 0, "created_at": nil}).Want(200)
	after := c.Get(path).Want(200)
	for _, name := range []string{"id", "created_at"} {
		if got, want := after.Member(name), read.Member(name); got != want {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
}

func TestStaleWriteIsRefused(t *testing.T) {
	c := start(t).User("ann")
	path := create(c, nil)
	old := c.Get(path).Want(200).Header.Get("ETag")
	changed := c.With("If-Match", old).Patch(path, map[string]any{"title": "second title"}).Want(200)
	stale := c.With("If-Match", old)
	stale.Patch(path, map[string]any{"title": "first title"}).Want(412)
	stale.Put(path, with(nil)).Want(412)
	stale.Delete(path).Want(412)
	if read := c.Get(path).Want(200); string(read.Body) != string(changed.Body) {
		t.Errorf("a stale write changed the row to %s", read.Body)
	}
	c.With("If-Match", changed.Header.Get("ETag")).Delete(path).Want(204)
}

func TestEveryOperationNeedsAToken(t *testing.T) {
	app := start(t)
	path := create(app.User("ann"), nil)
	for _, at := range []string{path, "/api/posts/999999"} {
		for _, method := range []string{"GET", "PUT", "PATCH", "DELETE"} {
			app.Anonymous().Do(method, at, nil).Want(401)
		}
	}
	app.Anonymous().Get("/api/posts").Want(401)
	app.Anonymous().Post("/api/posts", with(nil)).Want(401)
}

func TestPostOfAnotherUserIsNotFound(t *testing.T) {
	app := start(t)
	ann, bob := app.User("ann"), app.User("bob")
	path := create(ann, nil)
	before := ann.Get(path).Want(200)
	bob.Get(path).Want(404)
	bob.Put(path, with(nil)).Want(404)
	bob.Patch(path, with(nil)).Want(404)
	bob.Delete(path).Want(404)
	if after := ann.Get(path).Want(200); string(after.Body) != string(before.Body) {
		t.Errorf("another user changed the row to %s", after.Body)
	}
}

func TestOwnerIsNeverTakenFromTheBody(t *testing.T) {
	app := start(t)
	ann, bob := app.User("ann"), app.User("bob")
	bobs := bob.Get(create(bob, nil)).Want(200).Member("user_id")
	anns := create(ann, map[string]any{"user_id": bobs})
	ann.Patch(anns, map[string]any{"user_id": bobs}).Want(200)
	ann.Put(anns, with(map[string]any{"user_id": bobs})).Want(200)
	if ann.Get(anns).Want(200).Member("user_id") == bobs {
		t.Error("the row was given to another user")
	}
}

func TestListShowsOnlyTheUsersOwnRows(t *testing.T) {
	app := start(t)
	ann, bob := app.User("ann"), app.User("bob")
	path := create(ann, nil)
	create(bob, nil)
	items := ann.Get("/api/posts").Want(200).Member("items").([]any)
	if len(items) != 1 || fmt.Sprintf("/api/posts/%v", items[0].(map[string]any)["id"]) != path {
		t.Errorf("listed %v, want only %s", items, path)
	}
}

func TestListIsReadPageByPage(t *testing.T) {
	c := start(t).User("ann")
	var want, got []string
	for range 5 {
		want = append(want, create(c, nil))
	}
	next := "/api/posts?limit=2"
	for next != "" {
		var page struct {
			Items      []Post  `json:"items"`
			NextCursor *string `json:"next_cursor"`
		}
		c.Get(next).Want(200).Decode(&page)
		for _, item := range page.Items {
			got = append(got, fmt.Sprintf("/api/posts/%d", item.ID))
		}
		next = ""
		if page.NextCursor != nil {
			next = "/api/posts?limit=2&cursor=" + *page.NextCursor
		}
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("listed %v, want %v", got, want)
	}
}

func TestInvalidListParameterIsRefused(t *testing.T) {
	c := start(t).User("ann")
	for query, field := range map[string]string{
		"limit=0": "limit", "limit=101": "limit", "limit=abc": "limit", "cursor=abc": "cursor", "page=2": "page",
	} {
		c.Get("/api/posts?" + query).WantField(field)
	}
}

func TestInvalidFieldIsRefused(t *testing.T) {
	c := start(t).User("ann")
	path := create(c, nil)
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
		{"not a field", 1},
		{"Title", "first title"},
	} {
		body := map[string]any{invalid.field: invalid.value}
		c.Post("/api/posts", with(body)).WantField(invalid.field)
		c.Put(path, with(body)).WantField(invalid.field)
		c.Patch(path, body).WantField(invalid.field)
	}
}

func TestRequiredFieldIsMissed(t *testing.T) {
	c := start(t).User("ann")
	path := create(c, nil)
	for _, required := range []string{
		"title",
		"body",
	} {
		body := with(nil)
		delete(body, required)
		c.Post("/api/posts", body).WantField(required)
		c.Put(path, body).WantField(required)
	}
}

func TestBoundaryValueIsKept(t *testing.T) {
	c := start(t).User("ann")
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
		member := map[string]any{valid.field: valid.value}
		created, patched := create(c, member), create(c, nil)
		c.Patch(patched, member).Want(200)
		for _, path := range []string{created, patched} {
			if got := c.Get(path).Want(200).Member(valid.field); !reflect.DeepEqual(got, valid.value) {
				t.Errorf("%s is %v, want %v", valid.field, got, valid.value)
			}
		}
	}
}

func TestMalformedRequestIsRefused(t *testing.T) {
	c := start(t).User("ann")
	for _, id := range []string{"0", "-1", "abc", "9223372036854775808", "1%20OR%201=1"} {
		c.Get("/api/posts/" + id).Want(422)
	}
	for _, body := range []string{"", "{", "null", "[]", "{} {}"} {
		if status := c.Post("/api/posts", body).Status; status != 400 && status != 422 {
			t.Errorf("the body %q was answered with %d", body, status)
		}
	}
	c.With("Content-Type", "text/plain").Post("/api/posts", with(nil)).Want(415)
}
