package index

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
)

// everyTable has a row of each kind with all its fields set.
func everyTable() []TableDraft {
	span := Span{From: "2026-01-01", To: "2026-12-31"}
	draft := func(t PaymentTable) TableDraft {
		t.Name = "2026Q1"
		return TableDraft{PaymentTable: &t, Sources: []Source{{Name: "f.txt", SHA256: "ab"}}, LeftOut: 7}
	}
	return []TableDraft{
		draft(PaymentTable{Kind: PairTable, Setting: Practitioner, History: true, Pairs: []Pair{
			{Column1: "74177", Column2: "74176", Modifier: '0', Rationale: "more extensive procedure", Span: span},
			{Column1: "71046", Column2: "71045", Modifier: '9'},
		}}),
		draft(PaymentTable{Kind: LimitTable, Setting: Hospital, From: "2026-01-01", Limits: []Limit{{Code: "71046", Units: 0, Adjudication: '3', Rationale: "why", Span: span}}}),
		draft(PaymentTable{Kind: AddOnTable, AddOns: []AddOn{{Code: "77063", Primary: "77067", Type: '1', Span: span}, {Code: "0001T", Type: '2'}}}),
		draft(PaymentTable{Kind: FeeTable, From: "2026-01-01", To: "2026-12-31", Fees: []Fee{{
			Code: "71046", Modifier: "26", Status: 'A', Work: 22, NonFacility: 31, Facility: -1, PCTC: '1', Multiple: '4', Bilateral: '0', Family: "88", Span: span,
		}}}),
		draft(PaymentTable{Kind: LevelTable, Levels: []Level{{Code: "A9500", Title: "A tracer, per dose", Coverage: 'D', Span: span}}}),
		draft(PaymentTable{Kind: CoverageTable, Payer: "Blue Cross", Covered: []CoveredDx{{Article: "A1", Procedure: "77080", Diagnosis: "M81.0", Group: "2", Excluded: true, Span: span}}}),
		draft(PaymentTable{Kind: RuleTable, Payer: "*", Rules: []PayerRule{{
			ID: "r", Payer: "*", Procedures: []string{"7107*"}, Message: "m", Source: "s", Span: span,
			Require: RuleCondition{Dx: []string{"M81"}, Modifiers: []string{"26"}, PriorAuth: true, Age: AgeRange{Min: 50, Max: 80}}, Forbid: RuleCondition{Dx: []string{"Z00"}},
		}}}),
	}
}

// TestTables wants what was imported back, every field of it.
func TestTables(t *testing.T) {
	cache := t.TempDir()
	manifests, err := ImportTables(context.Background(), cache, everyTable())
	if err != nil {
		t.Fatal(err)
	}
	ts, err := OpenPaymentTables(cache)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]*PaymentTable{}
	for i, d := range everyTable() {
		d.sort()
		want[manifests[i].ID()] = d.PaymentTable
	}
	for _, got := range ts.All() {
		for row := range got.pairs().count {
			if got.Kind == PairTable {
				got.Pairs = append(got.Pairs, got.pairs().at(row))
			}
		}
		got.file = nil
		m := TableManifest{Kind: got.Kind, Name: got.Name, Setting: got.Setting, Payer: got.Payer}
		if !reflect.DeepEqual(got, want[m.ID()]) {
			t.Errorf("%s:\n got %+v\nwant %+v", m.ID(), got, want[m.ID()])
		}
		delete(want, m.ID())
	}
	if len(want) > 0 {
		t.Errorf("not there: %v", want)
	}
	if m := manifests[5]; m.ID() != "coverage-blue-cross-2026q1" || m.Rows != 1 || m.LeftOut != 7 || len(m.Sources) != 1 {
		t.Errorf("manifest %+v", m)
	}
	if p, ok := ts.On(PairTable, Practitioner, "2026-03-02").Pair("74176", "74177", "2026-03-02"); !ok || p.Modifier != '0' {
		t.Errorf("pair %+v %t", p, ok)
	}
}

