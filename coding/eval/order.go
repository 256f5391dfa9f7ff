package eval

import (
	"maps"
	"slices"
)

// sortedKeys are the keys of a map in the order of their names.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
