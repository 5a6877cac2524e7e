package apitest

import (
	"encoding/json"
	"strings"
	"time"
)

// A Field is a member of a resource: its rules, and values that follow or break them. The zero value of each rule is the
// common case: the field is required, and lists can neither filter, sort nor search by it.
type Field struct {
	Name string

	Sample any      // a valid value, as sent in JSON; a float64 if the field has fractions, an int if not
	Other  any      // another one, which sorts after Sample
	OneOf  []string // the values of an enum, instead of Sample and Other
	Refers Row      // of a reference, the row whose id is the value

	Min, Max     any   // inclusive bounds of a number or of the length of a text, enforced by the table too; see also unlimited
	Above, Below any   // exclusive bounds of a number
	Valid        []any // more valid values
	Invalid      []any // more invalid values, besides null, other types and those beyond the bounds

	Decimal  bool            // sent as text, stored as a scaled integer
	Optional bool            // may be null
	Default  any             // the value of an omitted field
	Unique   bool            // among the rows of an owner or a parent
	Global   bool            // unique among all rows
	New      func(n int) any // a unique value for each n
	List     string          // the words of the list tag of the row: "filter,sort,search"

	Immutable bool // cannot be changed
	ReadOnly  bool // set by code
	Hidden    bool // set by code and left out of answers
	Cascade   bool // of a reference: the row is deleted together with the one that it refers to
}

// A kind is a group of types that are tested alike.
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

// lists reports whether the list tag has a word.
func (f Field) lists(word string) bool {
	for has := range strings.SplitSeq(f.List, ",") {
		if has == word {
			return true
		}
	}
	return false
}

// filtered reports whether lists can be filtered by the field.
func (f Field) filtered() bool { return f.lists("filter") || f.lists("equal") }

// where returns the fields that meet a condition.
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

// has returns a condition for a check: the resource has such a field.
func has(keep func(s Suite, f Field) bool) func(Suite) bool {
	return func(s Suite) bool {
		return s.where(func(f Field) bool { return keep(s, f) }) != nil
	}
}

// sample is the value that a field has by default.
func (f Field) sample() any {
	if f.OneOf != nil {
		return f.OneOf[0]
	}
	return f.Sample
}

// second is the other one.
func (f Field) second() any {
	if f.OneOf != nil {
		return f.OneOf[1]
	}
	return f.Other
}

// stored converts a value to its form in the table.
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

// plain converts a value to its form in a decoded response.
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
