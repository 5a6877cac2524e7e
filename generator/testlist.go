package generator

import (
	"slices"
	"strconv"
	"strings"
)

// A Filtered is a field that lists can be filtered by, and how.
type Filtered struct {
	Code
	Alike  []Parameter // each finds the row with the sample, and not the other one
	Unlike []Parameter // each finds the other one only
}

// A Parameter is one of a list, and the Go of its value in a test.
type Parameter struct{ Name, Value string }

// Filtered are those that the tests can set.
func (r Resource) Filtered() []Filtered {
	var all []Filtered
	for _, f := range r.fields {
		if f.settable() && !f.self && f.isFiltered() && !strings.Contains(f.sample(), "strings.Repeat") {
			all = append(all, f.filtered())
		}
	}
	return all
}

func (f Field) filtered() Filtered {
	found, sample, other := Filtered{Code: f.code()}, f.sample(), f.other()
	if isListParameter(f.Name) {
		found.Alike = []Parameter{{f.Name + ".in", sample}}
	} else {
		found.Alike = []Parameter{{f.Name, sample}}
	}
	switch {
	case !f.Filter:
	case f.kind.isOrdered():
		found.Alike = append(found.Alike, Parameter{f.Name + ".lte", sample}, Parameter{f.Name + ".lt", other})
		found.Unlike = []Parameter{{f.Name + ".gte", other}, {f.Name + ".gt", sample}}
	case f.kind.search:
		found.Alike = append(found.Alike, Parameter{f.Name + ".contains", inner(sample)})
	}
	return found
}

// inner writes a text without its first and last letter, if it has others.
func inner(sample string) string {
	text, err := strconv.Unquote(sample)
	if err != nil || len(text) < 3 {
		return sample
	}
	return strconv.Quote(text[1 : len(text)-1])
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
			if f.fallback != nil {
				held += *f.fallback
			}
			return f.Search && strings.Contains(strings.ToLower(held), sample[1:len(sample)-1])
		})
	}
	return slices.DeleteFunc(searched, holds)
}
