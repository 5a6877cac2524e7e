// Package generator plans the changes of each command from the current state of an
// application.
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

// An App is an application on disk, locked against other fastgo commands until
// Close.
type App struct {
	project.Project
	Root   string
	Source golang.Source // templates and runtime
	FS     fs.FS
	// Recovered lists what was completed for an interrupted command.
	Recovered []string

	unlock    func()
	resources *schema.Schema // nil until loaded
}

// Open finds the application that contains a directory, waits for other fastgo
// commands, and completes an interrupted one.
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

// schema returns the resources of the application, which it loads once.
func (app *App) schema() (*schema.Schema, error) {
	var err error
	if app.resources == nil {
		app.resources, err = schema.Load(app.FS, app.Module)
	}
	return app.resources, err
}

// Close unlocks the application.
func (a *App) Close() { a.unlock() }

// Do checks the plan and, unless this is a dry run, applies it.
func (a *App) Do(p *plan.Plan, dryRun bool) error {
	if err := p.Check(a.FS); err != nil || dryRun {
		return err
	}
	return (&plan.Disk{Root: a.Root}).Apply(p.Changes)
}
