//! Readers of XML and SGML with times: no bytes make them panic, hang, or break what they promise.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pullquote_fuzz::read_as;

/// The first byte chooses the name.
const NAMES: &[&str] = &[
    "a.ttml",
    "a.srv3",
    "a.smi",
    "a.eaf",
    "a.exb",
    "a.tei",
    "a.xml",
    "a.rss",
];

fuzz_target!(|bytes: &[u8]| read_as(NAMES, bytes));
