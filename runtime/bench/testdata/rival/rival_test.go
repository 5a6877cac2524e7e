package rival

import (
	"cmp"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"example.com/bench/app"
	"example.com/bench/internal/apitest"
)

const body = `{"title":"A post like many others","body":"Some words that say what the post is about, and some more that do not.","published":true}`

// The rival answers like the generated operations, whatever they are asked.
func TestRivalBehavesTheSame(t *testing.T) {
	generated, byHand, token := start(t)
	for name, request := range map[string]struct{ method, path, token, media, body string }{
		"a row":                  {method: "GET", path: "/api/posts/1"},
		"a trailing slash":       {method: "GET", path: "/api/posts/1/"},
		"no token":               {method: "GET", path: "/api/posts/1", token: "-"},
		"a broken token":         {method: "GET", path: "/api/posts/1", token: token[:len(token)-1]},
		"a row that is not":      {method: "GET", path: "/api/posts/1000"},
		"no id":                  {method: "GET", path: "/api/posts/one"},
		"an id below the first":  {method: "GET", path: "/api/posts/0"},
		"an id out of range":     {method: "GET", path: "/api/posts/9223372036854775808"},
		"an unknown parameter":   {method: "GET", path: "/api/posts/1?page=2"},
		"a new row":              {body: body},
		"an answer sent back":    {body: `{"id":7,"user_id":8,"title":"a","body":"b","published":false,"created_at":"","updated_at":null}`},
		"a field left out":       {body: `{"title":"a","body":"b"}`},
		"a field missing":        {body: `{"title":"a"}`},
		"an empty field":         {body: `{"title":"","body":"b"}`},
		"a field too long":       {body: `{"title":"` + strings.Repeat("ä", 201) + `","body":"b"}`},
		"the longest field":      {body: `{"title":"` + strings.Repeat("ä", 200) + `","body":"b"}`},
		"null":                   {body: `{"title":"a","body":null}`},
		"null where it may lack": {body: `{"title":"a","body":"b","published":null}`},
		"another type":           {body: `{"title":1,"body":"b"}`},
		"an unknown member":      {body: `{"title":"a","body":"b","author":"c"}`},
		"other letters":          {body: `{"Title":"a","body":"b"}`},
		"a member twice":         {body: `{"title":"a","title":"a","body":"b"}`},
		"two documents":          {body: `{"title":"a","body":"b"}{}`},
		"NUL":                    {body: `{"title":"a\u0000","body":"b"}`},
		"invalid UTF-8":          {body: "{\"title\":\"\xff\",\"body\":\"b\"}"},
		"no JSON":                {body: `title=a`},
		"no object":              {body: `[]`},
		"no body":                {},
		"another content type":   {media: "text/plain", body: body},
		"too large":              {body: `{"title":"a","body":"` + strings.Repeat("b", 1<<20) + `"}`},
	} {
		request.method = cmp.Or(request.method, "POST")
		request.path = cmp.Or(request.path, "/api/posts")
		request.token = cmp.Or(request.token, token)
		request.media = cmp.Or(request.media, "application/json")
		ask := func(address string) (int, http.Header, string) {
			r, err := http.NewRequest(request.method, "http://"+address+request.path, strings.NewReader(request.body))
			must(t, err)
			r.Header.Set("Authorization", "Bearer "+request.token)
			r.Header.Set("Content-Type", request.media)
			answer, err := http.DefaultClient.Do(r)
			must(t, err)
			defer answer.Body.Close()
			text, err := io.ReadAll(answer.Body)
			must(t, err)
			return answer.StatusCode, answer.Header, string(text)
		}
		status, header, text := ask(generated)
		theirStatus, theirHeader, theirText := ask(byHand)
		if status != theirStatus {
			t.Errorf("%s: generated %d, by hand %d: %s%s", name, status, theirStatus, text, theirText)
		}
		if request.method == "GET" && status == 200 && text != theirText {
			t.Errorf("%s: generated %sby hand %s", name, text, theirText)
		}
		if !slices.Equal(slices.Sorted(maps.Keys(header)), slices.Sorted(maps.Keys(theirHeader))) {
			t.Errorf("%s: generated %v, by hand %v", name, header, theirHeader)
		}
	}
}

// start serves both, on one database with a user and a row, and returns their
// addresses and the user's token.
func start(b testing.TB) (generated, byHand, token string) {
	app := apitest.New(b, app.Build)
	login := app.Anonymous().Post("/api/auth/login", map[string]any{"email": app.Account("ann", "user"), "password": apitest.Password}).Want(200)
	token = login.Member("access_token").(string)
	app.Anonymous().WithToken(token).Post("/api/posts", body).Want(201)

	secret := app.Config.Auth.Keys[0]
	digest := sha256.Sum256(append([]byte("kid"), secret...))
	tokens := NewTokens(app.Config.Auth.URL, app.Config.Auth.Name, app.Config.Auth.Algorithm, hex.EncodeToString(digest[:8]), secret)
	rival, err := New(open(b, app.Config.DatabaseURL), tokens, slog.New(slog.NewTextHandler(io.Discard, nil)))
	must(b, err)

	ours, theirs := httptest.NewServer(app.Server.Handler()), httptest.NewServer(rival)
	b.Cleanup(ours.Close)
	b.Cleanup(theirs.Close)
	return ours.Listener.Addr().String(), theirs.Listener.Addr().String(), token
}

// open connects as the application does.
func open(b testing.TB, address string) *sql.DB {
	driver, connections := "pgx", 20
	if file, ok := strings.CutPrefix(address, "sqlite:"); ok {
		driver, connections = "sqlite3", 4
		address = "file:" + file + "?_journal_mode=WAL&_busy_timeout=5000&_foreign_keys=on&_txlock=immediate"
	}
	db, err := sql.Open(driver, address)
	must(b, err)
	b.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db
}

func must(b testing.TB, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}
