package codeset

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// node is a JSON value and the line it ends on.
type node struct {
	line    int
	value   any // string, json.Number, bool or nil; of objects and lists their delimiter
	members []member
	items   []*node
}

type member struct {
	name string
	line int
	node *node
}

// maxJSONDepth bounds objects within each other; rules need four.
const maxJSONDepth = 16

// jsonReader reads a document into nodes.
type jsonReader struct {
	d       *json.Decoder
	data    []byte
	counted int // bytes of which the lines are counted
	line    int
}

func parseJSON(data []byte) (*node, int, error) {
	r := &jsonReader{d: json.NewDecoder(bytes.NewReader(data)), data: data, line: 1}
	r.d.UseNumber()
	n, err := r.node(0)
	if err == nil {
		if _, more := r.d.Token(); more == nil {
			err = errors.New("something stands behind the end")
		} else if more != io.EOF {
			err = more
		}
	}
	return n, r.at(), err
}

// at is the line of the token read last.
func (r *jsonReader) at() int {
	end := min(int(r.d.InputOffset()), len(r.data))
	r.line += bytes.Count(r.data[r.counted:end], []byte("\n"))
	r.counted = end
	return r.line
}

func (r *jsonReader) token() (json.Token, error) {
	t, err := r.d.Token()
	if err == io.EOF {
		return nil, errors.New("the file ends early")
	}
	return t, err
}

func (r *jsonReader) node(depth int) (*node, error) {
	if depth > maxJSONDepth {
		return nil, fmt.Errorf("nested deeper than %d", maxJSONDepth)
	}
	t, err := r.token()
	if err != nil {
		return nil, err
	}
	n := &node{line: r.at(), value: t}
	switch t {
	case json.Delim('{'):
		for r.d.More() {
			name, err := r.token()
			if err != nil {
				return nil, err
			}
			m := member{line: r.at()}
			m.name, _ = name.(string) // the decoder lets nothing else stand here
			if m.node, err = r.node(depth + 1); err != nil {
				return nil, err
			}
			n.members = append(n.members, m)
		}
	case json.Delim('['):
		for r.d.More() {
			item, err := r.node(depth + 1)
			if err != nil {
				return nil, err
			}
			n.items = append(n.items, item)
		}
	default:
		return n, nil
	}
	_, err = r.token()
	return n, err
}

// jsonFile reads values out of nodes and gathers what is wrong.
type jsonFile struct {
	name     string
	problems []error
}

func (f *jsonFile) problem(line int, format string, args ...any) {
	switch len(f.problems) {
	case maxProblems:
		f.problems = append(f.problems, fmt.Errorf("%s: more than %d problems", f.name, maxProblems))
	case maxProblems + 1:
	default:
		f.problems = append(f.problems, place{f.name, line}.errorf(format, args...))
	}
}

// field is a member that an object may have.
type field struct {
	name string
	read func(n *node, what string)
}

// object reads the members of an object; those it does not know are problems.
func (f *jsonFile) object(n *node, what string, fields []field) {
	if n.value != json.Delim('{') {
		f.problem(n.line, "%s: want an object", what)
		return
	}
	seen := map[string]bool{}
	for _, m := range n.members {
		i := slices.IndexFunc(fields, func(x field) bool { return x.name == m.name })
		switch {
		case i < 0:
			var names []string
			for _, x := range fields {
				names = append(names, x.name)
			}
			f.problem(m.line, "%s: field %q is not known: want %s", what, m.name, strings.Join(names, ", "))
		case seen[m.name]:
			f.problem(m.line, "%s: field %q stands there twice", what, m.name)
		default:
			fields[i].read(m.node, what+"."+m.name)
		}
		seen[m.name] = true
	}
}

func (f *jsonFile) text(to *string) func(*node, string) {
	return func(n *node, what string) {
		s, ok := n.value.(string)
		if !ok {
			f.problem(n.line, "%s: want a text", what)
		}
		*to = strings.TrimSpace(s)
	}
}

func (f *jsonFile) flag(to *bool) func(*node, string) {
	return func(n *node, what string) {
		var ok bool
		if *to, ok = n.value.(bool); !ok {
			f.problem(n.line, "%s: want true or false", what)
		}
	}
}

// date reads a day, "" = none.
func (f *jsonFile) date(to *string) func(*node, string) {
	return func(n *node, what string) {
		s, ok := n.value.(string)
		d := dateOf(s)
		if !ok || !d.ok || s != d.iso {
			f.problem(n.line, "%s: want a day of the calendar as YYYY-MM-DD", what)
		}
		*to = d.iso
	}
}

func (f *jsonFile) years(to *int) func(*node, string) {
	return func(n *node, what string) {
		number, _ := n.value.(json.Number)
		years, err := number.Int64()
		if err != nil || years < 0 || years > 150 {
			f.problem(n.line, "%s: want an age in whole years", what)
			return
		}
		*to = int(years)
	}
}

// texts reads a list of texts; each is checked and may be spelled otherwise.
func (f *jsonFile) texts(to *[]string, check func(string) (string, error)) func(*node, string) {
	return func(n *node, what string) {
		if n.value != json.Delim('[') {
			f.problem(n.line, "%s: want a list", what)
			return
		}
		for _, item := range n.items {
			s, ok := item.value.(string)
			if !ok {
				f.problem(item.line, "%s: want a list of texts", what)
				continue
			}
			s, err := check(strings.TrimSpace(s))
			if err != nil {
				f.problem(item.line, "%s: %w", what, err)
				continue
			}
			*to = append(*to, s)
		}
	}
}
