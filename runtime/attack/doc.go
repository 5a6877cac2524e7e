// Package attack attacks the application from outside: two processes on one
// database, on SQLite and on PostgreSQL, under the race detector. It contains only
// tests and is not copied to applications.
//
// The PostgreSQL tests need TEST_DATABASE_URL and are skipped without it.
package attack
