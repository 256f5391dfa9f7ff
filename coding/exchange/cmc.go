package exchange

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/radcode/radcode/lexicon"
)

// cmcDoc is one report of the Computational Medicine Center's challenge of
// 2007.
type cmcDoc struct {
	ID    string `xml:"id,attr"`
	Codes []struct {
		Origin string `xml:"origin,attr"`
		Type   string `xml:"type,attr"`
		Code   string `xml:",chardata"`
	} `xml:"codes>code"`
	Texts []struct {
		Type string `xml:"type,attr"`
		Text string `xml:",chardata"`
	} `xml:"texts>text"`
}

const (
	cmcMajority = "CMC_MAJORITY" // the origin of the codes that two of three coders gave
	icd9cm      = "ICD-9-CM"
)

// ReadCMC reads the XML of the Computational Medicine Center's 2007 challenge: radiology
// reports with ICD-9-CM codes of three coders and of their majority. The majority
// is the gold, converted by the lexicon; what each coder said stays under
// "coders_icd9cm" of Extra. A code that the lexicon cannot convert is an
// *ItemError in the place of its report; XML that is broken ends the sequence. The
// file is read whole, up to MaxItem.
func ReadCMC(r io.Reader, name string) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		lex, err := lexicon.Default()
		if err != nil {
			yield(Record{}, err)
			return
		}
		b, err := readWhole(unwrap(r))
		if errors.Is(err, errTooLong) {
			err = &ItemError{name, 1, err}
		}
		if err != nil {
			yield(Record{}, err)
			return
		}
		text, note := decode(b)
		readCMC(text, name, lex, func(rec Record, err error) bool {
			if err == nil {
				rec.note(note)
			}
			return yield(rec, err)
		})
	}
}

// readWhole reads all up to MaxItem.
func readWhole(r io.Reader) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, MaxItem+1))
	if err == nil && len(b) > MaxItem {
		err = errTooLong
	}
	return b, err
}

func readCMC(text, name string, lex *lexicon.Lexicon, yield func(Record, error) bool) {
	in := xml.NewDecoder(strings.NewReader(text))
	in.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // decoded already
	in.Entity = xml.HTMLEntity
	root := ""
	for {
		token, err := in.Token()
		line, _ := in.InputPos()
		if err == io.EOF && root != "" {
			return
		}
		if err != nil {
			yield(Record{}, &ItemError{name, line, err})
			return
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if root == "" {
			if root = start.Name.Local; root != "docs" {
				yield(Record{}, &ItemError{name, line, fmt.Errorf("XML with the root <%s>; <docs> of the CMC challenge can be read", root)})
				return
			}
			continue
		}
		var doc cmcDoc
		if err := in.DecodeElement(&doc, &start); err != nil {
			yield(Record{}, &ItemError{name, line, err})
			return
		}
		rec, err := doc.record(lex)
		if err != nil {
			rec, err = Record{}, &ItemError{name, line, err}
		}
		rec.Line = line
		if !yield(rec, err) {
			return
		}
	}
}

// record writes the report as headed paragraphs and converts its codes.
func (d *cmcDoc) record(lex *lexicon.Lexicon) (Record, error) {
	var rec Record
	rec.ID = d.ID
	var parts []string
	for _, t := range d.Texts {
		heading := strings.ReplaceAll(t.Type, "_", " ")
		parts = append(parts, heading+": "+strings.TrimSpace(t.Text)+"\n")
	}
	rec.Text = strings.Join(parts, "\n")
	coders := map[string][]string{}
	for _, c := range d.Codes {
		code := strings.TrimSpace(c.Code)
		if c.Type != icd9cm {
			continue
		}
		if c.Origin != cmcMajority {
			coders[c.Origin] = append(coders[c.Origin], code)
			continue
		}
		to := lex.FromICD9CM(code)
		if to == nil {
			return rec, fmt.Errorf("report %s: ICD-9-CM code %q has no row in lexicon/data/icd9cm.tsv", d.ID, code)
		}
		g := rec.gold()
		g.ICD10CM = append(g.ICD10CM, GoldCode{Code: to.Code, Accept: to.Accept, ICD9CM: code})
	}
	if len(coders) == 0 {
		return rec, nil
	}
	b, err := json.Marshal(coders) // sorted by coder
	rec.Extra = map[string]json.RawMessage{"coders_icd9cm": b}
	return rec, err
}
