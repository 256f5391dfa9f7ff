package coding

// check runs all rules.
func (e *Engine) check(s *study) {}
