package audit

import (
	"fmt"
	"iter"

	"github.com/radcode/radcode/coding/exchange"
)

// Join brings claims and reports together by id. What finds no partner is told through Tell
// and counted. The zero value with Tell set is ready; it is for one join.
type Join struct {
	Tell func(error) // gets what could not be read or joined, from the goroutine that takes the pairs

	NoReport int // claims without a report
	NoClaim  int // reports without a claim
	Twice    int // claims or reports whose id was there before: the first one counts
}

// Beside yields claims that hold their report. Memory is bounded by the ids.
func (j *Join) Beside(claims iter.Seq2[exchange.CodedClaim, error]) iter.Seq[Pair] {
	return func(yield func(Pair) bool) {
		seen := map[string]bool{}
		for c, err := range claims {
			switch {
			case err != nil:
				j.Tell(err)
			case seen[c.ID]:
				j.twice("claim", c.ID)
			case c.Report == nil:
				j.NoReport++
				j.Tell(fmt.Errorf("claim %s (line %d): no report beside it (--reports names the file that has them)", c.ID, c.Line))
			case !yield(Pair{c, c.Report.Report}):
				return
			}
			seen[c.ID] = true
		}
	}
}

// With yields claims with the reports of another file, in the order of the reports. The
// claims are held; reports are not.
func (j *Join) With(claims iter.Seq2[exchange.CodedClaim, error], reports iter.Seq[exchange.Record]) iter.Seq[Pair] {
	return func(yield func(Pair) bool) {
		byID, order := map[string]*exchange.CodedClaim{}, []string(nil)
		for c, err := range claims {
			switch {
			case err != nil:
				j.Tell(err)
			case byID[c.ID] != nil:
				j.twice("claim", c.ID)
			default:
				c.Report = nil
				byID[c.ID] = &c
				order = append(order, c.ID)
			}
		}
		taken := map[string]bool{}
		for rec := range reports {
			c := byID[rec.ID]
			switch {
			case taken[rec.ID]:
				j.twice("report", rec.ID)
			case c == nil:
				j.NoClaim++
				j.Tell(fmt.Errorf("report %s: no claim", rec.ID))
			default:
				taken[rec.ID] = true
				if !yield(Pair{*c, rec.Report}) {
					return
				}
				delete(byID, rec.ID)
			}
		}
		for _, id := range order {
			if c := byID[id]; c != nil {
				j.NoReport++
				j.Tell(fmt.Errorf("claim %s (line %d): no report", id, c.Line))
			}
		}
	}
}

func (j *Join) twice(what, id string) {
	j.Twice++
	j.Tell(fmt.Errorf("%s %s stands twice: the first one counts", what, id))
}
