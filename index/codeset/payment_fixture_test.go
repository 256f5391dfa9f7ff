package codeset

import "strings"

// Small payment tables in the published layouts: copyright above, headings over
// several lines, a star for no date. Codes are real, texts our own.

const copyright = "Codes alone are shown here. The codes belong to their owner. All rights reserved."

func tabbed(rows ...string) string {
	return strings.ReplaceAll(strings.Join(rows, "\r\n"), "|", "\t") + "\r\n"
}

var ptpHeading = []string{
	`"` + copyright + `"||||||`,
	"Column 1|Column 2|*=in existence|Effective|Deletion|Modifier|PTP Edit Rationale",
	"||prior to 1996|Date|Date|0=not allowed|",
	"||||*=no data|1=allowed|",
	"|||||9=not applicable|",
}

func ptpFile(rows ...string) string {
	return tabbed(append(append([]string(nil), ptpHeading...), rows...)...)
}

const mueHeading = copyright + ",,,\r\nHCPCS/CPT Code,Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale\r\n"

const aocHeading = copyright + "\t\t\t\t\t\t\t\nAOC_Edit_Type\tAdd-On_Code\tAOC_DelDT\tPrimary_Code\tPrimary_Code_DelDT\tAOC_Edit_EffDT\tAOC_Edit_DelDT\tSpecial_Instruction_Notes\n"

// feeHeading has the names of columns cut over four lines, as in PPRRVU files.
const feeHeading = "2026 National Physician Fee Schedule Relative Value File October Release,,,,,,,,,,,,,,\n" +
	`"` + copyright + `",,,,,,,,,,,,,,` + "\nRELEASED 09/02/2026,,,,,,,,,,,,,,\n" +
	",,,,NOT USED,,,,,,,,,,\n" +
	",,,,FOR,,NON-,,,,,,,,DIAGNOSTIC\n" +
	",,,STATUS,MEDICARE,WORK,FAC,NON-FACILITY,FACILITY,PCTC,GLOB,MULT,BILAT,CONV,IMAGING FAMILY\n" +
	"HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,TOTAL,TOTAL,IND,DAYS,PROC,SURG,FACTOR,INDICATOR\n"

// levelRecordText lays out a record of the HCPCS file.
func levelRecordText(code, sequence, id, title, coverage, added, ended string) string {
	b := []byte(strings.Repeat(" ", 320))
	for at, text := range map[int]string{1: code, 6: sequence, 11: id, 12: title, 92: "SHORT", 230: coverage, 269: added, 277: added, 285: ended} {
		copy(b[at-1:], text)
	}
	return string(b) + "\r\n"
}

const articleHeading = "article_id,article_version,hcpc_code_id,hcpc_code_version,hcpc_code_group,range,last_updated,long_description,short_description\n"

const coverageHeading = "article\tprocedure\tdiagnosis\tlisted\tfrom\tto\n"

var smallPayments = map[string]string{
	"ccipra-v323r0-f1.txt":                            ptpFile("71046|71045||20180101|*|1|Standards of practice", "74177|74176||20110101|*|0|More extensive", "74177|74150|*|19960101|20101231|1|Before", "", "End of file. See the manual.||||||"),
	"MCR_MUE_PractitionerServices_Eff_10-01-2026.csv": "\ufeff" + mueHeading + "71046,2,3 Date of Service Edit: Clinical,\"Clinical: Data, of claims\"\r\n70551,1,2 Date of Service Edit: Policy,Anatomic\r\n",
	"AOC_V2026Q4-MCR.txt":                             aocHeading + "1\t77063\t\t77067\t\t2017001\t\t\n2\t0689T\t\tCCCCC\t\t2022001\t\tContractor defines\n1\t74301\t\t74300\t2023365\t2013001\t\t\n",
	"PPRRVU26_OCT.csv":                                feeHeading + "71046,,Words of others,A,,0.22,0.79,1.01,1.01,1,XXX,0,0,32.35,99\n71046,26,Words of others,A,,.22,0.08,0.31,0.31,1,XXX,0,0,32.35,99\n",
	"HCPC2026_OCT_ANWEB.txt": levelRecordText("A9500", "00100", "3", "A tracer for pictures of the heart,", "C", "19960101", "") +
		levelRecordText("A9500", "00200", "4", "per dose", "", "", "") + levelRecordText("   LT", "00100", "7", "Left", "D", "19900101", "") +
		levelRecordText("G0297", "00100", "3", "Old screening", "D", "20160101", "20201231"),
	"HCPC2026_OCT_ANWEB.csv": "HCPC,SEQNUM,RECID,LONG DESCRIPTION,SHORT DESCRIPTION,COV,ADD DT,ACT EFF DT,TERM DT,ACTION CD\nA9500,100,3,\"A tracer, per dose\",X,C,19960101,19960101,,N\nLT,100,7,Left,X,D,19900101,,,N\n",
	"article_x_hcpc_code.csv": articleHeading +
		"52000,7,77080,2026,1,,2026-07-01,\"Words,\nof others\",X\n52000,6,77081,2026,1,,,,\n52000,7,77081,2026,2,,,,\n",
	"article_x_icd10_covered.csv":    "article_id,article_version,icd10_code_id,icd10_code_version,icd10_covered_group,range,last_updated,sort_order,description,asterisk\n52000,7,M81.0,2026,1,,,1,x,\n52000,7,Z78.0,2026,2,,,1,x,\n",
	"article_x_icd10_noncovered.csv": "article_id,article_version,icd10_code_id,icd10_code_version,icd10_noncovered_group,range,last_updated,sort_order,description,asterisk\n52000,7,Z00.00,2026,1,,,1,x,\n",
	"article.csv":                    "article_id,article_version,article_type,title,status,article_eff_date,article_end_date,description\n52000,7,1,\"Bone, of\",A,2020-10-01 00:00:00,,\"<p>Page\n\"\"quoted\"\" of text</p>\"\n",
	"our_lcd.tsv":                    coverageHeading + "L1\t77080\tM81\tcovered\t2026-01-01\t\nL1\t77080\tZ00.00\texcluded\t\t2026-12-31\n",
	"aetna.json": `{"payer": "Aetna", "from": "2026-01-01",
  "rules": [
    {"id": "dxa", "cpt": ["77080", "7107*"],
     "require": {"dx": ["M81"], "modifiers": [], "prior_auth": true, "age": {"min": 50}},
     "forbid": {"modifiers": ["59"]},
     "message": "Bone density needs a reason.", "source": "policy 12", "from": "2026-02-01"}
  ]}
`,
}
