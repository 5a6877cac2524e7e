package name

import (
	"slices"
	"strings"
)

// A pluralRule is an ending and what takes the place of its last characters.
type pluralRule struct {
	ending string
	cut    int
	add    string
	whole  bool                   // the ending is the whole word
	behind func(before byte) bool // what stands before the ending; nil is anything
}

// pluralByGorm is the table that gorm finds for a type: what jinzhu/inflection
// answers, which compiles a hundred expressions whenever a program starts.
func pluralByGorm(snake string) string {
	if slices.Contains([]string{"equipment", "information", "rice", "money", "species", "series", "fish", "sheep", "jeans", "police"}, snake) {
		return snake
	}
	for _, rule := range gormRules() {
		before, ends := strings.CutSuffix(snake, rule.ending)
		switch {
		case !ends, rule.whole && before != "":
		case rule.behind != nil && (before == "" || !rule.behind(before[len(before)-1])):
		default:
			return snake[:len(snake)-rule.cut] + rule.add
		}
	}
	return snake
}

func gormRules() []pluralRule {
	consonant := func(c byte) bool { return !strings.ContainsRune("aeiouy", rune(c)) }
	notF := func(c byte) bool { return c != 'f' }
	rules := []pluralRule{
		{ending: "person", cut: 4, add: "ople"}, {ending: "man", cut: 2, add: "en"}, {ending: "child", add: "ren"},
		{ending: "sex", add: "es"}, {ending: "move", add: "s"},
		{ending: "quiz", add: "zes"}, {ending: "oxen", whole: true}, {ending: "ox", add: "en", whole: true},
		{ending: "mice", whole: true}, {ending: "lice", whole: true},
		{ending: "mouse", cut: 4, add: "ice", whole: true}, {ending: "louse", cut: 4, add: "ice", whole: true},
	}
	for _, stem := range []string{"matr", "vert", "ind"} {
		rules = append(rules, pluralRule{ending: stem + "ix", cut: 2, add: "ices"}, pluralRule{ending: stem + "ex", cut: 2, add: "ices"})
	}
	for _, hiss := range []string{"x", "ch", "ss", "sh"} {
		rules = append(rules, pluralRule{ending: hiss, add: "es"})
	}
	rules = append(rules,
		pluralRule{ending: "y", cut: 1, add: "ies", behind: consonant}, pluralRule{ending: "quy", cut: 1, add: "ies"},
		pluralRule{ending: "fe", cut: 2, add: "ves", behind: notF},
		pluralRule{ending: "lf", cut: 1, add: "ves"}, pluralRule{ending: "rf", cut: 1, add: "ves"},
		pluralRule{ending: "sis", cut: 2, add: "es"},
		pluralRule{ending: "ta"}, pluralRule{ending: "ia"},
		pluralRule{ending: "tum", cut: 2, add: "a"}, pluralRule{ending: "ium", cut: 2, add: "a"},
		pluralRule{ending: "buffalo", add: "es"}, pluralRule{ending: "tomato", add: "es"},
		pluralRule{ending: "bus", add: "es"}, pluralRule{ending: "alias", add: "es"}, pluralRule{ending: "status", add: "es"},
		pluralRule{ending: "octopi"}, pluralRule{ending: "viri"},
		pluralRule{ending: "octopus", cut: 2, add: "i"}, pluralRule{ending: "virus", cut: 2, add: "i"},
		pluralRule{ending: "axis", cut: 2, add: "es", whole: true}, pluralRule{ending: "testis", cut: 2, add: "es", whole: true},
		pluralRule{ending: "s"},
	)
	for letter := 'a'; letter <= 'z'; letter++ {
		rules = append(rules, pluralRule{ending: string(letter), add: "s"})
	}
	return rules
}
