package field

import (
	"fmt"
	"strings"
)

// badDefault returns why default= is not a valid value of the field, or "".
func (f *Field) badDefault() string {
	if f.Type.Literal == nil {
		return fmt.Sprintf("%s cannot have a default: use optional", f.Type.Name)
	}
	if _, ok := f.Type.Literal(*f, *f.DefaultValue); !ok {
		return fmt.Sprintf("default=%s is not a valid %s%s", *f.DefaultValue, f.Type.Name, f.bounded())
	}
	if n, ok := f.number(*f.DefaultValue); ok && f.Type.isFloat() && !keptByFloat(n) {
		return fmt.Sprintf("default=%s has more than the %d digits of a float: round it", *f.DefaultValue, floatDigits)
	}
	return ""
}

// bounded describes the bounds of a default.
func (f *Field) bounded() string {
	if f.Choices != nil {
		return ": use one of " + strings.Join(f.Choices, ", ")
	}
	least, most := f.Least(), f.Most()
	if least == nil || most == nil {
		return ""
	}
	return fmt.Sprintf(" from %s to %s", Decimals(least), Decimals(most))
}
