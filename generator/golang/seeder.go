package golang

import (
	"fmt"
	"math/big"
	"path"
	"slices"
	"strings"

	"fastgo/generator/fail"
	"fastgo/generator/field"
	"fastgo/generator/name"
	"fastgo/generator/schema"
)

// SeederList is the file that lists the seeders of an application.
const SeederList = "seeds/seeds.go"

// SeededRows is the default number of rows of a seeder.
const SeededRows = 10

// A Seeder creates development data for a table. It is the data of the template in
// templates/seeder.
type Seeder struct {
	Name       name.Name
	Module     string
	Import     string // import of the model's package, with its name if renamed
	Package    string // its name in the file
	Count      int
	Owned      bool // the row or its references need a user
	References []Seeded
	Members    []Seeded // of the row
	Fields     []Seeded
}

// A Seeded is a struct field or a variable, and its value in Go.
type Seeded struct{ Go, Value string }

// Func returns the name of the function that returns the seeder.
func (s Seeder) Func() string { return "seed" + name.Exported(strings.Split(s.Name.Table, "_")) }

// File returns the path of the seeder.
func (s Seeder) File() string {
	name := schema.GoFile(s.Name.Table)
	if file := path.Join(path.Dir(SeederList), name+".go"); file != SeederList {
		return file
	}
	return path.Join(path.Dir(SeederList), name+"_table.go")
}

// Seeders returns the seeder of a resource, preceded by those of the resources it
// requires.
func Seeders(r *schema.Resource, module string, count int, all []Seeder) ([]Seeder, error) {
	if slices.ContainsFunc(all, func(s Seeder) bool { return s.Name == r.Name }) {
		return all, nil
	}
	seeder := Seeder{Name: r.Name, Module: module, Count: count, Owned: r.Access.Owned}
	seeder.importRow()
	if r.Access.Owned {
		seeder.Members = append(seeder.Members, Seeded{"UserID", "userID"})
	}
	needs := func(other *schema.Resource, column string, unique bool) (variable string, err error) {
		variable = name.Unexported(strings.Split(column, "_"))
		seeder.References = append(seeder.References, Seeded{variable, seedable(other, unique, r.Name.Table, column)})
		enough := min(count, SeededRows)
		if unique {
			enough = count
		}
		all, err = Seeders(other, module, enough, all)
		return variable, err
	}
	if err := r.Unreadable(); err != nil {
		return nil, err
	}
	if r.Parent != nil {
		variable, err := needs(r.Parent, r.Parent.Key(), false)
		if err != nil {
			return nil, err
		}
		seeder.Members = append(seeder.Members, Seeded{r.Parent.GoKey(), variable})
	}
	for _, f := range r.Fields {
		if room := f.SeedRoom(); f.Unique && f.Settable() && room != nil && room.Cmp(big.NewRat(int64(count), 1)) < 0 {
			return nil, fail.Usage("%s of %s is unique and has only %s possible values, fewer than %d", f.Name, r.Name.Humans, field.Decimals(room), count)
		}
		value := ""
		switch {
		case !f.Settable() && f.DefaultValue != nil:
			value = f.Code().Default
		case !f.Settable(), f.Optional && (f.Unreadable != nil || f.Type.IsReference()):
			continue
		case f.Type.IsReference():
			var err error
			if value, err = needs(r.RelatedTo(f), f.Name, f.Unique); err != nil {
				return nil, err
			}
		default:
			value = seedValue(f)
		}
		if member := (Seeded{f.GoName(), value}); f.Settable() {
			seeder.Fields = append(seeder.Fields, member)
		} else {
			seeder.Members = append(seeder.Members, member)
		}
	}
	seeder.Owned = seeder.Owned || slices.ContainsFunc(seeder.References, func(s Seeded) bool { return strings.Contains(s.Value, "userID") })
	return append(all, seeder), nil
}

// importRow imports the package of the model, renamed if it conflicts with a variable of
// the seeder.
func (s *Seeder) importRow() {
	s.Package = s.Name.Package
	s.Import = fmt.Sprintf("%q", s.Module+"/app/"+s.Package)
	if slices.Contains([]string{"count", "err", "n", "tx"}, s.Package) {
		s.Package = "rows"
		s.Import = "rows " + s.Import
	}
}

// seedable returns the query for the rows that a seeded row may reference: those that
// its owner may read. A unique reference takes one that is not referenced yet.
func seedable(r *schema.Resource, unique bool, table, column string) string {
	query := fmt.Sprintf("tx.Table(%q)", r.Name.Table)
	if r.Access.ReadsOwned() {
		query += `.Where("user_id = ?", userID)`
	}
	if r.SoftDelete {
		query += `.Where("deleted_at IS NULL")`
	}
	if r.Parent != nil && r.Parent.IsHiding(r.Parent.Role) {
		query += fmt.Sprintf(`.Where("%s IN (?)", %s.Select("id"))`, r.Parent.Key(), seedable(r.Parent, false, "", ""))
	}
	if unique {
		query += fmt.Sprintf(`.Where("id NOT IN (?)", tx.Table(%q).Select(%q))`, table, column)
	}
	return query
}

// Seeder renders a seeder.
func (s Source) Seeder(seeder Seeder) (File, error) {
	return s.Source("seeder", seeder.File(), seeder, "seeder.go.tmpl")
}
