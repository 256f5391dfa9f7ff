// Package index keeps code sets by date of service.
//
// An Index finds code descriptors by words: codes in memory and a bleve (scorch)
// index over their titles and terms on disk, built once into a cache folder and opened
// read-only afterwards.
//
// A Release is an official release of a code system that was imported into the
// same folder: all its codes, notes, seventh characters and alphabetic tables.
// ImportRelease writes one from a Draft, which package codeset reads from published
// files; OpenReleases finds those that are there, by name or date of service.
//
// PaymentTables are published tables of what is paid: pairs of codes, units, add-on
// codes, relative values, coverage, rules of payers. ImportTables keeps them in the
// same folder, OpenPaymentTables finds them.
//
// No bleve type appears in an exported signature. Indexes and releases are safe
// for concurrent use.
package index
