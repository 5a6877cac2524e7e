package name

import (
	"fmt"
	"slices"
	"strings"
)

// DidYouMean returns the candidate nearest to what was typed, or starting with it,
// as " (did you mean string?)", or "" if none is near.
func DidYouMean(typed string, candidates []string) string {
	best, distance := "", 1+(len(typed)+1)/3
	if i := slices.IndexFunc(candidates, func(c string) bool { return len(typed) > 2 && strings.HasPrefix(c, typed) }); i >= 0 {
		return fmt.Sprintf(" (did you mean %s?)", candidates[i])
	}
	for _, c := range candidates {
		if d := edits(typed, c); d < distance {
			best, distance = c, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf(" (did you mean %s?)", best)
}

// edits returns the Levenshtein distance of a and b.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replace := diagonal
			if a[i] != b[j] {
				replace++
			}
			diagonal = row[j+1]
			row[j+1] = min(replace, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// OneOf suggests the nearest of two or more candidates, or lists all.
func OneOf(typed string, candidates []string) string {
	if near := DidYouMean(typed, candidates); near != "" {
		return near
	}
	last := len(candidates) - 1
	return ": use " + strings.Join(candidates[:last], ", ") + " or " + candidates[last]
}
