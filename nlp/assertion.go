package nlp

func (r *Reader) assertions(d *Document) {}
