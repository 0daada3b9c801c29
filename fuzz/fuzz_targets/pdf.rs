//! Readers of PDF: no bytes make them panic, hang, or break what they promise.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pullquote_fuzz::read_as;

/// The first byte chooses the name.
const NAMES: &[&str] = &[
    "a.pdf",
];

fuzz_target!(|bytes: &[u8]| read_as(NAMES, bytes));
