// Package audit compares what was billed with what the report supports: typed
// differences with the report's words, what of them is sure enough to be called a
// finding, how claims agree, what it costs, which claims a person should look at, and
// which flags go before denials.
package audit
