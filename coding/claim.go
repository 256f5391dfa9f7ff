package coding

// bill builds the claim lines of both policies.
func (e *Engine) bill(s *study) {}
