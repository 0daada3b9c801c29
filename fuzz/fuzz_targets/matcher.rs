//! The matcher: what a query matches in a text is a slice of it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pullquote::{
    find::{self, Reading, Vocabulary},
    query::{filter::Facts, parse},
    words::Words,
};

fuzz_target!(|given: (&str, &str)| {
    let (query, text) = given;
    let Ok(query) = parse(query) else { return };
    let words = Words::of(text);
    let mut vocabulary = Vocabulary::default();
    vocabulary.add(text, "en");
    let plan = find::plan(&query, &vocabulary);
    let reading = Reading { text, words: &words, own: words.len() };
    for span in find::matches(&plan, reading, &Facts::default()).unwrap_or_default() {
        let span = find::text_span(&words, span);
        assert!(text.get(span.start..span.end).is_some(), "{span:?} of {text:?}");
    }
});
