//! From paragraphs to turns: the document as running text, whose every byte knows its page.
//!
//! The text is written as a plain text file would be, a paragraph on each line; words that were parted
//! at the end of a line are whole again. Speakers and time marks are then found as in any other prose.
//! What the turns say about bytes of that text is exchanged for pages: such a file does not exist.

use std::{collections::HashSet, num::NonZeroU32};

use crate::{
    place::{Page, Place},
    read::{
        lines::lines,
        pdf::{
            paragraphs::{Block, TextLine},
            run::is_ideograph,
        },
        pieces::Gap,
        prose::{self, Kind, Paragraph},
    },
    text::Text,
    transcript::Turn,
};

/// A document as running text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manuscript {
    /// A paragraph on each line.
    source: String,
    /// Which lines are headings.
    headings: Vec<bool>,
    /// From which byte on which page, counted from 0.
    pages: Vec<(usize, usize)>,
}

/// Marks of a word that is parted at the end of a line.
const HYPHENS: [char; 3] = ['-', '\u{2010}', '\u{AD}'];

impl Manuscript {
    /// Writes paragraphs down.
    #[must_use]
    pub fn new(lines: &[TextLine], blocks: &[Block]) -> Self {
        let words = Words::of(lines);
        let mut manuscript = Self::default();
        for block in blocks {
            let before = manuscript.source.len();
            for line in &lines[block.lines.clone()] {
                manuscript.write(line, before, &words);
            }
            if manuscript.source.len() > before {
                manuscript.source.push('\n');
                manuscript.headings.push(block.is_heading);
            }
        }
        manuscript
    }

    /// Appends a line to the paragraph that starts at byte `paragraph`.
    fn write(&mut self, line: &TextLine, paragraph: usize, words: &Words<'_>) {
        let text = line.text.trim();
        if text.is_empty() {
            return;
        }
        let last = self.source[paragraph..].chars().next_back();
        if let Some(hyphen) = last.filter(|it| HYPHENS.contains(it)) {
            let at = self.source.len() - hyphen.len_utf8();
            let first = &self.source[paragraph..at];
            let first = &first[first.rfind(char::is_whitespace).map_or(0, |space| space + 1)..];
            if words.are_one(first, text, hyphen) {
                self.source.truncate(at);
            } else if !text.starts_with(char::is_alphanumeric) || first.is_empty() {
                // A dash.
                self.source.push(' ');
            }
        } else if last.is_some_and(|it| !is_ideograph(it) || !text.starts_with(is_ideograph)) {
            self.source.push(' ');
        }
        if self.pages.last().is_none_or(|(_, page)| *page != line.page) {
            self.pages.push((self.source.len(), line.page));
        }
        self.source.push_str(text);
    }

    /// The first heading, on the first page that has text.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        let (at, line) =
            lines(&self.source).enumerate().take(4).find(|(at, _)| self.headings[*at])?;
        let first = self.pages.first().map(|(_, page)| *page);
        let is_first = at == 0 || self.page(line.start) == first;
        is_first.then_some(line.text)
    }

    /// Who says what.
    #[must_use]
    pub fn turns(&self) -> Vec<Turn> {
        let lines: Vec<_> = lines(&self.source).collect();
        let paragraph = |(at, is_heading): (usize, &bool)| Paragraph {
            lines: at..at + 1,
            kind: if *is_heading { Kind::Heading } else { Kind::Prose },
            gap: Gap::Paragraph,
        };
        let paragraphs: Vec<_> = self.headings.iter().enumerate().map(paragraph).collect();
        let turns = prose::turns(&self.source, lines, &paragraphs, |lines, _, edits| {
            prose::edit_marks(lines, edits);
        });
        turns.into_iter().map(|turn| Turn { text: self.on_pages(&turn.text), ..turn }).collect()
    }

    fn page(&self, byte: usize) -> Option<usize> {
        let at = self.pages.partition_point(|(start, _)| *start <= byte).checked_sub(1)?;
        Some(self.pages[at].1)
    }

    /// The same text with pages for places.
    fn on_pages(&self, text: &Text) -> Text {
        let mut placed = Text::default();
        let string = text.as_str();
        for (at, part) in text.parts().iter().enumerate() {
            let end = text.parts().get(at + 1).map_or(string.len(), |next| next.start);
            let mut piece = &string[part.start..end];
            let mut place = Place { source: None, ..part.place };
            let Some(source) = part.place.source else {
                placed.push(piece, place);
                continue;
            };
            let is_copy = source.len() == piece.len();
            let mut from = source.start;
            while !piece.is_empty() {
                let next = self.pages.partition_point(|(start, _)| *start <= from);
                let rest = self.pages.get(next).map_or(usize::MAX, |(start, _)| start - from);
                let length = if is_copy { rest.min(piece.len()) } else { piece.len() };
                place.page = self.page(from).and_then(numbered);
                // The gap between two paragraphs is written with more bytes than it has here.
                let length = piece.ceil_char_boundary(length);
                placed.push(&piece[..length], place);
                piece = &piece[length..];
                from += length;
            }
        }
        placed
    }
}

