package cmd

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"fastgo/generator"
	"fastgo/generator/field"
	"fastgo/generator/plan"
	"fastgo/generator/schema"
)

type makeResourceOptions struct {
	planFlags
	spec   schema.Spec
	inForm []string // fields given by -f
}

func newMakeResource(s *shell) *cobra.Command {
	o := &makeResourceOptions{planFlags: planFlags{shell: s}}
	cmd := &cobra.Command{
		Use:   "make:resource NAME [FIELD…] [-p | --shared | --public-read | --role ROLE] [--parent NAME]",
		Short: "Add a table, its handlers, its tests and its documentation",
		Long: `Add a table, its handlers, its tests and its documentation.

A FIELD is name:type, with modifiers behind it:

` + field.Help() + `
Without fields the resource has a name. With -p each row belongs to the user who
made it, and nobody else sees it; without, anybody may read and write.`,
		Example: `  fastgo make:resource Post title:string:max=200 body:text published:bool -p
  fastgo make:resource Category name:string:80:unique --role admin
  fastgo make:resource Comment body:text:max=2000 --parent Post --public-read
  fastgo make:resource Post -f title:string:required,max:200 -f body:text -p`,
		Args: arguments(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.spec.Name, o.spec.Fields = args[0], slices.Concat(args[1:], o.inForm)
			return o.run()
		},
	}
	o.add(cmd)
	flags := cmd.Flags()
	flags.BoolVarP(&o.spec.Flags.Protected, "protected", "p", false, "each user's own rows")
	flags.BoolVar(&o.spec.Flags.Shared, "shared", false, "every signed-in user reads and writes all rows")
	flags.BoolVar(&o.spec.Flags.PublicRead, "public-read", false, "anybody reads, the owner of a row writes")
	flags.StringVar(&o.spec.Flags.Role, "role", "", "users with this `role` read and write all rows")
	flags.StringVar(&o.spec.Parent, "parent", "", "the `resource` under which the rows stand")
	flags.BoolVar(&o.spec.SoftDelete, "soft-delete", false, "hide deleted rows, and let them be restored")
	flags.StringVar(&o.spec.Plural, "plural", "", "the plural, where `word` is another than fastgo finds")
	flags.StringArrayVarP(&o.inForm, "field", "f", nil, "a `field`, as an argument or as title:string:required,max:200")
	return cmd
}

func (o *makeResourceOptions) run() error {
	now, err := clock()
	if err != nil {
		return err
	}
	resource, err := schema.New(o.spec)
	if err != nil {
		return err
	}
	r := report{Command: "make:resource", Next: []string{"go test ./app/" + resource.Name.Package, "fastgo serve"}}
	if o.spec.Model {
		r = report{Command: "make:model", Next: []string{"go test ./migrations", "fastgo db:migrate"}}
	}
	return o.carryOut(r, func(app *generator.App) (plan.Plan, error) {
		p, err := app.Resource(resource, now)
		if len(o.spec.Fields) == 0 {
			p.Warnings = append(p.Warnings, fmt.Sprintf("no fields were named, so %s has name:string; name them like this: fastgo %s %s title:string body:text",
				resource.Name.Type, r.Command, resource.Name.Type))
		}
		return p, err
	})
}
