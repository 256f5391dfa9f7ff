package nlp

func (r *Reader) sections(d *Document) {
	d.Sections = []Section{{Kind: SectionBody, Body: Span{0, len(d.Text)}}}
}
