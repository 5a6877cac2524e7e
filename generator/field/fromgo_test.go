package field

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestFieldIsParsedFromItsGoCode: what a tag says is read as it was written.
func TestFieldIsParsedFromItsGoCode(t *testing.T) {
	for _, arg := range Matrix("Post") {
		fields, err := Parse([]string{arg})
		if err != nil {
			t.Fatal(err)
		}
		f := fields[0]
		if f.Hidden || f.Type.IsReference() || f.ReadOnly { // their rules are not in a tag
			continue
		}
		c := f.Code()
		tag := strings.Trim(c.Tag, "`")
		got, err := FromGo(f.Name, strings.TrimPrefix(c.Type, "*"), f.Optional, true, reflect.StructTag(tag))
		if err != nil {
			t.Errorf("%s: %v", arg, err)
			continue
		}
		read := got.Code()
		if read.Type != c.Type || rules(read.Tag) != rules(c.Tag) {
			t.Errorf("%s: %s %s is read as %s: %s %s", arg, c.Type, c.Tag, got, read.Type, read.Tag)
		}
	}
}

// rules is a tag without what other things than the type decide.
func rules(tag string) string {
	tag = regexp.MustCompile(`list:"(equal,?)?([^"]*)"|required:"false"`).ReplaceAllString(tag, "$2")
	words := strings.Fields(strings.Trim(tag, "`"))
	slices.Sort(words)
	return strings.Join(words, " ")
}

func TestUnknownGoTypesAreRejected(t *testing.T) {
	for _, goType := range []string{"geo.Point", "[]byte", "map[string]any", "uint8"} {
		if f, err := FromGo("place", goType, false, true, ""); err == nil {
			t.Errorf("%s is read as %s", goType, f)
		}
	}
}
