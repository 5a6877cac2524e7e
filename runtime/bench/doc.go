// Package bench compares the operations that fastgo writes with the same
// operations written by hand. It holds nothing else, and no application gets a
// copy of it.
//
// Where the difference goes, by the profiles of both: of a GET more than half is
// gorm, which writes its statement anew for each call and scans by reflection. Of
// a POST a third each is gorm, the body, which is read once for what JSON libraries
// let through (NUL, a member twice), once for the schema and once into the fields,
// and huma, which chooses the operation, its parameters and its answer. A part of
// it is made up for: the signature of a token is verified once, the guard's query
// is prepared, and a new row in SQLite is one call of the driver.
//
// TEST_DATABASE_URL names the PostgreSQL database to use; without it that part
// is skipped.
package bench
