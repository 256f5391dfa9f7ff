package exchange

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// ItemError is one line, message or resource that could not be read. Reading
// goes on behind it.
type ItemError struct {
	File string
	Line int // 1-based line where the item begins
	Err  error
}

func (e *ItemError) Error() string { return fmt.Sprintf("%s:%d: %v", e.File, e.Line, e.Err) }

// Unwrap returns what is wrong with the item.
func (e *ItemError) Unwrap() error { return e.Err }

// FormatError says that the bytes are no report text but something else that
// must be converted first.
type FormatError struct {
	What string // "a PDF"
	Hint string // "extract its text first"
}

func (e *FormatError) Error() string { return fmt.Sprintf("this is %s; %s", e.What, e.Hint) }

// MaxItem is the size in bytes up to which one line, message, JSON value or
// text is read. It keeps a damaged or hostile file from filling the memory.
const MaxItem = 64 << 20

var errTooLong = fmt.Errorf("longer than %d MB", MaxItem>>20)

// explain turns what encoding/json says, which speaks of Go types, into words
// about the data.
func explain(err error) error {
	var typ *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &typ) && typ.Field == "":
		return fmt.Errorf("a JSON %s where an object is expected", typ.Value)
	case errors.As(err, &typ):
		field := strings.TrimPrefix(typ.Field, "Report.") // embedded: not in the data
		return fmt.Errorf("%s cannot be a JSON %s (want %s)", field, typ.Value, typ.Type)
	case errors.As(err, &syntax):
		return fmt.Errorf("not JSON at byte %d: %w", syntax.Offset, err)
	}
	return err
}
