//! Quotations of whole manuscripts.

use proptest::prelude::*;

use super::*;
use crate::read::{self, Options};

fn of(name: &str, source: &str) -> Vec<Quotation> {
    let Ok(document) = read::read(name, source.as_bytes(), &Options::default()) else {
        return Vec::new();
    };
    quotations(&document.transcript, &Markup::of(document.format, source), &|_| true)
}

fn texts(name: &str, source: &str) -> Vec<String> {
    of(name, source).into_iter().map(|it| it.text).collect()
}

#[test]
fn inline_and_block_quotations_are_found_in_order() {
    let source = "# Tapes\n\nAna King said, \"The tape rots from the edge.\"\n\n> We wind it back.\n>\n> Then we wait.\n\nAnd “so *it* goes” on.\n";
    let found: Vec<_> = of("a.md", source).into_iter().map(|it| (it.kind, it.text)).collect();
    assert_eq!(
        found,
        [
            (Kind::Inline, "The tape rots from the edge.".to_owned()),
            (Kind::Block, "We wind it back.\n\nThen we wait.".to_owned()),
            (Kind::Inline, "so it goes".to_owned()),
        ]
    );
}

#[test]
fn a_quotation_knows_where_it_stands_in_the_file() {
    let source = "# Tapes\n\nHe said:\n“the tape\nrots” again.\n";
    let found = of("a.md", source);
    let place = found[0].place.source.unwrap();
    assert_eq!(&source[place.start..place.end], "the tape\nrots");
    assert_eq!((place.at.line, place.at.column), (4, 4));
}

#[test]
fn code_is_not_quoted() {
    let source = "Use `say \"this or that\"` here.\n\n```\nprint(\"a b c\")\n```\n\nAnd \"d\".\n";
    assert_eq!(texts("a.md", source), ["d"]);
}

#[test]
fn plain_text_has_block_quotes_and_latex_marks() {
    let source = "Notes\n\n> the tape\n> rots\n\nand ``it hisses'' too, a 12\" single.\n";
    assert_eq!(texts("a.txt", source), ["the tape\nrots", "it hisses"]);
}

#[test]
fn a_note_inside_is_not_quoted() {
    let source = "And ``the tape is the witness\\footnote{see p. 3}'' too.\n";
    assert_eq!(texts("a.tex", source), ["the tape is the witness"]);
    let source = "And “the tape[^1] is^[so] so”.\n\n> We wind[^b] it back.\n\n[^1]: See p. 3.\n";
    assert_eq!(texts("a.md", source), ["the tape is so", "We wind it back."]);
}

#[test]
fn the_name_under_a_block_is_not_quoted() {
    for source in [
        "> We wind it back.\n> — Ana King\n\nSo.",
        "> We wind it back. — Ana King\n\nSo.",
        "> “We wind it back.” — Ana King, On Tapes\n\nSo.",
        "> “We wind it back.”\n>\n> — Ana King, On Tapes (2017)\n\nSo.",
        "> We wind it back.\n\n— Ana King\n\nSo.",
        "> We wind it back.\n> (Ana King, 2017)\n\nSo.",
        "As Ana King said:\n\n> We wind it back.\n\nSo.",
    ] {
        let found = of("a.md", source);
        assert_eq!(found.len(), 1, "{source}");
        assert_eq!(found[0].text, "We wind it back.", "{source}");
        assert_eq!(found[0].said_by.as_deref(), Some("Ana King"), "{source}");
    }
}

