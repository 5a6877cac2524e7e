package name

import (
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/jinzhu/inflection"
)

func TestPluralByGormIsThatOfInflection(t *testing.T) {
	text, err := os.ReadFile("testdata/words.txt")
	if err != nil {
		t.Fatal(err)
	}
	words := strings.Fields(strings.ToLower(string(text)))
	endings := []string{
		"person", "man", "child", "sex", "move", "quiz", "oxen", "ox", "mice", "lice", "mouse", "louse", "matrix", "vertex", "index", "indix",
		"x", "ch", "ss", "sh", "y", "quy", "ay", "hive", "fe", "ffe", "lf", "rf", "ff", "sis", "ta", "ia", "tum", "ium", "um", "buffalo", "tomato",
		"bus", "alias", "status", "octopi", "virus", "octopus", "axis", "testis", "taxis", "s", "a", "2", "_y", "equipment", "jeans", "series",
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		word := ""
		for range random.IntN(5) {
			word += string("abcdefghijklmnopqrstuvwxyz_2"[random.IntN(28)])
		}
		words = append(words, word+endings[random.IntN(len(endings))])
	}
	for _, word := range words {
		if got, want := pluralByGorm(word), inflection.Plural(word); got != want {
			t.Errorf("%s: %s, but inflection says %s", word, got, want)
		}
	}
}
