package exchange

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// isa is an ISA segment with its delimiters: element, component, terminator.
func isa(e, sub, end string) string {
	s := "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260302*1200*^*00501*000000001*0*P*"
	return strings.ReplaceAll(s, "*", e) + sub + end
}

// with837 writes segments, given with * : ~, as an interchange with other delimiters.
func with837(e, sub, end string, segments ...string) string {
	n := len(segments) + 2
	all := append([]string{"ST*837*0001*005010X222A1"}, segments...)
	all = append(all, fmt.Sprintf("SE*%d*0001", n))
	body := strings.Join(all, "~") + "~"
	body = strings.NewReplacer("*", e, ":", sub, "~", end).Replace(body)
	return isa(e, sub, end) + strings.NewReplacer("*", e, "~", end).Replace("GS*HC*A*B*20260302*1200*1*X*005010X222A1~") + body + strings.NewReplacer("*", e, "~", end).Replace("GE*1*1~IEA*1*000000001~")
}

var twoClaims = []string{
	"HL*1**20*1", "NM1*85*2*HARBOR IMAGING", "HL*2*1*22*0", "NM1*PR*2*MEDICARE",
	"CLM*wrist-1*80***22:B:1", "HI*ABK:S52501A*ABF:W1830XA",
	"LX*1", "SV1*HC:73110:RT:26*80*UN*1***1:2", "DTP*472*D8*20260302",
	"CLM*chest-2*60***11:B:1", "NM1*77*2*NORTH CLINIC", "HI*ABK:R059", "LX*1", "SV1*HC:71046*60*UN*1***1", "DTP*472*D8*20260303",
}

func claimsOf(t *testing.T, text, name string) []string {
	t.Helper()
	var out []string
	for c, err := range ReadClaims(strings.NewReader(text), name) {
		if err != nil {
			var item *ItemError
			if !errors.As(err, &item) {
				t.Errorf("%v is no ItemError", err)
			}
			out = append(out, "error "+err.Error())
			continue
		}
		s := c.ID
		if c.NoModifiers {
			s += " (bare)"
		}
		for _, l := range c.Lines {
			s += fmt.Sprintf(" %s x%d%v", l.Name(), l.Units, l.Dx)
		}
		s += " dx" + fmt.Sprint(c.Dx)
		for _, x := range []string{c.Coder, c.Facility, c.Payer, c.PlaceOfService, c.DateOfService} {
			if x != "" {
				s += " " + x
			}
		}
		out = append(out, s)
	}
	return out
}

