package golang

import (
	"fmt"

	"fastgo/generator/name"
)

// A Scope is a function that starts the queries of the handlers.
type Scope struct{ Comment, Name, Params, Body string }

// scope sets the functions in which every query starts, and their calls.
func (h *Handlers) scope() {
	user := ""
	if h.Parent != nil && h.Parent.NeedsUser(h.Role) {
		user = "user, "
	}
	scoped := func(owned bool, db string) string {
		switch {
		case owned && h.Parent != nil:
			return fmt.Sprintf("owned(%s, user, in.Parent())", db)
		case owned:
			return fmt.Sprintf("owned(%s, user)", db)
		case h.Parent != nil:
			return fmt.Sprintf("under(%s, %sin.Parent())", db, user)
		}
		return db
	}
	h.Reads = scoped(h.Access.ReadsOwned(), "h.db.WithContext(ctx)")
	h.Writes, h.Inserts = scoped(h.Access.Owned, "tx"), "tx"
	h.Hidden = h.Writes + ".Unscoped()"
	switch {
	case h.Parent != nil && h.References != nil:
		h.Siblings, h.Inserts = h.Writes, "rows"
	case h.Parent != nil:
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
		Comment: fmt.Sprintf("owned starts a query for the user's %s.", h.Name.Humans),
		Name:    "owned", Params: "db *gorm.DB, user *auth.User", Body: `db.Where("user_id = ?", user.ID)`,
	}
	if h.Parent == nil {
		if h.Access.Owned {
			return []Scope{owned}
		}
		return nil
	}
	parent, key := h.Parent.Name, h.Parent.Key()
	within := fmt.Sprintf("web.Scoped(db, %s, %s)", Rows(h.Parent, "db", h.Role), name.Unexported(name.Words(key)))
	id := name.Unexported(name.Words(key)) + " int64"
	under := Scope{
		Comment: fmt.Sprintf("under starts a query for the %s of one %s, which must exist.", h.Name.Humans, parent.Human),
		Name:    "under", Params: "db *gorm.DB, " + id, Body: fmt.Sprintf(`%s.Where("%s = ?", %s)`, within, key, name.Unexported(name.Words(key))),
	}
	if needsUser {
		under.Params = "db *gorm.DB, user *auth.User, " + id
	}
	owned.Params += ", " + id
	owned.Comment = fmt.Sprintf("owned starts a query for the user's %s of one %s, which the user must be able to read.", h.Name.Humans, parent.Human)
	owned.Body = fmt.Sprintf(`%s.Where("%s = ? AND user_id = ?", %s, user.ID)`, within, key, name.Unexported(name.Words(key)))
	switch {
	case h.Access.ReadsOwned():
		return []Scope{owned}
	case h.Access.Owned:
		owned.Comment = "owned starts a query for those that belong to the user."
		owned.Body = fmt.Sprintf(`under(db, %s).Where("user_id = ?", user.ID)`, name.Unexported(name.Words(key)))
		return []Scope{under, owned}
	}
	return []Scope{under}
}
