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
		Short: "Add a model and its table, without handlers",
		Long: `Add a model and its table, without handlers.

A FIELD is name:type, followed by modifiers:

` + field.Help() + `
Other resources can reference the model. To add handlers later, run
make:resource with the same name and fields; your edits are kept.`,
		Example: `  fastgo make:model AuditEntry action:string:50:index details:json
  fastgo make:model Invoice number:string:20:unique total:money -p`,
		Args: arguments(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.spec.Name, o.spec.Fields, o.spec.Model = args[0], slices.Concat(args[1:], o.fieldFlags), true
			return o.run()
		},
	}
	o.add(cmd)
	flags := cmd.Flags()
	flags.BoolVarP(&o.spec.Flags.Protected, "protected", "p", false, "give each row an owner")
	flags.BoolVar(&o.spec.SoftDelete, "soft-delete", false, "hide deleted rows instead of removing them")
	flags.StringVar(&o.spec.Plural, "plural", "", "use this `word` as the plural")
	flags.StringArrayVarP(&o.fieldFlags, "field", "f", nil, "add a `field`, such as title:string:required,max:200 (repeatable)")
	return cmd
}
