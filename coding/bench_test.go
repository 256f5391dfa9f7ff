package coding

import (
	"context"
	"testing"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/models"
	"github.com/radcode/radcode/nlp"
	"io/fs"
	"os"
)

func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		lex, err := lexicon.Load(os.DirFS("../lexicon/data").(fs.FS))
		if err != nil {
			b.Fatal(err)
		}
		w, _ := models.LoadWeights("procedure")
		if _, err := New(Options{Lexicon: lex, Weights: w}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpenI(b *testing.B) {
	rows := loadRows("openi-dev")
	e, _ := New(Options{})
	b.ResetTimer()
	i := 0
	for b.Loop() {
		e.Code(context.Background(), nlp.Report{Exam: rows[i%len(rows)].Exam, Text: rows[i%len(rows)].Text})
		i++
	}
}
