package exchange

import (
	"encoding/json"
	"io/fs"
	"iter"
	"path"
	"strings"
)

// ReadBRAT reads the reports of a folder of brat annotations (NAME.txt with NAME.ann beside
// it), in the order of their names. Normalisations to ICD10CM, CPT or HCPCS are the
// gold; an entity that is negated or not the patient's gives none. The notes of
// annotators are "notes" of Extra, by the annotation that they are about. A fault is
// an *ItemError with the line of the .ann file; the report is then left out, as
// its gold would not be whole.
func ReadBRAT(fsys fs.FS) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		files, err := annotationFiles(fsys)
		if err != nil {
			yield(Record{}, err)
			return
		}
		bratRecords(fsys, files, yield)
	}
}

func bratRecords(fsys fs.FS, files []string, yield func(Record, error) bool) {
	for _, file := range files {
		d, faults, err := readStandoff(fsys, file)
		if err != nil {
			yield(Record{}, err)
			return
		}
		for _, fault := range faults {
			if !yield(Record{}, fault) {
				return
			}
		}
		if len(faults) > 0 {
			continue
		}
		if rec, err := d.record(); !yield(rec, err) {
			return
		}
	}
}

func (d *standoff) record() (Record, error) {
	rec := Record{Line: 1}
	rec.ID = strings.TrimSuffix(d.file, path.Ext(d.file))
	rec.Text = d.text
	rec.note(d.note)
	for _, e := range d.entities {
		if e.says("negation", "negated") || e.says("experiencer", "family member") || e.says("experiencer", "other") {
			continue
		}
		if len(e.gold.CPT)+len(e.gold.ICD10CM) > 0 {
			rec.gold().join(&e.gold)
		}
	}
	if len(d.notes) == 0 {
		return rec, nil
	}
	b, err := json.Marshal(d.notes)
	rec.Extra = map[string]json.RawMessage{"notes": b}
	return rec, err
}
