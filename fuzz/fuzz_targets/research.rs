//! Readers of formats of linguistics and speech research: no bytes make them panic, hang, or break what they promise.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pullquote_fuzz::read_as;

/// The first byte chooses the name.
const NAMES: &[&str] = &[
    "a.TextGrid",
    "a.cha",
    "a.stm",
    "a.ctm",
    "a.rttm",
    "a.nlp",
];

fuzz_target!(|bytes: &[u8]| read_as(NAMES, bytes));
