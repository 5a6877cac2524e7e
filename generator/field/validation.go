package field

import (
	"fmt"
	"math/big"
)

// contradictions returns the conflicts between the modifiers of a field.
func (f *Field) contradictions() (problems []string) {
	say := func(wrong bool, format string, args ...any) {
		if wrong {
			problems = append(problems, fmt.Sprintf(format, args...))
		}
	}
	kind, byCode := f.Type.Name, ""
	if f.ReadOnly {
		byCode = "readonly"
	} else if f.Hidden {
		byCode = "hidden"
	}
	say(f.required && f.Optional, "required and optional exclude each other")
	say(f.required && f.DefaultValue != nil, "required and default= exclude each other")
	say(f.ReadOnly && f.Hidden, "hidden implies readonly: remove readonly")
	say(byCode != "" && f.Immutable, "%s fields are set by code only: remove immutable", byCode)
	say(f.Hidden && (f.Search || f.Filter || f.Sort), "listing by a hidden field would reveal it: remove search, filter and sort")
	say(f.Search && !f.Type.Search, "search does not apply to %s", kind)
	say(f.Filter && f.Type.noFilter, "filter does not apply to %s", kind)
	if bare := f.bare(); bare != "" {
		say(f.Unique || f.Index || f.Sort, "%s %s: remove unique, index and sort%s", kind, bare, f.shorter())
	}
	say(f.Unique && f.Type.single != "" && f.Type.NoIndexReason == "", "%s %s: remove unique", kind, f.Type.single)
	say(f.Unique && f.Index, "unique already creates an index: remove index")
	say(f.Unique && f.DefaultValue != nil, "unique and default= exclude each other: a second row with the default would be rejected")
	say(byCode != "" && f.Unique && !f.Optional, "a unique %s field is empty until code sets it: add optional", byCode)
	say(byCode != "" && f.Type.valueless && !f.Optional && f.DefaultValue == nil, "new rows have no value for a %s %s: add optional%s", byCode, kind, f.orDefault())
	problems = append(problems, f.badBounds()...)
	if problems == nil && f.Unique && f.Type.measure != nothing {
		say(!f.hasValues(fewestUnique), "unique needs at least %d possible values: widen the bounds", fewestUnique)
	}
	if problems == nil && f.DefaultValue != nil {
		if why := f.badDefault(); why != "" {
			problems = append(problems, why)
		}
	}
	return problems
}

// orDefault suggests a default where the type can have one.
func (f *Field) orDefault() string {
	if f.Type.Literal != nil {
		return " or default="
	}
	return ""
}

// bare returns why the field cannot have an index, or "".
func (f *Field) bare() string {
	if f.Type.NoIndexReason != "" {
		return f.Type.NoIndexReason
	}
	if size := f.size(); size > longestKey {
		return fmt.Sprintf("of %d characters %s", size, tooLong)
	}
	return ""
}

// shorter suggests a fix for a string that is too long for an index.
func (f *Field) shorter() string {
	if f.Type.takes == lengthOfText {
		return fmt.Sprintf(", or add max=%d", longestKey)
	}
	return ""
}

// badBounds returns the problems with the bounds.
func (f *Field) badBounds() (problems []string) {
	least, most := f.Least(), f.Most()
	switch {
	case f.Type.IsLength():
		limit, instead := int64(longestText), ""
		if f.Type.size > 0 {
			limit, instead = longestString, fmt.Sprintf(" (use %s:text)", f.Name)
		}
		if most != nil && (most.Cmp(big.NewRat(1, 1)) < 0 || most.Cmp(big.NewRat(limit, 1)) > 0) {
			problems = append(problems, fmt.Sprintf("max= of a %s must be from 1 to %d%s", f.Type.Name, limit, instead))
		}
		if least != nil && (least.Sign() < 0 || least.Cmp(big.NewRat(limit, 1)) > 0) {
			problems = append(problems, fmt.Sprintf("min= of a %s must be from 0 to %d", f.Type.Name, limit))
		}
		if problems == nil && least != nil && most != nil && least.Cmp(most) > 0 {
			problems = append(problems, fmt.Sprintf("min=%s is greater than max=%s", Decimals(least), Decimals(most)))
		}
	case f.Type.IsNumber():
		if f.Min != nil && f.Gt != nil || f.Max != nil && f.Lt != nil {
			problems = append(problems, "min= and gt= exclude each other, as do max= and lt=: remove one")
		}
		for _, bound := range []*big.Rat{f.Min, f.Max, f.Gt, f.Lt} {
			if low, high := f.outermost(0), f.outermost(1); bound != nil && low != nil && (bound.Cmp(low) < 0 || bound.Cmp(high) > 0) {
				problems = append(problems, fmt.Sprintf("%s is out of range for %s: %s to %s%s",
					Decimals(bound), f.Type.Name, Decimals(low), Decimals(high), f.wider()))
			}
		}
		if problems == nil && !f.hasValues(2) {
			problems = append(problems, fmt.Sprintf("%s to %s contains fewer than two values", Decimals(least), Decimals(most)))
		}
	}
	return problems
}

// wider suggests a fix for a number out of range.
func (f *Field) wider() string {
	if f.Type.wider != "" {
		return fmt.Sprintf(" (use %s:%s)", f.Name, f.Type.wider)
	}
	return ""
}
