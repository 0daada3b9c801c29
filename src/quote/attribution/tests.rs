//! Each rule both ways: what it understands, and what it leaves alone.

use crate::{
    quote::{Markup, Speakers, quotations},
    read::{self, Options},
};

/// Whom a manuscript names for each of its quotations, where the corpus has Ana King and Ben.
fn names(manuscript: &str) -> Vec<Option<String>> {
    let source = format!("Some notes on tape follow here.\n\n{manuscript}\n\nAnd that was all.\n");
    let speakers = Speakers::of(["Ana King", "Ben"].map(str::to_owned));
    let known = |name: &str| speakers.has(name);
    let document = read::read("a.md", source.as_bytes(), &Options::default()).unwrap();
    let found = quotations(&document.transcript, &Markup::of("markdown", &source), &known);
    found.into_iter().map(|it| it.said_by).collect()
}

fn assert_named(name: &str, manuscripts: &[&str]) {
    for manuscript in manuscripts {
        assert_eq!(names(manuscript), [Some(name.to_owned())], "{manuscript}");
    }
}

fn assert_unknown(manuscripts: &[&str]) {
    for manuscript in manuscripts {
        let found = names(manuscript);
        assert!(!found.is_empty() && found.iter().all(Option::is_none), "{manuscript}: {found:?}");
    }
}

#[test]
fn a_sentence_behind_a_quotation_names_who_said_it() {
    assert_named(
        "Ana King",
        &[
            "\"The tape rots,\" said Ana King.",
            "\"The tape rots,\" Ana King said.",
            "\"Does it rot?\" Ana King asked.",
            "\"The tape rots\", says Ana King, who wound it.",
            "“The tape rots,” Ana King has often said.",
            "“The tape rots,” Ana King, a drummer, recalled.",
            "“The tape rots,” according to Ana King.",
            "“The tape rots,” as Ana King puts it.",
            "\"The tape rots,\" recalled Ana King last Friday.",
        ],
    );
    assert_unknown(&[
        "\"The tape rots,\" she said.",
        "\"The tape rots,\" said the engineer.",
        "\"The tape rots,\" Ana King and Ben Moss said.",
        "\"The tape rots,\" said Ana and Ben.",
        "\"The tape rots.\" Ana King said nothing more.",
        "\"The tape rots\" was what Ana King feared.",
        "\"The tape rots\" Ana King left.",
        "The sign \"no tape in here\" hung there. Ana King said so.",
    ]);
}

#[test]
fn a_dash_or_brackets_behind_a_quotation_name_who_said_it() {
    assert_named(
        "Ana King",
        &[
            "\"The tape rots.\" — Ana King",
            "\"The tape rots.\" -- Ana King, On Tapes",
            "\"The tape rots\" (Ana King, 2017).",
            "\"The tape rots\" (Ana King 2017, p. 4).",
            "\"The tape rots\" (Ana King, p. 4), so they say.",
        ],
    );
    assert_unknown(&[
        "\"The tape rots\" — and Ana King left.",
        "\"The tape rots\" — Ana King left the room at once.",
        "\"The tape rots\" (my emphasis, 2017).",
        "\"The tape rots\" (Ana King).",
        "\"The tape rots\" (King & Moss, 2017).",
        "\"The tape rots\" (2017).",
    ]);
}

#[test]
fn a_note_at_the_foot_of_the_page_names_who_said_it() {
    assert_named(
        "Ana King",
        &[
            "So \"the tape rots\"^[Ana King, On Tapes, 2017, p. 4.] and hisses.",
            "So \"the tape rots\".[^1] It hisses.\n\n[^1]: Ana King, On Tapes, 2017.",
            "So \"the tape rots\"[^a].\n\nMore.\n\n[^b]: Ben Moss, 2001.\n[^a]: Ana King (2017).",
        ],
    );
    assert_unknown(&[
        "So \"the tape rots\"^[Ibid., p. 4.] and hisses.",
        "So \"the tape rots\"^[On tapes and their makers, 2017.] and hisses.",
        "So \"the tape rots\"[^1] and hisses.\n\n[^2]: Ana King, On Tapes, 2017.",
    ]);
}

