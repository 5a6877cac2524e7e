package database

import (
	"database/sql/driver"
	"errors"
	"io"
)

// driverRows is what the rows of both drivers of SQLite offer.
type driverRows interface {
	driver.Rows
	driver.RowsColumnTypeDatabaseTypeName
	driver.RowsColumnTypeNullable
	driver.RowsColumnTypeScanType
}

// writtenRows are those that a statement returns that has written them. It commits when it ends, after the last row, so it is
// read to its end: a statement that the driver keeps would lose the error of a commit that fails.
type writtenRows struct {
	driverRows
	ended bool
}

// Next implements driver.Rows.
func (r *writtenRows) Next(row []driver.Value) error {
	err := r.driverRows.Next(row)
	r.ended = err != nil
	return err
}

// Close implements driver.Rows.
func (r *writtenRows) Close() error {
	var err error
	for row := make([]driver.Value, len(r.Columns())); !r.ended; {
		err = r.Next(row)
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return errors.Join(err, r.driverRows.Close())
}
