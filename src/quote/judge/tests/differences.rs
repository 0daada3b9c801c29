//! What is told of a quotation that differs: notes, and the differences word by word.

use std::ops::Range;

use super::*;
use crate::quote::Passage;

/// Words that stand as such at the same places of quotation and text.
fn same(words: Range<usize>) -> Edit {
    Edit::Same { quotation: words.clone(), text: words }
}

/// Words that differ, at the same places of quotation and text.
fn changed(words: Range<usize>) -> Edit {
    Edit::Changed { quotation: words.clone(), text: words }
}

#[test]
fn what_changed_is_called_out() {
    let text = |it: &str| it.to_owned();
    for (quoted, note) in [
        ("I would sell it for 300 dollars", Note::NegationLost(text("not"))),
        ("We never wound the old tape back very slowly", Note::NegationAdded(text("never"))),
        (
            "Nobody had heard it for 13 years",
            Note::NumberChanged { quoted: text("13"), source: text("12") },
        ),
        (
            "not sell it for 300 euros",
            Note::UnitChanged { quoted: text("euros"), source: text("dollars") },
        ),
        (
            "heard it for 12 years, but Ben said",
            Note::NameChanged { quoted: text("Ben"), source: text("Ana") },
        ),
        (
            "we wound the old tape back",
            Note::SpellingChanged { quoted: text("we"), source: text("We") },
        ),
        (
            "very slowly because it wasn't new",
            Note::PunctuationChanged { quoted: text(""), source: text(",") },
        ),
    ] {
        let found = finding(quoted);
        assert_eq!((found.verdict, found.notes), (Verdict::Altered, vec![note]), "{quoted}");
    }
}

#[test]
fn a_quotation_that_stops_at_a_turn_is_clipped() {
    let found = finding("Nobody had heard it for 12 years");
    assert_eq!((found.verdict, found.notes), (Verdict::Exact, vec![Note::Clipped("but".into())]));
}

#[test]
fn the_diff_shows_what_the_source_has() {
    let found = finding("We wound the new tape back");
    assert_eq!(found.diff, [same(0..3), changed(3..4), same(4..6)]);
    assert_eq!(found.span(), Some(TextSpan::new(0, 26)));
}

#[test]
fn a_capital_that_differs_is_shown() {
    let found = finding("we wound the New tape back");
    assert_eq!(found.diff, [changed(0..1), same(1..3), changed(3..4), same(4..6)]);
}

#[test]
fn a_letter_in_brackets_is_no_change() {
    let found = finding("[w]e wound the new tape back");
    assert_eq!((found.verdict, found.notes), (Verdict::Altered, Vec::new()));
    assert_eq!(found.diff, [same(0..3), changed(3..4), same(4..6)]);
    let found = finding("[W]e wound the new tape back");
    assert_eq!(found.diff, [same(0..3), changed(3..4), same(4..6)]);
}

#[test]
fn what_was_added_at_an_end_is_not_compared_with_another_turn() {
    let text = "So.\n\nWe used take three.\n\nThen we all went home.";
    let passages = vec![
        Passage { start: 0, number: 0, speaker: Some("Host") },
        Passage { start: 5, number: 1, speaker: Some("Ana King") },
        Passage { start: 26, number: 2, speaker: Some("Ben Moss") },
    ];
    let candidates = [Candidate { text, passages, document: 0 }];
    let found =
        judge(&quotation("And we used take three, folks.", None), &candidates, &Rules::default());
    let said = found.span().map(|span| &text[span.range()]);
    assert_eq!((found.verdict, said), (Verdict::Altered, Some("We used take three")));
    assert_eq!(
        found.diff,
        [
            Edit::Missing { quotation: 0..1 },
            Edit::Changed { quotation: 1..2, text: 1..2 },
            Edit::Same { quotation: 2..5, text: 2..5 },
            Edit::Missing { quotation: 5..6 },
        ]
    );
    let note = Note::SpellingChanged { quoted: "we".into(), source: "We".into() };
    assert_eq!(found.notes, [note]);
}
