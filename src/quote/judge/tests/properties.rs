//! What holds for any slice of a text, changed in any allowed or forbidden way, and for any text.

use proptest::prelude::*;

use super::*;

/// Words of a text with which the properties are tried; their punctuation stays with them.
const WORDS: &str = "After the “long” session, we—that is, Ana and I—didn't touch the tape's \
    edge again; it cost 1,200 crowns (too much?) and N.W.A. played on. Señor Ruiz wrote: ‘keep \
    it safe’ on 3.5 of the well-known boxes. Later everyone forgot which box held what and where \
    the naïve engineer hid that last remaining copy.";

/// A slice of whole words, from the first to the last.
fn slice(first: usize, count: usize) -> &'static str {
    let words = Words::of(WORDS);
    let first = first % (words.len() - 8);
    let last = (first + 4 + count % 12).min(words.len() - 1);
    &WORDS[words.span(first).start..words.span(last).end]
}

/// A word of a text that is neither its first nor its last, with what stands before and behind it.
fn round_a_word(text: &str, at: usize) -> (&str, &str, &str) {
    let words = Words::of(text);
    let span = words.span(1 + at % (words.len() - 2));
    (&text[..span.start], &text[span.range()], &text[span.end..])
}

fn verdict_of(text: &str) -> Verdict {
    let candidates =
        [Candidate::passage(REVIEW, None, 0, 0), Candidate::passage(WORDS, None, 1, 0)];
    judge(&quotation(text, None), &candidates, &Rules::default()).verdict
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn allowed_changes_pass(
        first in 0_usize..99, count in 0_usize..99, change in 0_usize..9, at in 0_usize..99
    ) {
        let text = slice(first, count);
        let (before, word, behind) = round_a_word(text, at);
        let (changed, verdict) = match change {
            0 => (text.to_owned(), Verdict::Exact),
            1 => (text.replace(' ', "\n  "), Verdict::Exact),
            2 => (text.replace(['“', '”'], "\"").replace(['’', '‘', '\''], "’"), Verdict::Exact),
            3 => (text.replace('—', " -- "), Verdict::Exact),
            4 => (format!("{text}!"), Verdict::Exact),
            5 => (format!("{before}[some of the] {word}{behind}"), Verdict::Marked),
            6 => (format!("{before}{word} [sic]{behind}"), Verdict::Marked),
            7 => (format!("{before}… {word}{behind}"), Verdict::Marked),
            _ => (format!("{text} ..."), Verdict::Marked),
        };
        prop_assert_eq!(verdict_of(&changed), verdict, "{}", changed);
    }

    #[test]
    fn words_left_out_with_a_mark_pass(first in 0_usize..99, count in 0_usize..99, at in 0_usize..99) {
        let text = slice(first, count);
        let (before, _, behind) = round_a_word(text, at);
        let changed = format!("{before} … {behind}");
        let few = Words::of(text).len() - 1 < 4;
        prop_assert!(few || verdict_of(&changed) == Verdict::Marked, "{}", changed);
    }

    #[test]
    fn a_word_changed_dropped_or_added_never_passes(
        first in 0_usize..99, count in 0_usize..99, change in 0_usize..6, at in 0_usize..99
    ) {
        let text = slice(first, count);
        let (before, word, behind) = round_a_word(text, at);
        let changed = match change {
            0 => format!("{before}zebra{behind}"),
            1 => format!("{}{}", before, behind.trim_start_matches(|it: char| it.is_whitespace())),
            2 => format!("{before}zebra {word}{behind}"),
            3 => format!("{before}{word}s{behind}"),
            4 => format!("{before}{}{behind}", word.to_uppercase()),
            _ => format!("{before}not {word}{behind}"),
        };
        prop_assume!(!WORDS.contains(&changed));
        prop_assert!(!verdict_of(&changed).passes(), "{}", changed);
    }

    #[test]
    fn nothing_panics(text in "\\PC{0,60}", source in "\\PC{0,60}", named in proptest::option::of("\\PC{0,12}")) {
        let candidates = [
            Candidate::passage(&source, Some("Ana"), 0, 0),
            Candidate::passage(TALK, named.as_deref(), 0, 1),
        ];
        let found = judge(&quotation(&text, named.as_deref()), &candidates, &Rules::default());
        for it in found.found {
            prop_assert!(candidates[it.candidate].text.get(it.span.range()).is_some());
        }
    }

    #[test]
    fn marks_anywhere_do_not_panic(
        text in "([a-c] ?|…|\\.\\.\\.|\\[|\\]|'|“|音|é|\n| ){0,30}",
        source in "([a-c] ?|…|\\[|\\]|'|音|é| ){0,40}"
    ) {
        let candidates = [Candidate::passage(&source, None, 0, 0)];
        let rules = Rules { min_words: 1, ..Rules::default() };
        for it in judge(&quotation(&text, None), &candidates, &rules).found {
            prop_assert!(source.get(it.span.range()).is_some());
        }
    }
}
