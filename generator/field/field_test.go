package field

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"fastgo/generator/fail"
)

func TestFieldAsGoCode(t *testing.T) {
	tests := map[string][]string{ // type, tag, column
		"title:string":                {"string", `json:"title" minLength:"1" maxLength:"255"`, `table.String("title", 255).Min(1)`},
		"title:string:max=200":        {"string", `json:"title" minLength:"1" maxLength:"200"`, `table.String("title", 200).Min(1)`},
		"title:string:200:optional":   {"*string", `json:"title" required:"false" maxLength:"200"`, `table.String("title", 200).Optional()`},
		"title:string:min=0":          {"string", `json:"title" minLength:"0" maxLength:"255"`, `table.String("title", 255)`},
		"body:text":                   {"string", `json:"body" minLength:"1"`, `table.Text("body").Min(1)`},
		"body:text:search:filter":     {"string", `json:"body" minLength:"1" list:"filter,search"`, `table.Text("body").Min(1)`},
		"views:int:min=-5:max=5":      {"int32", `json:"views" minimum:"-5" maximum:"5"`, `table.Int("views").Min(-5).Max(5)`},
		"order:bigint:gt=0:sort":      {"int64", `json:"order" exclusiveMinimum:"0" list:"sort"`, `table.BigInt("order").GT(0)`},
		"ratio:float:optional":        {"*float64", `json:"ratio" required:"false"`, `table.Float("ratio").Optional()`},
		"price:decimal:10.2:min=0.5":  {"column.Decimal[column.Scale2]", `json:"price" pattern:"^-?[0-9]{1,8}([.][0-9]{1,2})?$" minimum:"0.5"`, `table.Decimal("price", 10, 2).Min("0.50")`},
		"off:percent:default=12.5":    {"column.Decimal[column.Scale2]", `json:"off" required:"false" pattern:"^-?[0-9]{1,3}([.][0-9]{1,2})?$" minimum:"0" maximum:"100"`, `table.Decimal("off", 5, 2).Min("0").Max("100").Default("12.50")`},
		"published:bool":              {"bool", `json:"published" required:"false" list:"equal"`, `table.Bool("published").Default(false)`},
		"at:datetime:optional":        {"*time.Time", `json:"at" required:"false"`, `table.DateTime("at").Optional()`},
		"due:date:sort:immutable":     {"column.Date", `json:"due" immutable:"true" list:"sort"`, `table.Date("due")`},
		"doc:json":                    {"column.JSON", `json:"doc"`, `table.JSON("doc")`},
		"state:enum:a,b:default=b":    {"string", `json:"state" required:"false" enum:"a,b" list:"equal"`, `table.Enum("state", "a", "b").Default("b")`},
		"slug:slug:unique":            {"string", `json:"slug" maxLength:"100" pattern:"^[a-z0-9]+(-[a-z0-9]+)*$" list:"equal"`, `table.String("slug", 100)`},
		"views:int:readonly":          {"int32", `json:"views" readOnly:"true"`, `table.Int("views")`},
		"secret:string:hidden":        {"string", `json:"-"`, `table.String("secret", 255)`},
		"post_2:int":                  {"int32", `json:"post_2" gorm:"column:post_2"`, `table.Int("post_2")`},
		"size:int:default=-1":         {"int32", `json:"size" required:"false"`, `table.Int("size").Default(-1)`},
		"on:date:default=2026-01-02":  {"column.Date", `json:"on" required:"false"`, `table.Date("on").Default(column.NewDate(2026, time.January, 2))`},
		"a:string:default=it's \"x\"": {"string", `json:"a" required:"false" minLength:"1" maxLength:"255"`, `table.String("a", 255).Min(1).Default("it's \"x\"")`},
		"cost:money:gt=0:lt=9.5":      {"column.Decimal[column.Scale2]", `json:"cost" pattern:"^-?[0-9]{1,16}([.][0-9]{1,2})?$" exclusiveMinimum:"0" exclusiveMaximum:"9.5"`, `table.Decimal("cost", 18, 2).GT("0").LT("9.50")`},
		"size:int:min=1:readonly":     {"int32", `json:"size" readOnly:"true"`, `table.Int("size")`},
		"authorName:int":              {"int32", `json:"author_name"`, `table.Int("author_name")`},
	}
	for arg, want := range tests {
		fields, err := Parse([]string{arg})
		if err != nil {
			t.Errorf("%s: %v", arg, err)
			continue
		}
		c := fields[0].Code()
		if got := []string{c.Type, strings.Trim(c.Tag, "`"), c.Column}; !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", arg, got, want)
		}
	}
}

