// Package generator decides what fastgo writes: each command computes a plan
// from an application as it is.
package generator

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"fastgo/generator/fail"
	"fastgo/generator/golang"
	"fastgo/generator/plan"
	"fastgo/generator/project"
	"fastgo/generator/schema"
)

// An App is an application on disk, which no other fastgo command touches
// until Close.
type App struct {
	project.Project
	Root   string
	Source golang.Source // what files are rendered from
	FS     fs.FS
	// Recovered tells what an interrupted command had left to do.
	Recovered []string

	unlock    func()
	resources *schema.Schema // once it is loaded
}

// Open finds the application that a folder belongs to, waits for other fastgo
// commands in it, and completes what an interrupted one has begun.
func Open(dir string) (*App, error) {
	root, err := project.Find(dir)
	if errors.Is(err, project.ErrNone) {
		return nil, fail.Failed("%s is not in a fastgo application: change to its directory, use -C, or create one with: fastgo new blog", dir)
	} else if err != nil {
		return nil, err
	}
	unlock, err := plan.Lock(filepath.Join(root, ".fastgo"))
	if err != nil {
		return nil, err
	}
	app := &App{Root: root, Source: golang.Embedded(), FS: os.DirFS(root), unlock: unlock}
	if app.Recovered, err = (&plan.Disk{Root: root}).Recover(); err == nil {
		app.Project, err = project.Load(app.FS)
	}
	if err != nil {
		unlock()
		return nil, err
	}
	return app, nil
}

// schema loads the resources of the application, once.
func (app *App) schema() (*schema.Schema, error) {
	var err error
	if app.resources == nil {
		app.resources, err = schema.Load(app.FS, app.Module)
	}
	return app.resources, err
}

// Close lets other fastgo commands in.
func (a *App) Close() { a.unlock() }

// Do checks the plan and, unless this is a dry run, applies it. A verification
// that the planned application compiles belongs between the two.
func (a *App) Do(p *plan.Plan, dryRun bool) error {
	if err := p.Check(a.FS); err != nil || dryRun {
		return err
	}
	return (&plan.Disk{Root: a.Root}).Apply(p.Changes)
}
