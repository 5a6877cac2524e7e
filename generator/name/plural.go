package name

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed nouns.txt
var nounFile string

var readNouns = sync.OnceValue(func() nouns { return parseNouns(nounFile) })

// nouns maps a noun, or an ending such as "-man", to the other number.
type nouns struct{ plurals, singulars map[string]string }

// parseNouns parses the format described in nouns.txt.
func parseNouns(text string) nouns {
	n := nouns{make(map[string]string, 1200), make(map[string]string, 1200)}
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		switch {
		case len(words) == 0 || words[0] == "#":
		case words[0] == "=":
			for _, word := range words[1:] {
				n.add(word, word)
			}
		case words[0] == "+":
			for _, word := range words[1:] {
				n.add(word, word+"s")
			}
		default:
			n.add(words[0], words[1:]...)
		}
	}
	return n
}

func (n nouns) add(one string, many ...string) {
	n.plurals[one] = many[0]
	for _, word := range many {
		if _, taken := n.singulars[word]; !taken {
			n.singulars[word] = one
		}
	}
}

// Plural returns the plural of a singular. If the plural is also that of another
// word (teche and tech), it returns the word unchanged.
func Plural(word string) string {
	rules := readNouns().plurals
	many, _ := rewrite(rules, word)
	if one := Singular(many); one != word {
		if again, _ := rewrite(rules, one); again != many {
			return word
		}
	}
	return many
}

// Singular returns the singular of a plural, and a singular unchanged.
func Singular(word string) string {
	n := readNouns()
	for {
		_, asOne := rewrite(n.plurals, word)
		one, asMany := rewrite(n.singulars, word)
		if len(one) < 2 || one == word || asMany < asOne { // js is not the plural of j
			return word
		}
		word = one
	}
}

// rewrite applies the most specific rule: for the whole word, or for its longest
// ending. The weight orders rules by specificity and is negative if none matches.
func rewrite(rules map[string]string, word string) (changed string, weight int) {
	if changed, known := rules[word]; known {
		return changed, len(word) + 1
	}
	for i := range len(word) + 1 {
		if ending, known := rules["-"+word[i:]]; known {
			return word[:i] + ending[1:], len(word) - i
		}
	}
	return word, -1
}
