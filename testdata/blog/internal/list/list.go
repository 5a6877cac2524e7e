// Package list returns rows page by page, sorted and filtered by the query string
// of the request.
//
// The list tag of a field lists what the query string may contain, separated by
// commas:
//
//	equal   name=a and name.in=a,b
//	filter  equal, and name.gte, .lte, .gt and .lt, or name.contains for a string
//	sort    sort=name and sort=-name
//	search  is searched by q
//
// Names are those in the JSON. A field named like a standard parameter, such as
// total, supports total.in=a but not total=a. Any other parameter is a 422.
package list

import (
	"reflect"

	"github.com/danielgtaylor/huma/v2"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"example.com/blog/internal/database"
	"example.com/blog/internal/web"
)

// Query is the input of an operation that lists rows of type T. A handler may set
// fields that the client left empty, such as Sort.
type Query[T any] struct {
	web.Path
	Limit  int    // rows per page
	Cursor string // next_cursor of the previous page
	Offset int    // rows to skip
	Sort   string // sort keys; a minus sorts in descending order
	Q      string // text that a searchable field must contain
	Total  bool   // whether to count all rows

	filters []clause.Expression
	skips   bool // the client sent an offset, possibly 0
}

// Page is a response with some rows.
type Page[T any] struct{ Body Items[T] }

// Items is a page of rows with the cursor of the next page.
type Items[T any] struct {
	Items      []T     `json:"items"`
	Limit      int     `json:"limit"`
	Offset     *int    `json:"offset,omitempty" doc:"Only if the request has one"`
	Total      *int64  `json:"total,omitempty" doc:"The number of all rows, if total=true"`
	NextCursor *string `json:"next_cursor" example:"WzEsMjBd" doc:"null on the last page, and for sorts without a cursor"`
}

// SchemaName is PostPage for a page of the type Post.
func (Items[T]) SchemaName() string {
	return huma.DefaultSchemaNamer(reflect.TypeFor[T](), "") + "Page"
}

// Rows returns a page of the rows that the query selects. The query must have no
// order or limit. If it has an error, Rows returns that error.
func Rows[T any](query *gorm.DB, in *Query[T]) (*Page[T], error) {
	if query.Error != nil {
		return nil, query.Error
	}
	table := tableOf[T]()
	order, err := table.order(in.Sort)
	if err != nil {
		return nil, invalid("sort", err)
	}
	after, err := in.after(order, database.DialectOf(query))
	if err != nil {
		return nil, invalid("cursor", err)
	}
	selected := withConditions(query.Session(&gorm.Session{}).Model(new(T)), append(table.searching(in.Q), in.filters...))
	page := Items[T]{Limit: in.Limit}
	if in.Limit < 1 {
		page.Limit = defaultLimit
	}
	if in.skips || in.Offset > 0 {
		page.Offset = &in.Offset
	}
	if in.Total {
		page.Total = new(int64)
		if err := selected.Count(page.Total).Error; err != nil {
			return nil, err
		}
	}
	if err := page.read(selected.Clauses(after...).Offset(in.Offset), order); err != nil {
		return nil, err
	}
	return &Page[T]{page}, nil
}

// read fetches the rows, and one more to find out whether another page follows.
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

// withConditions adds conditions to the query, with its own conditions in
// parentheses because they may contain OR. The result can be used several times.
func withConditions(query *gorm.DB, conditions []clause.Expression) *gorm.DB {
	if where, ok := query.Statement.Clauses["WHERE"]; ok {
		where.Expression = clause.Where{Exprs: []clause.Expression{group{where.Expression}}}
		query.Statement.Clauses["WHERE"] = where
	}
	if len(conditions) > 0 {
		query = query.Clauses(clause.Where{Exprs: conditions})
	}
	return query.Session(&gorm.Session{})
}

// group puts an expression in parentheses.
type group struct{ clause.Expression }

// Build implements clause.Expression.
func (g group) Build(to clause.Builder) {
	_ = to.WriteByte('(')
	g.Expression.Build(to)
	_ = to.WriteByte(')')
}

func invalid(parameter string, err error) error {
	return web.Invalid(web.FieldError{Field: parameter, Message: err.Error()})
}
