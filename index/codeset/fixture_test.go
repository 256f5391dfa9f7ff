package codeset

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Small files in the published formats. The codes are real, the titles our own.

// orderFile builds an order file of rows "code flag short|long".
func orderFile(rows ...string) string {
	var b strings.Builder
	for i, r := range rows {
		id, rest, _ := strings.Cut(r, " ")
		flag, rest, _ := strings.Cut(rest, " ")
		short, long, _ := strings.Cut(rest, "|")
		b.WriteString(padded(5, "0000"+string(rune('1'+i))) + " " + padded(8, id) + flag + " " + padded(61, short) + long + "\r\n")
	}
	return b.String()
}

func padded(width int, s string) string {
	return s + strings.Repeat(" ", max(0, width-len([]rune(s))))
}

var (
	smallOrder = orderFile("R91 0 Lung pictures|Lung pictures of note", "R911 1 Lung nodule|A single lung nodule", "R918 1 Lung other|Other lung finding")

	smallList = "R911    A single lung nodule\nR918    Other lung finding\n"

	smallOrderAddenda = "Delete:      " + padded(10, "1 R91") + padded(61, "Lung pictures") + "Lung pictures\r\n" +
		"Add:         " + padded(10, "0 R91") + padded(61, "Lung pictures") + "Lung pictures\r\n" +
		"Add:         " + padded(10, "1 R911") + padded(61, "Lung nodule") + "A single lung nodule\r\n" +
		"Delete:      " + padded(10, "1 R912") + padded(61, "Gone") + "Gone\r\n" +
		"Revise from: " + padded(10, "1 R918") + padded(61, "Lung") + "Lung\r\n" +
		"Revise to:   " + padded(10, "1 R918") + padded(61, "Lung other") + "Other lung finding\r\n" +
		"\r\nHeaders\r\n  10 headers in icd10cm_order_2025.txt\r\n      1 additions\r\nof which\r\n"

	smallCodesAddenda = "Add:         R911    A single lung nodule\nDelete:      R912    Gone\n"

	smallTabular = `<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.tabular>
  <version>2026</version>
  <introduction><introSection type="x"><title>Words</title><instruction><note>not of a code</note></instruction></introSection></introduction>
  <chapter>
    <name>19</name>
    <desc>Injuries (S00-T88)</desc>
    <excludes2><note>birth (P10)</note></excludes2>
    <sectionIndex><sectionRef first="S50" last="S59" id="S50-S59">Forearm</sectionRef></sectionIndex>
    <section id="S50-S59">
      <desc>Forearm (S50-S59)</desc>
      <diag>
        <name>S52</name>
        <desc>Broken forearm</desc>
        <excludes1><note>lost arm (S58.-)</note></excludes1>
        <sevenChrNote><note>one of these is needed</note></sevenChrNote>
        <sevenChrDef><extension char="A">first visit</extension><extension char="S">later</extension></sevenChrDef>
        <diag>
          <name>S52.0</name>
          <desc>Broken elbow end</desc>
          <inclusionTerm><note>elbow crack</note></inclusionTerm>
        </diag>
        <diag>
          <name>S52.5</name>
          <desc>Broken wrist end</desc>
          <diag><name>S52.501</name><desc>Broken wrist end, right</desc></diag>
        </diag>
      </diag>
      <diag>
        <name>S54</name>
        <desc>Nerve of the forearm</desc>
        <codeFirst><note>the wound</note></codeFirst>
      </diag>
    </section>
  </chapter>
</ICD10CM.tabular>
`

	smallIndex = `<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.index>
  <version>2026</version>
  <title>ICD-10-CM INDEX</title>
  <letter><title>N</title>
    <mainTerm><title>Nodule<nemod>(s)</nemod>, lump</title><code>R22.9</code>
      <term level="1"><title>lung<nemod>(coin)</nemod></title><code>R91.1</code><manif>J99</manif>
        <term level="2"><title>many</title><code>R91.8</code></term></term>
      <term level="1"><title>thyroid</title><see>Goiter</see><seeAlso>Struma</seeAlso></term></mainTerm>
    <mainTerm><title>Numb</title><subcat>R20.0</subcat></mainTerm>
  </letter>
</ICD10CM.index>
`
	smallExternal = `<ICD10CM.index><version>2026</version><title>External Cause of Injuries Index</title><letter><title>F</title>
<mainTerm><title>Fall</title><code>W19</code></mainTerm></letter></ICD10CM.index>
`
	smallNeoplasm = `<ICD10CM.index><version>2026</version><indexHeading><head col="1">Neoplasm</head><head col="2">Malignant Primary</head></indexHeading>
<letter><title>N</title><mainTerm><title>Neoplasm, neoplastic</title><cell col="2">C80.1</cell><cell col="3">-</cell><cell col="7">D49.9</cell>
<term level="1"><title>lung</title><cell col="2">C34.9-</cell></term></mainTerm></letter></ICD10CM.index>
`
	smallDrug = `<ICD10CM.index><version>2026</version><indexHeading><head col="1">Substance</head></indexHeading>
<letter><title>A</title><mainTerm><title>Aspirin</title><cell col="2">T39.011</cell><cell col="6">--</cell></mainTerm></letter></ICD10CM.index>
`
	smallTables = map[string]string{
		"codes_fy2026.tsv": "code\tdotted\tbillable\tshort\tlong\nR91\tR91\t0\t\tLung pictures\nR911\tR91.1\t1\tLung nodule\tA single lung nodule\n",
		"changes.tsv":      "change\tcode\tdotted\tbillable\tshort\tlong\nadded\tR911\tR91.1\t1\t\tA single lung nodule\n",
		"index.tsv": "term_path\tcode\tmanifestation\tsee\tsee_also\nNodule(s)\tR22.9\t\t\t\nNodule(s) > lung (coin) (old) > many\tR91.8\t\t\t\n" +
			"Nodule(s) > lung (coin) (old) > one\tR91.1\tJ99\t\t\nNumb\t\t\tCold\tWarm\n",
		"eindex.tsv":   "term_path\tcode\tsee\tsee_also\nFall (from) height\tW17\t\t\n",
		"neoplasm.tsv": "site_path\tmalignant_primary\tmalignant_secondary\tca_in_situ\tbenign\tuncertain\tunspecified\tsee\nNeoplasm, neoplastic\tC80.1\tC79.9\tD09.9\tD36.9\tD48.9\tD49.9\t\n",
		"notes.tsv":    "owner\tlevel\tnote_type\ttext\nR91.1\tcode\texcludes1\tnot that\n",
		"seventh.tsv":  "owner\tchar\tmeaning\nS52\tA\tfirst\n",
		"blocks.tsv":   "id\tkind\tchapter\ttitle\nchapter 18\tchapter\t18\tSigns (R00-R99)\nR90-R94\tblock\t18\tPictures (R90-R94)\nC7A\tblock\t2\tRare ones\n",
	}
)

// folder writes files and returns where they are.
func folder(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func zipOf(t testing.TB, files ...string) string { // name, text, name, text
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err == nil {
			_, err = w.Write([]byte(files[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func gzipOf(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
