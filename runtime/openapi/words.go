package openapi

import (
	"strings"
	"unicode"
)

// words splits a Go name: BlogPost is blog post, HTTPLog is http log.
func words(name string) []string {
	var all []string
	runes := []rune(name)
	start := 0
	for i := 1; i <= len(runes); i++ {
		end := i == len(runes)
		if !end && unicode.IsUpper(runes[i]) {
			end = !unicode.IsUpper(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1])
		}
		if end {
			all = append(all, wordsOf(string(runes[start:i]))...)
			start = i
		}
	}
	return all
}

// wordsOf splits a part of a path: blog_posts is blog posts.
func wordsOf(name string) []string {
	return strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func pascal(words []string) string {
	var b strings.Builder
	for _, word := range words {
		b.WriteString(capital(word))
	}
	return b.String()
}

func camel(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return words[0] + pascal(words[1:])
}

func sentence(words ...string) string { return capital(strings.Join(words, " ")) }

func capital(s string) string {
	if s == "" {
		return ""
	}
	runes := []rune(s)
	runes[0] = unicode.ToUpper(runes[0])
	return string(runes)
}

// withArticle prefixes words with a or an, by their usual pronunciation: an
// image, a user, a one-time token.
func withArticle(words []string) string {
	phrase := strings.Join(words, " ")
	if phrase == "" || !strings.ContainsRune("aeiou", rune(phrase[0])) {
		return "a " + phrase
	}
	for _, consonant := range []string{"unio", "uniq", "unit", "univ", "use", "uti", "eu", "one", "once"} {
		if strings.HasPrefix(phrase, consonant) {
			return "a " + phrase
		}
	}
	return "an " + phrase
}
