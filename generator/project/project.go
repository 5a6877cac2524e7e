// Package project reads what fastgo remembers about an application: the .fastgo
// folder, which is committed with it, and the module path of its go.mod.
package project

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"golang.org/x/mod/modfile"
)

const (
	// Schema is the version of the state's format.
	Schema = 1
	// File says that a folder is an application that fastgo wrote.
	File = ".fastgo/project.json"
	// Resources holds a file for each resource.
	Resources = ".fastgo/resources"
	// Model is the kind of a resource that is not served.
	Model = "model"
)

// A Project is what .fastgo/project.json holds, and the module path.
type Project struct {
	Database string `json:"database"` // what new was asked for: sqlite or postgres
	Fastgo   string `json:"fastgo"`   // the version that wrote the application
	Schema   int    `json:"schema"`

	Module string `json:"-"` // of go.mod, which the owner may have changed
}

// A Resource is the spec of a resource, as the command line gave it. Each
// resource has a file of its own, so that two branches never collide.
type Resource struct {
	Access     string   `json:"access"`         // public, owner, shared, public-read, role
	Fields     []string `json:"fields"`         // in their canonical spelling
	Kind       string   `json:"kind,omitempty"` // Model, or empty where it is served
	Name       string   `json:"name"`
	Parent     string   `json:"parent,omitempty"`
	Plural     string   `json:"plural,omitempty"` // as the owner wants it
	Role       string   `json:"role,omitempty"`
	Schema     int      `json:"schema"`
	SoftDelete bool     `json:"soft_delete,omitempty"`
}

// ErrNone means that no application was found.
var ErrNone = errors.New("not a fastgo application")

// Find returns the root of the application that a folder belongs to: the
// nearest parent with a .fastgo/project.json and a go.mod. It returns ErrNone
// if there is none.
func Find(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	for ; ; dir = filepath.Dir(dir) {
		if isFile(filepath.Join(dir, File)) && isFile(filepath.Join(dir, "go.mod")) {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", ErrNone
		}
	}
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// Load reads the project of an application.
func Load(app fs.FS) (Project, error) {
	var p Project
	if err := read(app, File, &p); err != nil {
		return p, err
	}
	if p.Schema > Schema {
		return p, fmt.Errorf("%s was written by fastgo %s: install that version or a newer one", File, p.Fastgo)
	}
	mod, err := fs.ReadFile(app, "go.mod")
	if err != nil {
		return p, err
	}
	if p.Module = modfile.ModulePath(mod); p.Module == "" {
		return p, errors.New("go.mod has no module path: add a line such as module example.com/blog")
	}
	return p, nil
}

// LoadResource reads the spec of a resource; the error is fs.ErrNotExist if
// there is no such resource.
func LoadResource(app fs.FS, name string) (Resource, error) {
	var r Resource
	err := read(app, ResourceFile(name), &r)
	return r, err
}

// LoadResources reads the specs of all resources, by the names of their files.
func LoadResources(app fs.FS) ([]Resource, error) {
	files, err := fs.Glob(app, path.Join(Resources, "*.json"))
	if err != nil {
		return nil, err
	}
	all := make([]Resource, len(files))
	for i, file := range files {
		if err := read(app, file, &all[i]); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// ResourceFile is where the spec of a resource is kept.
func ResourceFile(name string) string { return path.Join(Resources, name+".json") }

// Encode returns the bytes of a Project or a Resource: the same for the same value.
func Encode(state any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(state)
	return b.Bytes(), err
}

func read(app fs.FS, file string, into any) error {
	data, err := fs.ReadFile(app, file)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("cannot read %s (%w): restore it from version control", file, err)
	}
	return nil
}
