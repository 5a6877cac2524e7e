package golang

import (
	"slices"
	"strconv"
	"strings"

	"fastgo/generator/field"
)

// A Filtered is a field that lists can be filtered by, and how.
type Filtered struct {
	field.Code
	Alike  []Parameter // each finds the row with the sample, and not the other one
	Unlike []Parameter // each finds the other one only
}

// A Parameter is one of a list, and the Go of its value in a test.
type Parameter struct{ Name, Value string }

// Filtered are those that the tests can set.
func (r Resource) Filtered() []Filtered {
	var all []Filtered
	for _, f := range r.Fields {
		if f.Settable() && !f.RelatedSelf && f.IsFiltered() && !strings.Contains(f.Sample(), "strings.Repeat") {
			all = append(all, filtered(f))
		}
	}
	return all
}

func filtered(f field.Field) Filtered {
	found, sample, other := Filtered{Code: f.Code()}, f.Sample(), f.Other()
	if field.IsListParameter(f.Name) {
		found.Alike = []Parameter{{f.Name + ".in", sample}}
	} else {
		found.Alike = []Parameter{{f.Name, sample}}
	}
	switch {
	case !f.Filter:
	case f.Type.IsOrdered():
		found.Alike = append(found.Alike, Parameter{f.Name + ".lte", sample}, Parameter{f.Name + ".lt", other})
		found.Unlike = []Parameter{{f.Name + ".gte", other}, {f.Name + ".gt", sample}}
	case f.Type.Search:
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
	field.Code
	Low, High string
}

// Sorted are those that the tests can set. How words are ordered is the
// database's choice, so an enum is not among them.
func (r Resource) Sorted() []Sorted {
	var all []Sorted
	for _, f := range r.Fields {
		if !f.Settable() || f.RelatedSelf || !f.Sort || f.Choices != nil {
			continue
		}
		s := Sorted{f.Code(), f.Sample(), f.Other()}
		if f.Type.Name == "bool" {
			s.Low, s.High = "false", "true"
		}
		all = append(all, s)
	}
	return all
}

// Searched are the fields that q= looks at and whose sample no other value
// holds, even without its first and last letter.
func (r Resource) Searched() []field.Code {
	searched := r.where(func(f field.Field) bool { return f.Search && !f.Unique })
	holds := func(c field.Code) bool {
		sample := strings.Trim(c.Sample, `"`)
		return strings.Contains(sample, "strings.Repeat") || len(sample) < 3 || slices.ContainsFunc(r.Fields, func(f field.Field) bool {
			held := f.Other()
			if f.Name != c.JSON {
				held += f.Code().New
			}
			if f.DefaultValue != nil {
				held += *f.DefaultValue
			}
			return f.Search && strings.Contains(strings.ToLower(held), sample[1:len(sample)-1])
		})
	}
	return slices.DeleteFunc(searched, holds)
}
