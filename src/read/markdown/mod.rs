//! Markdown: a light reader of our own, line by line.
//!
//! It does not build a tree. Crates that do cannot say where in the file a word stands once escapes
//! and entities are decoded; here whatever is not markup is a copy of the file with its exact
//! place. Bullets, marks of emphasis, addresses of links, comments and known HTML tags are dropped;
//! numbers of lists stay, because `1986. A good year` is prose as often as not. Headings and code
//! stay as paragraphs; nobody says a heading.

mod block;
mod inline;

use crate::{
    read::{
        Read, Reader,
        clock::Clock,
        front_matter,
        lines::lines,
        prose::{self, Kind},
        single_line::single_line,
        turns::Turns,
    },
    transcript::Transcript,
};

/// Markdown, with YAML or TOML front matter.
pub const READER: Reader = Reader {
    format: "markdown",
    extensions: &["md", "markdown", "mdown", "mkd", "mdx", "qmd", "rmd"],
    version: 7,
    recognises: front_matter::opens,
    read: Read::Text(read),
};

/// Reads Markdown, also such as other formats have in them.
pub(super) fn read(source: &str) -> Transcript {
    let front = front_matter::read(source);
    let mut metadata = front.metadata;
    let body = lines(source).skip(front.lines);
    let blocks = block::blocks(source, body);
    let mut inline = inline::Inline::new(&blocks.definitions);
    if metadata.title.is_none()
        && let Some(title) = blocks.title
    {
        let mut edits = Vec::new();
        let line = &blocks.lines[title..=title];
        inline.edit(line, Kind::Heading, &mut edits);
        let mut turns = Turns::new(source);
        prose::write(line, &edits, &mut Clock::default(), &mut turns);
        metadata.title = turns.finish().pop().map(|turn| single_line(turn.text.as_str()));
    }
    let turns = prose::turns(source, blocks.lines, &blocks.paragraphs, |lines, kind, edits| {
        inline.edit(lines, kind, edits);
    });
    Transcript { metadata, turns, warnings: front.warnings }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::said::{Said, said_in, turn};

    fn said(source: &str) -> Vec<Said> {
        said_in(read(source).turns)
    }

    fn text(source: &str) -> String {
        said(source).pop().unwrap_or_default().1
    }

    #[test]
    fn marks_of_emphasis_and_links_are_dropped() {
        for (source, expected) in [
            ("a *b* **c** ***d*** _e_ __f__ ~~g~~ h", "a b c d e f g h"),
            ("[text](https://x.org/a_(b)) and ![alt](i.png \"t\")", "text and alt"),
            ("see [the *tape*](x)", "see the tape"),
            ("[text][ref]\n\n[ref]: https://x.org", "text"),
            ("use `*x*` here", "use *x* here"),
            ("\\*not\\* \\[laughter\\] 1\\. a", "*not* [laughter] 1. a"),
            ("&lt;b&gt; &eacute; & c", "<b> é & c"),
            (
                "a<br>b <b>c</b> <https://x.org> a < b > c Vec<T>",
                "a b c https://x.org a < b > c Vec<T>",
            ),
            ("a <!-- no\n\nno --> b", "a\nb"),
            ("hard  \nbreak\\\nhere", "hard\nbreak\nhere"),
            (
                "5 * 3 * 2, snake_case_name, f**k it, s**t",
                "5 * 3 * 2, snake_case_name, f**k it, s**t",
            ),
            ("[laughter][music] [x](so funny)", "[laughter][music] [x](so funny)"),
            ("a *b\nc* d", "a b\nc d"),
            ("an <!-- that never ends", "an <!-- that never ends"),
        ] {
            assert_eq!(text(source), expected, "{source}");
        }
    }

    #[test]
    fn blocks_become_paragraphs() {
        for (source, expected) in [
            ("# Title #\ntext", "Title\n\ntext"),
            ("Title\n=====\ntext", "Title\n\ntext"),
            ("- one\n- two\n  more\n* three", "one\n\ntwo\nmore\n\nthree"),
            ("1. one\n2. two", "1. one\n\n2. two"),
            ("> quoted\n> text\n\nafter", "quoted\ntext\n\nafter"),
            ("```rust\nlet *a* = 1;\n\n    b\n```\nafter", "let *a* = 1;\n\nb\n\nafter"),
            ("one\n\n***\n\ntwo", "one\n\ntwo"),
            ("| a | b |\n|---|:-:|\n| c\\|d | e |", "a b\nc|d e"),
        ] {
            assert_eq!(text(source), expected, "{source}");
        }
    }

    #[test]
    fn the_first_heading_is_the_title() {
        assert_eq!(
            read("intro\n\n# On *old* tapes\n\n# B").metadata.title,
            Some("On old tapes".into())
        );
        assert_eq!(read("---\ntitle: A\n---\n# B").metadata.title, Some("A".into()));
        assert_eq!(read("## B").metadata.title, None);
    }

    #[test]
    fn bold_labels_are_speakers() {
        let source = "**Host:** One.\n\nMore.\n\n## Part two\n\nAnd more.\n\n**Ana King:** Two.\n\n**Break:** \\[04:14\\]\n\n**Host:** \\[04:20\\] Three.\n\n**Break:**\n\n**Host:** Four.\n\n**Jingle:** Five.";
        let turn =
            |speaker: Option<&str>, text: &str| (speaker.map(str::to_owned), text.to_owned());
        assert_eq!(
            said(source),
            [
                turn(Some("Host"), "One.\n\nMore."),
                turn(None, "Part two\n\nAnd more."),
                turn(Some("Ana King"), "Two."),
                turn(Some("Host"), "Three."),
                turn(Some("Host"), "Four."),
                turn(None, "Jingle: Five."),
            ]
        );
    }

    #[test]
    fn a_note_does_not_make_headings_of_speakers() {
        let speakers = |source: &str| -> Vec<_> {
            said(source).into_iter().filter_map(|(speaker, _)| speaker).collect()
        };
        let source = "**Host:** One.\n\n**Keeper** (00:12): Two.\n\n**Note:** Three.";
        assert_eq!(speakers(source), ["Host", "Keeper"]);
        let source = "**Host:** One.\n\n**Keeper:** Two.\n\n**Note:** Three.";
        assert_eq!(speakers(source), ["Host", "Keeper"]);
        let source = "**Story:** a\n\n**Pros:** b\n\n**Cons:** c\n\n**Mira Kell** (0:12): d";
        assert_eq!(speakers(source), ["Mira Kell"]);
        let source = "**Acting:** One.\n\n**Camera:** Two.\n\n**Verdict:** Three.";
        assert_eq!(speakers(source), [] as [&str; 0]);
    }

    #[test]
    fn a_term_that_a_list_explains_once_is_no_speaker_among_people_who_talk() {
        let talk = "Host：Is it old?\n\nKeeper：Very.\n\n## Links\n\n- Archive：a12\n- Shop：b34\n\n## Later\n\n\
                    Host：Oh.";
        let expected = [
            turn("Host", "Is it old?"),
            turn("Keeper", "Very."),
            turn("", "Links\n\nArchive：a12\n\nShop：b34\n\nLater"),
            turn("Host", "Oh."),
        ];
        assert_eq!(said(talk), expected);
        let list = said("- Host: Is it old?\n- Keeper: Very.\n- Host: Oh.");
        assert_eq!(
            list,
            [turn("Host", "Is it old?"), turn("Keeper", "Very."), turn("Host", "Oh.")]
        );
    }

    #[test]
    fn bold_words_in_a_list_are_no_speakers() {
        let source =
            "**Host:** Two terms:\n\n- **Wow**: slow\n- **Flutter**: fast\n\n**Ana:** Fine.";
        assert_eq!(said(source)[0].1, "Two terms:\n\nWow: slow\n\nFlutter: fast");
    }

    #[test]
    fn a_bold_label_that_is_no_name_is_not_the_last_speaker() {
        let turns = said("**Host:** One.\n\n**A clip from last week:** Two.\n\n**Host:** Three.");
        assert_eq!(turns[1], (None, "A clip from last week: Two.".into()));
    }

    #[test]
    fn bold_headings_of_a_review_are_no_speakers() {
        let source =
            "**Sound:** Warm.\n\n**Pros:** Loud.\n\n**Cons:** Heavy.\n\n**Handling:** Fine.";
        assert_eq!(said(source).len(), 1);
    }

    #[test]
    fn prose_without_markup_is_one_part() {
        let transcript = read("one two\nthree\n\nfour five\n");
        assert_eq!(transcript.turns[0].text.parts().len(), 1);
    }
}
