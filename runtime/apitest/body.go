package apitest

// List is the path of the list for a client. If the rows have a parent, one that the client may read is created.
func (s Suite) List(c *Client) string {
	c.t.Helper()
	if s.nested() {
		return s.under(c.Row(s.Parent))
	}
	return s.Path
}

// Body returns a valid request body. The rows that it refers to are created.
func (s Suite) Body(c *Client) map[string]any {
	c.t.Helper()
	body := map[string]any{}
	for _, f := range s.settable() {
		body[f.Name] = s.value(c, f)
	}
	return body
}

// value is what a new row gets in a field.
func (s Suite) value(c *Client, f Field) any {
	c.t.Helper()
	switch {
	case s.isSelf(f):
		return nil // a row must not require another one of the same resource
	case f.isReference() && f.Unique:
		return c.NewRow(f.Refers)
	case f.isReference():
		return c.Row(f.Refers)
	case f.Unique:
		return f.New(c.next())
	}
	return f.sample()
}

// isSelf reports whether a field references the same resource.
func (s Suite) isSelf(f Field) bool { return f.Refers.Table == s.Table }
