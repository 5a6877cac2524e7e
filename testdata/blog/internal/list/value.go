package list

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"time"
)

// A kind parses and formats the values of a type in parameters and cursors.
type kind struct {
	of      reflect.Type
	set     func(value reflect.Value, text string) error
	format  func(value reflect.Value) string
	ordered bool // supports gt, gte, lt and lte
	text    bool // supports contains
}

// kindOf returns the kind of a type, or false if its values cannot be compared.
func kindOf(t reflect.Type) (kind, bool) {
	pointer := reflect.PointerTo(t)
	switch {
	case t == reflect.TypeFor[time.Time]():
		return kind{t, setTime, formatTime, true, false}, true
	case pointer.Implements(reflect.TypeFor[encoding.TextUnmarshaler]()) && t.Implements(reflect.TypeFor[encoding.TextMarshaler]()):
		return kind{t, setMarshaler, formatMarshaler, true, false}, true
	case pointer.Implements(reflect.TypeFor[json.Unmarshaler]()):
		return kind{}, false
	case t.Kind() == reflect.String:
		return kind{t, setString, reflect.Value.String, false, true}, true
	case t.Kind() == reflect.Bool:
		return kind{t, setBool, formatBool, false, false}, true
	case reflect.Zero(t).CanInt():
		return kind{t, setInt, formatInt, true, false}, true
	case reflect.Zero(t).CanUint():
		return kind{t, setUint, formatUint, true, false}, true
	case reflect.Zero(t).CanFloat():
		return kind{t, setFloat, formatFloat, true, false}, true
	}
	return kind{}, false
}

// parse parses a value. Its error describes the expected text.
func (k kind) parse(text string) (any, error) {
	value := reflect.New(k.of).Elem()
	err := k.set(value, text)
	return value.Interface(), err
}

func setString(value reflect.Value, text string) error {
	value.SetString(text)
	return nil
}

func setBool(value reflect.Value, text string) error {
	if text != "true" && text != "false" {
		return errors.New("must be true or false")
	}
	value.SetBool(text == "true")
	return nil
}

func setInt(value reflect.Value, text string) error {
	n, err := strconv.ParseInt(text, 10, value.Type().Bits())
	if err != nil {
		return fmt.Errorf("must be a %d-bit integer", value.Type().Bits())
	}
	value.SetInt(n)
	return nil
}

// setUint limits 64-bit integers to 63 bits, as databases do.
func setUint(value reflect.Value, text string) error {
	n, err := strconv.ParseUint(text, 10, min(value.Type().Bits(), 63))
	if err != nil {
		return errors.New("must be a non-negative integer")
	}
	value.SetUint(n)
	return nil
}

func setFloat(value reflect.Value, text string) error {
	f, err := strconv.ParseFloat(text, value.Type().Bits())
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		return errors.New("must be a number")
	}
	value.SetFloat(f)
	return nil
}

func setTime(value reflect.Value, text string) error {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return errors.New("must be a time such as 2026-01-31T12:00:00Z; encode + as %2B")
	}
	value.Set(reflect.ValueOf(t.UTC()))
	return nil
}

func setMarshaler(value reflect.Value, text string) error {
	return value.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(text))
}

func formatBool(value reflect.Value) string { return strconv.FormatBool(value.Bool()) }
func formatInt(value reflect.Value) string  { return strconv.FormatInt(value.Int(), 10) }
func formatUint(value reflect.Value) string { return strconv.FormatUint(value.Uint(), 10) }
func formatFloat(value reflect.Value) string {
	return strconv.FormatFloat(value.Float(), 'g', -1, value.Type().Bits())
}

// formatTime writes milliseconds, the precision of this application. Rows written
// by others may have more.
func formatTime(value reflect.Value) string {
	t := value.Interface().(time.Time).UTC()
	if t.Equal(t.Truncate(time.Millisecond)) {
		return t.Format("2006-01-02T15:04:05.000Z")
	}
	return t.Format(time.RFC3339Nano)
}

func formatMarshaler(value reflect.Value) string {
	text, _ := value.Interface().(encoding.TextMarshaler).MarshalText() // on error the cursor is rejected
	return string(text)
}
