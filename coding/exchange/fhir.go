package exchange

import "errors"

func fhirRecords(item []byte) ([]Record, error) { return nil, errors.New("FHIR is not read yet") }
