package coding

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/radcode/radcode/nlp"
)

type sgold struct {
	Code      string
	Accept    []string
	Optional  bool
	Modifiers []string
}
type srow struct {
	nlp.Report
	Gold struct {
		CPT     []sgold
		ICD10CM []sgold
		Primary map[string][]sgold
		Flags   []string
	}
}

func norm(s string) string { return strings.ReplaceAll(s, ".", "") }
func hitGold(g sgold, code string) bool {
	if norm(g.Code) == norm(code) {
		return true
	}
	for _, a := range g.Accept {
		if strings.HasPrefix(norm(code), norm(a)) {
			return true
		}
	}
	return false
}

func loadRows(name string) []srow {
	f, _ := os.Open("/work/shared/corpora/" + name + ".jsonl")
	defer f.Close()
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<24)
	var out []srow
	for s.Scan() {
		var r srow
		if err := json.Unmarshal(s.Bytes(), &r); err != nil {
			panic(err)
		}
		out = append(out, r)
	}
	return out
}

func TestScratchDx(t *testing.T) {
	if os.Getenv("SCRATCH") == "" {
		t.Skip()
	}
	e, err := New(Options{Policy: Official})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"cmc2007-dev", "reports-dev"} {
		out, _ := os.Create("/tmp/dx-" + name + ".txt")
		var tp, fp, fn, cptExact, n, pIF, pOG, nIF, nOG int
		for _, r := range loadRows(name) {
			n++
			res, _ := e.Code(context.Background(), r.Report)
			var pred []string
			ofs := res.Claims[Official].Dx
			if ofs == nil {
				for _, d := range res.Diagnoses {
					pred = append(pred, d.Code)
				}
			} else {
				pred = ofs
			}
			used := make([]bool, len(r.Gold.ICD10CM))
			var miss, extra, hits []string
			for _, p := range pred {
				ok := false
				for pass := 0; pass < 2 && !ok; pass++ { // required gold first
					for i, g := range r.Gold.ICD10CM {
						if !used[i] && g.Optional == (pass == 1) && hitGold(g, p) {
							used[i] = true
							ok = true
							if !g.Optional {
								tp++
								hits = append(hits, p)
							}
							break
						}
					}
				}
				if !ok {
					fp++
					extra = append(extra, p)
				}
			}
			for i, g := range r.Gold.ICD10CM {
				if !used[i] && !g.Optional {
					fn++
					miss = append(miss, g.Code)
				}
			}
			prim := func(p Policy) (string, bool) {
				for _, d := range res.Diagnoses {
					for _, q := range d.Primary {
						if q == p {
							for _, g := range r.Gold.Primary[string(p)] {
								if hitGold(g, d.Code) {
									return d.Code, true
								}
							}
							return d.Code, false
						}
					}
				}
				return "-", false
			}
			pi, oki := prim(Indication)
			po, oko := prim(Official)
			if len(r.Gold.Primary["indication"]) > 0 {
				nIF++
				if oki {
					pIF++
				}
			}
			if len(r.Gold.Primary["official"]) > 0 {
				nOG++
				if oko {
					pOG++
				}
			}
			var cpt []string
			okc := true
			usedc := make([]bool, len(r.Gold.CPT))
			for _, x := range res.Exams {
				if len(x.Procedures) == 0 {
					continue
				}
				c := x.Procedures[0].Code
				cpt = append(cpt, c)
				hit := false
				for i, g := range r.Gold.CPT {
					if !usedc[i] && hitGold(g, c) {
						usedc[i] = true
						hit = true
						break
					}
				}
				okc = okc && hit
			}
			for i, g := range r.Gold.CPT {
				if !usedc[i] && !g.Optional {
					okc = false
				}
			}
			if okc && len(r.Gold.CPT) > 0 {
				cptExact++
			}
			var gc []string
			for _, g := range r.Gold.CPT {
				gc = append(gc, g.Code)
			}
			fmt.Fprintf(out, "## %s cptok=%v cpt=%v gold=%v | hit=%v MISS=%v EXTRA=%v | IF %s %v OG %s %v gold %v\n%s\n\n", r.ID, okc, cpt, gc, hits, miss, extra, pi, oki, po, oko, r.Gold.Primary["indication"], strings.ReplaceAll(r.Text, "\n\n", "\n"))
		}
		out.Close()
		p, rc := float64(tp)/float64(tp+fp), float64(tp)/float64(tp+fn)
		fmt.Printf("%s n=%d tp=%d fp=%d fn=%d P=%.3f R=%.3f F1=%.3f | cpt exact %d/%d | primary IF %d/%d OG %d/%d\n", name, n, tp, fp, fn, p, rc, 2*p*rc/(p+rc), cptExact, n, pIF, nIF, pOG, nOG)
	}
}
