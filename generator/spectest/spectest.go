// Package spectest generates random resources for tests: what people type, names and
// fields that break other scaffolders, and mistakes.
package spectest

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// A Spec is a resource as given on the command line.
type Spec struct {
	Name, Plural, Parent, Role        string
	Fields                            []string
	Protected, Shared, PublicRead     bool
	SoftDelete, Model, InForm, Sloppy bool // Sloppy allows mistakes; InForm passes fields with -f

	words string // of the name, separated by underscores
}

// Args returns the command line.
func (s Spec) Args() []string {
	args := []string{"make:resource", s.Name}
	if s.Model {
		args[0] = "make:model"
	}
	for _, field := range s.Fields {
		if s.InForm {
			args = append(args, "-f")
		}
		args = append(args, field)
	}
	for _, flag := range []struct {
		set   bool
		words []string
	}{
		{s.Protected, []string{"-p"}},
		{s.Shared, []string{"--shared"}},
		{s.PublicRead, []string{"--public-read"}},
		{s.Role != "", []string{"--role", s.Role}},
		{s.Parent != "", []string{"--parent", s.Parent}},
		{s.Plural != "", []string{"--plural", s.Plural}},
		{s.SoftDelete, []string{"--soft-delete"}},
	} {
		if flag.set {
			args = append(args, flag.words...)
		}
	}
	return args
}

// Known lists resources that exist from the beginning.
func (r *Random) Known(names ...string) { r.made = append(r.made, names...) }

// New returns a source of specs. Specs that are not sloppy only have fields that ok
// accepts.
func New(seed uint64, ok func(field string) bool) *Random {
	return &Random{Rand: rand.New(rand.NewPCG(seed, 0)), ok: ok}
}

// Made registers a resource that later ones may reference.
func (r *Random) Made(s Spec) { r.made = append(r.made, s.words) }

// Spec returns the next spec.
func (r *Random) Spec() Spec {
	s := Spec{Sloppy: r.IntN(4) == 0, InForm: r.IntN(5) == 0, SoftDelete: r.IntN(4) == 0, Model: r.IntN(12) == 0}
	s.words = r.name(s.Sloppy)
	s.Name = r.spelled(s.words)
	switch n := r.IntN(40); {
	case n == 0:
	case n == 1:
		s.Fields = r.fields(40, s)
	default:
		s.Fields = r.fields(1+r.IntN(9), s)
	}
	switch r.IntN(6) {
	case 0:
	case 1:
		s.Shared, s.Protected = true, r.IntN(3) == 0
	case 2:
		s.PublicRead = true
	case 3:
		s.Role = r.pick("admin", "admin", "admin", "editor", "super-user", "user")
	default:
		s.Protected = true
	}
	if r.IntN(4) == 0 && len(r.made) > 0 {
		s.Parent = r.spelled(r.pick(r.made...))
	}
	if r.IntN(12) == 0 {
		s.Plural = r.pick("things", "Stuff", s.Name+"Set", "sheep", s.Name, s.Name, "restore")
	}
	if s.Sloppy {
		r.blunder(&s)
	}
	return s
}

// blunder adds a mistake outside the fields.
func (r *Random) blunder(s *Spec) {
	switch r.IntN(8) {
	case 0:
		s.Shared, s.PublicRead = true, true
	case 1:
		s.Role = r.pick("Admin", "two words", "é", "-", strings.Repeat("r", 40))
	case 2:
		s.Parent = r.pick("Nowhere", "a/b", "User", "é", s.Name)
	case 3:
		s.Plural = r.pick("a/b", "", "users", "type", strings.Repeat("x", 50))
	case 4:
		s.Fields = append(s.Fields, s.Fields...)
	}
}

// name returns the words of a name, separated by underscores.
func (r *Random) name(sloppy bool) string {
	if sloppy && r.IntN(3) == 0 {
		return r.pick(r.anyName(), r.anyName(), r.text(8))
	}
	switch r.IntN(10) {
	case 0, 1:
		return r.pick(strangeResources()...)
	case 2:
		return r.pick(nouns()...)
	case 3: // maximum length, for long index names
		name := r.pick(nouns()...)
		for len(name) < 32 {
			name += "_" + r.pick(nouns()...)
		}
		return strings.TrimSuffix(name[:32], "_")
	}
	return r.pick(nouns()...) + "_" + r.pick(nouns()...)
}

// anyName returns a name that may be taken.
func (r *Random) anyName() string {
	return r.pick("type", "User", "session", "string", "new", "main", "a/b", "../x", "9lives", "_x", "Größe", "", "-p", "con", "init", "pg_class", "a.b", "x y")
}

// fields returns n fields, with distinct names unless the spec is sloppy.
func (r *Random) fields(n int, s Spec) []string {
	var all, names []string
	for len(all) < n {
		field := r.Field(s.Sloppy && r.IntN(3) == 0)
		name, _, _ := strings.Cut(field, ":")
		name = strings.TrimSuffix(strings.ToLower(strings.ReplaceAll(name, "_", "")), "id")
		if !s.Sloppy && slices.Contains(names, name) {
			continue
		}
		all, names = append(all, field), append(names, name)
	}
	return all
}
