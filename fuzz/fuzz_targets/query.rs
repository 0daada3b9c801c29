//! The query parser: every query is understood or refused with a place in it, and never panics.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pullquote::query::parse;

fuzz_target!(|query: &str| {
    if let Err(error) = parse(query) {
        assert!(query.get(error.span.start..error.span.end).is_some(), "{error:?}");
    }
});
