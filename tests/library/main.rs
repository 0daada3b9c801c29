//! The library over small indexes of corpora made up for the tests: what the index finds against
//! plain scans of the same passages, and what searching, quoting and checking promise over it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod arbitrary;
mod check_corpus;
mod from_memory;
mod index_and_scan;
mod made;
mod many_passages;
mod over_borders;
mod pages;
mod scan;
mod scores;
mod suggestions;
mod verbatim;
