package coding

// modifiers returns the modifiers of an exam's first code.
func (e *Engine) modifiers(dr *draft) []Modifier { return []Modifier{} }
