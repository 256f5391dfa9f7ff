package exchange

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/radcode/radcode/index"
)

// feeColumns are those of a table of fees, the needed ones first.
var feeColumns = []columnNames{
	{"code", "code cpt hcpcs cptcode hcpcscode"},
	{"work", "work workrvu wrvu rvuwork"},
	{"nonfacility", "nonfacility nonfacilitytotal nonfactotal totalnonfacility totalrvu total"},
	{"facility", "facility facilitytotal factotal totalfacility"},
	{"modifier", "modifier mod"},
	{"bilateral", "bilateral bilatsurg bilat"},
}

// ReadFees reads a table of relative value units: code, modifier (26, TC, 53 or empty), work and
// the totals outside and inside facilities; without the latter the total counts everywhere.
// Rows that cannot be read are *ItemErrors and left out; err is the reader's, or a table without the columns.
func ReadFees(r io.Reader, name string) (fees *index.PaymentTable, faults []error, err error) {
	t, err := openColumns(r, name)
	if err == io.EOF {
		return &index.PaymentTable{Kind: index.FeeTable, Name: name}, nil, nil
	}
	if err == nil {
		err = wantColumns(t, feeColumns[:3], name)
	}
	if err != nil {
		return nil, nil, err
	}
	columns := columnsNamed(t.header, feeColumns)
	fees = &index.PaymentTable{Kind: index.FeeTable, Name: baseName(name)}
	for {
		cells, err := t.row()
		if err == io.EOF {
			return fees, faults, nil
		}
		if fatal(err) {
			return nil, faults, err
		}
		var f index.Fee
		if err == nil {
			if f, err = feeOf(cells, columns); err != nil {
				err = &ItemError{name, t.line, err}
			}
		}
		if err != nil {
			faults = append(faults, err)
			continue
		}
		fees.Fees = append(fees.Fees, f)
	}
}

func feeOf(cells []string, columns map[string][]int) (index.Fee, error) {
	at := func(key string) string { return cellOf(cells, columns[key]) }
	l, err := codedLine(at("code"), nil)
	if err != nil {
		return index.Fee{}, err
	}
	f := index.Fee{Code: l.Code, Modifier: strings.ToUpper(at("modifier"))}
	for _, x := range []struct {
		to   *int
		text string
	}{{&f.Work, at("work")}, {&f.NonFacility, at("nonfacility")}, {&f.Facility, first(at("facility"), at("nonfacility"))}} {
		n, err := strconv.ParseFloat(first(x.text, "0"), 64)
		if err != nil || n < 0 || n > 1e6 {
			return f, fmt.Errorf("%q is no number of relative value units", x.text)
		}
		*x.to = int(math.Round(n * 100))
	}
	if b := at("bilateral"); b != "" {
		f.Bilateral = b[0]
	}
	return f, nil
}
