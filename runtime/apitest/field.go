package apitest

import (
	"encoding/json"
	"strings"
	"time"
)

// A Field is a member of a resource: its rules, and values that hold to them or do not. What is left out is the usual
// case: a field that a request has to give, and that lists are not asked about.
type Field struct {
	Name string

	Sample any // a value, as JSON has it; of a number it says by its type whether there are others between 1 and 2
	Other  any // one more, behind it in order
	OneOf  []string
	Refers Row // the row that the value is the id of

	Min, Max     any   // of a number, or of the letters of a text; the table keeps them too
	Above, Below any   // of a number that must not reach them
	Valid        []any // more values that are kept
	Invalid      []any // more values that a request must not give; null and those of another type go without saying

	Decimal  bool            // the text of a number, which the table keeps as a whole one
	Optional bool            // may be null
	Default  any             // what it is where a request leaves it out
	New      func(n int) any // a value that no other row has, of a field that is unique
	Unique   bool            // among the rows of an owner, or of a parent
	Global   bool            // among all
	List     string          // what lists can do with it, in the words of the tag in the row: "filter,sort,search"

	Immutable bool // never changes
	ReadOnly  bool // is set by code
	Hidden    bool // is set by code, and never answered
	Cascade   bool // the row goes where the one goes that it refers to
}

// A kind is what values have in common.
type kind int

const (
	text kind = iota
	number
	decimal
	boolean
	date
	datetime
	document
	reference
)

func (f Field) kind() kind {
	switch sample := f.Sample.(type) {
	case bool:
		return boolean
	case int, int64, float64:
		return number
	case map[string]any, []any:
		return document
	case string:
		if _, err := time.Parse(time.DateOnly, sample); err == nil {
			return date
		}
		if _, err := time.Parse(time.RFC3339, sample); err == nil {
			return datetime
		}
	}
	switch {
	case f.isReference():
		return reference
	case f.Decimal:
		return decimal
	}
	return text
}

func (f Field) isReference() bool { return f.Refers.Table != "" }
func (f Field) settable() bool    { return !f.ReadOnly && !f.Hidden }
func (f Field) mutable() bool     { return f.settable() && !f.Immutable }
func (f Field) absent() bool      { return f.Optional || f.Default != nil }
func (f Field) ordered() bool {
	k := f.kind()
	return k == number || k == decimal || k == date || k == datetime
}

// lists reports whether lists can do something with the field.
func (f Field) lists(word string) bool {
	for has := range strings.SplitSeq(f.List, ",") {
		if has == word {
			return true
		}
	}
	return false
}

// filtered reports whether lists can be filtered by the field at all.
func (f Field) filtered() bool { return f.lists("filter") || f.lists("equal") }

// where returns the fields that fulfil a condition.
func (s Suite) where(keep func(Field) bool) []Field {
	var all []Field
	for _, f := range s.Fields {
		if keep(f) {
			all = append(all, f)
		}
	}
	return all
}

func (s Suite) settable() []Field { return s.where(Field.settable) }
func (s Suite) mutable() []Field  { return s.where(Field.mutable) }

// has returns a condition of a check: that the resource has such a field.
func has(keep func(s Suite, f Field) bool) func(Suite) bool {
	return func(s Suite) bool {
		return s.where(func(f Field) bool { return keep(s, f) }) != nil
	}
}

// sample is the value that a field has unless a check is about another.
func (f Field) sample() any {
	if f.OneOf != nil {
		return f.OneOf[0]
	}
	return f.Sample
}

// second is another one, but of a reference.
func (f Field) second() any {
	if f.OneOf != nil {
		return f.OneOf[1]
	}
	return f.Other
}

// stored is a value as the table keeps it.
func (f Field) stored(value any) any {
	switch value := value.(type) {
	case string:
		switch f.kind() {
		case decimal:
			return scaled(value)
		case datetime:
			return inUTC(value)
		}
	case map[string]any, []any:
		return jsonText(value)
	}
	return value
}

// plain is a value as an answer is decoded.
func plain(value any) any {
	var decoded any
	if err := json.Unmarshal([]byte(jsonText(value)), &decoded); err != nil {
		return value
	}
	return decoded
}

func jsonText(value any) string {
	encoded, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	return string(encoded)
}
