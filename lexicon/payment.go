package lexicon

// loadPayment reads the tables about claim lines: modifiers, what two codes are
// together, and with which reason payers deny.
func (l *Lexicon) loadPayment(ld *loader) {
	bs, ps := bundles(ld.read("bundles.tsv", bundleColumns))
	l.Bundles = collect(ld, bs, ps)
	ms, ps := modifiers(ld.read("modifiers.tsv", modifierColumns))
	l.Modifiers = collect(ld, ms, ps)
	l.DenialReasons = denialReasons(ld.read("carc.tsv", denialReasonColumns))
}

func (l *Lexicon) indexPayment() {
	l.byBundle = make(map[[2]string]int, len(l.Bundles))
	for i, b := range l.Bundles {
		l.byBundle[[2]string{b.Code, b.Other}] = i
	}
	l.byModifier = make(map[string]int, len(l.Modifiers))
	for i, m := range l.Modifiers {
		l.byModifier[m.Code] = i
	}
}
