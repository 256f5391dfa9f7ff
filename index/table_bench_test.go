package index

import (
	"context"
	"fmt"
	"testing"
)

// BenchmarkTables measures a table of pairs as large as what is kept of a published
// one: opening it, and the first answer, which makes its rows.
func BenchmarkTables(b *testing.B) {
	t := &PaymentTable{Kind: PairTable, Name: "2026Q4", Setting: Practitioner, From: "2026-10-01", History: true}
	for i := range 250_000 {
		t.Pairs = append(t.Pairs, Pair{
			Column1: fmt.Sprint(10000 + i/30), Column2: fmt.Sprint(70000 + i%9973), Modifier: '1', Rationale: fmt.Sprint("reason ", i%15),
			Span: Span{From: fmt.Sprintf("%d-01-01", 1996+i%30)},
		})
	}
	cache := b.TempDir()
	if _, err := ImportTables(context.Background(), cache, []TableDraft{{PaymentTable: t}}); err != nil {
		b.Fatal(err)
	}
	open := func(b *testing.B) *PaymentTables {
		ts, err := OpenPaymentTables(cache)
		if err != nil {
			b.Fatal(err)
		}
		return ts
	}
	b.Run("Open", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			open(b)
		}
	})
	b.Run("First", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if open(b).On(PairTable, Practitioner, "2026-11-02").Len() == 0 {
				b.Fatal("no rows")
			}
		}
	})
	pairs := open(b).On(PairTable, Practitioner, "2026-11-02")
	b.Run("Pair", func(b *testing.B) {
		for b.Loop() {
			pairs.Pair("10000", "70001", "2026-11-02")
		}
	})
}
