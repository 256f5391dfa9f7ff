package nlp_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// smallLexicon is a handful of terms that replace the big tables: the tests say
// what the stages do, whatever the lexicon holds.
var smallLexicon = map[string]string{
	"concepts.tsv": `axis	concept	parents	name	paired
modality	ct		CT	
modality	mr		MR	
modality	us		ultrasound	
modality	xr		x-ray	
region	abdomen		abdomen	
region	brain		brain	
region	chest		chest	
region	foot		foot	y
region	heart		heart	
region	hip		hip	y
region	kidney		kidney	y
region	knee		knee	y
region	liver		liver	
region	lower_extremity		leg	y
region	lung		lung	y
region	pelvis		pelvis	
region	pleura		pleura	y
region	radius		radius	y
region	right_lower_lobe	lung	right lower lobe	
region	testis		testis	y
`,
	"anatomy.tsv": `term	emits
abdomen	region:abdomen
brain	region:brain
chest	region:chest
foot	region:foot
heart	region:heart
hip	region:hip
kidney	region:kidney
knee	region:knee
liver	region:liver
lung	region:lung
pelvis	region:pelvis
pleural	region:pleura
radius	region:radius
right lower lobe	region:right_lower_lobe
rle	region:lower_extremity
testicular	region:testis
`,
	"modality.tsv": `term	emits
ct	modality:ct
ct angiography	modality:ct
mri	modality:mr
ultrasound	modality:us
x ray	modality:xr
`,
	"senses.tsv": `term	given	emits
gated	!modality:us	region:heart
pool	region:heart	region:chest
pool	region:heart,modality:mr	region:pelvis
pool	region:pelvis	-
right	region:liver	region:abdomen
`,
	"diagnoses.tsv": `concept	kind	site	with	pattern	title
any	finding			R93.89	any
`,
	"diagnosis_terms.tsv": `term	concept	site	with
adenopathy	any		
aneurysm	any		
asthma	any		
atelectasis	any		
cancer	any		
cardiomegaly	any	heart	
cough	any		
cyst	any		
dislocation	any		
edema	any		
effusion	any		
fever	any		
fracture	any		
hydronephrosis	any		
infarct	any		
kidney stone	any	kidney	
mass	any		
nodule	any		
pain	any		
pleural effusion	any	pleura	
pneumonia	any		
pneumothorax	any		
stenosis	any		
stone	any		
swelling	any		
torsion	any		
tumor	any		
`,
}

// realTables are tested as they are; all other tables are empty but for their
// column names.
var realTables = map[string]bool{"assertion_cues.tsv": true, "headings.tsv": true}

func headerOf(data []byte) []byte {
	for line := range bytes.Lines(data) {
		if line[0] != '#' && len(bytes.TrimSpace(line)) > 0 {
			return line
		}
	}
	return nil
}

func reader(t testing.TB) *nlp.Reader {
	t.Helper()
	files := fstest.MapFS{}
	tables, err := filepath.Glob("../lexicon/data/*.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		data, err := os.ReadFile(table)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(table)
		if small, ok := smallLexicon[name]; ok {
			data = []byte(small)
		} else if !realTables[name] {
			data = headerOf(data)
		}
		files[name] = &fstest.MapFile{Data: data}
	}
	lex, err := lexicon.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	r, err := nlp.New(lex)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// kinds writes the sections as "kind(heading)", without empty bodies that have
// no heading.
func kinds(d *nlp.Document) string {
	var out []string
	for _, s := range d.Sections {
		h := s.Heading.Of(d.Text)
		if h == "" && strings.TrimSpace(s.Body.Of(d.Text)) == "" {
			continue
		}
		out = append(out, string(s.Kind)+"("+strings.ToLower(h)+")")
	}
	return strings.Join(out, " ")
}
