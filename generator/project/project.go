// Package project reads fastgo's state of an application: the .fastgo directory,
// which is committed, and the module path in go.mod.
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
	"strings"

	"golang.org/x/mod/modfile"
)

const (
	// Schema is the version of the state format.
	Schema = 1
	// File marks the directory of an application.
	File = ".fastgo/project.json"
	// Resources is the directory with a file per resource.
	Resources = ".fastgo/resources"
	// Model is the kind of a resource without handlers.
	Model = "model"
)

// A Project is the content of .fastgo/project.json, and the module path.
type Project struct {
	Database string `json:"database"` // sqlite or postgres, as given to new
	Fastgo   string `json:"fastgo"`   // the version that created the application
	Schema   int    `json:"schema"`

	Module string `json:"-"` // from go.mod
}

// A Resource is the spec of a resource as given on the command line. Each one has
// its own file, so that branches do not conflict.
type Resource struct {
	Access     string   `json:"access"`         // public, owner, shared, public-read, role
	Fields     []string `json:"fields"`         // in canonical form
	Kind       string   `json:"kind,omitempty"` // Model, or empty if it has handlers
	Name       string   `json:"name"`
	Parent     string   `json:"parent,omitempty"`
	Plural     string   `json:"plural,omitempty"` // if not the English one
	Role       string   `json:"role,omitempty"`
	Schema     int      `json:"schema"`
	SoftDelete bool     `json:"soft_delete,omitempty"`
}

// Stored is a spec and the file that holds it.
type Stored struct {
	Resource
	File string
}

// ErrNone means that no application was found.
var ErrNone = errors.New("not a fastgo application")

// Find returns the root of the application that contains a directory: the nearest
// parent with a .fastgo/project.json and a go.mod, or ErrNone.
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
	if err := read(app, File, &p, &p.Schema); err != nil {
		return p, err
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

// LoadResources reads the specs of all resources, keyed by file name.
// A spec that a newer fastgo wrote, or that says what this one does not know, is
// an error that names the file.
func LoadResources(app fs.FS) ([]Stored, error) {
	entries, err := fs.ReadDir(app, Resources)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var all []Stored
	for _, e := range entries {
		if path.Ext(e.Name()) != ".json" {
			continue
		}
		r := Stored{File: path.Join(Resources, e.Name())}
		if err := read(app, r.File, &r.Resource, &r.Schema); err != nil {
			return nil, err
		}
		if r.Kind != "" && r.Kind != Model {
			return nil, fmt.Errorf("%s has the unknown kind %q: install the fastgo version that wrote it, or a newer one", r.File, r.Kind)
		}
		all = append(all, r)
	}
	return all, nil
}

// ResourceFile returns the path of the spec of a resource.
func ResourceFile(name string) string { return path.Join(Resources, name+".json") }

// Encode returns the deterministic encoding of a Project or a Resource.
func Encode(state any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(state)
	return b.Bytes(), err
}

// read decodes a state strictly: a member that this fastgo does not know may
// decide who reads what. The version is part of what is decoded.
func read(app fs.FS, file string, into any, version *int) error {
	data, err := fs.ReadFile(app, file)
	if err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err = d.Decode(into); err == nil && d.More() {
		err = errors.New("text after the document")
	}
	if err != nil {
		_ = json.Unmarshal(data, into) // a newer version may have other members
	}
	member, unknown := strings.CutPrefix(fmt.Sprint(err), "json: unknown field ")
	switch {
	case *version > Schema:
		return fmt.Errorf("%s has schema %d, but this fastgo supports schema %d: install a newer version", file, *version, Schema)
	case unknown:
		return fmt.Errorf("%s has the unknown member %s: install the fastgo version that wrote it, or a newer one", file, member)
	case err != nil:
		return fmt.Errorf("cannot read %s (%w): restore it from version control", file, err)
	case *version < 1:
		return fmt.Errorf("%s has no schema version: restore it from version control", file)
	}
	return nil
}
