//! Each verdict, and what no quotation may get past.

use proptest::prelude::*;

use super::*;
use crate::place::Place;
use crate::quote::{Kind, Passage};

const TALK: &str = "We wound the old tape back very slowly, because it wasn't new. Nobody had \
    heard it for 12 years, but Ana said “it hisses” and smiled. Then the reel stopped [laughter] \
    and we all went home.";
const REVIEW: &str = "The second record is warmer than the first, and the drums were played in a \
    cold stairwell. I would not sell it for 300 dollars.";

fn quotation(text: &str, said_by: Option<&str>) -> Quotation {
    Quotation {
        kind: Kind::Inline,
        turn: 0,
        span: TextSpan::new(0, text.len()),
        place: Place::default(),
        text: text.to_owned(),
        said_by: said_by.map(str::to_owned),
        accepted: None,
    }
}

fn candidates() -> Vec<Candidate<'static>> {
    vec![Candidate::passage(TALK, Some("Ana King"), 0, 3), Candidate::passage(REVIEW, None, 1, 0)]
}

fn finding(text: &str) -> Finding {
    judge(&quotation(text, None), &candidates(), &Rules::default())
}

fn verdicts(expected: Verdict, texts: &[&str]) {
    for text in texts {
        assert_eq!(finding(text).verdict, expected, "{text}");
    }
}

#[test]
fn typography_may_differ() {
    verdicts(
        Verdict::Exact,
        &[
            "We wound the old tape back",
            "wound  the\nold tape back.",
            "because it wasn’t new?",
            "Ana said \"it hisses\" and smiled",
            "Ana said ‘it hisses’ and smiled,",
            "the reel stopped and we all went home",
            "the reel stopped [laughter] and we all went home",
            "Ana said 'it hisses'",
        ],
    );
}

#[test]
fn what_is_marked_may_differ() {
    verdicts(
        Verdict::Marked,
        &[
            "We wound the old tape … because it wasn't new.",
            "We wound the tape ... … because"
                .replace("wound the tape", "wound the old tape")
                .as_str(),
            "We wound the old [reel of] tape back",
            "[w]e wound the old tape back",
            "[B]ecause it wasn't new",
            "We wound the old [sic] tape back",
            "We wound the old tape ... . Then the reel stopped",
            "… wound the old tape back …",
            "we all went home[ward]",
        ]
        .map(|it| it),
    );
}

#[test]
fn everything_else_is_altered() {
    verdicts(
        Verdict::Altered,
        &[
            "we wound the old tape back",
            "We wound the old tape back very slowly because it wasn't new",
            "We wound the tape back very slowly",
            "We wound the old tape back quite slowly",
            "Nobody had heard it for 13 years",
            "we all went hom",
            "We wound [the reel] back very slowly",
            "The second record is warmer than the first … and the drums was played",
        ],
    );
}

#[test]
fn parts_in_another_order_are_reordered() {
    verdicts(
        Verdict::Reordered,
        &[
            "Nobody had heard it for 12 years … We wound the old tape back",
            "the reel stopped and we all went home. We wound the old tape back very slowly",
        ],
    );
}

