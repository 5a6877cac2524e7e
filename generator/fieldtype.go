package generator

// A fieldType is one type that a field may have. A new type is a new row of
// fieldTypes.
type fieldType struct {
	name   string
	goType string
	rules  rules  // what min= and max= mean
	size   int64  // the longest value, unless max= says otherwise; 0 is any
	zero   string // Go: what a request that leaves the member out means; "" if it may not

	// Go that the generated tests send as JSON: two different values, of text
	// the first word, and a value that is refused.
	sample, other, wrong string
}

// rules are the schema tags of min= and max=; empty where these say nothing.
type rules struct{ min, max string }

func fieldTypes() []fieldType {
	length, value := rules{"minLength", "maxLength"}, rules{"minimum", "maximum"}
	return []fieldType{
		{name: "string", goType: "string", rules: length, size: 255, sample: "first", other: "second", wrong: "1"},
		{name: "text", goType: "string", rules: length, sample: "first", other: "second", wrong: "1"},
		{name: "int", goType: "int", rules: value, sample: "1", other: "2", wrong: "1.5"},
		{name: "bool", goType: "bool", zero: "false", sample: "true", other: "false", wrong: `"true"`},
		{name: "datetime", goType: "time.Time", sample: `"2026-01-02T03:04:05Z"`, other: `"2027-01-02T03:04:05.678Z"`, wrong: `"today"`},
	}
}

// typeNamed returns a row of fieldTypes, or what to say about an unknown name.
func typeNamed(name string) (fieldType, string) {
	var names []string
	for _, t := range fieldTypes() {
		if t.name == name {
			return t, ""
		}
		names = append(names, t.name)
	}
	return fieldType{}, orList(name, names)
}

func (t fieldType) measuresLength() bool { return t.rules.max == "maxLength" }
