package index

import (
	"errors"
	"strings"
)

// TableChange is a row that differs between two payment tables of a kind.
type TableChange struct {
	Kind   ChangeKind `json:"change"` // Added, Deleted or Revised
	Key    string     `json:"key"`    // code, codes of a pair, code and modifier, ...
	Column string     `json:"column,omitempty"`
	Was    string     `json:"was,omitempty"`
	Is     string     `json:"is,omitempty"`
}

// DiffTables returns what a later table says otherwise: rows that are new or gone, and
// each column that changed. Rows are told apart by their key and, where a key
// has several, by their first date. By key, then by column.
func DiffTables(old, later *PaymentTable) ([]TableChange, error) {
	if old.Kind != later.Kind {
		return nil, errors.New("index: the tables are of two kinds: " + old.Kind + " and " + later.Kind)
	}
	k, err := kindOf(old.Kind)
	if err != nil {
		return nil, err
	}
	old.read()
	later.read()
	var out []TableChange
	a, b := k.count(old), k.count(later)
	for i, n := 0, 0; i < a || n < b; {
		var was, is []string
		if i < a {
			was = k.row(old, i)
		}
		if n < b {
			is = k.row(later, n)
		}
		switch order := k.compare(was, is); {
		case order < 0:
			out = append(out, TableChange{Kind: Deleted, Key: k.keyOf(was)})
			i++
		case order > 0:
			out = append(out, TableChange{Kind: Added, Key: k.keyOf(is)})
			n++
		default:
			out = append(out, k.revised(was, is)...)
			i, n = i+1, n+1
		}
	}
	return out, nil
}

// compare orders rows as they are sorted; no row comes last.
func (k *tableKind) compare(a, b []string) int {
	switch {
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	for c := range k.key + 1 { // the key, and the first date
		if order := strings.Compare(a[c], b[c]); order != 0 {
			return order
		}
	}
	return 0
}

func (k *tableKind) revised(was, is []string) []TableChange {
	var out []TableChange
	for c := k.key; c < len(was); c++ {
		if was[c] != is[c] {
			out = append(out, TableChange{Kind: Revised, Key: k.keyOf(is), Column: k.columns[c], Was: was[c], Is: is[c]})
		}
	}
	return out
}
