package contract

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const registering = `package registered

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"fastgo/runtime/auth"
	"fastgo/runtime/web"
)

type in struct{}
type out struct{}

func personal(ctx context.Context, user *auth.User, _ *in) (*out, error) { return nil, nil }
func public(ctx context.Context, _ *in) (*out, error) { return nil, nil }

func routes(api huma.API, guard auth.Guard) {
	REGISTRATION
}

var _, _, _, _ = web.Get[in, out], auth.Get[in, out], personal, public
`

func TestHandlerWithUserCompilesOnlyBehindAGuard(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the compiler")
	}
	for registration, complaint := range map[string]string{
		`auth.Get(guard, "/posts", personal)`:               "",
		`auth.Get(guard.Role("admin"), "/posts", personal)`: "",
		`auth.Optional(guard, "GET", "/posts", personal)`:   "",
		`web.Get(api, "/posts", public)`:                    "",
		`web.Get(api, "/posts", personal)`:                  "*auth.User",
		`web.Post[in, out](api, "/posts", personal)`:        "*auth.User",
		`web.Register(api, "GET", "/posts", personal)`:      "*auth.User",
		`auth.Get(api, "/posts", personal)`:                 "auth.Guard",
		`auth.Get(guard, "/posts", public)`:                 "auth.Handler",
	} {
		said, err := compile(t, strings.ReplaceAll(registering, "REGISTRATION", registration))
		switch {
		case complaint == "" && err != nil:
			t.Errorf("%s does not compile: %s", registration, said)
		case complaint != "" && (err == nil || strings.Count(said, "main.go:") != 1 || !strings.Contains(said, complaint)):
			t.Errorf("%s: the compiler should complain of %s alone, but says: %s", registration, complaint, said)
		}
	}
}

// compile builds a package of one file, which an overlay adds to this module.
func compile(t *testing.T, source string) (said string, err error) {
	t.Helper()
	dir := t.TempDir()
	file, overlay := filepath.Join(dir, "main.go"), filepath.Join(dir, "overlay.json")
	must(t, os.WriteFile(file, []byte(source), 0o600))
	here, err := os.Getwd()
	must(t, err)
	shown, err := json.Marshal(map[string]any{"Replace": map[string]string{filepath.Join(here, "registered", "main.go"): file}})
	must(t, err)
	must(t, os.WriteFile(overlay, shown, 0o600))
	output, err := exec.Command("go", "build", "-overlay", overlay, "./registered").CombinedOutput()
	return string(output), err
}
