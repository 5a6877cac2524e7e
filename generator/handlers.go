package generator

import (
	"fmt"
	"slices"

	"fastgo/generator/name"
)

// Handlers are the snippets of handlers.go and its tests that depend on who
// may do what. What they say in Go is data, so that the templates have no
// conditions for it.
type Handlers struct {
	resourceCode

	Path    string // /posts, /posts/{post_id}/comments
	Comment string // of Routes
	Params  string // of Routes, before the database
	Passed  string // what routes.go passes for them
	Locals  string // the variables of Routes
	Reader  Registrar
	Writer  Registrar

	ReadParam  string // the user in a handler that reads
	WriteParam string // in one that writes fields
	EndParam   string // in one that deletes or restores
	UserParam  string // in what these call
	Pass       string // the argument for it
	Reads      string // the rows that a handler may read
	Siblings   string // where a new row goes, if the parent must be there before the body counts
	Inserts    string // where a new row goes
	Writes     string // the rows that a handler may write
	Hidden     string // the same, with those that are deleted
	Deletes    string
	New        string // the members of a new row that no client sets
	Scopes     []Scope
	References []ReferenceCode

	Client   string // who calls in a test
	Other    string // and who else
	Address  string // the path of the collection in a test
	Fixtures []Fixture
}

// A Registrar is what registers an operation: auth.Get(guard, …
type Registrar struct{ Package, By string }

// A Scope is a function that starts the queries of the handlers.
type Scope struct{ Comment, Name, Params, Body string }

// A ReferenceCode is a check that a field may refer to what it does.
type ReferenceCode struct{ Field, JSON, Rows string }

func (r resourceCode) handlers() Handlers {
	h := Handlers{resourceCode: r, Path: "/" + r.Name.Table, Comment: r.access.comment}
	if r.parent != nil {
		h.Path = fmt.Sprintf("/%s/{%s}/%s", r.parent.Name.Table, r.parent.key(), r.Name.Table)
	}
	for _, f := range r.fields {
		if f.Type.IsReference() && f.Settable() {
			h.References = append(h.References, ReferenceCode{f.GoName(), f.Name, r.relatedTo(f).rows("tx", r.role)})
		}
	}
	h.register()
	h.scope()
	h.params()
	h.testing()
	return h
}

// register writes how the operations are registered.
func (h *Handlers) register() {
	public, guarded := Registrar{"web", "api"}, Registrar{"auth", "guard"}
	h.Params, h.Passed, h.Locals = "guard auth.Guard", "users.Guard()", "h := handlers{db}"
	if h.role != "" {
		h.Passed = fmt.Sprintf("users.Guard().Role(%q)", h.role)
	}
	h.Reader, h.Writer = guarded, guarded
	if h.access.owned {
		h.Writer.By, h.Locals = "owner", "h, owner := handlers{db}, guard.Owner()"
	}
	if h.access.readsOwned() {
		h.Reader.By = "owner"
	}
	switch h.access.name {
	case "public":
		h.Params, h.Passed = "api huma.API", "api"
		h.Reader, h.Writer = public, public
	case "public-read":
		h.Params, h.Passed = "api huma.API, guard auth.Guard", "api, users.Guard()"
		h.Reader = public
	}
}

// Call is the line of routes.go.
func (h Handlers) Call() string {
	return fmt.Sprintf("%s.Routes(%s, db) // %s", h.Name.Package, h.Passed, h.access.line)
}

// scope writes the functions in which every query starts, and how they are
// called.
func (h *Handlers) scope() {
	user := ""
	if h.parent != nil && h.parent.needsUser(h.role) {
		user = "user, "
	}
	scoped := func(owned bool, db string) string {
		switch {
		case owned && h.parent != nil:
			return fmt.Sprintf("owned(%s, user, in.Parent())", db)
		case owned:
			return fmt.Sprintf("owned(%s, user)", db)
		case h.parent != nil:
			return fmt.Sprintf("under(%s, %sin.Parent())", db, user)
		}
		return db
	}
	h.Reads = scoped(h.access.readsOwned(), "h.db.WithContext(ctx)")
	h.Writes, h.Inserts = scoped(h.access.owned, "tx"), "tx"
	h.Hidden = h.Writes + ".Unscoped()"
	switch {
	case h.parent != nil && h.References != nil:
		h.Siblings, h.Inserts = h.Writes, "rows"
	case h.parent != nil:
		h.Inserts = h.Writes
	}
	h.Deletes = fmt.Sprintf("%s.Delete(&%s).Error", h.Writes, h.Name.Var)
	if h.SoftDelete {
		h.Deletes = fmt.Sprintf("database.SoftDelete(%s, &%s)", h.Writes, h.Name.Var)
	}
	h.Scopes = h.scopes(user != "")
}

