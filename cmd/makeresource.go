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
	spec       schema.Spec
	fieldFlags []string // from --field
}

func newMakeResource(s *shell) *cobra.Command {
	o := &makeResourceOptions{planFlags: planFlags{shell: s}}
	cmd := &cobra.Command{
		Use:   "make:resource NAME [FIELD…] [-p | --shared | --public-read | --role ROLE] [--parent NAME]",
		Short: "Add a resource: table, handlers, tests and documentation",
		Long: `Add a resource: table, handlers, tests and documentation.

A FIELD is name:type, followed by modifiers:

` + field.Help() + `
Without fields the resource gets name:string. Without an access flag (-p,
--shared, --public-read, --role) anyone may read and write all rows.`,
		Example: `  fastgo make:resource Post title:string:max=200 body:text published:bool -p
  fastgo make:resource Category name:string:80:unique --role admin
  fastgo make:resource Comment body:text:max=2000 --parent Post --public-read
  fastgo make:resource Post -f title:string:required,max:200 -f body:text -p`,
		Args: arguments(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.spec.Name, o.spec.Fields = args[0], slices.Concat(args[1:], o.fieldFlags)
			return o.run()
		},
	}
	o.add(cmd)
	flags := cmd.Flags()
	flags.BoolVarP(&o.spec.Flags.Protected, "protected", "p", false, "keep each user's rows private")
	flags.BoolVar(&o.spec.Flags.Shared, "shared", false, "let signed-in users read and write all rows")
	flags.BoolVar(&o.spec.Flags.PublicRead, "public-read", false, "let anyone read, but only the owner write")
	flags.StringVar(&o.spec.Flags.Role, "role", "", "let only users with this `role` read and write")
	flags.StringVar(&o.spec.Parent, "parent", "", "nest the rows under this `resource`")
	flags.BoolVar(&o.spec.SoftDelete, "soft-delete", false, "hide deleted rows and allow restoring them")
	flags.StringVar(&o.spec.Plural, "plural", "", "use this `word` as the plural")
	flags.StringArrayVarP(&o.fieldFlags, "field", "f", nil, "add a `field`, such as title:string:required,max:200 (repeatable)")
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
			p.Warnings = append(p.Warnings, fmt.Sprintf("no fields given, so %s gets name:string; to choose fields: fastgo %s %s title:string body:text",
				resource.Name.Type, r.Command, resource.Name.Type))
		}
		return p, err
	})
}
