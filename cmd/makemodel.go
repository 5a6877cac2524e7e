package cmd

import (
	"slices"

	"github.com/spf13/cobra"

	"fastgo/generator/field"
)

func newMakeModel(s *shell) *cobra.Command {
	o := &makeResourceOptions{planFlags: planFlags{shell: s}}
	cmd := &cobra.Command{
		Use:   "make:model NAME [FIELD…] [-p] [--plural WORD] [--soft-delete]",
		Short: "Add a row and its table, without handlers",
		Long: `Add a row and its table, without handlers.

A FIELD is name:type, with modifiers behind it:

` + field.Help() + `
Other resources can refer to the rows. make:resource with the same name and
fields serves them over HTTP later, and keeps what was edited.`,
		Example: `  fastgo make:model AuditEntry action:string:50:index details:json
  fastgo make:model Invoice number:string:20:unique total:money -p`,
		Args: arguments(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.spec.Name, o.spec.Fields, o.spec.Model = args[0], slices.Concat(args[1:], o.inForm), true
			return o.run()
		},
	}
	o.add(cmd)
	flags := cmd.Flags()
	flags.BoolVarP(&o.spec.Flags.Protected, "protected", "p", false, "each row belongs to a user")
	flags.BoolVar(&o.spec.SoftDelete, "soft-delete", false, "hide deleted rows")
	flags.StringVar(&o.spec.Plural, "plural", "", "the plural, where `word` is another than fastgo finds")
	flags.StringArrayVarP(&o.inForm, "field", "f", nil, "a `field`, as an argument or as title:string:required,max:200")
	return cmd
}