func (h *Handlers) scopes(needsUser bool) []Scope {
	owned := Scope{
		Comment: fmt.Sprintf("owned starts a query that sees only the user's %s.", h.Name.Humans),
		Name:    "owned", Params: "db *gorm.DB, user *auth.User", Body: `db.Where("user_id = ?", user.ID)`,
	}
	if h.parent == nil {
		if h.access.owned {
			return []Scope{owned}
		}
		return nil
	}
	parent, key := h.parent.Name, h.parent.key()
	within := fmt.Sprintf("web.Scoped(db, %s, %s)", h.parent.rows("db", h.role), name.Unexported(name.Words(key)))
	id := name.Unexported(name.Words(key)) + " int64"
	under := Scope{
		Comment: fmt.Sprintf("under starts a query that sees only the %s of one %s, which has to be there.", h.Name.Humans, parent.Human),
		Name:    "under", Params: "db *gorm.DB, " + id, Body: fmt.Sprintf(`%s.Where("%s = ?", %s)`, within, key, name.Unexported(name.Words(key))),
	}
	if needsUser {
		under.Params = "db *gorm.DB, user *auth.User, " + id
	}
	owned.Params += ", " + id
	owned.Comment = fmt.Sprintf("owned starts a query that sees only the user's %s of one %s, which he has to be able to read.", h.Name.Humans, parent.Human)
	owned.Body = fmt.Sprintf(`%s.Where("%s = ? AND user_id = ?", %s, user.ID)`, within, key, name.Unexported(name.Words(key)))
	switch h.access.name {
	case "owner":
		return []Scope{owned}
	case "public-read":
		owned.Comment = "owned starts a query that sees only those of the user among them."
		owned.Body = fmt.Sprintf(`under(db, %s).Where("user_id = ?", user.ID)`, name.Unexported(name.Words(key)))
		return []Scope{under, owned}
	}
	return []Scope{under}
}

// params writes the user as a parameter: by name where he is used.
func (h *Handlers) params() {
	const unused, used = "_ *auth.User, ", "user *auth.User, "
	parent := h.parent != nil && h.parent.needsUser(h.role)
	refers := slices.ContainsFunc(h.refers(), func(t *Resource) bool { return t.needsUser(h.role) })
	param := func(guarded, needed bool) string {
		switch {
		case !guarded:
			return ""
		case needed:
			return used
		}
		return unused
	}
	h.ReadParam = param(!h.access.readsFree(), h.access.readsOwned() || parent)
	h.EndParam = param(h.access.isGuarded(), h.access.owned || parent)
	h.WriteParam = param(h.access.isGuarded(), h.access.owned || parent || refers)
	if h.WriteParam == used {
		h.UserParam, h.Pass = used, "user, "
	}
	if h.parent != nil {
		h.New += h.parent.goKey() + ": in.Parent(), "
	}
	if h.access.owned {
		h.New += "UserID: user.ID, "
	}
	for _, c := range h.ByCode {
		if c.Default != "" {
			h.New += c.Go + ": " + c.Default + ", "
		}
	}
}

// CheckParams are the parameters of check, behind the transaction.
func (h Handlers) CheckParams() string {
	if slices.ContainsFunc(h.refers(), func(t *Resource) bool { return t.needsUser(h.role) }) {
		return "user *auth.User, "
	}
	return ""
}

// CheckPass is the argument for it.
func (h Handlers) CheckPass() string {
	if h.CheckParams() != "" {
		return "user, "
	}
	return ""
}

// InTransaction reports whether a new row needs a transaction of its own.
func (h Handlers) InTransaction() bool { return h.parent != nil || h.References != nil }

// handlerTemplates are the templates of handlers.go.
func (r resourceCode) handlerTemplates() []string {
	if r.refers() == nil {
		return []string{"handlers.go.tmpl"}
	}
	return []string{"handlers.go.tmpl", "check.go.tmpl"}
}
