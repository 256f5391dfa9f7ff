package nlp

// clauses holds the token ranges of one sentence in which a cue or a side may
// act. It is reused from sentence to sentence.
type clauses struct {
	breaks []int // tokens at which an independent clause begins, ascending
	lefts  []int // the separators before them
}

// split finds the independent clauses of tokens [first,last).
func (c *clauses) split(r *Reader, d *Document, first, last int) {
	c.breaks, c.lefts = c.breaks[:0], c.lefts[:0]
	start := first
	for i := first + 1; i < last-1; i++ {
		begin, i0 := 0, i
		switch m := d.mark(i); {
		case m == ';':
			begin = i + 1
		case m == ':':
			if label := d.labelStart(i, start); label > start {
				begin, i0 = label, label
			}
		case m == ',' || r.is(d.Tokens[i], conjunction):
			if r.independent(d, start, i, last) {
				begin = i + 1
			}
		case m == '.' && d.Tokens[i+1].Start > d.Tokens[i].End && d.capital(i+1) && i-1 > first && d.Tokens[i-1].Kind == Word &&
			!r.is(d.Tokens[i-1], abbreviation) && d.Tokens[i-1].Len() > 1:
			begin = i + 1
		}
		if begin > 0 {
			c.breaks, c.lefts = append(c.breaks, begin), append(c.lefts, i0)
			start = begin
		}
	}
}

// labelStart returns the first word of the label in capitals that ends at the
// colon at i: a heading that lost its line break begins a new statement.
func (d *Document) labelStart(i, start int) int {
	label := i
	for label > start && d.Tokens[label-1].Kind == Word && d.Tokens[label-1].Len() > 1 && d.shouted(label-1, label) {
		label--
	}
	if label == i {
		return start
	}
	return label
}

// independent reports whether the comma or conjunction at i opens a clause with
// its own subject and verb: "no effusion, heart is enlarged", but not "no
// effusion, mass, or nodule is seen".
func (r *Reader) independent(d *Document, start, i, last int) bool {
	t := d.Tokens
	k := i + 1
	if k < last && r.is(t[k], conjunction) {
		k++
	}
	if k >= last || r.is(t[k], alternative|preposition) {
		return false
	}
	if r.is(t[k], verb) { // "denies fever, has pain": the same subject
		return r.any(d, start, i, verb)
	}
	fresh := r.is(t[k], determiner)
	at := r.verbWithin(d, k, last)
	if at < 0 {
		return false
	}
	if fresh {
		return true
	}
	said := r.any(d, start, i, verb)
	listed := at+1 < last && r.is(t[at+1], participle)
	return said || !listed && r.any(d, start, i, denying)
}

// any reports whether a token of [i,j) belongs to a class.
func (r *Reader) any(d *Document, i, j int, c class) bool {
	for ; i < j; i++ {
		if r.is(d.Tokens[i], c) {
			return true
		}
	}
	return false
}

// verbWithin returns the first finite verb of the segment that begins at i and
// ends at the next separator, or -1.
func (r *Reader) verbWithin(d *Document, i, last int) int {
	for k := i; k < last; k++ {
		t := d.Tokens[k]
		if m := d.mark(k); m == ',' || m == ';' || m == ':' {
			return -1
		}
		if r.is(t, alternative|conjunction|relative) && k > i {
			return -1
		}
		if r.is(t, verb) && k > i {
			return k
		}
	}
	return -1
}

// around returns the clause that holds token i, as a range within [first,last).
func (c *clauses) around(i, first, last int) (from, to int) {
	from, to = first, last
	for n, b := range c.breaks {
		if b > i {
			return from, c.lefts[n]
		}
		from = b
	}
	return from, to
}