#[test]
fn a_sentence_in_front_names_who_said_it() {
    assert_named(
        "Ana King",
        &[
            "Ana King said, \"The tape rots.\"",
            "Ana King said: \"The tape rots.\"",
            "Later Ana King told me that \"the tape rots\".",
            "But in 1999 the engineer Ana King wrote: \"The tape rots.\"",
            "Ana King once said in an interview, \"The tape rots.\"",
            "Ana King, a drummer, said, \"The tape rots.\"",
            "As Ana King puts it, \"the tape rots\".",
            "According to Ana King, \"the tape rots\".",
            "In the words of Ana King, \"the tape rots\".",
            "The vault was cold. Ana King says “the tape rots” in it.",
            "Then he left and Ana King asked, \"Does it rot?\"",
        ],
    );
    assert_unknown(&[
        "She said, \"The tape rots.\"",
        "The engineer said, \"The tape rots.\"",
        "Ana King and Ben Moss said, \"The tape rots.\"",
        "He told Ana King, \"The tape rots.\"",
        "She asked Ana King: \"Does it rot?\"",
        "Ana King left. \"The tape rots.\"",
        "Ana King saw a sign, \"The tape rots\", there.",
        "Ana's brother said, \"The tape rots.\"",
        "It was said in the archive that Ana King liked \"the rotten tape\".",
        "Everyone said, \"The tape rots.\"",
    ]);
}

#[test]
fn a_quotation_in_parts_is_said_by_one() {
    let ana = || Some("Ana King".to_owned());
    let ben = || Some("Ben".to_owned());
    for (manuscript, expected) in [
        ("\"The tape,\" said Ana King, \"rots.\"", [ana(), ana()]),
        ("\"The tape rots,\" Ana King said. \"It hisses.\"", [ana(), ana()]),
        ("\"The tape rots,\" said Ana King. \"It hisses,\" said Ben.", [ana(), ben()]),
        ("\"The tape rots,\" Ana King said, and Ben replied, \"It hisses.\"", [ana(), ben()]),
        ("Ana King said \"the tape rots\" and Ben said \"it hisses\".", [ana(), ben()]),
        ("Ana King said, \"The tape rots.\" Ben said, \"It hisses.\"", [ana(), ben()]),
        ("\"The tape rots,\" said Ana King. Later: \"It hisses.\"", [ana(), None]),
    ] {
        assert_eq!(names(manuscript), expected, "{manuscript}");
    }
}

#[test]
fn the_verbs_and_adverbs_are_sorted() {
    assert!(super::VERBS.is_sorted() && super::ADVERBS.is_sorted());
}

#[test]
fn a_label_in_front_of_a_quotation_names_nobody_the_corpus_does_not_have() {
    for label in [
        "Rule",
        "Ownership",
        "Inserted",
        "In JavaScript",
        "German",
        "The Changelog",
        "Take Microsoft",
        "**Ownership**",
        "- Ownership",
        "Dora Field",
    ] {
        assert_unknown(&[&format!("{label}: \"The tape rots.\"")]);
    }
    assert_unknown(&[
        "**Ownership:** \"The tape rots.\"",
        "## Ownership:\n\n\"The tape rots.\"",
        "Ownership:\n\n> The tape rots.",
    ]);
    assert_named(
        "Ana King",
        &[
            "**Ana King:** \"The tape rots.\"",
            "- Ana King: \"The tape rots.\"",
            "Ana King:\n\n> The tape rots.",
            "Rule: \"The tape rots,\" said Ana King.",
        ],
    );
    assert_named("Dora Field", &["Dora Field said: \"The tape rots.\""]);
}

#[test]
fn a_place_or_a_firm_behind_a_group_says_nothing() {
    assert_unknown(&[
        "The team at Walmart said: \"The tape rots.\"",
        "A friend of Ana King said, \"The tape rots.\"",
        "Somebody from the Tape Archive wrote: \"The tape rots.\"",
    ]);
    assert_named(
        "Ana King",
        &[
            "Ana King of Walmart said: \"The tape rots.\"",
            "But the engineer Ana King from Walmart once said: \"The tape rots.\"",
        ],
    );
}
