// Package attack is the proof of the auth module: tests that attack the
// application from outside, as two processes on one database, on SQLite and on
// PostgreSQL, under the race detector. It holds nothing else, and no
// application gets a copy of it.
//
// TEST_DATABASE_URL names the PostgreSQL database to use; without it that part
// is skipped.
package attack
