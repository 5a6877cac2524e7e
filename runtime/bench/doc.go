// Package bench compares the operations that fastgo writes with the same
// operations written by hand. It holds nothing else, and no application gets a
// copy of it.
//
// TEST_DATABASE_URL names the PostgreSQL database to use; without it that part
// is skipped.
package bench