#[test]
fn a_citation_at_the_end_of_a_block_is_not_quoted() {
    for source in [
        "> We wind it back. (King, 2020)\n\nSo.",
        "> We wind it back (King 2020, p. 4).\n\nSo.",
        "> We wind it back.\n> (King 2020, p. 4)\n\nSo.",
        "> We wind it back.\n> <cite>King</cite>\n\nSo.",
        "> We wind it back.\n>\n> *King*\n\nSo.",
        "> We wind it back.\n> (King)\n\nSo.",
        "> We wind it back.\n>\n> King, On Tapes\n\nSo.",
        "> “We wind it back.”<sup>1</sup>\n> — King\n\nSo.",
        "<blockquote>We wind it back.<sup>1</sup> <cite>King</cite></blockquote>\n\nSo.",
        "<blockquote>\n<p>We wind it back.</p>\n<footer>— <cite>King</cite></footer>\n</blockquote>\n\nSo.",
        "King:\n\n- > We wind it back.\n\nSo.",
    ] {
        let found = of("a.md", source);
        let found: Vec<_> =
            found.iter().map(|it| (it.text.as_str(), it.said_by.as_deref())).collect();
        let wording = found[0].0.trim_end_matches('.');
        assert_eq!((found.len(), wording), (1, "We wind it back"), "{source}");
        assert_eq!(found[0].1, Some("King"), "{source}");
    }
}

#[test]
fn a_last_line_without_a_known_name_is_quoted() {
    let source = "> We wind it back.\n> Dora Field\n\nSo.";
    let document = read::read("a.md", source.as_bytes(), &Options::default()).unwrap();
    let found = quotations(&document.transcript, &Markup::of("markdown", source), &|_| false);
    assert_eq!(found[0].text, "We wind it back.\nDora Field");
    assert_eq!(
        texts("a.md", "> We asked\n> Ana King, who left.\n\nSo."),
        ["We asked\nAna King, who left."]
    );
}

#[test]
fn html_in_markdown_quotes() {
    let source = "So.\n\n<blockquote>We wind\nit back.</blockquote>\n\nThen <q>it hisses<sup>2</sup></q> and\n\n    print(\"no words\")\n\n- > It rots.\n- > It ends.\n\n1. > It sings.\n";
    let expected = ["We wind\nit back.", "it hisses", "It rots.", "It ends.", "It sings."];
    assert_eq!(texts("a.md", source), expected);
}

#[test]
fn a_mark_that_nothing_closes_is_a_warning() {
    let source =
        "# Tapes\n\nA “tape and the 12\" single.\n\nThe \"tape\" and “on\n\n“and on” it.\n";
    let document = read::read("a.md", source.as_bytes(), &Options::default()).unwrap();
    let warnings = unclosed(&document.transcript, &Markup::of("markdown", source));
    assert_eq!(warnings, [Warning::at(3, "this quotation mark is never closed: `“`")]);
}

#[test]
fn a_block_that_names_nobody_is_said_by_nobody() {
    for source in [
        "> We wind it back.\n\nSo.",
        "She said:\n\n> We wind it back.\n\nSo.",
        "Ana King left.\n\n> We wind it back.\n\n— and then we slept.",
    ] {
        assert_eq!(of("a.md", source)[0].said_by, None, "{source}");
    }
}

#[test]
fn the_label_of_a_turn_names_who_is_quoted_first() {
    let source = "Ana: \"The tape rots.\" And \"it hisses\".\n\nBen: \"No.\"\n\nAna: \"Yes.\"\n";
    let found: Vec<_> = of("a.txt", source).into_iter().map(|it| (it.text, it.said_by)).collect();
    let said = |text: &str, by: Option<&str>| (text.to_owned(), by.map(str::to_owned));
    assert_eq!(
        found,
        [
            said("The tape rots.", Some("Ana")),
            said("it hisses", None),
            said("No.", Some("Ben")),
            said("Yes.", Some("Ana")),
        ]
    );
}

