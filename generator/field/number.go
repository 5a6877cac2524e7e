package field

import (
	"math/big"
	"strings"
)

// floatDigits is the number of decimal digits that a float64 keeps (DBL_DIG in C).
// With more, databases and Go may parse the same text differently.
const floatDigits = 15

func keptByFloat(n *big.Rat) bool {
	digits := strings.TrimLeft(strings.NewReplacer("-", "", ".", "").Replace(Decimals(n)), "0")
	_, behind, _ := strings.Cut(Decimals(n), ".")
	return len(digits) <= floatDigits && len(behind) <= floatDigits
}

// Decimals formats a number without an exponent, as short as possible.
func Decimals(n *big.Rat) string {
	text := n.FloatString(20)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}
