package apitest

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"fastgo/runtime/web"
)

func TestSkippedCheckNeedsAReason(t *testing.T) {
	suite := Suite{Path: "/api/posts", Table: "posts", Reads: Public, Writes: Public, Fields: []Field{{Name: "title", Sample: "a", Other: "b"}}}
	for name, test := range map[string]struct{ reason, problem string }{
		"a list is paged":                    {"posts are listed newest first", ""},
		"a list is shown page by page":       {"posts are listed newest first", `posts has no check "a list is shown`},
		"a row of another user is not found": {"posts have no owner", "posts has no check"},
		"a malformed request is rejected":    {" ", "without a reason"},
	} {
		suite.Skip = map[string]string{name: test.reason}
		problems := strings.Join(suite.problems(suite.checks()), "\n")
		if !strings.Contains(problems, test.problem) || (test.problem == "") != (problems == "") {
			t.Errorf("%s: %q", name, problems)
		}
	}
}

func TestIncompleteSuiteIsReported(t *testing.T) {
	suite := Suite{Path: "/api/posts", Table: "posts", Writes: Owner, Fields: []Field{{Name: "slug", Sample: "a", Other: "b", Unique: true}}}
	if got := strings.Join(suite.problems(suite.checks()), "\n"); !strings.Contains(got, "Reads") || !strings.Contains(got, "slug is unique: set New") {
		t.Error(got)
	}
}

func TestRoutesOfThePackageNeedTheAccessOfTheResource(t *testing.T) {
	suite := Suite{Path: "/api/posts", Reads: Public, Writes: Owner, Routes: map[string]Access{"GET /api/drafts": Owner}}
	file := "app/post/handlers.go"
	routes := []web.Route{
		{Method: "GET", Path: "/api/posts", Who: "public", File: file}, {Method: "POST", Path: "/api/posts", Who: "owner", File: file},
		{Method: "GET", Path: "/api/posts/{id}", Who: "public", File: file}, {Method: "PUT", Path: "/api/posts/{id}", Who: "owner", File: file},
		{Method: "PATCH", Path: "/api/posts/{id}", Who: "owner", File: file}, {Method: "DELETE", Path: "/api/posts/{id}", Who: "owner", File: file},
		{Method: "GET", Path: "/api/drafts", Who: "owner", File: file},
		{Method: "POST", Path: "/api/posts/{id}/publish", Who: "owner", File: file},
		{Method: "POST", Path: "/api/posts/{post_id}/comments", Who: "user", File: "app/comment/handlers.go"},
	}
	if problems := suite.wrongRoutes(routes); problems != nil {
		t.Error(problems)
	}
	open := web.Route{Method: "POST", Path: "/api/posts-import", Who: "public", File: file}
	want := `POST /api/posts-import is for "public", want "owner"; if that is intended, add "POST /api/posts-import": "public" to Routes of the suite`
	if problems := suite.wrongRoutes(append(routes, open)); !slices.Equal(problems, []string{want}) {
		t.Error(problems)
	}
	suite.Routes["GET /api/feed"] = Public
	want = "the application has no GET /api/feed: is it registered in routes.go?"
	if problems := suite.wrongRoutes(routes); !slices.Equal(problems, []string{want}) {
		t.Error(problems)
	}
}

func TestRulesGiveTheValuesAtTheBounds(t *testing.T) {
	for name, test := range map[string]struct {
		field           Field
		inside, outside []any
	}{
		"text":    {Field{Sample: "a", Min: 1, Max: 3}, []any{"a", "ééé"}, []any{"", "aaaa"}},
		"long":    {Field{Sample: "a", Min: 0}, []any{"", strings.Repeat("é", 20_000)}, nil},
		"pattern": {Field{Sample: "a", Invalid: []any{"b"}}, nil, nil},
		"number":  {Field{Sample: 2, Min: 1, Below: 9}, []any{1.0, 8.0}, []any{0.0, 9.0}},
		"float":   {Field{Sample: 2.5, Above: 0, Max: 10.5}, []any{10.5}, []any{11.0, 0.0}},
		"decimal": {Field{Sample: "1.00", Decimal: true, Above: "0.00", Max: "99.99"}, []any{"99.99", "0.01"}, []any{"100.00", "0.00"}},
	} {
		if inside, outside := test.field.bounds(); !reflect.DeepEqual(inside, test.inside) || !reflect.DeepEqual(outside, test.outside) {
			t.Errorf("%s: inside %v, outside %v, want %v and %v", name, inside, outside, test.inside, test.outside)
		}
	}
}
