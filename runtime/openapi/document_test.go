package openapi

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

type BlogPost struct {
	ID int64 `json:"id"`
	Fields
	Views *int64 `json:"views,omitempty"`
}

type Fields struct {
	Title  string    `json:"title" maxLength:"5"`
	Status string    `json:"status" required:"false" default:"draft" enum:"draft,published"`
	Mood   *string   `json:"mood" required:"false" enum:"good,bad"`
	Slug   string    `json:"slug" required:"false" pattern:"^[a-z0-9]+(-[a-z0-9]+)*$"`
	Digits string    `json:"digits" required:"false" pattern:"^x{40}$"`
	Due    time.Time `json:"due" required:"false"`
	Score  float64   `json:"score" required:"false" exclusiveMinimum:"3" maximum:"3.5"`
	Tags   []string  `json:"tags" required:"false" minItems:"1"`
}

type Entry struct{}

type (
	none   struct{}
	output struct{ Body BlogPost }
	input  struct {
		Body Fields
	}
)

// operation is one of the API under test.
type operation struct {
	method, path, handler string
	row                   any
}

// api returns an API with the operations.
func api(t *testing.T, operations ...operation) huma.API {
	t.Helper()
	a := humago.New(http.NewServeMux(), huma.DefaultConfig("blog", "1.0.0"))
	for _, o := range operations {
		facts := Facts{Handler: o.handler, Audience: "For signed-in users, limited to their own rows."}
		if o.row != nil {
			facts.Row = reflect.TypeOf(o.row)
		}
		op := huma.Operation{
			Method: o.method, Path: o.path, Metadata: map[string]any{Key: facts}, Errors: []int{404},
			Security: []map[string][]string{{"bearer": {}}},
		}
		if o.method == http.MethodPost {
			op.DefaultStatus = http.StatusCreated
		}
		switch {
		case o.row != nil && o.method != http.MethodGet:
			huma.Register(a, op, func(context.Context, *input) (*output, error) { return nil, nil })
		case o.row != nil:
			huma.Register(a, op, func(context.Context, *none) (*output, error) { return nil, nil })
		default:
			huma.Register(a, op, func(context.Context, *none) (*none, error) { return nil, nil })
		}
	}
	return a
}

func complete(a huma.API) *huma.OpenAPI {
	return Complete(a.OpenAPI(), "/api", func(e Error) any { return map[string]any{"code": e.Code} })
}

