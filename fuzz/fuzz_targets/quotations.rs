//! Finding quotations in a manuscript and judging them.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pullquote::{
    quote::{Candidate, Markup, Rules, judge, quotations},
    read::{self, Options},
};

fuzz_target!(|given: (&str, &str)| {
    let (manuscript, source) = given;
    let Ok(document) = read::read("a.md", manuscript.as_bytes(), &Options::default()) else {
        return;
    };
    let markup = Markup::of(document.format, manuscript);
    let candidates = [Candidate::passage(source, Some("Ana King"), 0, 0)];
    let rules = Rules { min_words: 1, ..Rules::default() };
    for quotation in quotations(&document.transcript, &markup) {
        for found in judge(&quotation, &candidates, &rules).found {
            assert!(source.get(found.span.start..found.span.end).is_some());
        }
    }
});
