package nlp

// joinMisread makes one unknown word of what a scanner's misreading cut in two:
// "cho1angiographic" is cut behind the digit, and its end would be a term. A known
// word before the digit is not joined, and no single letter: "chest1view", "t1weighted".
func (r *Reader) joinMisread(d *Document) {
	out := d.Tokens[:0]
	for i, t := range d.Tokens {
		if i > 0 && len(out) > 0 && r.misreadBefore(d, out[len(out)-1], t) {
			last := &out[len(out)-1]
			last.End, last.Word = t.End, 0
			continue
		}
		out = append(out, t)
	}
	d.Tokens = out
}

// misreadBefore reports whether a is the beginning of a word that goes on with b.
func (r *Reader) misreadBefore(d *Document, a, b Token) bool {
	if a.End != b.Start || a.Kind != Word || b.Kind != Word || a.Word != 0 || a.Len() < 3 {
		return false
	}
	letters := a.Of(d.Text)
	digit := letters[len(letters)-1]
	letters = letters[:len(letters)-1]
	whole := len(letters) >= 3 && r.vocabulary.find(letters) != 0
	return (digit == '0' || digit == '1') && !isDigit(letters[len(letters)-1]) && !whole
}
