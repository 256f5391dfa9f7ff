package coding

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/radcode/radcode/models"
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

func dxExamples(name string) []DiagnosisExample {
	var out []DiagnosisExample
	for _, r := range loadRows(name) {
		out = append(out, DiagnosisExample{r.Report, func(code string) (bool, bool) {
			for _, g := range r.Gold.ICD10CM {
				if hitGold(g, code) {
					return !g.Optional, !g.Optional
				}
			}
			return false, true
		}})
	}
	return out
}

func TestScratchBill(t *testing.T) {
	if os.Getenv("SCRATCH") == "" {
		t.Skip()
	}
	e, _ := New(Options{})
	cmc, rep := dxExamples("cmc2007-dev"), dxExamples("reports-dev")
	// folds
	for _, thr := range []float64{0, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5} {
		for ci, set := range [][]DiagnosisExample{cmc, rep} {
			rows := loadRows([]string{"cmc2007-dev", "reports-dev"}[ci])
			tp, fp, fn := 0, 0, 0
			for k := 0; k < 5; k++ {
				var train []DiagnosisExample
				for _, s2 := range [][]DiagnosisExample{cmc, rep} {
					for i, x := range s2 {
						if i%5 != k {
							train = append(train, x)
						}
					}
				}
				w := e.FitDiagnoses(train)
				w["diagnosis:claim"] = thr
				h := *e
				h.calibration = w
				for i := range set {
					if i%5 != k {
						continue
					}
					res, _ := h.Code(context.Background(), set[i].Report)
					used := make([]bool, len(rows[i].Gold.ICD10CM))
					for _, p := range res.Claims[Official].Dx {
						ok := false
						for pass := 0; pass < 2 && !ok; pass++ {
							for gi, g := range rows[i].Gold.ICD10CM {
								if !used[gi] && g.Optional == (pass == 1) && hitGold(g, p) {
									used[gi], ok = true, true
									if !g.Optional {
										tp++
									}
									break
								}
							}
						}
						if !ok {
							fp++
						}
					}
					for gi, g := range rows[i].Gold.ICD10CM {
						if !used[gi] && !g.Optional {
							fn++
						}
					}
				}
			}
			p, r := float64(tp)/float64(tp+fp), float64(tp)/float64(tp+fn)
			fmt.Printf("thr %.2f set %d P=%.3f R=%.3f F1=%.3f\n", thr, ci, p, r, 2*p*r/(p+r))
		}
	}
	w := e.FitDiagnoses(append(append([]DiagnosisExample(nil), cmc...), rep...))
	w.Write(os.Stdout, "x")
}

func TestScratchCal(t *testing.T) {
	if os.Getenv("SCRATCH") == "" {
		t.Skip()
	}
	e, _ := New(Options{})
	ex := append(dxExamples("cmc2007-dev"), dxExamples("reports-dev")...)
	c, r := e.HeldOutDiagnoses(ex, 5)
	fmt.Println("dx n", len(c), "ECE", models.CalibrationError(c, r, 15), "auto95", models.CertifiedThreshold(c, r, 0.95), "auto90", models.CertifiedThreshold(c, r, 0.9))
	w := e.FitDiagnoses(ex)
	w["diagnosis:claim"] = 0.35
	w["diagnosis:auto"] = models.CertifiedThreshold(c, r, 0.95)
	w["procedure:intercept"] = e.calibration["procedure:intercept"]
	w["procedure:logit"] = e.calibration["procedure:logit"]
	w["procedure:auto"] = 0.95
	out, _ := os.Create("../models/data/calibration.tsv")
	w.Write(out, "calibration")
	out.Close()
}
