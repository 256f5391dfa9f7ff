package nlp

// trie finds the longest phrase that starts at a token. Nodes are numbers, the
// edges one flat map from (node, word) to node, so that a lookup allocates
// nothing.
type trie struct {
	edges   map[uint64]int32
	payload []int32 // node -> entry + 1; 0 = no phrase ends here
}

func newTrie() *trie {
	return &trie{edges: map[uint64]int32{}, payload: make([]int32, 1)}
}

func edge(node int32, w WordID) uint64 { return uint64(node)<<32 | uint64(uint32(w)) }

// add stores a phrase; a phrase that is there already keeps its first entry.
func (t *trie) add(words []WordID, entry int) {
	node := int32(0)
	for _, w := range words {
		next, ok := t.edges[edge(node, w)]
		if !ok {
			next = int32(len(t.payload))
			t.payload = append(t.payload, 0)
			t.edges[edge(node, w)] = next
		}
		node = next
	}
	if node != 0 && t.payload[node] == 0 {
		t.payload[node] = int32(entry) + 1
	}
}

// addAll stores phrases in order: of two alike the first stands.
func (t *trie) addAll(phrases []phrase) {
	for _, p := range phrases {
		t.add(p.words, p.entry)
	}
}

// match returns the entry and the number of tokens of the longest phrase that
// starts at tokens[0], or n = 0. A phrase may run over a line end (reports are
// wrapped) but not over an empty line.
func (t *trie) match(tokens []Token) (entry, n int) {
	node := int32(0)
	for i := range tokens {
		if tokens[i].Word == 0 || i > 0 && tokens[i].Blank {
			break
		}
		next, ok := t.edges[edge(node, tokens[i].Word)]
		if !ok {
			break
		}
		node = next
		if p := t.payload[node]; p != 0 {
			entry, n = int(p)-1, i+1
		}
	}
	return entry, n
}

// phrase adds the words of a term to the vocabulary and returns their ids. Do
// not modify them.
func (v *vocabulary) phrase(term string) []WordID {
	if words, ok := v.phrases[term]; ok {
		return words
	}
	v.buf = scanInto(v.buf[:0], term)
	words := make([]WordID, len(v.buf))
	for i, t := range v.buf {
		words[i] = v.add(t.Of(term))
	}
	if v.phrases != nil {
		v.phrases[term] = words
	}
	return words
}