func TestOperationsAreNamedAfterTheirPathsAndHandlers(t *testing.T) {
	resource := []operation{
		{"GET", "/api/blog_posts", "blogpost.handlers.list", nil},
		{"POST", "/api/blog_posts", "blogpost.handlers.create", BlogPost{}},
		{"GET", "/api/blog_posts/{id}", "blogpost.handlers.show", BlogPost{}},
		{"PUT", "/api/blog_posts/{id}", "blogpost.handlers.replace", BlogPost{}},
		{"PATCH", "/api/blog_posts/{id}", "blogpost.handlers.patch", BlogPost{}},
		{"DELETE", "/api/blog_posts/{id}", "blogpost.handlers.delete", nil},
		{"POST", "/api/blog_posts/{id}/restore", "blogpost.handlers.restore", BlogPost{}},
		{"GET", "/api/blog_posts/latest", "blogpost.handlers.latest", nil},
		{"POST", "/api/blog_posts/{post_id}/entries", "entry.handlers.create", Entry{}},
		{"GET", "/api/blog_posts/{post_id}/entries", "entry.handlers.list", nil},
		{"DELETE", "/api/blog_posts/{post_id}/entries/{id}", "entry.handlers.delete", nil},
		{"GET", "/api/news", "main.routes.func1", nil},
		{"GET", "/api/news/{slug}", "main.routes.func2", nil},
		{"POST", "/api/import", "main.importEverything", nil},
		{"GET", "/api/health", "main.health", nil},
		{"GET", "/api/status", "main.health", nil},
		{"GET", "/api/", "main.list", nil},
	}
	var got []string
	document := complete(api(t, resource...))
	for path, item := range document.Paths {
		for _, op := range operations(item) {
			got = append(got, fmt.Sprintf("%s %s: %s, %s, %s", (*op).Method, path, (*op).OperationID, (*op).Summary, (*op).Tags))
		}
	}
	slices.Sort(got)
	want := []string{
		"DELETE /api/blog_posts/{id}: deleteBlogPost, Delete a blog post, [blog_posts]",
		"DELETE /api/blog_posts/{post_id}/entries/{id}: deletePostEntry, Delete an entry of a post, [entries]",
		"GET /api/: list, List, [operations]",
		"GET /api/blog_posts/latest: latestBlogPosts, Latest blog posts, [blog_posts]",
		"GET /api/blog_posts/{id}: showBlogPost, Show a blog post, [blog_posts]",
		"GET /api/blog_posts/{post_id}/entries: listPostEntries, List entries of a post, [entries]",
		"GET /api/blog_posts: listBlogPosts, List blog posts, [blog_posts]",
		"GET /api/health: health, Health, [health]",
		"GET /api/news/{slug}: showNews, Show one of the news, [news]",
		"GET /api/news: listNews, List news, [news]",
		"GET /api/status: healthStatus, Health status, [status]",
		"PATCH /api/blog_posts/{id}: patchBlogPost, Patch a blog post, [blog_posts]",
		"POST /api/blog_posts/{id}/restore: restoreBlogPost, Restore a blog post, [blog_posts]",
		"POST /api/blog_posts/{post_id}/entries: createPostEntry, Create an entry of a post, [entries]",
		"POST /api/blog_posts: createBlogPost, Create a blog post, [blog_posts]",
		"POST /api/import: importEverything, Import everything, [import]",
		"PUT /api/blog_posts/{id}: replaceBlogPost, Replace a blog post, [blog_posts]",
	}
	if !slices.Equal(got, want) {
		t.Errorf("named\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestOperationIDsAreUnique(t *testing.T) {
	document := complete(api(t,
		operation{"GET", "/api/posts", "post.list", nil}, operation{"POST", "/api/posts", "post.list", nil},
		operation{"PUT", "/api/posts", "post.list", nil}, operation{"GET", "/api/Posts/", "post.list", nil}))
	seen := map[string]bool{}
	for _, item := range document.Paths {
		for _, op := range operations(item) {
			if seen[(*op).OperationID] {
				t.Errorf("two operations have the ID %s", (*op).OperationID)
			}
			seen[(*op).OperationID] = true
		}
	}
}

func TestResponsesRequireAllMembersAndRequestsOnlyRequiredOnes(t *testing.T) {
	document := complete(api(t, operation{"POST", "/api/posts", "post.create", BlogPost{}}))
	row := document.Components.Schemas.Map()["BlogPost"]
	always := slices.Sorted(slices.Values(row.Required))
	if want := []string{"digits", "due", "id", "mood", "score", "slug", "status", "tags", "title"}; !slices.Equal(always, want) {
		t.Errorf("a response requires %q, want %q", always, want)
	}
	body := document.Components.Schemas.Map()["Fields"]
	if !slices.Equal(body.Required, []string{"title"}) {
		t.Errorf("a request requires %q", body.Required)
	}
	if status := body.Properties["status"]; status.Default != nil || !strings.Contains(status.Description, "Default: draft") {
		t.Errorf("the default of a request is described as %+v", status)
	}
	if enum := row.Properties["mood"].Enum; !slices.Contains(enum, nil) {
		t.Errorf("null is not among %v", enum)
	}
}

func TestExampleFollowsTheSchema(t *testing.T) {
	document := complete(api(t, operation{"PUT", "/api/posts/{id}", "post.replace", BlogPost{}}))
	op := document.Paths["/api/posts/{id}"].Put
	got, err := json.Marshal(op.RequestBody.Content[mediaJSON].Example)
	want := `{"due":"2026-01-01T12:00:00Z","mood":"good","score":3.5,"slug":"hello-world","status":"draft","tags":["A tags"],"title":"A tit"}`
	if err != nil || string(got) != want {
		t.Errorf("the example is %s, want %s", got, want)
	}
	if answer := op.Responses["200"].Content[mediaJSON].Example; answer != nil {
		t.Errorf("no value matches the pattern of digits, but the example is %v", answer)
	}
}

func TestErrorsAreSharedComponents(t *testing.T) {
	a := api(t, operation{"GET", "/api/posts/{id}", "post.show", BlogPost{}}, operation{"DELETE", "/api/posts/{id}", "post.delete", nil})
	a.OpenAPI().Paths["/api/posts/{id}"].Delete.Metadata[Key] = Facts{Errors: []Error{{Status: 404, Code: "GONE", Message: "Gone"}}}
	document := complete(a)
	item := document.Paths["/api/posts/{id}"]
	if ref := item.Get.Responses["404"].Ref; ref != "#/components/responses/NotFound" || document.Components.Responses["NotFound"] == nil {
		t.Errorf("the 404 is %q", ref)
	}
	own := item.Delete.Responses["404"]
	if own.Description != "Gone" || len(own.Content["application/problem+json"].Examples) != 1 || own.Content["application/problem+json"].Examples["GONE"] == nil {
		t.Errorf("the 404 with its own message is %+v", own)
	}
	if own.Headers[requestID].Ref == "" || document.Components.Headers[requestID] == nil {
		t.Error("the 404 has no request id")
	}
}

func TestDocumentDescribesAccess(t *testing.T) {
	a := api(t, operation{"GET", "/api/posts", "post.list", nil}, operation{"POST", "/api/tags", "tag.create", nil}, operation{"GET", "/api/tags", "tag.list", nil})
	a.OpenAPI().Paths["/api/tags"].Get.Security = nil
	document := complete(a)
	var descriptions []string
	for _, tag := range document.Tags {
		descriptions = append(descriptions, tag.Name+": "+tag.Description)
	}
	want := []string{"posts: Posts. For signed-in users, limited to their own rows.", "tags: Tags. Access differs by operation."}
	if !slices.Equal(descriptions, want) {
		t.Errorf("the tags are %q, want %q", descriptions, want)
	}
	if got := document.Paths["/api/tags"].Get.Description; got != "Public." {
		t.Errorf("the public operation is described as %q", got)
	}
}

func TestSourceIsUnchanged(t *testing.T) {
	a := api(t, operation{"GET", "/api/posts", "post.list", nil}, operation{"PUT", "/api/posts/{id}", "post.replace", BlogPost{}})
	before, err := json.Marshal(a.OpenAPI())
	if err != nil {
		t.Fatal(err)
	}
	complete(a)
	if after, err := json.Marshal(a.OpenAPI()); err != nil || string(after) != string(before) {
		t.Errorf("the source became %s, was %s", after, before)
	}
}

func TestArticleFitsTheSound(t *testing.T) {
	for _, phrase := range []string{"a post", "an image", "a user", "an update", "a unit", "an order item", "a one-time token"} {
		_, noun, _ := strings.Cut(phrase, " ")
		if got := withArticle([]string{noun}); got != phrase {
			t.Errorf("%q, want %q", got, phrase)
		}
	}
}

func TestGoNamesAreSplitIntoWords(t *testing.T) {
	for name, want := range map[string]string{"Post": "post", "BlogPost": "blog post", "HTTPLog": "http log", "OrderV2": "order v2", "blog_post": "blog post"} {
		if got := strings.Join(words(name), " "); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
