package field

import (
	"go/parser"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gorm.io/gorm/schema"

	"fastgo/generator/spectest"
)

// FuzzParseFields: whatever is accepted has one canonical spelling, and is Go
// wherever a template writes it down.
func FuzzParseFields(f *testing.F) {
	random := spectest.New(1, isField)
	for range 200 {
		f.Add(random.Field(false))
		f.Add(random.Field(true))
	}
	f.Fuzz(checkField)
}

func TestRandomFieldsAreParsedOrRejected(t *testing.T) {
	random := spectest.New(2, isField)
	accepted := 0
	for range 20_000 {
		field := random.Field(true)
		if checkField(t, field); isField(field) {
			accepted++
		}
	}
	if accepted < 2_000 || accepted > 18_000 {
		t.Errorf("%d of 20,000 are accepted: that says little", accepted)
	}
}

func isField(arg string) bool {
	_, err := Parse([]string{arg})
	return err == nil
}

func checkField(t *testing.T, arg string) {
	fields, err := Parse([]string{arg})
	if err != nil {
		if !strings.Contains(err.Error(), "field 1 "+strconv.Quote(arg)) {
			t.Errorf("%q: the error does not name it: %v", arg, err)
		}
		return
	}
	f, canonical := fields[0], fields[0].String()
	again, err := Parse([]string{canonical})
	if err != nil || again[0].String() != canonical || !reflect.DeepEqual(again[0].Code(), f.Code()) {
		t.Errorf("%q is %+v, but its %q is %+v, %v", arg, f, canonical, again, err)
	}
	c := f.Code()
	if column := (schema.NamingStrategy{}).ColumnName("", c.Go); f.ownColumn() == "" && column != f.Name {
		t.Errorf("%q: gorm names the column %s", arg, column)
	}
	checkCode(t, arg, c)
}

// checkCode sees to it that each text is what the templates take it for.
func checkCode(t *testing.T, arg string, c Code) {
	expressions := []string{c.Type, c.Column, c.Go}
	if c.Default != "" {
		expressions = append(expressions, c.Default)
	}
	for _, code := range expressions {
		if _, err := parser.ParseExpr(code); err != nil {
			t.Errorf("%q: %s is no Go: %v", arg, code, err)
		}
	}
	if c.Note != "" && (!strings.HasPrefix(c.Note, " // ") || strings.Contains(c.Note, "\n")) {
		t.Errorf("%q: %q is no comment", arg, c.Note)
	}
	checkTag(t, arg, c.Tag)
	tag := reflect.StructTag(strings.Trim(c.Tag, "`"))
	if pattern := tag.Get("pattern"); pattern != "" {
		if _, err := regexp.Compile(pattern); err != nil {
			t.Errorf("%q: %v", arg, err)
		}
	}
	for _, key := range []string{"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength"} {
		if _, err := strconv.ParseFloat(tag.Get(key), 64); err != nil && tag.Get(key) != "" {
			t.Errorf("%q: %s is no number: %v", arg, key, err)
		}
	}
}

// checkTag holds a tag to the convention of reflect.StructTag, which says
// nothing about one that it cannot read.
func checkTag(t *testing.T, arg, literal string) {
	rest, err := strconv.Unquote(literal)
	if err != nil {
		t.Errorf("%q: %s is no literal", arg, literal)
	}
	var keys []string
	for one := regexp.MustCompile(`^([a-zA-Z]+):("(?:[^"\\]|\\.)*")(?: |$)`); rest != ""; {
		pair := one.FindStringSubmatch(rest)
		if pair == nil || slices.Contains(keys, pair[1]) {
			t.Errorf("%q: the tag %s cannot be read at %s", arg, literal, rest)
			return
		}
		if _, err := strconv.Unquote(pair[2]); err != nil {
			t.Errorf("%q: the tag %s: %v", arg, literal, err)
		}
		keys, rest = append(keys, pair[1]), rest[len(pair[0]):]
	}
}
