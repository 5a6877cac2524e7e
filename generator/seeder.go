package generator

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"fastgo/generator/golang"
	"fastgo/generator/gosource"
	"fastgo/generator/plan"
)

// Seeder plans the seeder of a resource, preceded by those of the resources that it
// requires and that have none.
func (app *App) Seeder(given string, count int) (plan.Plan, error) {
	resources, err := app.schema()
	if err != nil {
		return plan.Plan{}, err
	}
	t, err := resources.Find(given)
	if err != nil {
		return plan.Plan{}, err
	}
	all, err := golang.Seeders(t, app.Module, count, nil)
	if err != nil {
		return plan.Plan{}, err
	}
	p := plan.Plan{Warnings: resources.Notes()}
	var files []golang.File
	var functions []string
	for i, seeder := range all {
		if wanted := i == len(all)-1; !wanted {
			if _, err := fs.Stat(app.FS, seeder.File()); !errors.Is(err, fs.ErrNotExist) {
				continue
			}
			p.Warnings = append(p.Warnings, fmt.Sprintf("%s reference %s, which had no seeder: added %s", t.Name.Humans, seeder.Name.Humans, seeder.File()))
		}
		f, err := app.Source.Seeder(seeder)
		if err != nil {
			return plan.Plan{}, err
		}
		files, functions = append(files, f), append(functions, seeder.Func()+"()")
	}
	if p.Changes, err = merged(app.FS, nil, files); err != nil {
		return plan.Plan{}, err
	}
	list, err := edit(app.FS, golang.SeederList, strings.Join(functions, ", ")+",", func(src []byte) (_ []byte, err error) {
		for _, function := range functions {
			if src, err = gosource.AddElement(src, "All", function); err != nil {
				return nil, err
			}
		}
		return src, nil
	})
	p.Changes = append(p.Changes, list)
	return p, err
}
