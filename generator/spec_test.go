package generator

import (
	"errors"
	"strings"
	"testing"

	"fastgo/generator/fail"
	"fastgo/generator/schema"
)

func TestAllErrorsAreReportedAtOnce(t *testing.T) {
	_, err := schema.New(schema.Spec{Name: "Type", Fields: []string{"title:strin", "body:text:max=x", "body:int", "id:nothing"}})
	var problem *fail.Error
	if !errors.As(err, &problem) {
		t.Fatalf("got %v", err)
	}
	for i, want := range []string{"resource", "field 1", "field 2", "field 3", "field 4", "field 4"} {
		if i >= len(problem.Problems) || !strings.HasPrefix(problem.Problems[i], want) {
			t.Fatalf("problem %d is not about %s: %q", i+1, want, problem.Problems)
		}
	}
}
