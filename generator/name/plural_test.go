package name

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// words returns the pairs in testdata/words.txt.
func words(t testing.TB) [][2]string {
	t.Helper()
	text, err := os.ReadFile("testdata/words.txt")
	if err != nil {
		t.Fatal(err)
	}
	var pairs [][2]string
	for line := range strings.Lines(string(text)) {
		if f := strings.Fields(line); len(f) == 2 && f[0] != "#" {
			pairs = append(pairs, [2]string{f[0], f[1]})
		}
	}
	if len(pairs) < 800 {
		t.Fatalf("only %d words", len(pairs))
	}
	return pairs
}

// TestWordsResolve: a word in either number and any case, alone or as the last of
// several, gives the same resource.
func TestWordsResolve(t *testing.T) {
	refused := []string{"complex", "database", "vendor"} // reserved unless another word precedes them
	for _, pair := range words(t) {
		one, many := pair[0], pair[1]
		for _, word := range pair {
			title := strings.ToUpper(word[:1]) + word[1:]
			for _, s := range []string{word, title, strings.ToUpper(word)} {
				if !slices.Contains(refused, one) {
					resolves(t, s, capital(one), many)
				}
			}
			for _, s := range []string{"shop_" + word, "shop-" + word, "shop " + word, "Shop" + title, "shop" + title} {
				resolves(t, s, "Shop"+capital(one), "shop_"+many)
			}
		}
	}
}

func resolves(t *testing.T, s, wantType, wantTable string) {
	t.Helper()
	n, err := Parse(s, "")
	if err != nil || n.Type != wantType || n.Table != wantTable {
		t.Errorf("%q is %s %s, %v; want %s %s", s, n.Type, n.Table, err, wantType, wantTable)
	}
}

// TestNounsConvertBothWays: each plural in nouns.txt converts to its singular and
// back.
func TestNounsConvertBothWays(t *testing.T) {
	shared := []string{"axe", "basis", "ellipsis", "blansis", "blanz"} // their plural is also that of another noun
	for one, many := range readNouns().plurals {
		if one == "-s" {
			continue // posts counts as a plural
		}
		one, many = strings.Replace(one, "-", "blan", 1), strings.Replace(many, "-", "blan", 1)
		if got := Singular(one); got != one {
			t.Errorf("the singular %s is treated as the plural of %s", one, got)
		}
		if got := Plural(one); got != many {
			t.Errorf("the plural of %s is %s, want %s", one, got, many)
		}
		if got := Singular(many); (got != one) != slices.Contains(shared, one) || Plural(got) != many {
			t.Errorf("the singular of %s is %s, whose plural is %s; want %s", many, got, Plural(got), one)
		}
	}
}

func TestAlternativePluralsAreAccepted(t *testing.T) {
	for many, one := range map[string]string{
		"persons": "person", "peoples": "person", "indexes": "index", "cactuses": "cactus", "octopi": "octopus", "appendices": "appendix",
		"formulae": "formula", "antennae": "antenna", "stadia": "stadium", "aquaria": "aquarium", "curricula": "curriculum", "heros": "hero",
		"volcanos": "volcano", "cargoes": "cargo", "mouses": "mouse", "staffs": "staff", "fishes": "fish", "moneys": "money", "scarfs": "scarf",
		"dies": "die", "pence": "penny", "chateaux": "chateau", "matrixes": "matrix", "mediums": "medium", "schemata": "schema", "womans": "woman",
		"bases": "base", "axes": "axis", "ellipses": "ellipse", "leaves": "leaf",
	} {
		if got := Singular(many); got != one {
			t.Errorf("the singular of %s is %s, want %s", many, got, one)
		}
	}
}

func TestSingularsThatShareAPlural(t *testing.T) {
	for one, table := range map[string]string{"Axe": "axes", "Basis": "bases", "Ellipsis": "ellipses", "Leave": "leaves", "Ethic": "ethics"} {
		resolves(t, one, one, table)
	}
}