#[test]
fn a_quotation_over_paragraphs_is_one() {
    let source = "Ana King said, “We wound it.\n\n“Then we waited.”\n\nSo.";
    let found = of("a.md", source);
    assert_eq!(found[0].text, "We wound it.\n\nThen we waited.");
    assert_eq!(found[0].said_by.as_deref(), Some("Ana King"));
    assert_eq!(found.len(), 1);
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "\"",
            "“",
            "”",
            "„",
            "«",
            "»",
            "‹",
            "›",
            "‘",
            "’",
            "‚",
            "``",
            "''",
            "`",
            "```",
            "> ",
            ">",
            "\n",
            "\n\n",
            "\r\n",
            " ",
            "a",
            "Ana King",
            " said ",
            ", ",
            ". ",
            ": ",
            "— ",
            "(Ana, 2017)",
            "According to ",
            "[",
            "]",
            "…",
            "...",
            "12",
            "é",
            "音",
            "Ana: ",
            "- ",
            "#",
            "&amp;",
            "*",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,4}",
    ];
    prop::collection::vec(piece, 0..50).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_manuscript_is_read(source in pieces()) {
        for name in ["a.md", "a.txt"] {
            let Ok(document) = read::read(name, source.as_bytes(), &Options::default()) else {
                continue;
            };
            let transcript = document.transcript;
            let found = quotations(&transcript, &Markup::of(document.format, &source), &|_| true);
            for pair in found.windows(2) {
                prop_assert!((pair[0].turn, pair[0].span) < (pair[1].turn, pair[1].span));
                prop_assert!(
                    pair[0].turn < pair[1].turn || pair[0].span.end <= pair[1].span.start
                );
            }
            for quotation in found {
                let text = transcript.turns[quotation.turn].text.as_str();
                prop_assert!(text.get(quotation.span.range()).is_some());
                let _ = search_terms(&quotation);
            }
        }
    }
}

/// One manuscript in formats whose markup leaves no trace in the text.
const MARKED_UP: &[(&str, &str)] = &[
    (
        "a.html",
        "<html><body><article><p>Use <code>say \"this or that\"</code> and <kbd>\"x\"</kbd> here.</p>\
         <pre>print(\"a b c\")</pre>\
         <p>They were \"wound back by hand\".<sup><a href='#n1'>1</a></sup> Then they lay.</p>\
         <blockquote><p>We wind it back.</p><p>Then we wait.</p></blockquote><p>So it went.</p>\
         <ol><li id='n1'>Ana King, On Tapes, 2017.</li></ol></article></body></html>",
    ),
    (
        "a.fodt",
        "<?xml version='1.0'?><office:document><office:automatic-styles>\
         <style:style style:name='P1' style:parent-style-name='Quotations'/>\
         <style:style style:name='P2' style:parent-style-name='Preformatted_20_Text'/>\
         </office:automatic-styles><office:body><office:text>\
         <text:p text:style-name='P2'>print(\"a b c\")</text:p>\
         <text:p>They were \"wound back by hand\".<text:note><text:note-citation>1</text:note-citation>\
         <text:note-body><text:p>Ana King, On Tapes, 2017.</text:p></text:note-body></text:note> Then \
         they lay.</text:p><text:p text:style-name='P1'>We wind it back.</text:p>\
         <text:p text:style-name='P1'>Then we wait.</text:p><text:p>So it went.</text:p>\
         </office:text></office:body></office:document>",
    ),
    (
        "a.rtf",
        "{\\rtf1\\ansi{\\stylesheet{\\s1 Quotations;}{\\s2 Preformatted Text;}}\
         \\pard\\s2 print(\"a b c\")\\par\
         \\pard They were \"wound back by hand\".{\\footnote \\pard Ana King, On Tapes, 2017.}\
          Then they lay.\\par\\pard\\s1 We wind it back.\\par Then we wait.\\par\\pard So it went.\\par}",
    ),
];

#[test]
fn block_quotes_code_and_notes_are_known_where_the_text_shows_none() {
    for (name, source) in MARKED_UP {
        let found: Vec<_> =
            of(name, source).into_iter().map(|it| (it.kind, it.text, it.said_by)).collect();
        let expected = [
            (Kind::Inline, "wound back by hand".to_owned(), Some("Ana King".to_owned())),
            (Kind::Block, "We wind it back.\n\nThen we wait.".to_owned(), None),
        ];
        assert_eq!(found, expected, "{name}");
    }
}
