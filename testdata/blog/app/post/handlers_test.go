package post_test

import (
	"testing"

	"example.com/blog/app"
	"example.com/blog/internal/apitest"
)

// TestPost runs the checks shared by all resources. Skip leaves one out by name, with a reason.
func TestPost(t *testing.T) {
	t.Parallel()
	suite.Run(t)
}

var suite = apitest.Suite{
	Build:  app.Build,
	Path:   "/api/posts",
	Table:  "posts",
	Reads:  apitest.Owner,
	Writes: apitest.Owner,
	Fields: []apitest.Field{
		{Name: "title", Sample: "first title", Other: "second title", Min: 1, Max: 200},
		{Name: "body", Sample: "first body", Other: "second body", Min: 1},
		{Name: "published", Sample: true, Other: false, Default: false, List: "equal"},
	},
	Indexes: []string{"user_id", "user_id,created_at"},
}

func TestPostIsCreatedReadChangedAndDeleted(t *testing.T) {
	t.Parallel()
	api := apitest.New(t, app.Build)
	ann, bob, nobody := api.User("ann"), api.User("bob"), api.Anonymous()

	path := ann.Post("/api/posts", suite.Body(ann)).Want(201).Header.Get("Location")
	ann.Get(path).Want(200)
	ann.Patch(path, map[string]any{"title": "second title"}).Want(200)
	if got := ann.Get(path).Want(200).Member("title"); got != "second title" {
		t.Errorf("title is %v after the change", got)
	}

	bob.Get(path).Want(404)
	bob.Patch(path, map[string]any{}).Want(404)
	nobody.Get(path).Want(401)
	nobody.Patch(path, map[string]any{}).Want(401)

	ann.Delete(path).Want(204)
	ann.Get(path).Want(404)
}
