// Package codeset reads published files of code systems into a draft that
// package index makes a release of: the ZIP files of CMS with the order, codes
// and addenda files, the XML tables of CDC, and tables with a header row (TSV).
// What a file is, is told by its content. One file of the package per format.
// Import reads payment tables as well: those of NCCI, the Medicare fee schedule, HCPCS
// Level II, the Medicare Coverage Database, and rules of payers in JSON.
//
// Files are streamed and bounded: a line, an XML element, a whole file and all
// files together may be only so long, so that a damaged or hostile file costs an
// error and not the machine. Errors name file and line.
package codeset