/// A page as it is counted from 1.
fn numbered(page: usize) -> Option<Page> {
    u32::try_from(page + 1).ok().and_then(NonZeroU32::new).map(Page)
}

/// The words of a document that stand whole on a line: they tell how a parted one is written.
struct Words<'a>(HashSet<&'a str, foldhash::fast::FixedState>);

impl<'a> Words<'a> {
    fn of(lines: &'a [TextLine]) -> Self {
        let mut words = HashSet::default();
        if lines.iter().any(|line| line.text.ends_with(HYPHENS)) {
            for line in lines {
                words.extend(line.text.split_whitespace().map(bare));
            }
        }
        Self(words)
    }

    /// Whether `first`, a hyphen and the first word of `rest` are a single word without the hyphen.
    ///
    /// They are when the document has that word elsewhere, or has it nowhere with its hyphen.
    fn are_one(&self, first: &str, rest: &str, hyphen: char) -> bool {
        let second = rest.split_whitespace().next().map_or("", bare);
        let first = first.trim_start_matches(|it: char| !it.is_alphanumeric());
        let goes_on = second.starts_with(char::is_lowercase)
            || (first.ends_with(char::is_uppercase) && second.chars().all(char::is_uppercase));
        let parted = first.ends_with(char::is_alphabetic) && goes_on && !second.is_empty();
        if hyphen == '\u{AD}' || !parted {
            return hyphen == '\u{AD}';
        }
        self.0.contains(format!("{first}{second}").as_str())
            || !self.0.contains(format!("{first}-{second}").as_str())
    }
}

fn bare(word: &str) -> &str {
    word.trim_matches(|it: char| !it.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        read::pdf::{paragraphs::blocks, row::rows, row::tests::run},
        text::TextSpan,
    };

    /// Lines under each other, each with the number of its page, from 0.
    fn manuscript(written: &[(&str, usize)]) -> Manuscript {
        let mut lines = Vec::new();
        for (at, (text, page)) in written.iter().enumerate() {
            let y = 100.0 + 12.0 * f64::from(u16::try_from(at).unwrap());
            lines.extend(
                rows(vec![run(text, 0.0, y)]).iter().map(|row| TextLine::new(row, *page, *page)),
            );
        }
        Manuscript::new(&lines, &blocks(&lines))
    }

    #[test]
    fn a_word_that_is_parted_is_whole_again() {
        let text = manuscript(&[
            ("the responsi-", 0),
            ("bility of the half-", 0),
            ("finished box, and half-finished again, 1998-", 0),
            ("1999 with a soft\u{AD}", 0),
            ("ware", 0),
        ]);
        assert_eq!(
            text.source,
            "the responsibility of the half-finished box, and half-finished again, 1998-1999 with a software\n"
        );
    }

    #[test]
    fn every_word_knows_its_page() {
        let turns =
            manuscript(&[("the layer comes off on the", 0), ("heads. It sheds.", 1)]).turns();
        let text = &turns[0].text;
        assert_eq!(text.as_str(), "the layer comes off on the heads. It sheds.");
        let page = |words: &str| {
            let start = text.as_str().find(words).unwrap();
            text.place(TextSpan::new(start, start + words.len())).page.map(|it| it.0.get())
        };
        assert_eq!([page("layer"), page("the heads"), page("sheds")], [Some(1), Some(1), Some(2)]);
        assert!(text.parts().iter().all(|part| part.place.source.is_none()));
    }

    #[test]
    fn ideographs_are_joined_without_a_space() {
        assert_eq!(manuscript(&[("这是一盘旧磁", 0), ("带", 0)]).source, "这是一盘旧磁带\n");
    }

    #[test]
    fn labels_are_speakers() {
        let turns = manuscript(&[
            ("Host: Is it old?", 0),
            ("Archivist: Very.", 0),
            ("Host: Oh, it is.", 1),
        ])
        .turns();
        let said: Vec<_> = turns
            .iter()
            .map(|it| (it.speaker.as_ref().unwrap().0.as_str(), it.text.as_str()))
            .collect();
        assert_eq!(said, [("Host", "Is it old?"), ("Archivist", "Very."), ("Host", "Oh, it is.")]);
    }
}
