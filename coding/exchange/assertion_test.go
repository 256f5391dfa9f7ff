package exchange

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

func TestReadAssertions(t *testing.T) {
	tests := []struct {
		point, in string
		want      []string
	}{
		{"JSON lines", `{"id":"1","sentence":"No fever.","start":3,"end":8,"negation":"negated","temporality":"Not_particular"}` + "\n\n" + `{"id":"2","sentence":"Cough.","start":0,"end":5}`,
			[]string{`1 ["No [fever].","negated","","not particular",""]`, `2 ["[Cough].","","","",""]`}},
		{"bad lines", `{"id":"1","sentence":"No fever.","start":3,"end":10}` + "\n" + `{"sentence":"a","start":0,"end":0}` + "\n" + `{"sentence":"é","start":1,"end":2}` + "\n" + `{"sentence":"a","end":1,"negation":"perhaps"}` + "\n{\n" + `{"start":"x"}` + "\n" + `{"end":1}`, []string{
			"error a:1: span 3-10 lies outside the sentence of 9 bytes", "error a:2: span 0-0 is empty", "error a:3: span 1-2 cuts a character in two (offsets are bytes)",
			`error a:4: negation "perhaps": want affirmed, negated`, "error a:5: not JSON at byte 1: unexpected end of JSON input", "error a:6: start cannot be a JSON string (want int)", "error a:7: no sentence"}},
		{"the kit with six columns and a header", "Number\tConcept\tSentence\tNegation\tTemporality\tExperiencer\n1\tNO  Fever\tThere was no\u00a0 fever , no fever.\tNegated\tHistorical\tPatient\n2\tFEVER\tFeverish, then fever.\tAffirmed\tNot particular\tOther\r\n",
			[]string{"1 [\"There was [no\u00a0 fever] , no fever.\",\"negated\",\"\",\"historical\",\"patient\"]", `2 ["Feverish, then [fever].","affirmed","","not particular","other"]`}},
		{"the kit with four columns and no header, quoted by a spreadsheet", "1\tfever\t\"No \"\"high\"\" fever.\"\tNegated\t\t\n2\teff\tNo effusion.\tnegated\n",
			[]string{`1 ["No \"high\" [fever].","negated","","",""]`, `2 ["No [eff]usion.","negated","","",""]`}},
		{"bad rows", "1\tcough\tNo fever.\tNegated\n2\tfever\n3\tfever\tNo fever.\tPossible\n4\t\tNo fever.\tNegated\n", []string{
			`error a:1: the phrase "cough" does not stand in the sentence`, "error a:2: 2 columns; want number, phrase, sentence, negation, and perhaps temporality and experiencer",
			`error a:3: negation "possible": want affirmed, negated`, `error a:4: the phrase "" does not stand in the sentence`}},
		{"nothing", "\n", nil},
	}
	for _, tt := range tests {
		if got := examples(ReadAssertions(strings.NewReader(tt.in), "a")); !slices.Equal(got, tt.want) {
			t.Errorf("%s:\n got %s\nwant %s", tt.point, strings.Join(got, "\n     "), strings.Join(tt.want, "\n     "))
		}
	}
}

func FuzzAssertions(f *testing.F) {
	f.Add([]byte(`{"id":"1","sentence":"No fever.","start":3,"end":8,"negation":"negated"}`))
	f.Add([]byte("1\tNO fever\tno  \xe9 fever\tNegated\tRecent\tOther\n"))
	f.Add([]byte("Number\tPhrase\tSentence\tNegation\n1\t(\"\t\"\"\"(\"\t\"affirmed\""))
	f.Fuzz(func(t *testing.T, in []byte) {
		for x, err := range ReadAssertions(bytes.NewReader(in), "x") {
			if err != nil {
				continue
			}
			if err := x.check(); err != nil {
				t.Fatalf("%v: %+v", err, x)
			}
		}
	})
}
