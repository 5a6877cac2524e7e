package field

import (
	"fmt"
	"strings"
	"sync"
)

// Help lists the types and modifiers of fields.
var Help = sync.OnceValue(func() string {
	var types, words []string
	for _, t := range fieldTypes() {
		name := t.Name
		switch {
		case name == "decimal":
			name = "decimal:10.2"
		case name == "enum":
			name = "enum:a,b,c"
		case t.IsReference():
			name += "=Post"
		}
		types = append(types, name)
	}
	for _, m := range modifiers() {
		if m.takes != "" {
			m.name += "="
		}
		words = append(words, m.name)
	}
	return fmt.Sprintf("  types      %s\n  modifiers  %s\n", wrapped(types), wrapped(words))
})

// wrapped joins words with commas and wraps the lines.
func wrapped(words []string) string {
	var b strings.Builder
	width := 0
	for i, word := range words {
		width += len(word) + 2
		switch {
		case i == 0:
		case width > 66:
			b.WriteString(",\n             ")
			width = len(word) + 2
		default:
			b.WriteString(", ")
		}
		b.WriteString(word)
	}
	return b.String()
}
