package codeset

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/radcode/radcode/index"
)

// knownOptions know a few codes, as the command's do.
var knownOptions = Options{
	Procedure: func(code string) bool {
		beginning, _ := strings.CutSuffix(code, "*")
		return strings.HasPrefix("77080", beginning) || strings.HasPrefix("71046", beginning)
	},
	Diagnosis: func(code string) bool { return strings.HasPrefix("M81.0", code) || code == "Z00.00" },
}

// TestPaymentFaults wants every fault refused with file and line.
func TestPaymentFaults(t *testing.T) {
	pra, mue, aoc, fee := "ccipra-v323r0-f1.txt", "MCR_MUE_PractitionerServices_Eff_10-01-2026.csv", "AOC_V2026Q4.txt", "PPRRVU26_OCT.csv"
	levels := "HCPC2026_OCT_ANWEB.txt"
	rule := func(with string) string {
		return "{\"payer\": \"Aetna\", \"rules\": [\n{\"id\":\"a\",\"cpt\":[\"77080\"],\"require\":{\"dx\":[\"M81\"]},\"message\":\"m\",\"source\":\"s\"" + with + "}\n]}"
	}
	zipped := zipOf(t, pra, smallPayments["ccipra-v323r0-f1.txt"])
	for _, c := range []struct{ name, file, text, want string }{
		{"PTP without its modifier", pra, tabbed("Column 1|Column 2|Effective Date|Deletion Date", "71046|71045|20180101|*"), ":1: NCCI PTP edits without the column Modifier"},
		{"PTP no code", pra, ptpFile("71046|7104||20180101|*|1|x"), `:6: "7104" is no CPT or HCPCS code`},
		{"PTP modifier", pra, ptpFile("71046|71045||20180101|*|2|x"), `:6: modifier "2": want one of 0 1 9`},
		{"PTP date", pra, ptpFile("71046|71045||20181301|*|1|x"), `:6: Effective Date "20181301"`},
		{"PTP overlap", pra, ptpFile("71046|71045||20180101|*|1|x", "77080|71046||20180101|*|1|x", "71046|71045||20200101|*|0|x"), ":8: 71046 71045: dates overlap with those in"},
		{"PTP heading only", pra, ptpFile(), ":1: NCCI PTP edits without a row"},
		{"PTP no setting", "v2026Q4.txt", ptpFile("71046|71045||20180101|*|1|x"), "give --setting"},
		{"PTP no release", "ccipra.txt", ptpFile("71046|71045||20180101|*|1|x"), "give --release"},
		{"PTP zero bytes", pra, ptpFile("71046|71045||20180101|*|1|x\x00"), ":6: zero bytes"},
		{"PTP UTF-16", pra, "\xff\xfeC\x00o\x00l\x00", ":1: zero bytes"},
		{"PTP neither encoding", pra, ptpFile("71046|71045||20180101|*|1|\x81\xfe"), ":6: neither UTF-8 nor Latin-1"},
		{"PTP quotation mark", pra, ptpFile(`71046|71045||20180101|*|1|"x`), ":6: a quotation mark is opened and not closed"},
		{"PTP no known code", pra, ptpFile("10021|10022||20180101|*|1|x"), "none of 1 rows"},
		{"MUE without units", mue, "HCPCS/CPT Code,Practitioner Services MUE Values,MUE Rationale\n71046,2,x\n", ":1: NCCI MUE table without the column MUE Adjudication Indicator"},
		{"MUE units", mue, mueHeading + "71046,two,3 x,x\n", `:3: MUE value "two"`},
		{"MUE indicator", mue, mueHeading + "71046,2,4 x,x\n", `:3: MUE adjudication indicator "4 x"`},
		{"MUE twice", mue, mueHeading + "71046,2,3 x,x\n71046,3,3 x,x\n", ":4: 71046: dates overlap"},
		{"AOC type", aoc, aocHeading + "4\t77063\t\t77067\t\t2017001\t\t\n", `:3: type "4"`},
		{"AOC day of the year", aoc, aocHeading + "1\t77063\t\t77067\t\t2017366\t\t\n", `:3: AOC Edit EffDT "2017366"`},
		{"AOC no primary", aoc, aocHeading + "1\t77063\t\tCCCCC\t\t2017001\t\t\n", ":3: add-on code 77063 of type 1 without"},
		{"AOC ends early", aoc, aocHeading + "1\t77063\t\t77067\t\t2017001\t2016001\t\n", ":3: ends 2016-01-01, before"},
		{"fee status", fee, feeHeading + "71046,,x,?,,1,1,1,1,1,XXX,0,0,1,99\n", `:8: STATUS CODE "?"`},
		{"fee number", fee, feeHeading + "71046,,x,A,,one,1,1,1,1,XXX,0,0,1,99\n", `:8: WORK RVU "one" is no number`},
		{"fee modifier", fee, feeHeading + "71046,59,x,A,,1,1,1,1,1,XXX,0,0,1,99\n", `:8: modifier "59"`},
		{"fee without totals", fee, "HCPCS,MOD,STATUS CODE,WORK RVU,PCTC IND,MULT PROC,BILAT SURG\n", "without the column NON-FACILITY TOTAL, FACILITY TOTAL"},
		{"fee records", "PPRRVU2026_Oct.txt", "HDR  2026 National Physician Fee Schedule Relative Value File\n71046  x\n", "give the .csv file"},
		{"HCPCS cut off", levels, levelRecordText("A9500", "00200", "4", "per dose", "", "", ""), ":1: a second line of A9500"},
		{"HCPCS date", levels, levelRecordText("A9500", "00100", "3", "x", "C", "19961301", ""), `:1: date added "19961301"`},
		{"HCPCS coverage", levels, levelRecordText("A9500", "00100", "3", "x", "9", "19960101", ""), `:1: coverage code "9"`},
		{"HCPCS no record", levels, levelRecordText("A9500", "00100", "3", "x", "C", "19960101", "") + "A9501 so\n", ":2: no record of HCPCS Level II"},
		{"article number", "a.csv", articleHeading + "A52,7,77080,2026,1,,,,\n", `:2: article_id "A52" is no number`},
		{"article range", "a.csv", "article_id,article_version,icd10_code_id,icd10_covered_group,range\n52,7,M80.0-M80.9,1,\n", ":2: range M80.0 to M80.9: no code in it is known"},
		{"coverage columns", "l.tsv", "article\tprocedure\tdiagnosis\n", ":1: coverage table without the column listed, from, to"},
		{"coverage listed", "l.tsv", coverageHeading + "L1\t77080\tM81.0\tyes\t\t\n", `:2: listed "yes"`},
		{"coverage procedure", "l.tsv", coverageHeading + "L1\t99213\tM81.0\tcovered\t\t\n", ":2: procedure 99213 is not known"},
		{"coverage diagnosis", "l.tsv", coverageHeading + "L1\t77080\tM80.9\tcovered\t\t\n", ":2: diagnosis M80.9 is in no list"},
		{"coverage no diagnosis", "l.tsv", coverageHeading + "L1\t77080\tbones\tcovered\t\t\n", `:2: "bones" is no ICD-10-CM code`},
		{"coverage dates", "l.tsv", coverageHeading + "L1\t77080\tM81.0\tcovered\t2026-02-30\t\n", `:2: from "2026-02-30"`},
		{"coverage overlap", "l.tsv", coverageHeading + "L1\t77080\tM81.0\tcovered\t2026-01-01\t2026-06-30\nL1\t77080\tM81.0\texcluded\t2026-06-30\t\n", ":3: 77080 L1 M81.0: dates overlap"},
		{"rule unknown field", "p.json", rule(`,"must":1`), `:2: rules[0]: field "must" is not known: want id, cpt`},
		{"rule field twice", "p.json", rule(`,"id":"b"`), `:2: rules[0]: field "id" stands there twice`},
		{"rule no procedure", "p.json", strings.Replace(rule(""), "77080", "knee", 1), `:2: rules[0].cpt: "knee" is no CPT`},
		{"rule unknown procedure", "p.json", strings.Replace(rule(""), "77080", "9921*", 1), ":2: rules[0].cpt: procedure 9921* is not known"},
		{"rule unknown diagnosis", "p.json", strings.Replace(rule(""), "M81", "M80", 1), ":2: rules[0].require.dx: diagnosis M80 is in no list"},
		{"rule modifier", "p.json", rule(`,"forbid":{"modifiers":["RIGHT"]}`), `"RIGHT" is no modifier`},
		{"rule age", "p.json", rule(`,"forbid":{"age":{"min":"50"}}`), ":2: rules[0].forbid.age.min: want an age"},
		{"rule ages", "p.json", rule(`,"forbid":{"age":{"min":50,"max":40}}`), "max is below min"},
		{"rule flag", "p.json", rule(`,"forbid":{"prior_auth":"yes"}`), "want true or false"},
		{"rule date", "p.json", rule(`,"from":"10/01/2026"`), ":2: rules[0].from: want a day of the calendar"},
		{"rule dates", "p.json", rule(`,"from":"2026-10-01","to":"2026-09-30"`), "ends before it begins"},
		{"rule twice", "p.json", strings.Replace(rule(""), "\n]", ",\n"+strings.TrimSuffix(strings.SplitAfter(rule(""), "\n")[1], "\n")+"\n]", 1), `:3: rules[1]: rule "a" stands in line 2`},
		{"rule nothing", "p.json", strings.Replace(rule(""), `{"dx":["M81"]}`, "{}", 1), "requires and forbids nothing"},
		{"rule no message", "p.json", strings.Replace(rule(""), `"m"`, `""`, 1), "no message"},
		{"rules no payer", "p.json", strings.Replace(rule(""), "Aetna", "", 1), "no payer"},
		{"rules not a list", "p.json", `{"payer":"Aetna","rules":{}}`, "no list of rules"},
		{"rules cut short", "p.json", rule("")[:60], ":2: no JSON: "},
		{"rules and more", "p.json", rule("") + "\n{}", ":4: no JSON: something stands behind"},
		{"rules deep", "p.json", `{"payer":` + strings.Repeat("[", 40), "nested deeper"},
		{"rules encoding", "p.json", rule("\xe4"), "want JSON in UTF-8"},
		{"cut ZIP", "a.zip", zipped[:len(zipped)-20], "no whole ZIP file"},
		{"cut gzip", "a.gz", gzipOf(t, smallPayments["ccipra-v323r0-f1.txt"])[:80], "unexpected EOF"},
		{"binary", "a.bin", "\x7fELF\x02\x01\x01\x00\x00", ":1: no format that radcode knows"},
		{"empty", "a.txt", "", ":1: no format that radcode knows"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := folder(t, map[string]string{c.file: c.text})
			_, tables, _, err := Import(context.Background(), []string{filepath.Join(dir, c.file)}, knownOptions)
			if err == nil || !strings.Contains(err.Error(), c.want) || tables != nil {
				t.Fatalf("%d tables, error %v, want %q", len(tables), err, c.want)
			}
			if !strings.Contains(err.Error(), c.file) && !strings.Contains(err.Error(), "none of") {
				t.Errorf("error %v does not name the file", err)
			}
		})
	}
}

