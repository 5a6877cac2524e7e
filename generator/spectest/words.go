package spectest

// nouns are ordinary words, some with an irregular plural.
func nouns() []string {
	return []string{
		"post", "tag", "comment", "category", "order", "item", "person", "child", "news", "status", "address", "box", "city", "day", "invoice", "payment",
		"product", "photo", "video", "leaf", "mouse", "sheep", "series", "datum", "medium", "index", "matrix", "analysis", "quiz", "hero", "bus", "lens",
		"api", "url", "http", "id", "uuid", "json", "html", "cpu", "ip", "ui", "x", "y2", "device", "window", "linux", "test", "example", "bench",
		"new", "some", "u", "settings",
	}
}

// strangeResources are names used by generated code, Go or a database.
func strangeResources() []string {
	return []string{
		"start", "with", "create", "collection", "listed", "ann", "bob", "app", "client", "handler", "handlers", "fields", "field", "route", "routes", "row",
		"query", "page", "ctx", "tx", "err", "h", "in", "hold", "owned", "owner", "under", "check", "guard", "fmt", "maps", "url", "reflect", "slices", "strings",
		"sync", "huma", "gorm", "column", "list", "web", "database", "time", "net", "path", "body", "created_at", "user_role", "key", "value", "group",
		"select", "table", "window", "with_recursive", "stored", "statement", "migration", "seed", "response", "request", "apitest", "t", "c", "n", "id", "name",
		"set_default", "table_name", "error_log", "string_map", "any_thing", "make", "nil_value", "restore", "delete_log", "update", "show", "replace", "change",
		"a", "aut", "rows", "price_table", "windows_table", "u_r_l",
	}
}

// strangeFields are names used by generated code, Go, a database or a list.
func strangeFields() []string {
	return []string{
		"type", "range", "func", "map", "chan", "go", "select", "default", "case", "import", "package", "interface", "struct", "return", "var", "const", "string",
		"error", "nil", "true", "iota", "len", "any", "t", "c", "n", "f", "h", "x", "ctx", "err", "tx", "db", "in", "id2", "id_2", "body", "path", "page", "check", "owner",
		"user", "row", "rows", "limit", "sort", "q", "cursor", "total", "offset", "items", "next_cursor", "order", "group", "from", "where", "table", "column",
		"index", "key", "value", "primary", "default_value", "end", "do", "values", "user_id", "parent_id", "post_id", "name", "names", "fields2", "etag", "location",
		"status", "members", "create", "before", "after", "ann", "bob", "app", "want", "got", "apitest", "schema", "a_b_c", "aB", "ABTest", "ip", "url", "html_url",
		"i_d", "user_i_d", "i_pod", "ui_device", "api_x", "user_ids", "delete", "update", "set", "now", "date", "time", "timestamp", "text", "int", "json", "null", "rowid", "oid",
	}
}
