package project_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"fastgo/generator/project"
)

func TestFindWalksUpToTheApplication(t *testing.T) {
	root := t.TempDir()
	deep := filepath.Join(root, "app", "post")
	for _, dir := range []string{deep, filepath.Join(root, ".fastgo")} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := project.Find(deep); !errors.Is(err, project.ErrNone) {
		t.Errorf("without state: got %v, want ErrNone", err)
	}
	write(t, filepath.Join(root, project.File), "{}")
	if _, err := project.Find(deep); !errors.Is(err, project.ErrNone) {
		t.Errorf("without go.mod: got %v, want ErrNone", err)
	}
	write(t, filepath.Join(root, "go.mod"), "module example.com/blog\n")
	if got, err := project.Find(deep); err != nil || got != root {
		t.Errorf("got %q, %v; want %q", got, err, root)
	}
}

func TestLoadReadsTheModuleFromGoMod(t *testing.T) {
	state, err := project.Encode(project.Project{Schema: project.Schema, Fastgo: "1.2.3", Database: "sqlite"})
	if err != nil {
		t.Fatal(err)
	}
	app := fstest.MapFS{project.File: {Data: state}, "go.mod": {Data: []byte("// mine\nmodule \"github.com/me/blog\" // here\n")}}
	got, err := project.Load(app)
	if err != nil || got.Module != "github.com/me/blog" || got.Fastgo != "1.2.3" {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestLoadRejectsUnknownFormats(t *testing.T) {
	tests := map[string]struct{ state, mod, want string }{
		"a newer state": {`{"schema":2,"fastgo":"9.0.0","tenants":1}`, "module a.b/c", "has schema 2"},
		"broken state":  {`{<<<<<<<`, "module a.b/c", "restore it"},
		"no module":     {`{"schema":1}`, "go 1.26", "module path"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := project.Load(fstest.MapFS{project.File: {Data: []byte(test.state)}, "go.mod": {Data: []byte(test.mod)}})
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

func TestSpecsOfAnotherFastgoAreRejected(t *testing.T) {
	tests := map[string]struct{ spec, want string }{
		"a newer schema":      {`{"schema":2,"name":"Post","access":"owner","fields":[],"tenant":"yes"}`, "post.json has schema 2"},
		"an unknown member":   {`{"schema":1,"name":"Post","access":"owner","fields":[],"tenant":"yes"}`, `unknown member "tenant"`},
		"an unknown kind":     {`{"schema":1,"name":"Post","access":"owner","fields":[],"kind":"view"}`, `unknown kind "view"`},
		"no version":          {`{"name":"Post","access":"owner","fields":[]}`, "no schema version"},
		"a merge in conflict": {"<<<<<<< ours\n{}", "restore it"},
		"two documents":       {`{"schema":1,"name":"Post","access":"owner","fields":[]} {}`, "text after the document"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := project.LoadResources(fstest.MapFS{project.ResourceFile("post"): {Data: []byte(test.spec)}})
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), "post.json") {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
