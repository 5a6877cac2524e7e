package generator

import (
	"errors"
	"go/token"
	"strings"
	"testing"

	"gorm.io/gorm/schema"
)

func TestEverySpellingIsOneResource(t *testing.T) {
	tests := map[string][]string{
		"Post posts":                {"post", "Post", "posts", "Posts", "POST", "POSTS"},
		"BlogPost blog_posts":       {"blog-post", "BlogPost", "blog_posts", "BlogPosts", "blogPost", "blog post", "Blog-Posts"},
		"Category categories":       {"category", "Categories"},
		"Person people":             {"person", "people", "Persons"},
		"News news":                 {"news", "News"},
		"Series series":             {"series"},
		"Status statuses":           {"status", "statuses"},
		"Address addresses":         {"address", "addresses"},
		"Analysis analyses":         {"analysis", "analyses"},
		"Child children":            {"child", "Children"},
		"Canvas canvas":             {"canvas"},
		"Menu menus":                {"menu", "menus"},
		"Quota quota":               {"quota"},
		"APIKey api_keys":           {"api-key", "APIKey", "ApiKeys", "api_keys", "APIKeys"},
		"URL urls":                  {"url", "URL", "urls", "URLs"},
		"HTTPServer http_servers":   {"HTTPServer", "http_server", "HttpServers"},
		"OauthToken oauth_tokens":   {"OAuthToken", "oauth_tokens", "o_auth_token"},
		"Post2 post2":               {"post2", "Post2", "post_2"},
		"OrderItem order_items":     {"order-item"},
		"Handler handlers":          {"Handler"},
		"Framework frameworks":      {"Framework"},
		"Order orders":              {"Order"},
		"Window windows":            {"Window"},
		"Company companies":         {"companies"},
		"Box boxes":                 {"box", "boxes"},
		"Cookie cookies":            {"cookies"},
		"HTMLPage html_pages":       {"html-page"},
		"SalesPerson sales_people":  {"SalesPeople"},
		"UserProfile user_profiles": {"user_profile"},
	}
	for want, spellings := range tests {
		for _, s := range spellings {
			got, err := ParseName(s, "")
			if err != nil || got.Type+" "+got.Table != want {
				t.Errorf("%q is %s %s, %v; want %s", s, got.Type, got.Table, err, want)
			}
		}
	}
}

func TestNameHasEverySpelling(t *testing.T) {
	got, err := ParseName("order-items", "")
	want := Name{
		Type: "OrderItem", Var: "orderItem", Package: "orderitem", Snake: "order_item",
		Table: "order_items", Human: "order item", Humans: "order items",
	}
	if err != nil || got != want {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestNameIsRefusedWithAReasonAndAWayOut(t *testing.T) {
	tests := map[string][]string{
		"Type":                        {"Go keyword", "ItemType"},
		"Map":                         {"Go keyword", "ItemMap"},
		"Func":                        {"Go keyword", "ItemFunc"},
		"Select":                      {"Go keyword"},
		"Error":                       {"Go's own error", "ItemError"},
		"strings":                     {"Go's own string"},
		"User":                        {"internal/auth/user.go", "Member"},
		"users":                       {"internal/auth/user.go"},
		"Auth":                        {"imports a package auth", "ItemAuth"},
		"Session":                     {"table sessions", "ItemSession"},
		"one-time-token":              {"one_time_tokens"},
		"SchemaMigration":             {"table schema_migrations"},
		"Context":                     {"imports a package context", "ItemContext"},
		"Init":                        {"meaning of its own", "ItemInit"},
		"Main":                        {"meaning of its own", "ItemMain"},
		"internal":                    {"meaning of its own"},
		"testdata":                    {"meaning of its own"},
		"DB":                          {"parameter", "ItemDb"},
		"CON":                         {"Windows", "ItemCon"},
		"com1":                        {"Windows"},
		"Café":                        {"letters a to z", "did you mean Cafe?"},
		"文章":                          {"letters a to z", "such as Article"},
		"1Post":                       {"begins with a letter", "did you mean Post1?"},
		"a/b":                         {"not a path", "did you mean b?"},
		"../x":                        {"not a path", "did you mean x?"},
		`..\x`:                        {"not a path"},
		"":                            {"missing", "such as Post"},
		strings.Repeat("a", 200):      {"200 characters", "40 at most"},
		"-p":                          {"begins with a letter"},
		"_post":                       {"begins with a letter", "did you mean post?"},
		"post ":                       {"space"},
		"po;st":                       {"letters a to z", "did you mean post?"},
		"po\x00st":                    {"letters a to z"},
		"\xff":                        {"letters a to z"},
		"pg_class":                    {"pg_"},
		"Doc":                         {"/docs", "Document"},
		strings.Repeat("a", 39) + "y": {"longer than 40"},
	}
	for name, wants := range tests {
		_, err := ParseName(name, "")
		var problem *Error
		if !errors.As(err, &problem) || problem.Kind != Usage {
			t.Errorf("%q: got %v, want a usage error", name, err)
			continue
		}
		for _, want := range wants {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%q: %v does not say %q", name, err, want)
			}
		}
	}
}

// FuzzParseName: whatever is accepted is a Go name, gorm makes the same table
// of it, and its singular leads back to it.
func FuzzParseName(f *testing.F) {
	for _, seed := range []string{"Post", "a_b", "x2_y", "HTTPServers", "v_1_2", "I-D", "aB", "URLs", "A1b", "0", "\xff 0"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := ParseName(s, "")
		if err != nil {
			return
		}
		gorm := schema.NamingStrategy{}
		if !token.IsIdentifier(n.Type) || !token.IsIdentifier(n.Var) || !token.IsIdentifier(n.Package) {
			t.Errorf("%q: %+v is not Go", s, n)
		}
		if got := gorm.TableName(n.Type); got != n.Table {
			t.Errorf("%q: gorm names the table of %s %s, not %s", s, n.Type, got, n.Table)
		}
		if again, err := ParseName(n.Snake, ""); err != nil || again != n {
			t.Errorf("%q is %+v, but its %q is %+v, %v", s, n, n.Snake, again, err)
		}
	})
}
