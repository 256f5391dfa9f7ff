package eval

// losses is the stacked bar of the stages that lost the codes of one system.
type losses struct {
	System, Total string
	Parts         []lossPart
}

type lossPart struct {
	Stage, Doc, Count, Share string
	Colour                   int    // of the stage, the same in every system
	X, Width, Middle         string // percent of the bar
	Wide                     bool   // there is room for the count
}

// lossColours is how many colours page.css has.
const lossColours = 6

func newLosses(systems []PageSystem) []losses {
	colours := map[string]int{}
	var out []losses
	for _, s := range systems {
		total := 0
		for _, l := range s.Losses {
			total += l.Count
		}
		if len(s.Losses) == 0 {
			continue
		}
		bar := losses{System: s.Name, Total: count(total)}
		x, sum := axis{0, float64(max(total, 1)), 0, 100}, 0
		for _, l := range s.Losses {
			if _, known := colours[l.Stage]; !known {
				colours[l.Stage] = len(colours) % lossColours
			}
			from, to := x.at(float64(sum)), x.at(float64(sum+l.Count))
			sum += l.Count
			bar.Parts = append(bar.Parts, lossPart{
				Stage: l.Stage, Doc: l.Doc, Count: count(l.Count), Share: percent(float64(l.Count) / float64(max(total, 1))),
				Colour: colours[l.Stage], X: px(from) + "%", Width: px(to-from) + "%", Middle: px((from+to)/2) + "%", Wide: to-from > 8,
			})
		}
		out = append(out, bar)
	}
	return out
}
