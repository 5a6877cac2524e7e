package cmd

import (
	"fmt"
	"os"
	"strconv"
	"time"

	"fastgo/generator"
	"fastgo/generator/plan"
)

// carryOut computes the plan of a command, applies it and shows the result.
func (f *planFlags) carryOut(r report, plan func(*generator.App) (plan.Plan, error)) error {
	app, err := generator.Open(f.shell.dir)
	if err != nil {
		return err
	}
	defer app.Close()
	r.Warnings = app.Recovered
	p, err := plan(app)
	if err == nil {
		err = app.Do(&p, f.dryRun)
	}
	return f.show(r, p, err)
}

// clock returns the current time, or that in SOURCE_DATE_EPOCH, for reproducible
// output.
func clock() (time.Time, error) {
	epoch := os.Getenv("SOURCE_DATE_EPOCH")
	if epoch == "" {
		return time.Now(), nil
	}
	seconds, err := strconv.ParseInt(epoch, 10, 64)
	if err != nil {
		return time.Time{}, fmt.Errorf("SOURCE_DATE_EPOCH=%q is not a number of seconds", epoch)
	}
	return time.Unix(seconds, 0), nil
}
