package coding

// diagnose turns problem mentions into diagnoses and orders them under both
// policies.
func (e *Engine) diagnose(s *study) {}
