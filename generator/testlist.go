package generator

import (
	"slices"
	"strings"
)

// A Filtered is a field that lists can be filtered by, and how.
type Filtered struct {
	Code
	Operators []string
}

// Filtered are those that the tests can set.
func (r Resource) Filtered() []Filtered {
	var all []Filtered
	for _, f := range r.fields {
		if !f.settable() || f.self || !f.isFiltered() || strings.Contains(f.sample(), "strings.Repeat") {
			continue
		}
		var operators []string
		if !isListParameter(f.Name) {
			operators = append(operators, "")
		}
		switch {
		case !f.Filter:
		case f.kind.isOrdered():
			operators = append(operators, ".gte", ".gt", ".lte", ".lt")
		case f.kind.search:
			operators = append(operators, ".contains")
		}
		all = append(all, Filtered{f.code(), operators})
	}
	return all
}

// A Sorted is a field that lists can be sorted by, with two values in order.
type Sorted struct {
	Code
	Low, High string
}

// Sorted are those that the tests can set. How words are ordered is the
// database's choice, so an enum is not among them.
func (r Resource) Sorted() []Sorted {
	var all []Sorted
	for _, f := range r.fields {
		if !f.settable() || f.self || !f.Sort || f.choices != nil {
			continue
		}
		s := Sorted{f.code(), f.sample(), f.other()}
		if f.kind.name == "bool" {
			s.Low, s.High = "false", "true"
		}
		all = append(all, s)
	}
	return all
}

// Searched are the fields that q= looks at and whose sample no other value
// holds, even without its first and last letter.
func (r Resource) Searched() []Code {
	searched := r.where(func(f Field) bool { return f.Search && !f.Unique })
	holds := func(c Code) bool {
		sample := strings.Trim(c.Sample, `"`)
		return strings.Contains(sample, "strings.Repeat") || len(sample) < 3 || slices.ContainsFunc(r.fields, func(f Field) bool {
			held := f.other()
			if f.Name != c.JSON {
				held += f.code().New
			}
			return f.Search && strings.Contains(held, sample[1:len(sample)-1])
		})
	}
	return slices.DeleteFunc(searched, holds)
}
