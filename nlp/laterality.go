package nlp

func (r *Reader) sides(d *Document) {}
