package generator

// A fieldType is one type that a field may have. A new type is a new row of
// fieldTypes.
type fieldType struct {
	name   string
	goType string
	bounds bounds // what min= and max= mean
	size   int64  // the longest value, unless max= says otherwise; 0 is any
	lax    bool   // a request may leave the member out

	// JSON that the generated tests send: two different values, and one that
	// is refused.
	sample, other, wrong string
}

// bounds are the schema rules that min= and max= set; empty where they say nothing.
type bounds struct{ min, max string }

func fieldTypes() []fieldType {
	length, value := bounds{"minLength", "maxLength"}, bounds{"minimum", "maximum"}
	return []fieldType{
		{name: "string", goType: "string", bounds: length, size: 255, sample: `"a"`, other: `"b"`, wrong: `1`},
		{name: "text", goType: "string", bounds: length, sample: `"a"`, other: `"b"`, wrong: `1`},
		{name: "int", goType: "int", bounds: value, sample: `1`, other: `2`, wrong: `"1"`},
		{name: "bool", goType: "bool", lax: true, sample: `true`, other: `false`, wrong: `"true"`},
		{name: "datetime", goType: "time.Time", sample: `"2026-01-02T03:04:05Z"`, other: `"2027-01-02T03:04:05Z"`, wrong: `"today"`},
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

func (t fieldType) measuresLength() bool { return t.bounds.max == "maxLength" }