// TestTableReplaced replaces by id only, and keeps what a failed import would have replaced.
func TestTableReplaced(t *testing.T) {
	cache, ctx := t.TempDir(), context.Background()
	pairs := func(name string, codes ...string) TableDraft {
		t := PaymentTable{Kind: PairTable, Name: name, Setting: Practitioner}
		for _, c := range codes {
			t.Pairs = append(t.Pairs, Pair{Column1: c, Column2: "99999", Modifier: '1'})
		}
		return TableDraft{PaymentTable: &t}
	}
	there := func(want string) {
		t.Helper()
		ts, err := OpenPaymentTables(cache)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, table := range ts.All() {
			got += table.Name + "=" + table.pairs().at(0).Column1 + " "
		}
		if got != want {
			t.Errorf("tables %q, want %q", got, want)
		}
	}
	for _, drafts := range [][]TableDraft{{pairs("2026Q1", "70010")}, {pairs("2026q1", "70020"), pairs("2026Q2", "70030")}} {
		if _, err := ImportTables(ctx, cache, drafts); err != nil {
			t.Fatal(err)
		}
	}
	there("2026q1=70020 2026Q2=70030 ") // capitals sort first
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	for name, try := range map[string]func() error{
		"cancelled": func() error { _, err := ImportTables(cancelled, cache, []TableDraft{pairs("2026Q1", "1")}); return err },
		"empty": func() error {
			_, err := ImportTables(ctx, cache, []TableDraft{pairs("2026Q1", "1"), pairs("2026Q2")})
			return err
		},
		"name": func() error {
			_, err := ImportTables(ctx, cache, []TableDraft{pairs("2026Q1", "1"), pairs("../x", "1")})
			return err
		},
		"twice": func() error {
			_, err := ImportTables(ctx, cache, []TableDraft{pairs("2026Q1", "1"), pairs("2026Q1", "2")})
			return err
		},
		"locked": func() error {
			unlock, err := lockFolder(filepath.Join(cache, tablesFolder))
			if err != nil {
				return nil
			}
			defer unlock()
			_, err = ImportTables(ctx, cache, []TableDraft{pairs("2026Q1", "1")})
			return err
		},
	} {
		if try() == nil {
			t.Errorf("%s: no error", name)
		}
		there("2026q1=70020 2026Q2=70030 ")
	}
	if entries, _ := os.ReadDir(filepath.Join(cache, tablesFolder)); len(entries) != 4 { // list, lock, two tables
		t.Errorf("left behind: %v", entries)
	}
	if removed, err := RemoveTable(cache, "PTP-practitioner-2026Q1"); err != nil || !removed {
		t.Errorf("removed %t, %v", removed, err)
	}
	if removed, err := RemoveTable(cache, "ptp-practitioner-2026Q1"); err != nil || removed {
		t.Errorf("removed again %t, %v", removed, err)
	}
	there("2026Q2=70030 ")
}

// TestTableDamaged wants damage told, with the file and what to do.
func TestTableDamaged(t *testing.T) {
	cache := t.TempDir()
	manifests, err := ImportTables(context.Background(), cache, everyTable()[:1])
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(cache, tablesFolder, manifests[0].file())
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	flipped := append([]byte(nil), whole...)
	flipped[len(flipped)-1] ^= 1
	for name, data := range map[string][]byte{"cut": whole[:len(whole)-3], "flipped": flipped, "other": []byte("something else entirely, and long enough"), "empty": nil} {
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenPaymentTables(cache); err == nil || !strings.Contains(err.Error(), "import the table again") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenPaymentTables(cache); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("gone: %v", err)
	}
	list := filepath.Join(cache, tablesFolder, tablesList)
	for _, text := range []string{"[{", `[{"kind":"x","name":"y"}]`, `[{"kind":"ptp","name":"y","sha256":"../../etc/passwd"}]`} {
		if err := os.WriteFile(list, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenPaymentTables(cache); err == nil || !strings.Contains(err.Error(), list) {
			t.Errorf("list %s: %v", text, err)
		}
	}
}

func TestDiffTables(t *testing.T) {
	old := &PaymentTable{Kind: PairTable, Pairs: []Pair{
		{Column1: "70010", Column2: "76000", Modifier: '1', Span: Span{From: "2020-01-01"}}, {Column1: "70015", Column2: "76000", Modifier: '1', Span: Span{From: "2020-01-01"}},
	}}
	later := &PaymentTable{Kind: PairTable, Pairs: []Pair{
		{Column1: "70010", Column2: "76000", Modifier: '0', Span: Span{From: "2020-01-01", To: "2026-03-31"}}, {Column1: "70020", Column2: "76000", Modifier: '1'},
	}}
	got, err := DiffTables(old, later)
	want := []TableChange{
		{Kind: Revised, Key: "70010 76000", Column: "to", Is: "2026-03-31"}, {Kind: Revised, Key: "70010 76000", Column: "modifier", Was: "1", Is: "0"},
		{Kind: Deleted, Key: "70015 76000"}, {Kind: Added, Key: "70020 76000"},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := DiffTables(old, &PaymentTable{Kind: FeeTable}); err == nil {
		t.Error("two kinds compared")
	}
}

// TestTablesTogether asks tables from many sides at once; the race detector looks on.
func TestTablesTogether(t *testing.T) {
	cache := t.TempDir()
	if _, err := ImportTables(context.Background(), cache, everyTable()); err != nil {
		t.Fatal(err)
	}
	ts, err := OpenPaymentTables(cache)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			const date = "2026-03-02"
			_, pair := ts.On(PairTable, Practitioner, date).Pair("74176", "74177", date)
			_, limit := ts.On(LimitTable, Hospital, date).Limit("71046", date)
			_, fee := ts.On(FeeTable, AnySetting, date).Fee("71046", "26", date)
			if !pair || !limit || !fee || len(ts.Rules("Any", "71075", date)) != 1 || len(ts.Coverage("Blue Cross", "77080", date)) != 1 {
				t.Error("not all tables answer")
			}
		})
	}
	all.Wait()
}
