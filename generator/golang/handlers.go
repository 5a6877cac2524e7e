package golang

import (
	"fmt"
	"slices"

	"fastgo/generator/schema"
)

// Handlers is the data of the template of handlers.go: the code that depends on the
// access mode, so that the template needs no conditions for it.
type Handlers struct {
	Resource

	Path    string // /posts, /posts/{post_id}/comments
	Comment string // of Routes
	Params  string // of Routes, before the database
	Passed  string // the arguments in routes.go
	Locals  string // local variables of Routes
	Reader  Registrar
	Writer  Registrar

	ReadParam  string // user parameter of a handler that reads
	WriteParam string // of one that writes fields
	EndParam   string // of one that deletes or restores
	UserParam  string // of the functions they call
	Pass       string // the argument for it
	Reads      string // the rows that a handler may read
	Siblings   string // query for inserts, if the parent must be checked before the body
	Inserts    string // query for inserts
	Writes     string // the rows that a handler may write
	Hidden     string // the same, including deleted rows
	Deletes    string
	New        string // fields of a new row that no client sets
	Scopes     []Scope
	References []ReferenceCode
}

// A Registrar registers operations: auth.Get(guard, …
type Registrar struct{ Package, By string }

// A ReferenceCode is a check of a reference.
type ReferenceCode struct{ Field, JSON, Rows string }

// Handlers returns the data of the template of handlers.go.
func (r Resource) Handlers() Handlers {
	h := Handlers{Resource: r, Path: "/" + r.Name.Table, Comment: r.Access.Comment}
	if r.Parent != nil {
		h.Path = fmt.Sprintf("/%s/{%s}/%s", r.Parent.Name.Table, r.Parent.Key(), r.Name.Table)
	}
	for _, f := range r.Fields {
		if f.Type.IsReference() && f.Settable() {
			h.References = append(h.References, ReferenceCode{f.GoName(), f.Name, Rows(r.RelatedTo(f), "tx", r.Role)})
		}
	}
	h.register()
	h.scope()
	h.params()
	return h
}

// register sets how the operations are registered.
func (h *Handlers) register() {
	public, guarded := Registrar{"web", "api"}, Registrar{"auth", "guard"}
	h.Params, h.Passed, h.Locals = "guard auth.Guard", "users.Guard()", "h := handlers{db}"
	if h.Role != "" {
		h.Passed = fmt.Sprintf("users.Guard().Role(%q)", h.Role)
	}
	h.Reader, h.Writer = guarded, guarded
	if h.Access.Owned {
		h.Writer.By, h.Locals = "owner", "h, owner := handlers{db}, guard.Owner()"
	}
	if h.Access.ReadsOwned() {
		h.Reader.By = "owner"
	}
	if h.Access.ReadsFree() {
		h.Reader = public
		h.Params, h.Passed = "api huma.API, "+h.Params, "api, "+h.Passed
	}
	if !h.Access.IsGuarded() {
		h.Params, h.Passed, h.Writer = "api huma.API", "api", public
	}
}

// Call returns the line in routes.go.
func (h Handlers) Call() string {
	return fmt.Sprintf("%s.Routes(%s, db) // %s", h.Name.Package, h.Passed, h.Access.Line)
}

// params writes the user as a parameter, named only where it is used.
func (h *Handlers) params() {
	const unused, used = "_ *auth.User, ", "user *auth.User, "
	parent := h.Parent != nil && h.Parent.NeedsUser(h.Role)
	refers := slices.ContainsFunc(h.Refers(), func(t *schema.Resource) bool { return t.NeedsUser(h.Role) })
	param := func(guarded, needed bool) string {
		switch {
		case !guarded:
			return ""
		case needed:
			return used
		}
		return unused
	}
	h.ReadParam = param(!h.Access.ReadsFree(), h.Access.ReadsOwned() || parent)
	h.EndParam = param(h.Access.IsGuarded(), h.Access.Owned || parent)
	h.WriteParam = param(h.Access.IsGuarded(), h.Access.Owned || parent || refers)
	if h.WriteParam == used {
		h.UserParam, h.Pass = used, "user, "
	}
	if h.Parent != nil {
		h.New += h.Parent.GoKey() + ": in.Parent(), "
	}
	if h.Access.Owned {
		h.New += "UserID: user.ID, "
	}
	for _, c := range h.ByCode {
		if c.Default != "" {
			h.New += c.Go + ": " + c.Default + ", "
		}
	}
}

// CheckParams returns the parameters of check after the transaction.
func (h Handlers) CheckParams() string {
	if slices.ContainsFunc(h.Refers(), func(t *schema.Resource) bool { return t.NeedsUser(h.Role) }) {
		return "user *auth.User, "
	}
	return ""
}

// CheckPass returns the arguments for it.
func (h Handlers) CheckPass() string {
	if h.CheckParams() != "" {
		return "user, "
	}
	return ""
}

// InTransaction reports whether creating a row needs a transaction.
func (h Handlers) InTransaction() bool { return h.Parent != nil || h.References != nil }

// handlerTemplates returns the templates of handlers.go.
func (r Resource) handlerTemplates() []string {
	if r.Refers() == nil {
		return []string{"handlers.go.tmpl"}
	}
	return []string{"handlers.go.tmpl", "check.go.tmpl"}
}

// CheckComment returns the end of the comment of check.
func (h Handlers) CheckComment() string {
	if h.CheckParams() != "" {
		return " and the user may read it"
	}
	return ""
}
