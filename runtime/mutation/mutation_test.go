package mutation

import (
	"cmp"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"testing"
)

// mutants returns all mutants. These faults are left out, because no test of the
// application could detect them:
//   - format and maxLength of a uuid, phone, color, ip and time, which their pattern
//     implies, and the pattern of money, which is that of its type.
//
// A handler that takes the user does not compile with the API in the place of a guard.
func mutants() []mutant {
	return slices.Concat(
		routeMutants(), ownerMutants(), guardMutants(), nestedMutants(), referenceMutants(),
		writeMutants(), requestMutants(), answerMutants(),
		fieldMutants(), listedMutants(), tableMutants(), wiringMutants(),
		pageMutants(), filterMutants(),
	)
}

// share returns the fraction to run: every eighth mutant and those that need
// PostgreSQL, or all if FASTGO_MUTANTS is all.
func share() int {
	if os.Getenv("FASTGO_MUTANTS") == "all" {
		return 1
	}
	return 8
}

func TestEveryMutantIsKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles an application")
	}
	a, all := write(t), mutants()
	sources, numbers := switches(t, a, all)
	shown := overlay(t, sources)
	a.build(t, shown, a.tests+"/", a.packages(all)...)
	for _, pkg := range a.packages(all) {
		if said, err := a.run(a.binary(pkg), pkg, "", ""); err != nil {
			t.Fatalf("without a fault, the tests of %s fail: %v\n%s", pkg, err, said)
		}
	}
	for number, m := range all {
		if number%share() != 0 && !m.postgres {
			continue
		}
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			database := ""
			if m.postgres {
				if database = os.Getenv(databaseVariable); database == "" {
					t.Skip(databaseVariable + " is unset")
				}
			}
			binary := a.binary(m.tests)
			if !numbers[number] {
				binary = filepath.Join(t.TempDir(), "mutant.test")
				faulty := maps.Clone(sources)
				maps.Copy(faulty, m.sources(t, a))
				a.build(t, overlay(t, faulty), binary, m.tests)
			}
			said, err := a.run(binary, m.tests, database, strconv.Itoa(number))
			killer := cmp.Or(failedCheck.FindString(said), failedTest.FindString(said))
			switch {
			case err == nil:
				t.Errorf("survives the tests of %s: %+v", m.tests, m.edits)
			case killer == "":
				t.Errorf("the tests of %s end otherwise: %v\n%s", m.tests, err, said)
			}
			t.Log(killer)
		})
	}
}

// failedTest and failedCheck find the test that has found a fault, and the check in it.
var (
	failedTest  = regexp.MustCompile(`--- FAIL: \S+|panic: .*`)
	failedCheck = regexp.MustCompile(`--- FAIL: \S+/\S+`)
)

func TestEveryFaultHasANameAndAPlace(t *testing.T) {
	a, known := write(t), map[string]bool{}
	for _, m := range mutants() {
		if known[m.name] {
			t.Errorf("%q occurs twice", m.name)
		}
		known[m.name] = true
		for _, e := range m.edits {
			if _, _, err := e.find(readFile(t, e.path(t, a))); err != nil {
				t.Errorf("%s: %v", m.name, err)
			}
		}
	}
}
