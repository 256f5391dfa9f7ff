package eval

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/exchange"
	"github.com/radcode/radcode/lexicon"
)

func TestZZ(t *testing.T) {
	for _, name := range []string{"reports-dev", "cmc2007-dev", "exam-titles-dev"} {
		f, _ := os.Open("../../../shared/corpora/" + name + ".jsonl")
		lex, _ := lexicon.Default()
		start := time.Now()
		c, err := ReadCorpus(name, exchange.ReadCorpus(f, name), lex)
		if err != nil {
			t.Fatal(err)
		}
		e, _ := coding.New(coding.Options{Candidates: EngineCandidates})
		o, _ := Options{}.withDefaults()
		if _, err := predict(context.Background(), &c, OfEngine(e), o); err != nil {
			t.Fatal(err)
		}
		fmt.Println(name, "coded", time.Since(start))
		start = time.Now()
		r, err := Measure(context.Background(), c, OfEngine(e), Options{})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Println(name, "measured", time.Since(start))
		for _, v := range r.Values {
			fmt.Printf("%-40s %.4f [%.4f %.4f] %v/%v %s\n", v.Name, v.Value(), v.Interval.Low, v.Interval.High, v.Num, v.Den, v.Method)
		}
		fmt.Println(len(r.Slices), r.Humans)
	}
}
