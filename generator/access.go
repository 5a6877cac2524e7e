package generator

// Access is who may call the operations of a resource, as the templates write
// it down.
type Access struct {
	Name     string // public, owner: as it is shown to people
	Comment  string // what the comment of Routes says
	Line     string // the end of the line in routes.go, after the package
	Locals   string // the variables of Routes
	Package  string // whose Get, Post … register the operations
	By       string // what they register them with
	Via      string // the first parameter of Routes
	ViaType  string
	Argument string // what routes.go passes for it
	Param    string // the handlers' parameter for the current user
	Pass     string // the argument for that parameter
	Owner    string // the owner of a new row
	Query    string // a query of the rows that the caller may see
	Held     string // the same within a transaction
	Client   string // who calls in a test
}

// access returns the row of the table of access modes.
func (r Resource) access() Access {
	if r.Protected {
		return Access{
			Name:    "owner",
			Comment: "Each handler takes the current\n// user, so each is guarded, and reaches that user's rows only.",
			Line:    ".Routes(users.Guard(), db) // each user's own",
			Locals:  "h, owner := handlers{db}, guard.Owner()",
			Package: "auth", By: "owner", Via: "guard", ViaType: "auth.Guard", Argument: "users.Guard()",
			Param: "user *auth.User, ", Pass: "user, ", Owner: "UserID: user.ID, ",
			Query: "owned(ctx, h.db, user)", Held: "owned(ctx, tx, user)",
			Client: `User("ann")`,
		}
	}
	return Access{
		Name:    "public",
		Comment: "Anybody may call them.",
		Line:    ".Routes(api, db) // public",
		Locals:  "h := handlers{db}",
		Package: "web", By: "api", Via: "api", ViaType: "huma.API", Argument: "api",
		Query: "h.db.WithContext(ctx)", Held: "tx.WithContext(ctx)",
		Client: "Anonymous()",
	}
}
