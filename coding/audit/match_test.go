package audit

import (
	"math/rand/v2"
	"testing"
)

// best tries all ways to pair.
func best(rows, columns int, weight func(i, j int) float64, i int, used []bool) float64 {
	if i == rows {
		return 0
	}
	most := best(rows, columns, weight, i+1, used)
	for j := range columns {
		if !used[j] && weight(i, j) > 0 {
			used[j] = true
			most = max(most, weight(i, j)+best(rows, columns, weight, i+1, used))
			used[j] = false
		}
	}
	return most
}

func TestAssignIsBest(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		rows, columns := rng.IntN(6), rng.IntN(6)
		w := make([][]float64, rows)
		for i := range w {
			w[i] = make([]float64, columns)
			for j := range w[i] {
				w[i][j] = float64(rng.IntN(5) - 1)
			}
		}
		weight := func(i, j int) float64 { return w[i][j] }
		sum, taken := 0.0, map[int]bool{}
		for i, j := range assign(rows, columns, weight) {
			if j < 0 {
				continue
			}
			if taken[j] || w[i][j] <= 0 {
				t.Fatalf("%v: %d twice or without weight", w, j)
			}
			taken[j] = true
			sum += w[i][j]
		}
		if want := best(rows, columns, weight, 0, make([]bool, columns)); sum != want {
			t.Fatalf("%v: %g, best is %g", w, sum, want)
		}
	}
}

func TestFisher(t *testing.T) {
	for _, c := range []struct {
		table table
		want  float64
	}{
		{table{both: 3, signal: 4, outcome: 4, all: 8}, 0.4857142857}, // Fisher's tea
		{table{both: 4, signal: 4, outcome: 4, all: 8}, 2.0 / 70},
		{table{both: 1, signal: 10, outcome: 12, all: 24}, 0.002759456}, // dieting men and women
		{table{all: 5, signal: 2}, 1},
	} {
		if got := fisher(c.table); got < c.want-1e-6 || got > c.want+1e-6 {
			t.Errorf("%+v: %.9f, want %.9f", c.table, got, c.want)
		}
	}
}

func TestBenjaminiHochberg(t *testing.T) {
	got := benjaminiHochberg([]float64{0.04, 0.01, 0.03, 0.5})
	for i, want := range []float64{0.04 * 4 / 3, 0.04, 0.04 * 4 / 3, 0.5} {
		if got[i] < want-1e-12 || got[i] > want+1e-12 {
			t.Errorf("%v", got)
		}
	}
	if len(benjaminiHochberg(nil)) != 0 {
		t.Error("nothing to adjust")
	}
}

func TestAllocate(t *testing.T) {
	for _, c := range []struct {
		sizes []int
		n     int
		want  []int
	}{
		{[]int{90, 9, 1}, 20, []int{17, 2, 1}},
		{[]int{90, 9, 1}, 2, []int{1, 1, 0}},
		{[]int{5, 5}, 10, []int{5, 5}},
		{[]int{1, 1, 1}, 3, []int{1, 1, 1}},
		{nil, 0, nil},
	} {
		got := allocate(c.sizes, c.n)
		for i := range c.want {
			if got[i] != c.want[i] {
				t.Errorf("%v of %v: %v, want %v", c.n, c.sizes, got, c.want)
				break
			}
		}
	}
	rng := rand.New(rand.NewPCG(3, 4))
	for range 1000 {
		sizes, total := make([]int, 1+rng.IntN(8)), 0
		for i := range sizes {
			sizes[i] = 1 + rng.IntN(50)
			total += sizes[i]
		}
		n, sum := 1+rng.IntN(total), 0
		for i, k := range allocate(sizes, n) {
			sum += k
			if k > sizes[i] || k == 0 && n >= len(sizes) {
				t.Fatalf("%d of %v: %d", n, sizes, k)
			}
		}
		if sum != n {
			t.Fatalf("%d of %v: %d", n, sizes, sum)
		}
	}
}

func TestHarmless(t *testing.T) {
	for in, want := range map[string]string{"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@a": "'@a", "\t=1": "'\t=1", " =1": "' =1", "＝1": "'＝1", "71046": "71046", "": "", "R05.9": "R05.9"} {
		if got := harmless(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestSampleSize(t *testing.T) {
	if m := Margin(200, 10000, 0.1); m < 0.0408 || m > 0.0416 {
		t.Errorf("margin %f", m)
	}
	for _, total := range []int{1, 10, 500, 100000} {
		n := SampleSize(total, 0.1, 0.03)
		if n < 1 || n > total || Margin(n, total, 0.1) > 0.03 || n > 1 && Margin(n-1, total, 0.1) <= 0.03 {
			t.Errorf("%d of %d: %f", n, total, Margin(n, total, 0.1))
		}
	}
}
