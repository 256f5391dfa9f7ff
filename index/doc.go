// Package index finds code descriptors by words. It keeps code sets by date of
// service in memory and a bleve (scorch) index over their titles and terms on
// disk, built once into a cache folder and opened read-only afterwards.
//
// No bleve type appears in an exported signature. An Index is safe for
// concurrent use.
package index
