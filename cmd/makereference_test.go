package cmd_test

import (
	"strings"
	"testing"
)

// TestResourceIsReferencedByItsName: with an irregular plural, English rules
// would find another name.
func TestResourceIsReferencedByItsName(t *testing.T) {
	app := newApp(t)
	for _, words := range []string{
		"Settings --plural settings", "Session --plural login_sessions --soft-delete", "Doc --plural documents", "Jenkins --plural jenkinses parent:ref=Jenkins:optional",
		"One a:ref=Settings b:ref=settings c:bigint:foreign:documents.id d:ref=documents e:ref=Doc f:ref=session g:ref=login-sessions",
		"Two --parent Session", "Three --parent settings", "Four --parent documents",
	} {
		run(t, app, append([]string{"make:resource"}, strings.Fields(words)...)...).want(t, 0)
	}
	spec := read(t, app)[".fastgo/resources/one.json"]
	for _, field := range []string{"a:ref=Settings", "b:ref=Settings", "c:ref=Doc", "d:ref=Doc", "e:ref=Doc", "f:ref=Session", "g:ref=Session"} {
		if !strings.Contains(spec, `"`+field+`"`) {
			t.Errorf("no %s in %s", field, spec)
		}
	}
	for words, want := range map[string]string{
		"Five a:ref=Setting":                           "resource Setting does not exist (did you mean Settings?)",
		"Five owner:ref=User":                          "-p stores the owner of each row",
		"Five --parent users":                          "-p stores the owner of each row",
		"Five a:ref=a/b":                               "must be a name, not a path",
		"Five settings:ref=Settings --parent settings": "--parent settings already adds it",
		"Five settings_id:int --parent settings":       "--parent settings already adds it",
		"Restore --plural restore --parent Session":    "/login_sessions/{id}/restore already undeletes a row",
		"Jenkins2 parent:ref=Jenkins2":                 "add optional",
	} {
		if got := run(t, app, append([]string{"make:resource"}, strings.Fields(words)...)...).want(t, 4); !strings.Contains(got.errors, want) {
			t.Errorf("%s: %s", words, got.errors)
		}
	}
}
