package cmd

import (
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"fastgo/generator"
)

type makeResourceOptions struct {
	planFlags
	name      string
	fields    []string
	protected bool
}

func newMakeResource(s *shell) *cobra.Command {
	o := &makeResourceOptions{planFlags: planFlags{shell: s}}
	cmd := &cobra.Command{
		Use:   "make:resource NAME [FIELD…]",
		Short: "Add a table, its handlers, its tests and its documentation",
		Long: `Add a table, its handlers, its tests and its documentation.

A FIELD is name:type, with modifiers behind it:

  types      string (string:80 has at most 80 characters), text, int, bool, datetime
  modifiers  optional, min=, max= (the length of a string or text, the value of an int)

Without fields the resource has a name. With -p each row belongs to the user who
made it, and nobody else sees it; without, anybody may read and write.`,
		Example: `  fastgo make:resource Post title:string:max=200 body:text published:bool -p
  fastgo make:resource Tag name:string:40 rank:int:min=0:optional`,
		Args: arguments(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.name, o.fields = args[0], args[1:]
			return o.run()
		},
	}
	o.add(cmd)
	cmd.Flags().BoolVarP(&o.protected, "protected", "p", false, "each user's own rows")
	return cmd
}

func (o *makeResourceOptions) run() error {
	r := report{Command: "make:resource"}
	now, err := clock()
	if err != nil {
		return err
	}
	resource, err := generator.NewResource(o.name, o.fields, o.protected)
	if err != nil {
		return err
	}
	app, err := generator.Open(o.shell.dir)
	if err != nil {
		return err
	}
	defer app.Close()
	r.Warnings = app.Recovered
	resource.Module = app.Module
	plan, err := generator.Embedded().Resource(app.FS, resource, now)
	if err == nil {
		err = app.Do(&plan, o.dryRun)
	}
	if len(o.fields) == 0 && err == nil {
		plan.Warnings = append(plan.Warnings, fmt.Sprintf(
			"no fields were named, so %s has name:string; name them like this: fastgo make:resource %s title:string body:text", resource.Name.Type, resource.Name.Type))
	}
	r.Next = []string{"go test ./app/" + resource.Name.Package, "fastgo serve"}
	return o.show(r, plan, err)
}

// clock returns the time, or that of SOURCE_DATE_EPOCH, so that what is written
// can be reproduced.
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
