package attack

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"fastgo/runtime/database/dbtest"
)

// variant is a build of the application with a kind of database.
type variant struct {
	name     string
	binary   string
	database func(testing.TB) string
}

// variants builds the application twice: with cgo and the race detector, and
// without cgo, where the race detector does not work.
func variants(t *testing.T) []variant {
	watched := build(t, "CGO_ENABLED=1", "-race")
	return []variant{
		{"SQLite", watched, dbtest.SQLite},
		{"SQLite without cgo", build(t, "CGO_ENABLED=0"), dbtest.SQLite},
		{"PostgreSQL", watched, dbtest.Postgres},
	}
}

// build compiles the application without resources.
func build(t testing.TB, cgo string, flags ...string) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "app")
	args := append([]string{"build", "-o", binary}, flags...)
	cmd := exec.Command("go", append(args, "./templates/app")...)
	cmd.Dir = filepath.Join("..", "..")
	cmd.Env = append(os.Environ(), cgo)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go build %v: %v\n%s", flags, err, out)
	}
	return binary
}

func skipIfShort(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("compiles the application and starts processes")
	}
}
