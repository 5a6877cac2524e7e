package apitest

import (
	"reflect"
	"strings"
	"testing"
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