func TestReadClaims(t *testing.T) {
	wrist := "wrist-1 73110-RT-26 x1[1 2] dx[S52.501A W18.30XA] HARBOR IMAGING MEDICARE 22 2026-03-02"
	chest := "chest-2 71046 x1[1] dx[R05.9] NORTH CLINIC MEDICARE 11 2026-03-03"
	whole := with837("*", ":", "~", twoClaims...)
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"usual delimiters", whole, []string{wrist, chest}},
		{"odd delimiters", with837("|", ">", "\x1c", twoClaims...), []string{wrist, chest}},
		{"a control character between elements", with837("\x1d", "\x1f", "\x1e", twoClaims...), []string{wrist, chest}},
		{"a line end ends segments", with837("*", ":", "\n", twoClaims...), []string{wrist, chest}},
		{"windows line ends between segments", strings.ReplaceAll(whole, "~", "~\r\n"), []string{wrist, chest}},
		{"blank first lines", "\r\n\r\n" + whole, []string{wrist, chest}},
		{"two interchanges with delimiters of their own", whole + "\n" + with837("|", ">", "!", twoClaims[:9]...), []string{wrist, chest, wrist}},
		{"cut inside a segment", whole[:strings.Index(whole, "SV1*HC:71046")+9], []string{wrist, `error f:1: segment 17 is cut off: the file ends inside it; claim chest-2 is not compared`}},
		{"cut between segments", whole[:strings.Index(whole, "LX*1~SV1*HC:71046")], []string{wrist, "error f:1: segment 15 (HI): the file ends inside transaction 0001: no SE follows; claim chest-2 is not compared"}},
		{"a bad unit", strings.Replace(whole, "UN*1***1:2", "UN*one***1:2", 1), []string{`error f:1: segment 11 (SV1): claim wrist-1 is not compared: "one" UN is no number of units`, chest}},
		{"a pointer to nowhere", strings.Replace(whole, "***1:2", "***1:5", 1), []string{`error f:1: segment 11 (SV1): claim wrist-1 is not compared: a pointer to diagnosis "5", and there are 2`, chest}},
		{"a bad code", strings.Replace(whole, "HC:73110", "HC:7311", 1), []string{`error f:1: segment 11 (SV1): claim wrist-1 is not compared: "7311" is no CPT or HCPCS code (71046, or with modifiers 73110-RT)`, chest}},
		{"another kind of code", strings.Replace(whole, "HC:73110", "ZZ:73110", 1), []string{`error f:1: segment 11 (SV1): claim wrist-1 is not compared: a code of kind "ZZ", not HC (CPT, HCPCS)`, chest}},
		{"an old diagnosis", strings.Replace(whole, "ABK:S52501A", "BK:81342", 1), []string{`error f:1: segment 9 (HI): an ICD-9-CM diagnosis (BK): claim wrist-1 is not compared`, chest}},
		{"a void claim", strings.Replace(whole, "22:B:1", "22:B:8", 1), []string{"error f:1: segment 8 (CLM): claim wrist-1 takes back an earlier one (frequency 8): not compared", chest}},
		{"no control number", strings.Replace(whole, "CLM*wrist-1", "CLM*", 1), []string{"error f:1: segment 8 (CLM): no patient control number: the claim cannot be joined", chest}},
		{"a wrong count", strings.Replace(whole, "SE*17", "SE*18", 1), []string{wrist, chest, `error f:1: segment 19 (SE): the transaction says that it has "18" segments, and 17 were read: claims may be missing`}},
		{"another transaction", strings.Replace(whole, "ST*837", "ST*835", 1), []string{"error f:1: segment 3 (ST): transaction 835 is no claim (837)"}},
		{"half an ISA", "ISA*00*  ", []string{"error f:1: the ISA segment is cut off"}},
		{"an ISA without widths", strings.Replace(whole, "SENDER         ", "SENDER", 1), []string{"error f:1: the ISA segment is not of 106 bytes with 16 elements: 19 separators '*' in it"}},
		{"a line", `{"id":"a","meta":{"place_of_service":"22"},"coder":"kim","coded":{"lines":[{"code":"73110","modifiers":["rt"],"units":2,"dx":["S52.501A",1]}],"dx":["M25.531"]}}`, []string{"a 73110-RT x2[2 1] dx[M25.531 S52.501A] kim 22"}},
		{"like gold", `{"id":"a","cpt":["71046",{"code":"73110","modifiers":["LT"]}],"icd10cm":[{"code":"R059"}]}`, []string{"a 71046 x1[] 73110-LT x1[] dx[R05.9]"}},
		{"a labelled line", `{"id":"a","text":"x","gold":{"cpt":[{"code":"71046"}],"icd10cm":[{"code":"R91.1"},{"code":"R05.9"},{"code":"Z87.891","optional":true}],"primary":{"official":[{"code":"R05.9"}]}}}`, []string{"a (bare) 71046 x1[] dx[R05.9 R91.1]"}},
		{"bare codes", `{"id":"a","cpt":["73110"]}`, []string{"a (bare) 73110 x1[] dx[]"}},
		{"no modifiers", `{"id":"a","coded":{"lines":[{"code":"73110","modifiers":[]}]}}`, []string{"a 73110 x1[] dx[]"}},
		{"a table without modifiers", "id,code\na,73110\nb,73110-RT\n", []string{"a (bare) 73110 x1[] dx[]", "b 73110-RT x1[] dx[]"}},
		{"bad lines", "{\"id\":\"a\",\"cpt\":[\"710\"]}\r\n\r\n{\"id\":\"b\"}\r\n{bad\r\n{\"id\":\"c\",\"cpt\":[]}\r\n{\"cpt\":[]}\r\n", []string{
			`error f:1: "710" is no CPT or HCPCS code (71046, or with modifiers 73110-RT)`, "error f:3: no codes", "error f:4: not JSON at byte 2: invalid character 'b' looking for beginning of object key string",
			"c dx[]", "error f:6: a claim without an id cannot be joined with its report"}},
		{"a table", "Claim ID,CPT Code,Modifier 1,Modifier 2,Units,DX1,DX2,Coder,DOS\r\na,73110,RT,,1,S52.501A,W18.30XA,kim,3/2/2026\r\nb,71046,,,,R05.9,,lee,2026-03-02\r\na,71046,,,2,R05.9,,kim,3/2/2026\r\n", []string{
			"a 73110-RT x1[1 2] 71046 x2[3] dx[S52.501A W18.30XA R05.9] kim 2026-03-02", "b 71046 x1[1] dx[R05.9] lee 2026-03-02"}},
		{"a table with bad rows", "id;code;mod;units\na;71046;RTX;1\na;73110;;1\nb;71046;;x\nc;71046;;1\n;71046;;1\n", []string{
			`error f:2: claim a is not compared: "RTX" is no modifier`, `error f:4: claim b is not compared: "x" is no number of units`, "error f:6: a row without an id", "c 71046 x1[] dx[]"}},
		{"a table without ids", "code,units\n71046,1\n", []string{"error f:1: no column for id (any of " + claimColumns[0].names + "); the table has code, units"}},
		{"nothing", "", nil},
	} {
		got := claimsOf(t, c.text, "f")
		if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
}

