package exchange

import (
	"bufio"
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/radcode/radcode/lexicon"
)

const cmcFile = `<?xml version="1.0" encoding="ISO-8859-1"?>
<docs>
  <doc id="11" type="RADIOLOGY_REPORT">
    <codes>
      <code origin="CMC_MAJORITY" type="ICD-9-CM">786.2</code>
      <code origin="COMPANY3" type="ICD-9-CM">786.2</code>
      <code origin="COMPANY1" type="ICD-9-CM">786.2</code>
      <code origin="COMPANY1" type="ICD-9-CM">V13.02</code>
    </codes>
    <texts>
      <text origin="CCHMC_RADIOLOGY" type="CLINICAL_HISTORY">Cough &amp; cold.</text>
      <text origin="CCHMC_RADIOLOGY" type="IMPRESSION"> Clear lungs. </text>
    </texts>
  </doc>
  <doc id="12"><codes><code origin="CMC_MAJORITY" type="ICD-9-CM">E999.9</code></codes></doc>
  <doc id="13"><texts><text type="IMPRESSION">Normal.</text></texts></doc>
</docs>
`

func TestReadCMC(t *testing.T) {
	got := lines(ReadCMC(strings.NewReader(cmcFile), "a.xml"))
	want := []string{
		`3 {"id":"11","text":"CLINICAL HISTORY: Cough \u0026 cold.\n\nIMPRESSION: Clear lungs.\n","gold":{"icd10cm":[{"code":"R05.9","accept":["R05"],"icd9cm":"786.2"}]}}`,
		`error a.xml:15: report 12: ICD-9-CM code "E999.9" has no row in lexicon/data/icd9cm.tsv`,
		`16 {"id":"13","text":"IMPRESSION: Normal.\n"}`,
	}
	if !slices.Equal(got, want) {
		t.Errorf(" got %s\nwant %s", strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
	for rec := range ReadCMC(strings.NewReader(cmcFile), "a.xml") {
		if s := string(rec.Extra["coders_icd9cm"]); s != `{"COMPANY1":["786.2","V13.02"],"COMPANY3":["786.2"]}` {
			t.Errorf("coders: %s", s)
		}
		break
	}
	for in, want := range map[string]string{
		"<records/>":                    "error a.xml:1: XML with the root <records>; <docs> of the CMC challenge can be read",
		"<docs>\n<doc id='1'>\n</docs>": "error a.xml:2: XML syntax error on line 3: element <doc> closed by </docs>",
		"":                              "error a.xml:1: EOF",
	} {
		if got := lines(ReadCMC(strings.NewReader(in), "a.xml")); !slices.Equal(got, []string{want}) {
			t.Errorf("%q: %q", in, got)
		}
	}
}

// TestConversionAgreesWithCorpus compares the lexicon's conversion with that of
// a corpus whose makers converted it on their own. No code may be unmapped; how
// far the two agree is told.
func TestConversionAgreesWithCorpus(t *testing.T) {
	f, err := os.Open("../../../shared/corpora/cmc2007-dev.jsonl")
	if err != nil {
		t.Skip("the corpus is not here: ", err)
	}
	defer f.Close()
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	type pair struct{ icd9, code, accept string }
	used := map[pair]int{}
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		var line struct{ Gold Gold }
		if err := json.Unmarshal(in.Bytes(), &line); err != nil {
			t.Fatal(err)
		}
		for _, g := range line.Gold.ICD10CM {
			used[pair{g.ICD9CM, g.Code, strings.ReplaceAll(strings.Join(g.Accept, " "), ".", "")}]++
		}
	}
	entries, sameCode, codes, accepted := 0, 0, 0, 0
	for _, p := range slices.SortedFunc(maps.Keys(used), func(a, b pair) int { return strings.Compare(a.icd9, b.icd9) }) {
		to := lex.FromICD9CM(p.icd9)
		if to == nil {
			t.Errorf("%s is not mapped", p.icd9)
			continue
		}
		theirs := GoldCode{Code: p.code, Accept: strings.Fields(p.accept)}
		ours := GoldCode{Code: to.Code, Accept: to.Accept}
		entries += used[p]
		codes++
		if to.Code == p.code {
			sameCode++
		}
		if theirs.Accepts(to.Code) && ours.Accepts(p.code) {
			accepted++
			continue
		}
		t.Logf("%s (%d times): ours %s %v, theirs %s %s", p.icd9, used[p], to.Code, to.Accept, p.code, p.accept)
	}
	t.Logf("%d ICD-9-CM codes, %d entries: %d same code, %d accept each other's code", codes, entries, sameCode, accepted)
	if codes == 0 {
		t.Error("no code was compared")
	}
}

func FuzzCMC(f *testing.F) {
	f.Add([]byte(cmcFile))
	f.Add([]byte("<docs><doc id='\xff'><texts><text>&nbsp;"))
	f.Add([]byte("\xff\xfe<\x00d\x00"))
	f.Fuzz(func(t *testing.T, in []byte) {
		n := 0
		for _, err := range ReadCMC(bytes.NewReader(in), "x") {
			if n++; err != nil && n > len(in)+1 {
				t.Fatal("more items than bytes")
			}
		}
	})
}
