// Package exchange reads reports from the formats they travel in and writes
// results in the formats that hospital systems read: corpus lines (JSONL), plain
// text, HL7 v2 ORU^R01 and FHIR R4. It also reads the formats of labelled data:
// tables, the CMC challenge's XML, brat folders, texts with a table of labels, and
// assertion corpora (docs/corpus.md).
//
// Read decides by content, OpenCorpus also by what lies in a folder. Every reader
// streams unless it says otherwise, keeps the order, and goes on
// behind a bad item: such an item is an *ItemError in its place. Any other error
// is of the underlying reader and ends the sequence. Functions keep no state
// between calls and are safe for concurrent use; a sequence belongs to the one
// goroutine that ranges over it, and can be ranged over once.
package exchange
