package audit

import "math"

// assign pairs rows with columns so that the sum of the weights is largest; a
// weight of 0 or less is no pair. It returns the column of each row, -1 for none. Of
// equal sums the one found first stands, always the same. The Hungarian method with
// potentials (Kuhn 1955; Jonker & Volgenant 1987), in n²m steps.
func assign(rows, columns int, weight func(row, column int) float64) []int {
	n := max(rows, columns)
	cost := func(i, j int) float64 {
		if i >= rows || j >= columns {
			return 0
		}
		return -max(0, weight(i, j))
	}
	u, v := make([]float64, n+1), make([]float64, n+1)
	holder, before := make([]int, n+1), make([]int, n+1) // row of a column, column before it on the path; 1-based
	for i := 1; i <= n; i++ {
		holder[0] = i
		at := 0
		least, used := make([]float64, n+1), make([]bool, n+1)
		for j := range least {
			least[j] = math.Inf(1)
		}
		for holder[at] != 0 {
			used[at] = true
			row, step, next := holder[at], math.Inf(1), 0
			for j := 1; j <= n; j++ {
				if used[j] {
					continue
				}
				if c := cost(row-1, j-1) - u[row] - v[j]; c < least[j] {
					least[j], before[j] = c, at
				}
				if least[j] < step {
					step, next = least[j], j
				}
			}
			for j := range used {
				if used[j] {
					u[holder[j]] += step
					v[j] -= step
				} else {
					least[j] -= step
				}
			}
			at = next
		}
		for ; at != 0; at = before[at] {
			holder[at] = holder[before[at]]
		}
	}
	out := make([]int, rows)
	for i := range out {
		out[i] = -1
	}
	for j := 1; j <= columns; j++ {
		if i := holder[j] - 1; i >= 0 && i < rows && weight(i, j-1) > 0 {
			out[i] = j - 1
		}
	}
	return out
}
