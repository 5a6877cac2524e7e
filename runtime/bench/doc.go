// Package bench compares generated handlers with handwritten ones. It contains only
// benchmarks and is not copied to applications.
//
// According to profiles, more than half of the difference of a GET is gorm, which
// builds its statement for each call and scans by reflection. Of a POST, a third
// each is gorm; the body, which is parsed once for what JSON libraries accept (NUL,
// duplicate members), once for the schema and once into the fields; and huma, which
// handles parameters and the response. Some of it is recovered: the signature of a
// token is verified once, the guard's query is prepared, and an insert in SQLite is
// a single call of the driver.
//
// The PostgreSQL benchmarks need TEST_DATABASE_URL and are skipped without it.
package bench
