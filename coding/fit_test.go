package coding

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/radcode/radcode/models"
)

func TestScratchFit(t *testing.T) {
	if os.Getenv("SCRATCH") == "" {
		t.Skip()
	}
	f, _ := os.Open("/work/shared/corpora/exam-titles-dev.jsonl")
	type row struct {
		Exam, Group string
		Gold        struct{ Cpt []struct{ Code string } }
		Tags        []string
	}
	var ex []TitleExample
	tags := map[string][]string{}
	s := bufio.NewScanner(f)
	for s.Scan() {
		var r row
		json.Unmarshal(s.Bytes(), &r)
		if !slices.Contains(r.Tags, "clean") {
			continue
		}
		x := TitleExample{r.Exam, r.Gold.Cpt[0].Code, r.Group}
		ex = append(ex, x)
		tags[x.Exam+"|"+x.Code+"|"+x.Group] = r.Tags
	}
	e, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	var preds []Prediction
	if os.Getenv("SCRATCH") == "axes" {
		w := models.Weights{}
		for i, v := range defaultWeights(e.features, e.lex) {
			w[e.features.names[i]] = v
		}
		e.ranker = newRanker(e.lex, e.features, w)
		for _, p := range e.prepare(ex, "2025-12-01") {
			pr := Prediction{TitleExample: p.TitleExample}
			for _, r := range e.rank(&p.facts, "2025-12-01", 10) {
				pr.Codes = append(pr.Codes, e.lex.Procedures[r.index].Code)
				pr.Probabilities = append(pr.Probabilities, r.probability)
			}
			preds = append(preds, pr)
		}
	} else {
		preds = e.CrossValidate(ex, "2025-12-01", 5, models.DefaultTrainOptions)
	}
	n := map[string]int{}
	top := map[string][2]int{}
	out, _ := os.Create("/tmp/preds.tsv")
	defer out.Close()
	for _, p := range preds {
		if len(p.Codes) == 0 {
			p.Codes, p.Probabilities = []string{"-", "-", "-"}, []float64{0}
		}
		tg := tags[p.Exam+"|"+p.Code+"|"+p.Group]
		for _, k := range tg {
			n[k]++
			c := top[k]
			if p.Codes[0] == p.Code {
				c[0]++
			}
			if slices.Contains(p.Codes[:min(3, len(p.Codes))], p.Code) {
				c[1]++
			}
			top[k] = c
		}
		cons := ""
		if slices.Contains(tg, "consensus") {
			cons = "CONS"
		}
		fmt.Fprintf(out, "%s\t%s\t%s\t%v\t%.2f\t%s\n", map[bool]string{true: "ok", false: "BAD"}[p.Codes[0] == p.Code], p.Exam, p.Code, p.Codes[:min(3, len(p.Codes))], p.Probabilities[0], cons)
	}
	tot := 0
	for k := range n {
		fmt.Printf("%-40s n=%d top1=%.4f top3=%.4f\n", k, n[k], float64(top[k][0])/float64(n[k]), float64(top[k][1])/float64(n[k]))
	}
	fmt.Println(len(ex), len(preds), tot)
}

func TestScratchWrite(t *testing.T) {
	if os.Getenv("SCRATCH") == "" {
		t.Skip()
	}
	f, _ := os.Open("/work/shared/corpora/exam-titles-dev.jsonl")
	type row struct {
		Exam, Group string
		Gold        struct{ Cpt []struct{ Code string } }
		Tags        []string
	}
	var ex []TitleExample
	s := bufio.NewScanner(f)
	for s.Scan() {
		var r row
		json.Unmarshal(s.Bytes(), &r)
		if slices.Contains(r.Tags, "clean") {
			ex = append(ex, TitleExample{r.Exam, r.Gold.Cpt[0].Code, r.Group})
		}
	}
	e, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	w := e.FitProcedures(ex, "2025-12-01", models.DefaultTrainOptions)
	out, _ := os.Create("../models/data/procedure.tsv")
	w.Write(out, "learned weights")
	out.Close()
}
