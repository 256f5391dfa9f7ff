// Package exchange reads reports from the formats they travel in and writes
// results in the formats that hospital systems read: corpus lines (JSONL), plain
// text, HL7 v2 ORU^R01 and FHIR R4.
//
// Read decides by content. Every reader streams, keeps the order, and goes on
// behind a bad item: such an item is an *ItemError in its place. Any other error
// is of the underlying reader and ends the sequence. Functions keep no state
// between calls and are safe for concurrent use; a sequence belongs to the one
// goroutine that ranges over it, and can be ranged over once.
package exchange