// TestFieldHasOneCanonicalForm: what people bring along from elsewhere is read,
// and written back in one way.
func TestFieldHasOneCanonicalForm(t *testing.T) {
	tests := map[string][]string{
		"title:string":                         {"title:string:required", "title:str", "Title:string", "title:varchar:255"},
		"title:string:optional":                {"title:string?", "title:string:?", "title:string:nullable", "title:string:null"},
		"title:string:max=200":                 {"title:string:200", "title:string:max:200", "title:string:required,max:200", "title:string:required:max=200", "title:string:max=200:required"},
		"title:string:unique:max=20":           {"title:string:20:uniq", "title:string:max=20,unique", "title:string:unique:max=20"},
		"views:int:min=1":                      {"views:integer:min:1", "views:int32:min=1", "views:INTEGER:min=1"},
		"ok:bool":                              {"ok:boolean"},
		"ratio:float":                          {"ratio:double"},
		"state:enum:draft,live:default=live":   {"state:enum:draft,live,default=live", "state:choice:draft:live:default=live", "state:enum:draft,live:default:live", "state:enum=draft,live:default=live"},
		"seen:enum=public,hidden:index":        {"seen:choice=public,hidden:indexed"},
		"post:ref=Post":                        {"post_id:ref=posts", "post:references", "post_id:bigint:foreign:posts.id", "post:int:references=posts", "post:foreign=post", "post_id:ref"},
		"author:belongs=Writer":                {"author:belongs=writers", "author_id:belongs_to=Writer"},
		"at:time:default=12:30":                {"at:time:default=12:30"},
		"site:url:default=https://a.bc":        {"site:url:default=https://a.bc"},
		"price:decimal:10.2:min=0.5":           {"price:numeric:10.2:min=0.50"},
		"a:string:optional:search:filter:sort": {"a:string:sort:filter:searchable:nullable"},
	}
	for want, spellings := range tests {
		for _, spelling := range append(spellings, want) {
			fields, err := Parse([]string{spelling})
			if err != nil {
				t.Errorf("%s: %v", spelling, err)
			} else if got := fields[0].String(); got != want {
				t.Errorf("%s is %s, want %s", spelling, got, want)
			}
		}
	}
}

