package golang

import (
	"fmt"
	"strconv"
	"strings"

	"fastgo/generator/field"
)

// suiteField returns an apitest.Field literal: values and rules on one line, followed by
// long ones.
func (r Resource) suiteField(f field.Field) string {
	short := []string{fmt.Sprintf("Name: %q", f.Name)}
	set := func(name, value string) { short = append(short, name+": "+value) }
	related := r.RelatedTo(f)
	switch {
	case f.RelatedSelf:
		set("Refers", fmt.Sprintf("apitest.Row{Table: %q}", r.Name.Table))
	case related != nil:
		set("Refers", rowCall(related))
	case f.Choices != nil:
		set("OneOf", `[]string{"`+strings.Join(f.Choices, `", "`)+`"}`)
	default:
		set("Sample", jsonValue(f.Sample()))
		set("Other", jsonValue(f.Other()))
	}
	if f.Settable() {
		for _, bound := range f.Bounds() {
			set(bound.Name, jsonValue(bound.At))
		}
	}
	if value := f.Absent(); value != nil {
		set("Default", jsonValue(value))
	}
	for _, mark := range []struct {
		name string
		set  bool
	}{
		{"Decimal", f.Type.IsDecimal()}, {"Optional", f.Optional}, {"Cascade", f.Type.Cascade},
		{"Unique", f.Unique}, {"Global", f.Global}, {"Immutable", f.Immutable}, {"ReadOnly", f.ReadOnly}, {"Hidden", f.Hidden},
	} {
		if mark.set {
			set(mark.name, "true")
		}
	}
	if words := f.Listed(); words != "" {
		set("List", strconv.Quote(words))
	}
	var long []string
	if f.Unique && related == nil {
		long = append(long, "New: "+jsonValue(f.Fresh()))
	}
	if f.Settable() {
		long = append(long, valueList("Valid", f.Valid())...)
		long = append(long, valueList("Invalid", f.Invalid())...)
	}
	code := "{" + strings.Join(short, ", ")
	if len(long) == 0 {
		return code + "}"
	}
	return code + ",\n" + strings.Join(long, ",\n") + "}"
}

func valueList(name string, values []field.Value) []string {
	if len(values) == 0 {
		return nil
	}
	var all []string
	for _, v := range values {
		all = append(all, jsonValue(v))
	}
	return []string{name + ": []any{" + strings.Join(all, ", ") + "}"}
}