// TestAllProblems tells everything that is wrong with a file at once, twenty at most.
func TestAllProblems(t *testing.T) {
	var rows, rules []string
	for range 30 {
		rows = append(rows, "71046|knee||20180101|*|1|x")
		rules = append(rules, `{"id":1,"cpt":[]}`)
	}
	for name, text := range map[string]string{
		"ccipra-v323r0-f1.txt": ptpFile(rows...), "p.json": `{"payer":"x","rules":[` + strings.Join(rules, ",\n") + "]}",
		"HCPC2026_OCT_ANWEB.txt": strings.Repeat(levelRecordText("A9500", "00100", "3", "x", "9", "", ""), 30),
	} {
		_, err := tablesOf(t, knownOptions, map[string]string{name: text})
		if err == nil || strings.Count(err.Error(), "\n") != maxProblems || !strings.Contains(err.Error(), "20 problems") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestFileLimit refuses a file that is larger than the limit when unpacked.
func TestFileLimit(t *testing.T) {
	text := ptpFile("71046|71045||20180101|*|1|" + strings.Repeat("x", 3000))
	for name, packed := range map[string]string{"a.txt": text, "a.zip": zipOf(t, "a.txt", text), "a.gz": gzipOf(t, text)} {
		o := Options{Release: "2026Q4", Setting: index.Hospital}
		if _, err := tablesOf(t, o, map[string]string{name: packed}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		o.maxFile = 2000
		if _, err := tablesOf(t, o, map[string]string{name: packed}); err == nil || !strings.Contains(err.Error(), "when unpacked") {
			t.Errorf("%s: error %v", name, err)
		}
	}
}
