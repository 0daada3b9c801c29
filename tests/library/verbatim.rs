//! Words in a row are found where a plain scan finds them.

use std::{collections::BTreeSet, ops::Range};

use proptest::prelude::*;
use pullquote::words::Words;

use super::{
    arbitrary::{WORDS, made},
    made::{Made, in_several_runs, path},
    scan::place,
};

/// Whether a word is compared: the last character of a run without spaces may begin a pair.
fn is_compared(word: &str) -> bool {
    word.chars().count() > 1 || word.is_ascii()
}

/// The passages in which a plain scan finds words in a row, over the borders of passages too.
fn in_a_row(corpus: &[Made], wanted: &Words) -> BTreeSet<(String, u32)> {
    let wanted: Vec<(usize, &str)> =
        wanted.iter().enumerate().filter(|(_, word)| is_compared(word)).collect();
    let mut found = BTreeSet::new();
    for (number, document) in corpus.iter().enumerate() {
        let mut words: Vec<(u32, String)> = Vec::new();
        for passage in document.passages() {
            let here = Words::of(passage.text.as_str());
            words.extend(here.iter().map(|word| (passage.number, word.to_owned())));
        }
        for (start, (passage, _)) in words.iter().enumerate() {
            let stands = |(at, word): &(usize, &str)| {
                words.get(start + at).is_some_and(|(_, other)| other == word)
            };
            if !wanted.is_empty() && wanted.iter().all(stands) {
                found.insert((path(number), *passage));
            }
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn words_in_a_row_are_found_where_a_scan_finds_them(
        corpus in made(),
        texts in prop::collection::vec(prop::collection::vec(prop::sample::select(WORDS), 1..5), 40),
    ) {
        let (_folder, index) = in_several_runs(&corpus);
        for text in texts {
            let words = Words::of(&text.join(" "));
            let found = index.verbatim(&words).unwrap().passages(0..words.len(), 1000).unwrap();
            let found: Vec<_> = found.iter().map(|id| place(&index, *id)).collect();
            let expected = in_a_row(&corpus, &words);
            // Of many words only the rarest are compared, which are most of them here.
            prop_assert!(expected.iter().all(|it| found.contains(it)), "{:?}: {:?}", text, found);
            if words.len() <= 6 {
                prop_assert!(found.iter().eq(&expected), "{:?}: {:?}", text, found);
            }
        }
    }
}

#[test]
fn of_many_places_those_are_kept_that_go_on_with_more_of_the_text() {
    let texts = ["so it goes", "so it goes on", "and so it goes", "it goes"];
    let corpus = texts.map(|text| Made::unnamed([text]));
    let (_folder, index) = in_several_runs(&corpus);
    let found = |text: &str, stretch: Range<usize>, limit| -> Vec<String> {
        let found = index.verbatim(&Words::of(text)).unwrap().passages(stretch, limit).unwrap();
        found.into_iter().map(|id| index.record(id).unwrap().0.path).collect()
    };
    assert_eq!(found("and so it goes on", 2..4, 4), [path(0), path(1), path(2), path(3)]);
    assert_eq!(found("and so it goes on", 2..4, 3), [path(1)]);
    assert_eq!(found("and so it goes", 2..4, 3), [path(0), path(1), path(2)]);
    assert_eq!(found("and so it goes", 2..4, 2), [path(2)]);
    assert_eq!(found("it goes", 0..2, 2), [path(0), path(1)]);
    assert_eq!(found("it went", 0..2, 2), [""; 0]);
}
