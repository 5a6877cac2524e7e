package name

import (
	"errors"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gorm.io/gorm/schema"

	"fastgo/generator/fail"
)

func TestEveryCaseGivesTheSameResource(t *testing.T) {
	tests := map[string][]string{
		"Post posts":                  {"post", "Post", "posts", "Posts", "POST", "POSTS"},
		"BlogPost blog_posts":         {"blog-post", "BlogPost", "blog_posts", "BlogPosts", "blogPost", "blog post", "Blog-Posts"},
		"Category categories":         {"category", "Categories"},
		"Person people":               {"person", "people", "Persons"},
		"News news":                   {"news", "News"},
		"Quota quotas":                {"quota", "Quotas"},
		"Canvas canvases":             {"canvas", "Canvases"},
		"Datum data":                  {"data", "datum"},
		"UserDatum user_data":         {"UserData", "user_datum"},
		"APIKey api_keys":             {"api-key", "APIKey", "ApiKeys", "api_keys", "APIKeys"},
		"URL urls":                    {"url", "URL", "urls", "URLs", "URLS"},
		"HTTPServer http_servers":     {"HTTPServer", "http_server", "HttpServers"},
		"JSONAPI json_apis":           {"JSONAPI", "json_api", "JSONAPIs", "json apis", "JsonApi"},
		"HTMLJs html_js":              {"HTMLJs", "html_js"},
		"UiDevice ui_devices":         {"UIDevice", "ui_devices", "UiDevice"},
		"OauthToken oauth_tokens":     {"OAuthToken", "oauth_tokens", "o_auth_token"},
		"Post2 post2":                 {"post2", "Post2", "post_2"},
		"OrderItem order_items":       {"order-item"},
		"Handler handlers":            {"Handler"},
		"Order orders":                {"Order"},
		"Reference references":        {"references"},
		"SalesPerson sales_people":    {"SalesPeople", "sales-person"},
		"UserProfile user_profiles":   {"user_profile"},
		"SocialMedium social_media":   {"SocialMedia"},
		"BoxOffice box_offices":       {"BoxOffices"},
		"NewsArticle news_articles":   {"news_article"},
		"ComputerMouse computer_mice": {"computer_mouses", "ComputerMouse"},
		"Clause clauses":              {"Clause"},
	}
	for want, spellings := range tests {
		for _, s := range spellings {
			got, err := Parse(s, "")
			if err != nil || got.Type+" "+got.Table != want {
				t.Errorf("%q is %s %s, %v; want %s", s, got.Type, got.Table, err, want)
			}
			if !got.Is(s) || got.Is("other") || got.Is("") {
				t.Errorf("%s does not recognize %q", got.Type, s)
			}
		}
	}
}

