// Package list answers one page of rows at a time: in the order, and of those
// rows, that the query of the request asks for.
//
// What may be asked for stands in the tag list on the fields of the row, words
// with commas between them:
//
//	equal   name=a and name.in=a,b
//	filter  equal, and name.gte, .lte, .gt and .lt, or name.contains for a text
//	sort    sort=name and sort=-name
//	search  is searched by q
//
// The names are those of the JSON. A field that is called like a parameter of
// every list, such as total, has no total=a but total.in=a. Whatever else a
// request asks for is a 422.
package list

import (
	"reflect"

	"github.com/danielgtaylor/huma/v2"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"fastgo/runtime/web"
)

// Query is the input of an operation that lists rows of the type T. A handler
// may set what the client has left out, such as another Sort.
type Query[T any] struct {
	web.Path
	Limit  int    // the rows of a page
	Cursor string // next_cursor of the page before
	Offset int    // how many rows to leave out
	Sort   string // the keys of the order, with a minus before those that descend
	Q      string // a text that one of the searchable fields has to contain
	Total  bool   // whether to count the rows of all pages

	filters []clause.Expression
	skips   bool // the client has given an offset, be it 0
}

// Page is the answer that carries some rows.
type Page[T any] struct{ Body Items[T] }

// Items are the rows of a page, and where the next page starts.
type Items[T any] struct {
	Items      []T     `json:"items"`
	Limit      int     `json:"limit"`
	Offset     *int    `json:"offset,omitempty" doc:"Where the request has one"`
	Total      *int64  `json:"total,omitempty" doc:"The rows of all pages, where total=true"`
	NextCursor *string `json:"next_cursor" example:"WzEsMjBd" doc:"null on the last page, and where a page is found by its offset only"`
}

// SchemaName is PostPage for a page of the type Post.
func (Items[T]) SchemaName() string {
	return huma.DefaultSchemaNamer(reflect.TypeFor[T](), "") + "Page"
}

// Rows returns a page of the rows that the query sees. The query has no order
// and no limit of its own. An error that it carries is returned as it is.
func Rows[T any](query *gorm.DB, in *Query[T]) (*Page[T], error) {
	if query.Error != nil {
		return nil, query.Error
	}
	table := tableOf[T]()
	order, err := table.order(in.Sort)
	if err != nil {
		return nil, invalid("sort", err)
	}
	after, err := in.after(order, query.Name())
	if err != nil {
		return nil, invalid("cursor", err)
	}
	seen := narrow(query.Session(&gorm.Session{}).Model(new(T)), append(table.searching(in.Q), in.filters...))
	page := Items[T]{Limit: in.Limit}
	if in.Limit < 1 {
		page.Limit = defaultLimit
	}
	if in.skips || in.Offset > 0 {
		page.Offset = &in.Offset
	}
	if in.Total {
		page.Total = new(int64)
		if err := seen.Count(page.Total).Error; err != nil {
			return nil, err
		}
	}
	if err := page.read(seen.Clauses(after...).Offset(in.Offset), order); err != nil {
		return nil, err
	}
	return &Page[T]{page}, nil
}

// read fetches the rows, and one more to see whether another page follows.
func (page *Items[T]) read(query *gorm.DB, order order) error {
	rows := make([]T, 0, page.Limit+1)
	if err := query.Clauses(order.clause()).Limit(page.Limit + 1).Find(&rows).Error; err != nil {
		return err
	}
	page.Items = rows[:min(len(rows), page.Limit)]
	if len(rows) <= page.Limit || !order.hasCursors() {
		return nil
	}
	next, err := order.cursor(query.Statement.Context, &rows[page.Limit-1])
	if err != nil {
		return invalid("sort", err)
	}
	page.NextCursor = &next
	return nil
}

// narrow adds conditions that hold for everything the query sees, whatever it
// joins by OR. Each use of the result starts afresh.
func narrow(query *gorm.DB, conditions []clause.Expression) *gorm.DB {
	if given, ok := query.Statement.Clauses["WHERE"]; ok {
		given.Expression = clause.Where{Exprs: []clause.Expression{group{given.Expression}}}
		query.Statement.Clauses["WHERE"] = given
	}
	if len(conditions) > 0 {
		query = query.Clauses(clause.Where{Exprs: conditions})
	}
	return query.Session(&gorm.Session{})
}

// group stands in parentheses.
type group struct{ clause.Expression }

// Build writes the group.
func (g group) Build(to clause.Builder) {
	_ = to.WriteByte('(')
	g.Expression.Build(to)
	_ = to.WriteByte(')')
}

func invalid(parameter string, err error) error {
	return web.Invalid(web.FieldError{Field: parameter, Message: err.Error()})
}
