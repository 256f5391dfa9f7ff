// Package nlp reads report text: bytes in, a Document out, with tokens,
// sections, sentences and mentions that carry their assertion and side.
//
// All offsets are byte offsets into the untouched text, spans are half-open and
// lie on rune starts. Reading cannot fail: any bytes are a report. A Reader is
// built once from a lexicon, is immutable and safe for concurrent use.
package nlp