func TestRejectedFieldHasAReasonAndASuggestion(t *testing.T) {
	tests := map[string]string{
		"title:strin":                              `field 1 "title:strin": unknown type "strin" (did you mean string?)`,
		"title:integr":                             "did you mean integer?",
		"title":                                    "missing type: write name:type, such as title:string",
		"title:":                                   "unknown type",
		":string":                                  "missing name",
		"":                                         "missing name",
		"title:blob":                               "unknown type \"blob\"",
		"title:string:optionl":                     "did you mean optional?",
		"title:string:nulable":                     "did you mean nullable?",
		"title:string:mx=3":                        "did you mean max?",
		"title:string:max":                         "max= needs a value",
		"title:string:max=ten":                     "max= needs a number",
		"title:string:max=1.5":                     "max= needs an integer",
		"title:string:gt=1":                        "does not apply to string",
		"title:string:max=0":                       "from 1 to 10000",
		"title:string:max=20000":                   "use title:text",
		"title:string:min=-1":                      "from 0",
		"title:string:min=300":                     "min=300 is greater than max=255",
		"title:string:max=600:unique":              "add max=500",
		"title:string:max=1:unique":                "at least 30 possible values",
		"title:text:5":                             `unknown modifier "5"`,
		"title:text:sort":                          "too long for an index",
		"title:string:required:optional":           "exclude each other",
		"title:string:required:default=a":          "exclude each other",
		"title:string:readonly:unique":             "add optional",
		"title:string:hidden:search":               "hidden field",
		"title:string:hidden:immutable":            "set by code only",
		"title:string:unique=local":                "only =global",
		"title:string:max=3:default=four":          "not a valid string",
		"mail:email:default=a..b@example.com":      "not a valid email",
		"site:url:default=https://%zz":             "not a valid url",
		"views:int:min=2:max=1":                    "fewer than two values",
		"views:int:min=1:max=1":                    "fewer than two values",
		"views:int:min=1:gt=0":                     "exclude each other",
		"views:int:min=1:max=9:unique":             "at least 30 possible values",
		"views:int:max=2147483648":                 "use views:bigint",
		"views:int:max=99999999999999999999":       "out of range for int",
		"views:bigint:max=9007199254740992":        "out of range for bigint",
		"views:int:search":                         "does not apply to int",
		"views:int:default=1.5":                    "not a valid int",
		"ratio:float:unique":                       "compared exactly",
		"ratio:float:gt=9223372036854775807":       "more than the 15 digits of a float",
		"ratio:float:max=1.0000000000000001":       "more than the 15 digits",
		"ratio:float:min=-12345678901234567":       "use ratio:decimal:18.2",
		"ratio:float:default=0.123456789012345678": "more than the 15 digits",
		"price:decimal":                            "needs digits",
		"price:decimal:2":                          "needs digits",
		"price:decimal:19.2":                       "1 to 18 digits",
		"price:decimal:4.2:max=1.234":              "at most 2 digits",
		"price:decimal:4.2:max=100":                "out of range for decimal",
		"part:percent:default=101":                 "from 0 to 100",
		"ok:bool:max=1":                            "does not apply to bool",
		"ok:bool:unique":                           "too few possible values",
		"ok:bool:default=yes":                      "not a valid bool",
		"at:datetime:min=1":                        "does not apply to datetime",
		"at:datetime:default=now":                  "not a valid datetime",
		"on:date:default=2026-02-30":               "not a valid date",
		"doc:json:sort":                            "cannot be sorted",
		"doc:json:filter":                          "does not apply to json",
		"doc:json:default=1":                       "json cannot have a default",
		"doc:json:readonly":                        "add optional",
		"state:enum":                               "at least two values",
		"state:enum:a":                             "at least two values",
		"seen:enum:public,private,hidden":          "write enum=public,private,hidden for values only, or enum:public,private:hidden",
		"level:enum:none,optional,default=none":    "optional could be a value",
		"state:enum:a,a":                           "a is repeated",
		"state:enum:a,b c":                         "letters, digits",
		"state:enum:a,b:default=c":                 "use one of a, b",
		"state:enum:a,b:readonly":                  "or default=",
		"post:ref=Type":                            "Go keyword",
		"post:ref=a/b":                             "not a path",
		"post:ref=Post:default=1":                  "ref cannot have a default",
		"post:string:references=posts":             "does not apply to string",
		"post:bigint:foreign:posts.uuid":           "only IDs",
		"t:string:optional=yes":                    "does not accept a value",
		"t:string=5":                               "does not accept =5",
		"t:int:max=1:max=2":                        "max is repeated",
		"t:int:optional:optional":                  "optional is repeated",
		"id:int":                                   "every resource already has id",
		"ID:int":                                   "every resource already has id",
		"i_d:int":                                  "every resource already has i_d",
		"created_at:datetime":                      "every resource already has created_at",
		"updatedAt:datetime":                       "every resource already has updated_at",
		"deleted_at:datetime":                      "reserved for soft delete",
		"fields:text":                              "name of a generated type",
		"xmin:int":                                 "PostgreSQL",
		"1st:string":                               "must start with a letter",
		"_x:string":                                "must start with a letter",
		"x_:string":                                "single underscores",
		"x__y:string":                              "single underscores",
		"tïtle:string":                             "letters a to z",
		"a b:string":                               "letters a to z",
		"a;b:string":                               "letters a to z",
		strings.Repeat("x", 60) + ":string":        "at most 40",
		strings.Repeat("aB", 20) + ":string":       "becomes a_ba_ba_b",
	}
	for arg, want := range tests {
		_, err := Parse([]string{arg})
		var problem *fail.Error
		if !errors.As(err, &problem) || problem.Kind != fail.KindUsage || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want a usage error with %q", arg, err, want)
		}
	}
}

func TestGoAndSQLKeywordsAreValidFields(t *testing.T) {
	_, err := Parse([]string{"type:string", "order:int", "select:text", "group:bool", "func:int", "map:text", "user:text", "table:text"})
	if err != nil {
		t.Error(err)
	}
}

func TestDuplicateFieldIsRejected(t *testing.T) {
	for _, second := range []string{"title:text", "Title:int"} {
		if _, err := Parse([]string{"title:string", second}); err == nil || !strings.Contains(err.Error(), `same field as "title:string"`) {
			t.Errorf("%s: got %v", second, err)
		}
	}
	if _, err := Parse([]string{"post_2:int", "post2:int"}); err == nil {
		t.Error("two fields of one Go name were accepted")
	}
}
