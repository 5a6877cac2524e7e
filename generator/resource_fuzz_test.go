package generator_test

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"path"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"fastgo/generator"
	"fastgo/generator/fail"
	"fastgo/generator/field"
	"fastgo/generator/golang"
	"fastgo/generator/plan"
	"fastgo/generator/project"
	"fastgo/generator/schema"
	"fastgo/generator/spectest"
)

// FuzzResource: whatever is accepted renders as Go that has no mistake of its
// own, in an application that holds a resource of each access already.
func FuzzResource(f *testing.F) {
	base := written(f)
	for i, command := range []string{"Tag name:string", "Topic name:string --shared", "Note name:string -p", "Page name:string --public-read", "Role_log name:string --role admin",
		"Line name:string:unique -p --parent Note --soft-delete"} {
		asked := parsed(strings.Fields(command))
		plan, err := planned(base, asked)
		if err != nil {
			f.Fatalf("%d: %v", i, err)
		}
		applied(base, plan)
	}
	random := spectest.New(3, isField)
	random.Known("tag", "topic", "note", "page", "role_log", "line")
	for range 200 {
		s := random.Spec()
		f.Add(s.Name, strings.Join(s.Fields, " "), s.Plural, s.Parent, s.Role, s.Protected, s.Shared, s.PublicRead, s.SoftDelete, s.Model)
	}
	f.Fuzz(func(t *testing.T, name, fields, plural, parent, role string, protected, shared, publicRead, softDelete, model bool) {
		if strings.Count(fields, " ") > 100 {
			return
		}
		plan, err := planned(base, schema.Spec{
			Name: name, Fields: strings.Fields(fields), Plural: plural, Parent: parent, SoftDelete: softDelete, Model: model,
			Flags: schema.Flags{Protected: protected, Shared: shared, PublicRead: publicRead, Role: role},
		})
		checkPlan(t, plan, err)
	})
}

func TestRandomResourcesAreRenderedOrRejected(t *testing.T) {
	applications := uint64(40)
	if testing.Short() {
		applications = 4
	}
	for seed := range applications {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			t.Parallel()
			renderRandom(t, seed)
		})
	}
}

// renderRandom fills an application with what is accepted of 50 resources.
func renderRandom(t *testing.T, seed uint64) {
	const asked = 50
	app, random := written(t), spectest.New(seed, isField)
	accepted := 0
	for range asked {
		s := random.Spec()
		plan, err := planned(app, askedBy(s))
		if checkPlan(t, plan, err); t.Failed() {
			t.Fatalf("fastgo %s", strings.Join(s.Args(), " "))
		}
		if err == nil {
			accepted++
			applied(app, plan)
			random.Made(s)
		}
	}
	if accepted < asked/5 || accepted == asked {
		t.Errorf("%d of %d are accepted: that says little", accepted, asked)
	}
}

func isField(arg string) bool {
	_, err := field.Parse([]string{arg})
	return err == nil
}

func askedBy(s spectest.Spec) schema.Spec {
	return schema.Spec{
		Name: s.Name, Fields: s.Fields, Plural: s.Plural, Parent: s.Parent, SoftDelete: s.SoftDelete, Model: s.Model,
		Flags: schema.Flags{Protected: s.Protected, Shared: s.Shared, PublicRead: s.PublicRead, Role: s.Role},
	}
}

// parsed reads a few flags.
func parsed(words []string) schema.Spec {
	a := schema.Spec{Name: words[0]}
	for i, word := range words[1:] {
		switch {
		case word == "-p":
			a.Flags.Protected = true
		case word == "--shared":
			a.Flags.Shared = true
		case word == "--public-read":
			a.Flags.PublicRead = true
		case word == "--soft-delete":
			a.SoftDelete = true
		case words[i] == "--role":
			a.Flags.Role = word
		case words[i] == "--parent":
			a.Parent = word
		case word != "--role" && word != "--parent":
			a.Fields = append(a.Fields, word)
		}
	}
	return a
}

// written returns an application in memory.
func written(t testing.TB) fstest.MapFS {
	t.Helper()
	app, err := generator.NewApplication("blog", "", "sqlite")
	if err != nil {
		t.Fatal(err)
	}
	plan, err := generator.New(golang.Embedded(), app)
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	applied(files, plan)
	maps.DeleteFunc(files, func(name string, _ *fstest.MapFile) bool { return strings.HasPrefix(name, "internal/") })
	return files
}

func applied(app fstest.MapFS, plan plan.Plan) {
	for _, c := range plan.Changes {
		app[c.Path] = &fstest.MapFile{Data: c.New, Mode: 0o644}
	}
}

func planned(app fstest.MapFS, a schema.Spec) (plan.Plan, error) {
	resource, err := schema.New(a)
	if err != nil {
		return plan.Plan{}, err
	}
	written := &generator.App{FS: app, Source: golang.Embedded(), Project: project.Project{Module: "example.com/blog"}}
	plan, err := written.Resource(resource, time.Unix(1767225600, 0))
	if err == nil {
		err = plan.Check(app)
	}
	return plan, err
}

// checkPlan: an error is the user's, and names what it is about; a plan has
// formatted files that compile, as far as that can be said without what they
// import.
func checkPlan(t *testing.T, plan plan.Plan, err error) {
	var problem *fail.Error
	if err != nil && (!errors.As(err, &problem) || problem.Kind != fail.KindUsage && problem.Kind != fail.KindConflict) {
		t.Errorf("not the user's mistake: %v", err)
	}
	if err != nil {
		return
	}
	packages := map[string][]*ast.File{}
	set := token.NewFileSet()
	for _, c := range plan.Changes {
		if !strings.HasSuffix(c.Path, ".go") {
			continue
		}
		if formatted, err := format.Source(c.New); err != nil || !bytes.Equal(formatted, c.New) {
			t.Errorf("%s is not formatted, %v:\n%s", c.Path, err, c.New)
			return
		}
		file, err := parser.ParseFile(set, c.Path, c.New, parser.SkipObjectResolution)
		if err != nil {
			t.Errorf("%v", err)
		}
		if c.Path != "app/routes.go" && c.Path != "migrations/migrations.go" {
			pkg := path.Join(path.Dir(c.Path), file.Name.Name) // tests have one of their own
			packages[pkg] = append(packages[pkg], file)
		}
	}
	for name, files := range packages {
		for _, message := range mistakes(set, name, files) {
			t.Errorf("%s", message)
		}
	}
}

// mistakes returns what the compiler would say if it knew nothing about other
// packages.
func mistakes(set *token.FileSet, name string, files []*ast.File) (all []string) {
	ofOther := regexp.MustCompile(`undefined: \w+\.\w+$`)
	check := types.Config{
		Importer: empty{},
		Error: func(err error) {
			if !ofOther.MatchString(err.Error()) {
				all = append(all, err.Error())
			}
		},
	}
	_, _ = check.Check(name, set, files, nil) // tells Error
	return all
}

// empty imports packages that have nothing but their names.
type empty struct{}

func (empty) Import(file string) (*types.Package, error) {
	name := path.Base(file)
	if strings.HasPrefix(name, "v") && strings.Trim(name[1:], "0123456789") == "" {
		name = path.Base(path.Dir(file))
	}
	pkg := types.NewPackage(file, name)
	pkg.MarkComplete()
	return pkg, nil
}
