package nlp

func (r *Reader) sentences(d *Document) {
	if len(d.Tokens) > 0 {
		d.Sentences = []Sentence{{Span: Span{0, len(d.Text)}, First: 0, Last: len(d.Tokens)}}
	}
}