#[test]
fn parts_from_several_documents_are_spliced() {
    verdicts(
        Verdict::Spliced,
        &[
            "We wound the old tape back … the drums were played in a cold stairwell",
            "We wound the old tape back very slowly and the drums were played in a cold stairwell",
        ],
    );
    let found =
        finding("We wound the old tape back … the drums were played in a cold stairwell").found;
    assert_eq!(found.iter().map(|it| it.candidate).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn what_is_nowhere_is_absent() {
    verdicts(Verdict::Absent, &["Music is the space between the notes", "音楽史の本を読んだ"]);
    let none = judge(&quotation("We wound the old tape", None), &[], &Rules::default());
    assert_eq!(none.verdict, Verdict::Absent);
}

#[test]
fn too_few_words_cannot_be_checked() {
    verdicts(Verdict::Unchecked, &["the old tape", "", "…", "the … tape [and more words here]"]);
    let rules = Rules { min_words: 3, ..Rules::default() };
    let found = judge(&quotation("the old tape", None), &candidates(), &rules);
    assert_eq!(found.verdict, Verdict::Exact);
}

#[test]
fn how_many_words_are_checked_changes_no_verdict() {
    for (text, verdict) in [
        ("the reel stopped and we all went … tape", Verdict::Altered),
        (
            "the reel stopped and we all went home. We wound the old tape back very slowly",
            Verdict::Reordered,
        ),
    ] {
        for min_words in [1, 3, 4, 8] {
            let rules = Rules { min_words, ..Rules::default() };
            let found = judge(&quotation(text, None), &candidates(), &rules);
            assert_eq!(found.verdict, verdict, "{text}, from {min_words} words on");
        }
    }
}

#[test]
fn parts_far_apart_in_one_document_pass_in_order_alone() {
    let first = Candidate::passage(TALK, None, 0, 3);
    let second = Candidate::passage(REVIEW, None, 0, 9);
    let text = "We wound the old tape … the drums were played";
    for candidates in [vec![first.clone(), second.clone()], vec![second, first]] {
        let judged = |text| judge(&quotation(text, None), &candidates, &Rules::default()).verdict;
        assert_eq!(judged(text), Verdict::Marked);
        assert_eq!(judged("the drums were played … We wound the old tape"), Verdict::Reordered);
    }
}

#[test]
fn words_of_another_are_misattributed() {
    for (named, verdict) in [
        (Some("Ana King"), Verdict::Exact),
        (Some("King"), Verdict::Exact),
        (Some("Host"), Verdict::Exact),
        (None, Verdict::Exact),
        (Some("Ben Moss"), Verdict::Misattributed),
    ] {
        let found =
            judge(&quotation("We wound the old tape", named), &candidates(), &Rules::default());
        assert_eq!(found.verdict, verdict, "{named:?}");
    }
    let review = judge(
        &quotation("played in a cold stairwell", Some("Ben Moss")),
        &candidates(),
        &Rules::default(),
    );
    assert_eq!(review.verdict, Verdict::Exact);
}

#[test]
fn the_named_speaker_is_looked_for_among_all_who_said_it() {
    let candidates = [
        Candidate::passage("So the tape rots here.", Some("Ana King"), 0, 0),
        Candidate::passage("Yes, the tape rots here.", Some("Ben Moss"), 1, 0),
    ];
    let found =
        judge(&quotation("the tape rots here", Some("Ben Moss")), &candidates, &Rules::default());
    assert_eq!((found.verdict, found.candidate()), (Verdict::Exact, Some(1)));
}

#[test]
fn a_neighbour_said_by_another_is_told_apart() {
    let text = "So the tape rots here.\n\nAnd it hisses as well.";
    let passages = vec![
        Passage { start: 0, number: 0, speaker: Some("Ana King") },
        Passage { start: 24, number: 1, speaker: Some("Ben Moss") },
    ];
    let candidates = [Candidate { text, passages, document: 0 }];
    let judged = |text, named| judge(&quotation(text, named), &candidates, &Rules::default());
    assert_eq!(judged("it hisses as well", Some("Ben Moss")).verdict, Verdict::Exact);
    assert_eq!(judged("the tape rots here", Some("Ben Moss")).verdict, Verdict::Misattributed);
    let both = judged("the tape rots here. And it hisses", None);
    assert_eq!((both.verdict, both.notes), (Verdict::Exact, vec![Note::SeveralSpeakers]));
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
    let same = |a: std::ops::Range<usize>| Edit::Same { quotation: a.clone(), text: a };
    assert_eq!(found.diff, [same(0..3), Edit::Changed { quotation: 3..4, text: 3..4 }, same(4..6)]);
    assert_eq!(found.span(), Some(TextSpan::new(0, 26)));
}

#[test]
fn a_capital_that_differs_is_shown() {
    let found = finding("we wound the New tape back");
    let same = |a: std::ops::Range<usize>| Edit::Same { quotation: a.clone(), text: a };
    let changed = |a: std::ops::Range<usize>| Edit::Changed { quotation: a.clone(), text: a };
    assert_eq!(found.diff, [changed(0..1), same(1..3), changed(3..4), same(4..6)]);
}

#[test]
fn a_letter_in_brackets_is_no_change() {
    let same = |a: std::ops::Range<usize>| Edit::Same { quotation: a.clone(), text: a };
    let changed = |a: std::ops::Range<usize>| Edit::Changed { quotation: a.clone(), text: a };
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
        let words = Words::of(text);
        let middle = words.span(1 + at % (words.len() - 2));
        let (before, word, behind) =
            (&text[..middle.start], &text[middle.range()], &text[middle.end..]);
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
        let words = Words::of(text);
        let middle = words.span(1 + at % (words.len() - 2));
        let changed = format!("{} … {}", &text[..middle.start], &text[middle.end..]);
        let few = words.len() - 1 < 4;
        prop_assert!(few || verdict_of(&changed) == Verdict::Marked, "{}", changed);
    }

    #[test]
    fn a_word_changed_dropped_or_added_never_passes(
        first in 0_usize..99, count in 0_usize..99, change in 0_usize..6, at in 0_usize..99
    ) {
        let text = slice(first, count);
        let words = Words::of(text);
        let middle = words.span(1 + at % (words.len() - 2));
        let (before, word, behind) =
            (&text[..middle.start], &text[middle.range()], &text[middle.end..]);
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
