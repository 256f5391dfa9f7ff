package exchange

import (
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Mapping says which columns of a table hold what. The zero Mapping takes the
// columns that are named like the keys ("id", "text", "meta.age" ...).
type Mapping struct {
	// Columns are the columns of a key, joined where there are several. A key
	// without an entry takes the column of its own name where the table has
	// one; a key with an empty list is not read.
	Columns map[string][]string

	// Long says that a report has one row per code: rows that follow each other
	// and share their id are one record.
	Long bool
}

// zero reports that nobody asked for anything.
func (m Mapping) zero() bool { return len(m.Columns) == 0 && !m.Long }

// ParseMapping reads "id=accession,text=findings+impression,long=true": pairs of
// a key and the columns that hold it, the pairs in CSV, so that one with a comma
// in a column's name is quoted as a whole. "key=" leaves a key unread. The empty
// string is the zero Mapping.
func ParseMapping(s string) (Mapping, error) {
	m := Mapping{Columns: map[string][]string{}}
	if strings.TrimSpace(s) == "" {
		return Mapping{}, nil
	}
	in := csv.NewReader(strings.NewReader(s))
	in.TrimLeadingSpace = true
	pairs, err := in.Read()
	if err != nil {
		return Mapping{}, fmt.Errorf("mapping %q: %w", s, err)
	}
	for _, pair := range pairs {
		if err := m.add(strings.TrimSpace(pair)); err != nil {
			return Mapping{}, fmt.Errorf("mapping %q: %w", s, err)
		}
	}
	return m, nil
}

func (m *Mapping) add(pair string) error {
	key, columns, ok := strings.Cut(pair, "=")
	if !ok {
		return fmt.Errorf("%q: want key=column", pair)
	}
	if key == "long" {
		if columns != "true" && columns != "false" {
			return fmt.Errorf("long=%s: want true or false", columns)
		}
		m.Long = columns == "true"
		return nil
	}
	if !slices.ContainsFunc(tableKeys, func(k tableKey) bool { return k.name == key }) {
		return fmt.Errorf("no key %q; there are %s, long", key, strings.Join(keyNames(), ", "))
	}
	if _, twice := m.Columns[key]; twice {
		return fmt.Errorf("key %s stands twice; several columns are key=one+two", key)
	}
	m.Columns[key] = nil
	if columns != "" {
		m.Columns[key] = []string{columns} // split when the header is known: a name may hold a plus
	}
	return nil
}

func keyNames() []string {
	names := make([]string, len(tableKeys))
	for i, k := range tableKeys {
		names[i] = k.name
	}
	return names
}

// source is a key with the places of its columns in a row.
type source struct {
	tableKey
	columns []int
	names   []string
}

// sources finds the columns of all keys in a header.
func (m Mapping) sources(header []string) ([]source, error) {
	var out []source
	for _, k := range tableKeys {
		asked, mapped := m.Columns[k.name]
		if !mapped {
			asked = []string{k.name}
		}
		src := source{tableKey: k}
		for _, name := range asked {
			columns, err := columnsOf(name, header)
			if errors.Is(err, errNoColumn) && !mapped {
				continue
			}
			if err != nil {
				return nil, fmt.Errorf("%s=%s: %w", k.name, name, err)
			}
			src.columns = append(src.columns, columns...)
		}
		for _, c := range src.columns {
			src.names = append(src.names, header[c])
		}
		if len(src.columns) > 0 {
			out = append(out, src)
		}
	}
	return out, nil
}

// columnsOf finds the column of a name, or those of "one+two".
func columnsOf(name string, header []string) ([]int, error) {
	if i, err := columnOf(name, header); err == nil {
		return []int{i}, nil
	}
	var out []int
	for part := range strings.SplitSeq(name, "+") {
		i, err := columnOf(part, header)
		if err != nil {
			return nil, err
		}
		out = append(out, i)
	}
	return out, nil
}

var errNoColumn = errors.New("no column")

// columnOf finds a column, by letter case only where that is needed.
func columnOf(name string, header []string) (int, error) {
	name = strings.TrimSpace(name)
	same := func(a string) bool { return a == name }
	if !slices.ContainsFunc(header, same) {
		same = func(a string) bool { return strings.EqualFold(a, name) }
	}
	at := slices.IndexFunc(header, same)
	if at < 0 {
		return 0, fmt.Errorf("%w %q; the table has %s", errNoColumn, name, strings.Join(header, ", "))
	}
	if slices.ContainsFunc(header[at+1:], same) {
		return 0, fmt.Errorf("column %q stands twice", name)
	}
	return at, nil
}
