package cmd

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fastgo/generator"
	"fastgo/generator/fail"
	"fastgo/generator/golang"
	"fastgo/generator/plan"
)

type newOptions struct {
	planFlags
	path     string
	module   string
	database string
	noGit    bool
}

func newNew(s *shell) *cobra.Command {
	o := &newOptions{planFlags: planFlags{shell: s}}
	cmd := &cobra.Command{
		Use:     "new NAME",
		Short:   "Create an application with JWT authentication",
		Example: "  fastgo new blog\n  fastgo new blog --module github.com/me/blog --db postgres",
		Args:    arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.path = args[0]
			return o.run()
		},
	}
	o.add(cmd)
	cmd.Flags().StringVar(&o.module, "module", "", "use this module `path` (default example.com/NAME)")
	cmd.Flags().StringVar(&o.database, "db", "sqlite", "use this `database` in .env: sqlite or postgres")
	cmd.Flags().BoolVar(&o.noGit, "no-git", false, "do not create a git repository")
	return cmd
}

func (o *newOptions) run() error {
	target, name, err := o.target()
	if err != nil {
		return err
	}
	app, err := generator.NewApplication(name, o.module, o.database)
	if err != nil {
		return err
	}
	app.Version = Version
	app.Secret = newSecret()
	p, err := generator.New(golang.Embedded(), app)
	if err != nil {
		return err
	}
	if o.dryRun {
		err = plan.CheckTarget(target)
	} else {
		err = plan.WriteNew(target, p, o.initGit)
	}
	return o.show(report{Command: "new", Next: o.next()}, p, err)
}

// target returns the directory of the application, and its name.
func (o *newOptions) target() (target, name string, err error) {
	if o.path == "" {
		return "", "", fail.Usage("the application needs a name, such as blog")
	}
	name = filepath.Base(filepath.Clean(o.path))
	if name == "." || name == ".." || name == string(filepath.Separator) {
		return "", "", fail.Usage("application %q: give the name of a new directory, such as blog", o.path)
	}
	target = o.path
	if !filepath.IsAbs(target) {
		target = filepath.Join(o.shell.dir, target)
	}
	target, err = filepath.Abs(target)
	return target, name, err
}

// initGit creates a repository, if git is installed and the directory is not
// inside one already.
func (o *newOptions) initGit(dir string) error {
	git, err := exec.LookPath("git")
	if o.noGit || err != nil {
		return nil
	}
	inside := exec.Command(git, "rev-parse", "--git-dir")
	inside.Dir, inside.Env = dir, withoutGit(os.Environ())
	if inside.Run() == nil {
		return nil
	}
	initialize := exec.Command(git, "init", "--quiet")
	initialize.Dir, initialize.Env = dir, inside.Env
	if out, err := initialize.CombinedOutput(); err != nil {
		return fmt.Errorf("git init: %w: %s; or use --no-git", err, strings.TrimSpace(string(out)))
	}
	return nil
}

// withoutGit removes variables that point git to another repository.
func withoutGit(env []string) []string {
	return slices.DeleteFunc(env, func(setting string) bool { return strings.HasPrefix(setting, "GIT_") })
}

func (o *newOptions) next() []string {
	if o.database == "postgres" {
		return []string{"cd " + o.shownPath(), "docker compose up -d postgres", "fastgo serve"}
	}
	return []string{
		"cd " + o.shownPath(),
		"fastgo serve",
		"fastgo make:resource Post title:string body:text -p",
	}
}

// shownPath returns the path, quoted for a shell.
func (o *newOptions) shownPath() string {
	path := o.path
	if !filepath.IsAbs(path) {
		path = filepath.Join(o.shell.dir, path)
	}
	if strings.ContainsAny(path, " '\"$`\\&;()<>|*?[]#~") {
		return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
	}
	return path
}

// newSecret returns a key of 64 random bytes, which suits every algorithm.
func newSecret() string {
	key := make([]byte, 64)
	rand.Read(key)
	return hex.EncodeToString(key)
}
