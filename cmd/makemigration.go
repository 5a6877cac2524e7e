package cmd

import (
	"slices"

	"github.com/spf13/cobra"

	"fastgo/generator"
	"fastgo/generator/field"
	"fastgo/generator/plan"
)

type makeMigrationOptions struct {
	planFlags
	name       string
	fields     []string
	fieldFlags []string // from --field
}

func newMakeMigration(s *shell) *cobra.Command {
	o := &makeMigrationOptions{planFlags: planFlags{shell: s}}
	cmd := &cobra.Command{
		Use:   "make:migration NAME [FIELD…]",
		Short: "Add a migration, generated from its name if possible",
		Long: `Add a migration, generated from its name if possible:

  add_subtitle_to_posts subtitle:string:optional       adds columns
  remove_subtitle_from_posts subtitle:string:optional  removes columns
  rename_body_to_content_in_posts                      renames a column

With any other name the migration is empty. Removing a column needs its type, so
that the migration can be rolled back. No rows are lost, in either direction.

In existing rows, a new required column gets its default=, or else "", 0 or false,
which the table and the printed struct field then allow. A column that cannot hold
that value, such as an email, enum, date or int:min=5, needs default= or optional;
a unique column or a reference needs optional.

A FIELD is name:type, followed by modifiers:

` + field.Help(),
		Example: `  fastgo make:migration add_subtitle_to_posts subtitle:string:200:optional
  fastgo make:migration AddViewsAndStatusToPosts views:int:sort status:enum:draft,live:default=draft
  fastgo make:migration rename_body_to_content_in_posts
  fastgo make:migration fill_slugs`,
		Args: arguments(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.name, o.fields = args[0], slices.Concat(args[1:], o.fieldFlags)
			return o.run()
		},
	}
	o.add(cmd)
	cmd.Flags().StringArrayVarP(&o.fieldFlags, "field", "f", nil, "add a `field`, such as title:string:required,max:200 (repeatable)")
	return cmd
}

func (o *makeMigrationOptions) run() error {
	now, err := clock()
	if err != nil {
		return err
	}
	alteration, err := generator.NewAlteration(o.name, o.fields)
	if err != nil {
		return err
	}
	r := report{Command: "make:migration", Next: []string{"go test ./migrations", "fastgo db:migrate"}}
	return o.carryOut(r, func(app *generator.App) (plan.Plan, error) {
		return app.Alteration(alteration, now)
	})
}