func TestNameHasAllCases(t *testing.T) {
	got, err := Parse("order-items", "")
	want := Name{
		Type: "OrderItem", Var: "orderItem", Package: "orderitem", Snake: "order_item",
		Table: "order_items", Human: "order item", Humans: "order items",
	}
	if err != nil || got != want {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestGivenPluralOverridesEnglish(t *testing.T) {
	for _, test := range []struct{ name, plural, want string }{
		{"Post", "posts", "Post posts "},
		{"Post", "Articles", "Post articles articles"},
		{"posts", "blog-entries", "Post blog_entries blog_entries"},
		{"OrderLine", "orderLines", "OrderLine order_lines "},
		{"people", "persons", "Person persons persons"},
		{"persons", "persons", "Person persons persons"},
		{"leaves", "leafs", "Leaf leafs leafs"},
		{"Pokemon", "pokemon", "Pokemon pokemon pokemon"},
		{"Staff", "staff members", "Staff staff_members staff_members"},
		{"Session", "work_sessions", "Session work_sessions work_sessions"},
		{"Doc", "documents", "Doc documents documents"},
		// A name that only looks like a plural.
		{"Jenkins", "jenkins", "Jenkins jenkins jenkins"},
		{"Jenkins", "jenkinses", "Jenkins jenkinses jenkinses"},
	} {
		n, err := Parse(test.name, test.plural)
		if got := n.Type + " " + n.Table + " " + n.Plural(); err != nil || got != test.want {
			t.Errorf("%s --plural %s is %q, %v; want %q", test.name, test.plural, got, err, test.want)
		}
		if again, err := Parse(n.Type, n.Plural()); err != nil || again != n {
			t.Errorf("%s --plural %s is %+v the first time, then %+v, %v", test.name, test.plural, n, again, err)
		}
		if !n.Is(test.name) || !n.Is(test.plural) || !n.Is(n.Type) || n.Is("jenkin") {
			t.Errorf("%s --plural %s does not recognize its own cases", test.name, test.plural)
		}
	}
}

func TestVariableShadowsNothing(t *testing.T) {
	for name, want := range map[string]string{"Owner": "row", "Before": "row", "Clause": "clause", "BlogOwner": "blogOwner"} {
		if n, err := Parse(name, ""); err != nil || n.Var != want {
			t.Errorf("the row of %s is %s, %v; want %s", name, n.Var, err, want)
		}
	}
}

func TestRejectedNameHasAReasonAndASuggestion(t *testing.T) {
	tests := map[string][]string{
		"Type":                        {"Go keyword", "ItemType"},
		"Map":                         {"Go keyword", "ItemMap"},
		"Func":                        {"Go keyword", "ItemFunc"},
		"Select":                      {"Go keyword"},
		"Error":                       {"Go's built-in error", "ItemError"},
		"strings":                     {"Go's built-in string"},
		"User":                        {"internal/auth/user.go", "Member"},
		"users":                       {"internal/auth/user.go"},
		"Auth":                        {"imports a package auth", "ItemAuth"},
		"Column":                      {"imports a package column", "ItemColumn"},
		"fmt":                         {"imports a package fmt"},
		"App":                         {"imports a package app", "ItemApp"},
		"Session":                     {"table sessions", "ItemSession", "--plural"},
		"one-time-token":              {"one_time_tokens"},
		"SchemaMigration":             {"table schema_migrations"},
		"Context":                     {"imports a package context", "ItemContext"},
		"Init":                        {"special meaning", "ItemInit"},
		"Main":                        {"special meaning", "ItemMain"},
		"internal":                    {"special meaning"},
		"testdata":                    {"special meaning"},
		"DB":                          {"parameter", "ItemDb"},
		"CON":                         {"Windows", "ItemCon"},
		"com1":                        {"Windows"},
		"Café":                        {"letters a to z", "did you mean Cafe?"},
		"文章":                          {"letters a to z", "such as Article"},
		"1Post":                       {"must start with a letter", "did you mean Post1?"},
		"a/b":                         {"not a path", "did you mean b?"},
		"../x":                        {"not a path", "did you mean x?"},
		`..\x`:                        {"not a path"},
		"":                            {"missing", "such as Post"},
		strings.Repeat("a", 200):      {"200 characters", "at most 40"},
		"-p":                          {"must start with a letter"},
		"_post":                       {"must start with a letter", "did you mean post?"},
		"post ":                       {"space"},
		"po;st":                       {"letters a to z", "did you mean post?"},
		"po\x00st":                    {"letters a to z"},
		"\xff":                        {"letters a to z"},
		"pg_class":                    {"pg_"},
		"sqlite_thing":                {"sqlite_"},
		"Doc":                         {"/docs", "ItemDoc"},
		strings.Repeat("a", 39) + "y": {"40 characters", "shorter"},
		strings.Repeat("Ab", 20):      {"40 characters", "shorter"},
	}
	for name, wants := range tests {
		_, err := Parse(name, "")
		refused(t, err, name, wants)
	}
}

func TestRejectedPluralHasAReasonAndASuggestion(t *testing.T) {
	for _, test := range []struct {
		name, plural string
		wants        []string
	}{
		{"Member", "Users", []string{`--plural "Users"`, "table users", "item_users"}},
		{"Member", "one-time tokens", []string{"table one_time_tokens"}},
		{"Member", "auth", []string{"/auth", "item_auth"}},
		{"Member", "docs", []string{"/docs"}},
		{"Member", "healthz", []string{"/healthz"}},
		{"Member", "pg_members", []string{"pg_", "item_pg_members"}},
		{"Member", "../members", []string{"not a path", "did you mean members?"}},
		{"Member", "1members", []string{"must start with a letter"}},
		{"Member", strings.Repeat("a", 41), []string{"41 characters", "at most 40"}},
		{"Mémber", "mémbers", []string{"did you mean Member?", "did you mean members?"}},
		{"User", "members", []string{"internal/auth/user.go"}},
		{"fields", "fields", []string{"declares Fields itself", "ItemFields"}},
		{"routes", "routes", []string{"routes is a function"}},
	} {
		_, err := Parse(test.name, test.plural)
		refused(t, err, test.name+" --plural "+test.plural, test.wants)
	}
}

func refused(t *testing.T, err error, what string, wants []string) {
	t.Helper()
	var problem *fail.Error
	if !errors.As(err, &problem) || problem.Kind != fail.KindUsage {
		t.Errorf("%q: got %v, want a usage error", what, err)
		return
	}
	for _, want := range wants {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v does not say %q", what, err, want)
		}
	}
}

var (
	tableName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	wayOut    = regexp.MustCompile(`such as |did you mean |take a shorter|at most|take another`)
)

// FuzzParseName: an accepted name is valid in Go and SQL, agrees with gorm, and is
// recognized in each case; the error for a rejected one has a reason and a
// suggestion.
func FuzzParseName(f *testing.F) {
	for _, name := range []string{
		"Post", "a_b", "x2_y", "HTTPServers", "v_1_2", "I-D", "aB", "URLs", "A1b", "0", "\xff 0", "UIDevice", "APIX", "HTMLJs", "teche",
	} {
		f.Add(name, "")
	}
	for _, pair := range words(f) {
		f.Add("shop_"+pair[1], "")
	}
	f.Add("Jenkins", "jenkins")
	f.Add("Jenkins", "jenkinses")
	f.Add("people", "Persons")
	f.Add("Doc", "../docs")
	f.Fuzz(func(t *testing.T, name, plural string) {
		n, err := Parse(name, plural)
		if err != nil {
			explains(t, err, name, plural)
		} else {
			holds(t, n, name, plural)
		}
	})
}

// holds fails the test unless an accepted name is as FuzzParseName promises.
func holds(t *testing.T, n Name, name, plural string) {
	t.Helper()
	for _, word := range []string{n.Type, n.Var, n.Package} {
		if !token.IsIdentifier(word) {
			t.Errorf("%q: %q is not Go", name, word)
		}
	}
	if !tableName.MatchString(n.Table) || max(len(n.Table), len(n.Snake)) > MaxLength {
		t.Errorf("%q: the table %q of %s", name, n.Table, n.Snake)
	}
	gorm := schema.NamingStrategy{}
	if gorm.ColumnName("", n.Type) != n.Snake {
		t.Errorf("%q: gorm has %s and %s for %+v", name, gorm.ColumnName("", n.Type), gorm.TableName(n.Type), n)
	}
	for _, spelling := range []string{n.Type, n.Snake} {
		if again, err := Parse(spelling, n.Plural()); err != nil || again != n || !n.Is(spelling) {
			t.Errorf("%q, %q is %+v, but its %q is %+v, %v", name, plural, n, spelling, again, err)
		}
	}
	if again, err := Parse(n.Table, ""); n.Plural() == "" && (err != nil || again.Table != n.Table) {
		t.Errorf("%q is %+v, but its %q is %+v, %v", name, n, n.Table, again, err)
	}
	if !n.Is(name) || !n.Is(n.Table) {
		t.Errorf("%q, %q is %+v and does not recognize it", name, plural, n)
	}
}

// explains fails the test unless each problem names an input and a suggestion.
func explains(t *testing.T, err error, inputs ...string) {
	t.Helper()
	var problem *fail.Error
	if !errors.As(err, &problem) || problem.Kind != fail.KindUsage {
		t.Fatalf("%q: %v", inputs, err)
	}
	for _, p := range problem.Problems {
		names := slices.ContainsFunc(inputs, func(s string) bool { return strings.Contains(p, strconv.Quote(s)) })
		if !names || !wayOut.MatchString(p) {
			t.Errorf("%q: %s", inputs, p)
		}
	}
}