func TestReadDenials(t *testing.T) {
	segments := []string{
		"CLP*a*4*80*0**MB*X", "SVC*HC:73110:RT*80*0", "DTM*472*20260302", "CAS*CO*4*80*1*45*0", "LQ*HE*N519",
		"CLP*b*1*60*40", "SVC*HC:71046*60*40", "CAS*CO*45*20", "CLP*c*4*10*0", "CAS*CO*016*10",
	}
	remit := strings.Replace(with837("*", ":", "~", segments...), "ST*837", "ST*835", 1)
	for _, c := range []struct {
		name, text string
		want       string
	}{
		{"835", remit, "a 73110 4 8000 [N519] 2026-03-02|a 73110 45 0 [N519] 2026-03-02|b 71046 45 2000 [] paid|c  16 1000 []"},
		{"table", "Claim Number,CPT,CARC,RARC,Denied Amount,Date\na,73110-RT,CO-16,\"N265, MA130\",\"$1,080.50\",03/02/2026\nb,,18,,,\n", "a 73110 16 108050 [N265 MA130] 2026-03-02|b  18 0 []"},
		{"bad rows", "id,carc,amount\na,,1\n,16,2\nb,16,much\nc,16,(3.00)\n", `f:2: "" is no adjustment reason code (16, CO-16)|f:3: a row without an id|f:4: "much" is no amount|c  16 -300 []`},
		{"no reason", "id,amount\na,1\n", "f:1: no column for carc (any of " + denialColumns[1].names + "); the table has id, amount"},
		{"cut", remit[:strings.Index(remit, "CAS*CO*016")+5], "a 73110 4 8000 [N519] 2026-03-02|a 73110 45 0 [N519] 2026-03-02|b 71046 45 2000 [] paid|f:1: segment 13 is cut off: the file ends inside it"},
	} {
		var got []string
		for d, err := range ReadDenials(strings.NewReader(c.text), "f") {
			if err != nil {
				got = append(got, err.Error())
				continue
			}
			s := fmt.Sprintf("%s %s %s %d %v", d.Claim, d.Code, d.CARC, d.Amount, d.RARC)
			if d.Date != "" {
				s += " " + d.Date
			}
			if d.Paid {
				s += " paid"
			}
			got = append(got, s)
		}
		if all := strings.Join(got, "|"); all != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, all, c.want)
		}
	}
}

func FuzzReadClaims(f *testing.F) {
	f.Add(with837("*", ":", "~", twoClaims...))
	f.Add("id,code\na,71046\n")
	f.Add(`{"id":"a","cpt":["71046"]}`)
	f.Fuzz(func(t *testing.T, text string) {
		for c, err := range ReadClaims(strings.NewReader(text), "f") {
			if err == nil && (c.ID == "" || c.Lines == nil && c.Dx == nil) {
				t.Fatalf("half a claim: %+v", c)
			}
		}
		for d, err := range ReadDenials(strings.NewReader(text), "f") {
			if err == nil && (d.Claim == "" || d.CARC == "") {
				t.Fatalf("half a denial: %+v", d)
			}
		}
	})
}
