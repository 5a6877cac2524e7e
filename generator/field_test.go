package generator

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm/schema"
)

func TestFieldIsWrittenAsGo(t *testing.T) {
	tests := map[string][]string{ // type, tag, column
		"title:string":              {"string", `json:"title" minLength:"1" maxLength:"255"`, `gorm:"size:255;not null"`},
		"title:string:max=200":      {"string", `json:"title" minLength:"1" maxLength:"200"`, `gorm:"size:200;not null"`},
		"title:string:200:optional": {"*string", `json:"title" required:"false" maxLength:"200"`, `gorm:"size:200"`},
		"title:string:min=0":        {"string", `json:"title" minLength:"0" maxLength:"255"`, `gorm:"size:255;not null"`},
		"body:text":                 {"string", `json:"body" minLength:"1"`, `gorm:"not null"`},
		"body:text:optional":        {"*string", `json:"body" required:"false"`, ``},
		"views:int:min=-5:max=5":    {"int", `json:"views" minimum:"-5" maximum:"5"`, `gorm:"not null"`},
		"published:bool":            {"bool", `json:"published" required:"false"`, `gorm:"not null;default:false"`},
		"at:datetime:optional":      {"*time.Time", `json:"at" required:"false"`, ``},
		"post_2:int":                {"int", `json:"post_2" gorm:"column:post_2"`, `gorm:"column:post_2;not null"`},
		"authorName:int":            {"int", `json:"author_name"`, `gorm:"not null"`},
	}
	for arg, want := range tests {
		fields, err := ParseFields([]string{arg})
		if err != nil {
			t.Errorf("%s: %v", arg, err)
			continue
		}
		c := fields[0].code()
		if got := []string{c.Type, strings.Trim(c.Tag, "`"), strings.Trim(c.Column, "`")}; !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", arg, got, want)
		}
	}
}

func TestFieldIsRefusedWithAReasonAndAWayOut(t *testing.T) {
	tests := map[string]string{
		"title:strin":                        `field 1 "title:strin": unknown type "strin" (did you mean string?)`,
		"title":                              "a type is missing, as in title:string",
		"title:":                             "unknown type",
		":string":                            "a name is missing",
		"":                                   "a name is missing",
		"title:blob":                         "unknown type \"blob\"",
		"title:string:optionl":               "did you mean optional?",
		"title:string:max":                   "max= takes a whole number",
		"title:string:max=ten":               "max= takes a whole number",
		"title:string:max=0":                 "from 1 to 10000",
		"title:string:max=20000":             "use title:text",
		"title:string:min=-1":                "from 0",
		"title:string:min=300":               "min=300 is more than max=255",
		"title:text:5":                       `unknown modifier "5"`,
		"views:int:min=2:max=1":              "min=2 is not less than max=1",
		"views:int:min=1:max=1":              "min=1 is not less than max=1",
		"views:int:max=9007199254740992":     "JSON numbers",
		"views:int:max=99999999999999999999": "whole number",
		"ok:bool:max=1":                      "no meaning for bool",
		"at:datetime:min=1":                  "no meaning for datetime",
		"t:string:optional=yes":              "takes no value",
		"t:int:max=1:max=2":                  "max is given twice",
		"t:int:optional:optional":            "optional is given twice",
		"id:int":                             "every resource has id already",
		"ID:int":                             "every resource has id already",
		"created_at:datetime":                "every resource has created_at",
		"updatedAt:datetime":                 "every resource has updated_at",
		"deleted_at:datetime":                "gorm hides rows",
		"user_id:int":                        "the owner",
		"userID:int":                         "the owner",
		"fields:text":                        "type is called Fields",
		"xmin:int":                           "PostgreSQL",
		"1st:string":                         "begins with a letter",
		"_x:string":                          "begins with a letter",
		"x_:string":                          "single underscores",
		"x__y:string":                        "single underscores",
		"tïtle:string":                       "letters a to z",
		"a b:string":                         "letters a to z",
		"a;b:string":                         "letters a to z",
		strings.Repeat("x", 60) + ":string":  "at most 40",
	}
	for arg, want := range tests {
		_, err := ParseFields([]string{arg})
		var problem *Error
		if !errors.As(err, &problem) || problem.Kind != Usage || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want a usage error with %q", arg, err, want)
		}
	}
}

func TestWordsOfGoAndSQLAreFields(t *testing.T) {
	_, err := ParseFields([]string{"type:string", "order:int", "select:text", "group:bool", "func:int", "map:text", "user:text", "table:text"})
	if err != nil {
		t.Error(err)
	}
}

func TestAllMistakesAreToldAtOnce(t *testing.T) {
	_, err := NewResource("Type", []string{"title:strin", "body:text:max=x", "body:int", "id:nothing"}, false)
	var problem *Error
	if !errors.As(err, &problem) {
		t.Fatalf("got %v", err)
	}
	for i, want := range []string{"resource", "field 1", "field 2", "field 3", "field 4", "field 4"} {
		if i >= len(problem.Problems) || !strings.HasPrefix(problem.Problems[i], want) {
			t.Fatalf("problem %d is not about %s: %q", i+1, want, problem.Problems)
		}
	}
}

func TestTheSameMemberTwiceIsRefused(t *testing.T) {
	for _, second := range []string{"title:text", "Title:int"} {
		if _, err := ParseFields([]string{"title:string", second}); err == nil || !strings.Contains(err.Error(), `the same member as "title:string"`) {
			t.Errorf("%s: got %v", second, err)
		}
	}
	if _, err := ParseFields([]string{"post_2:int", "post2:int"}); err == nil {
		t.Error("two fields of one Go name were accepted")
	}
}

// FuzzParseFields: whatever is accepted has one canonical spelling, and gorm
// finds its column where the migration put it.
func FuzzParseFields(f *testing.F) {
	for _, seed := range []string{"title:string:200", "body:text:optional", "n:int:min=-1:max=1", "x_2:bool", "aB:datetime", "i_d:int"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, arg string) {
		fields, err := ParseFields([]string{arg})
		if err != nil {
			return
		}
		again, err := ParseFields([]string{fields[0].String()})
		if err != nil || !reflect.DeepEqual(again[0].code(), fields[0].code()) {
			t.Errorf("%q is %+v, but its %q is %+v, %v", arg, fields[0], fields[0], again, err)
		}
		code := fields[0].code()
		column := schema.NamingStrategy{}.ColumnName("", code.Go)
		if own := fields[0].ownColumn(); own == "" && column != fields[0].Name {
			t.Errorf("%q: gorm names the column %s", arg, column)
		}
	})
}
