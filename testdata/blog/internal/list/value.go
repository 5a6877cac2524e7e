package list

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"time"
)

// A kind parses and formats the values of a type in parameters and cursors: as in JSON, without quotes.
type kind struct {
	of      reflect.Type
	wanted  string // what the text must be, unless the type says so itself
	ordered bool   // supports gt, gte, lt and lte
	text    bool   // supports contains
}

// kindOf returns the kind of a type, or false if its values cannot be compared.
func kindOf(t reflect.Type) (kind, bool) {
	pointer, zero := reflect.PointerTo(t), reflect.Zero(t)
	switch {
	case pointer.Implements(reflect.TypeFor[encoding.TextUnmarshaler]()) && t.Implements(reflect.TypeFor[encoding.TextMarshaler]()):
		return kind{of: t, ordered: true}, true
	case pointer.Implements(reflect.TypeFor[json.Unmarshaler]()):
		return kind{}, false
	case t.Kind() == reflect.String:
		return kind{of: t, text: true}, true
	case t.Kind() == reflect.Bool:
		return kind{of: t, wanted: "true or false"}, true
	case zero.CanInt():
		return kind{of: t, wanted: fmt.Sprintf("a %d-bit integer", t.Bits()), ordered: true}, true
	case zero.CanUint():
		return kind{of: t, wanted: "a non-negative integer", ordered: true}, true
	case zero.CanFloat():
		return kind{of: t, wanted: "a number", ordered: true}, true
	}
	return kind{}, false
}

// parse parses a value. Its error describes the expected text.
func (k kind) parse(text string) (any, error) {
	value := reflect.New(k.of)
	var err error
	switch v := value.Interface().(type) {
	case *time.Time:
		if *v, err = time.Parse(time.RFC3339, text); err != nil {
			err = errors.New("must be a time such as 2026-01-31T12:00:00Z; encode + as %2B")
		}
		*v = v.UTC()
	case encoding.TextUnmarshaler:
		err = v.UnmarshalText([]byte(text))
	default:
		err = k.set(value.Elem(), text)
	}
	return value.Elem().Interface(), err
}

func (k kind) set(value reflect.Value, text string) error {
	if k.text {
		value.SetString(text)
		return nil
	}
	err := json.Unmarshal([]byte(text), value.Addr().Interface())
	tooLarge := value.CanUint() && value.Uint() > math.MaxInt64 // databases have 63 bits
	if err != nil || tooLarge || text == "null" || strings.ContainsAny(text, " \t\r\n") {
		return errors.New("must be " + k.wanted)
	}
	return nil
}

// format is the inverse of parse. Times have milliseconds, the precision of this application. Rows written by others may
// have more.
func (k kind) format(value reflect.Value) string {
	var text []byte
	switch v := value.Interface().(type) {
	case time.Time:
		if t := v.UTC(); t.Equal(t.Truncate(time.Millisecond)) {
			return t.Format("2006-01-02T15:04:05.000Z")
		}
		return v.UTC().Format(time.RFC3339Nano)
	case encoding.TextMarshaler:
		text, _ = v.MarshalText() // on error the cursor is rejected
	default:
		if k.text {
			return value.String()
		}
		text, _ = json.Marshal(v) // numbers and booleans always have a JSON
	}
	return string(text)
}
