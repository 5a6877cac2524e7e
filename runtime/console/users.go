package console

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"
	"gorm.io/gorm"

	"fastgo/runtime/auth"
	"fastgo/runtime/web"
)

func newUserCreate(build Builder) *cobra.Command {
	var name, role string
	cmd := &cobra.Command{
		Use:   "user:create EMAIL",
		Short: "Create an account; prompts for the password or reads it from stdin",
		Args:  cobra.ExactArgs(1),
		RunE: task(build, func(cmd *cobra.Command, args []string, app *App) error {
			password, err := readPassword(cmd.InOrStdin(), cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			if name == "" {
				name, _, _ = strings.Cut(args[0], "@")
			}
			user, err := app.Users.Create(cmd.Context(), auth.NewUser{
				Profile: auth.Profile{Name: name}, Email: args[0], Password: password, Role: role, Verified: true,
			})
			if err != nil {
				return plain(err)
			}
			fmt.Fprintf(cmd.OutOrStdout(), "created %s with role %s\n", user.Email, user.Role)
			return nil
		}),
	}
	cmd.Flags().StringVar(&name, "name", "", "set the user's `name` (default: the email address up to the @)")
	cmd.Flags().StringVar(&role, "role", "user", "set the `role`, such as admin")
	return cmd
}

func newUserUpdate(build Builder) *cobra.Command {
	var role string
	var active bool
	cmd := &cobra.Command{
		Use:   "user:update EMAIL",
		Short: "Change the role of an account, or deactivate it",
		Args:  cobra.ExactArgs(1),
		RunE: task(build, func(cmd *cobra.Command, args []string, app *App) error {
			var change auth.UserChange
			if cmd.Flags().Changed("role") {
				change.Role = &role
			}
			if cmd.Flags().Changed("active") {
				change.Active = &active
			}
			if change == (auth.UserChange{}) {
				return errors.New("nothing to change: give --role or --active")
			}
			user, err := app.Users.Update(cmd.Context(), args[0], change)
			if errors.Is(err, gorm.ErrRecordNotFound) {
				return fmt.Errorf("no account with the email address %s", args[0])
			}
			if err != nil {
				return fmt.Errorf("%s: %w", args[0], plain(err))
			}
			fmt.Fprintf(cmd.OutOrStdout(), "updated %s: role %s, active %t\n", user.Email, user.Role, user.IsActive)
			return nil
		}),
	}
	cmd.Flags().StringVar(&role, "role", "", "set the `role`, such as admin")
	cmd.Flags().BoolVar(&active, "active", true, "let the user log in; --active=false deactivates the account")
	return cmd
}

// readPassword prompts on a terminal, without echo; otherwise it reads a line.
func readPassword(in io.Reader, out io.Writer) (string, error) {
	if file, ok := in.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		fmt.Fprint(out, "Password: ")
		password, err := term.ReadPassword(int(file.Fd()))
		fmt.Fprintln(out)
		return string(password), err
	}
	line, err := bufio.NewReader(in).ReadString('\n')
	if err != nil && err != io.EOF {
		return "", err
	}
	return strings.TrimRight(line, "\r\n"), nil
}

// plain turns the fields of a 422 into plain errors.
func plain(err error) error {
	var problem *web.Error
	if !errors.As(err, &problem) || len(problem.Fields) == 0 {
		return err
	}
	var all []error
	for _, f := range problem.Fields {
		all = append(all, fmt.Errorf("%s %s", f.Field, f.Message))
	}
	return errors.Join(all...)
}
