package mutation

import "slices"

// requestMutants take requests that are to be refused, or read them wrongly.
func requestMutants() []mutant {
	return slices.Concat(
		in("internal/web/api.go", "./app/topic",
			fault{"names of members match in any case", "", `huma.ValidateStrictCasing = true`, `huma.ValidateStrictCasing = false`},
		),
		in("internal/web/fields.go", "./app/topic",
			fault{"unknown members are ignored", "func bodySchema[", `if partial {
		schema.Required = nil`, `schema.AdditionalProperties = true
	if partial {
		schema.Required = nil`},
			fault{"a patch needs every member", "func bodySchema[", `schema.Required = nil`, ``},
			fault{"a new row needs no member", "func bodySchema[", `if partial {
		schema.Required = nil`, `if true {
		schema.Required = nil`},
			fault{"read-only members are unknown", "func readOnly[", `if body.Properties[name] == nil {`, `if false {`},
			fault{"members that a client sets are read-only", "func readOnly[", `if body.Properties[name] == nil {`, `if true {`},
		),
		in("internal/web/fields.go", "./app/event",
			fault{"bounds are not looked at in a new row", "*Members[F]) Resolve", `return checkFields(`, `return nil; return checkFields(`},
			fault{"bounds are not looked at in a patch", "*MergePatch[F]) Resolve", `return checkFields(`, `return nil; return checkFields(`},
		),
		in("internal/web/rules.go", "./app/event",
			fault{"a year may have five digits", "func checkYear(", `year > 9999`, `year > 99999`},
			fault{"a bound may be passed", "func checkBounds(", `!b.holds(v.Int(), b.value)`, `false`},
		),
		in("internal/web/fields.go", "./app/post",
			fault{"defaults are not set", "*Members[F]) UnmarshalJSON", `setDefaults(&m.fields)`, ``},
		),
		in("internal/web/body.go", "./app/topic",
			fault{"null is a value of every member", "func checkBody(", `err == nil && len(body) > 0`, `false`},
			fault{"any type of content is taken", "", `case op.RequestBody.Content[media] == nil:`, `case false:`},
			fault{"a body may have any size", "func readBody(", `op.MaxBodyBytes`, `1 << 30`},
		),
		in("internal/web/rows.go", "./app/topic",
			fault{"the id of a row that is read may be 0", "type ByID struct", ` minimum:"1"`, ``},
			fault{"the id of a row that is replaced may be 0", "type Replace[", ` minimum:"1"`, ``},
			fault{"the id of a row that is changed may be 0", "type PatchByID[", ` minimum:"1"`, ``},
			fault{"the id of a row that is deleted may be 0", "type DeleteByID struct", ` minimum:"1"`, ``},
			fault{"If-Match is ignored", "Precondition) Match(", `p.IfMatch == ""`, `true`},
			fault{"any If-Match will do", "Precondition) Match(", `strings.TrimSpace(given) == want`, `strings.TrimSpace(given) != "" || want == ""`},
			fault{"no If-Match will do", "Precondition) Match(", `strings.TrimSpace(given) == want`, `given == want+want`},
		),
		in("internal/web/middleware.go", "./app/topic",
			fault{"a path with a slash behind it is another one", "Server) dispatch(", `strings.TrimSuffix(r.URL.Path, "/")`, `r.URL.Path`},
		),
	)
}

// answerMutants answer with something else.
func answerMutants() []mutant {
	return slices.Concat(
		in("internal/web/operation.go", "./app/topic",
			fault{"whatever is made is answered with 200", "", `op.DefaultStatus = http.StatusCreated`, `op.DefaultStatus = http.StatusOK`},
			fault{"what is deleted is answered with 200", "func Register[", `if method == http.MethodPatch {`,
				"if method == http.MethodDelete {\nop.DefaultStatus = 200\n}\nif method == http.MethodPatch {"},
		),
		in("internal/web/errors.go", "./app/post",
			fault{"what is not there is forbidden", "gorm.ErrRecordNotFound", `StatusNotFound`, `StatusForbidden`},
			fault{"what is taken is invalid", "gorm.ErrDuplicatedKey", `StatusConflict`, `StatusUnprocessableEntity`},
			fault{"what is taken is a failure", "", `case errors.Is(err, gorm.ErrDuplicatedKey):`, `case false:`},
		),
		in("internal/web/rows.go", "./app/topic",
			fault{"a stale write is a conflict", "", `http.StatusPreconditionFailed`, `http.StatusConflict`},
			fault{"a new row has no path", "func NewCreated[", `Location: location`, `Location: location[:0]`},
			fault{"a new row has the path of another one", "func NewCreated[", `"/"), id)`, `"/"), id+1)`},
		),
		in("internal/web/rows.go", "./app/topic",
			fault{"a row has no ETag", "", `w.Header().Set("ETag", body.etag())`, ``},
			fault{"every row has the same ETag", "", `sum[:16]`, `sum[:0]`},
		),
		in("internal/web/api.go", "./app/topic",
			fault{"the fields that are wrong are not named", "func fieldErrors(", `fields = append(fields, FieldError{field, message})`, `fields = append(fields, FieldError{"body", message})`},
		),
		in("internal/database/open.go", "./app/topic",
			fault{"times are answered finer than they are kept", "func now()", `.Truncate(time.Millisecond)`, ``},
		),
	)
}
