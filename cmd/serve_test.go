package cmd

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestServePortChangesOnlyThePort(t *testing.T) {
	t.Setenv("HTTP_ADDR", "")
	t.Setenv("APP_URL", "")
	for env, want := range map[string][]string{
		"":                                   {"HTTP_ADDR=:8124"},
		"APP_URL=http://localhost:8000\n":    {"HTTP_ADDR=:8124", "APP_URL=http://localhost:8124"},
		"APP_URL=https://blog.example.com\n": {"HTTP_ADDR=:8124"},
		"HTTP_ADDR=127.0.0.1:8000\n":         {"HTTP_ADDR=127.0.0.1:8124"},
		"not a setting":                      {"HTTP_ADDR=:8124"},
	} {
		root := t.TempDir()
		if err := os.WriteFile(filepath.Join(root, ".env"), []byte(env), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := onPort(root, "8124"); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", env, got, want)
		}
	}
}
