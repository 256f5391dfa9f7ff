package exchange

import (
	"io"
	"iter"
)

func hl7Start(b []byte) bool { return false }

func ReadHL7(r io.Reader, name string) iter.Seq2[Record, error] { return nil }
