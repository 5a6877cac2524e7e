// Package field parses field specifications such as title:string:unique, and
// translates them to Go, JSON and SQL.
package field

import (
	"math/big"
	"strings"
)

// A Field is a field of a resource.
type Field struct {
	Name string // subtitle: the JSON member and the column
	Go   string // the member of the Go struct, where the developer has named it otherwise

	Unreadable error // why the code does not tell its type; nil if it does

	Optional  bool
	Unique    bool
	Global    bool // unique in the whole table, not per owner
	Index     bool
	Search    bool
	Filter    bool
	Sort      bool
	ReadOnly  bool // set by code
	Hidden    bool // set by code and never exposed
	Immutable bool

	Type                  Type
	RelatedAs             string   // the referenced resource as given
	Related, RelatedTable string   // its type name and its table
	RelatedSelf           bool     // references the same resource
	Choices               []string // of an enum
	DefaultValue          *string  // the value of default=
	Min, Max, Gt, Lt      *big.Rat
	required              bool // given explicitly
}

// Settable reports whether a client may set the field.
func (f Field) Settable() bool { return !f.ReadOnly && !f.Hidden }

// MayBeAbsent reports whether a request may omit the field.
func (f Field) MayBeAbsent() bool { return f.Optional || f.DefaultValue != nil || f.Type.zero != "" }

// IsNumber reports whether s consists of digits.
func IsNumber(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
