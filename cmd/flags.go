package cmd

import (
	"fmt"
	"strconv"
)

// mostRows limits --count to what a development database is filled with.
const mostRows = 1_000_000

// A numberFlag is a flag for a whole number within limits.
type numberFlag struct {
	value       *int
	least, most int
}

// Set implements pflag.Value.
func (f numberFlag) Set(text string) error {
	n, err := strconv.Atoi(text)
	if err != nil || n < f.least || n > f.most {
		return fmt.Errorf("must be a number from %d to %d", f.least, f.most)
	}
	*f.value = n
	return nil
}

// String implements pflag.Value.
func (f numberFlag) String() string { return strconv.Itoa(*f.value) }

// Type implements pflag.Value.
func (f numberFlag) Type() string { return "int" }
