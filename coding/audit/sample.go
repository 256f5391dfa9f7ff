package audit

import (
	"cmp"
	"errors"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"
)

// Sampled is a claim drawn for a person to look at.
type Sampled struct {
	Case    int    // index into the cases
	Stratum string // modality, facility and first type of difference
	Size    int    // claims of the stratum
	Taken   int    // of them drawn
}

// Weight is how many claims a drawn one stands for.
func (s Sampled) Weight() float64 { return float64(s.Size) / float64(s.Taken) }

// Sample draws n claims, stratified by modality, facility and the first difference of
// the claim: at least one of each stratum, largest strata first where n is smaller than
// their number, the others in proportion by largest remainder; n of all or more takes
// all. The same cases, n and seed give the same sample, in the order of the cases.
func Sample(cases []Case, n int, seed uint64) ([]Sampled, error) {
	if n < 1 {
		return nil, errors.New("a sample has at least one claim")
	}
	strata := map[string][]int{}
	for i := range cases {
		key := stratum(&cases[i])
		strata[key] = append(strata[key], i)
	}
	names := sortedKeys(strata)
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(len(strata[b]), len(strata[a])) })
	sizes := make([]int, len(names))
	for i, name := range names {
		sizes[i] = len(strata[name])
	}
	var out []Sampled
	for i, take := range allocate(sizes, min(n, len(cases))) {
		members := slices.Clone(strata[names[i]])
		rng := rand.New(rand.NewPCG(seed, hashed(names[i])))
		rng.Shuffle(len(members), func(a, b int) { members[a], members[b] = members[b], members[a] })
		for _, c := range members[:take] {
			out = append(out, Sampled{c, names[i], sizes[i], take})
		}
	}
	slices.SortFunc(out, func(a, b Sampled) int { return a.Case - b.Case })
	return out, nil
}

// noDifference names the stratum of claims that agree.
const noDifference = "agrees"

func stratum(c *Case) string {
	kind := noDifference
	if len(c.Differences) > 0 {
		kind = c.Differences[0].Type
	}
	return cmp.Or(c.Modality, "?") + " | " + cmp.Or(c.Facility, "?") + " | " + kind
}

func hashed(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return h.Sum64()
}

// allocate shares n among strata of falling size: one each as far as n goes, then in
// proportion to what is left of them.
func allocate(sizes []int, n int) []int {
	out := make([]int, len(sizes))
	left := 0
	for i, size := range sizes {
		if n > 0 {
			out[i], n = 1, n-1
		}
		left += size - out[i]
	}
	if n == 0 || left == 0 {
		return out
	}
	type remainder struct {
		stratum int
		part    float64
	}
	var rest []remainder
	given := 0
	for i, size := range sizes {
		exact := float64(n) * float64(size-out[i]) / float64(left)
		whole := min(int(exact), size-out[i])
		rest = append(rest, remainder{i, exact - float64(whole)})
		out[i] += whole
		given += whole
	}
	slices.SortStableFunc(rest, func(a, b remainder) int { return cmp.Compare(b.part, a.part) })
	for _, r := range rest {
		if given < n && out[r.stratum] < sizes[r.stratum] {
			out[r.stratum]++
			given++
		}
	}
	return out
}

// z is the normal quantile of level.
const z = 1.959964

// Margin is half the width of the 95 % interval of an error rate that is about rate,
// from a simple random sample of n of total claims (normal approximation with finite population
// correction; Cochran 1977, 3.2). A stratified sample in proportion is no worse.
func Margin(n, total int, rate float64) float64 {
	if n >= total || n < 1 {
		return 0
	}
	return z * math.Sqrt(rate*(1-rate)/float64(n)*float64(total-n)/float64(total-1))
}

// SampleSize is the smallest sample of total claims whose Margin is at most margin.
func SampleSize(total int, rate, margin float64) int {
	infinite := z * z * rate * (1 - rate) / (margin * margin)
	n := max(1, int(math.Floor(infinite/(1+infinite/float64(max(total, 1))))))
	for n < total && Margin(n, total, rate) > margin {
		n++
	}
	return min(n, total)
}
