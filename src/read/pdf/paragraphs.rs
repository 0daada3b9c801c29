//! From lines to paragraphs.
//!
//! A paragraph ends before a wider gap, before another type size, where the first line is indented or
//! stands out, where a line stands out after a sentence of indented ones, after a short line that ends a sentence, before a bullet, and before the label of a
//! speaker. Over the end of a column or a page it goes on when its sentence does.

use std::ops::Range;

use crate::read::{
    pdf::row::Row,
    speaker::{Strength, label},
};

/// A line of text, put together.
#[derive(Clone, Debug, PartialEq)]
pub struct TextLine {
    /// What it says.
    pub text: String,
    /// The page, from 0.
    pub page: usize,
    /// The column or other part of the document, from 0; lines of one part stand under each other.
    pub part: usize,
    start: f64,
    end: f64,
    y: f64,
    size: f64,
}

impl TextLine {
    /// A row as a line.
    #[must_use]
    pub fn new(row: &Row, page: usize, part: usize) -> Self {
        Self {
            text: row.text(),
            page,
            part,
            start: row.start(),
            end: row.end(),
            y: row.y,
            size: row.size,
        }
    }
}

/// Lines that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Which lines.
    pub lines: Range<usize>,
    /// Whether it is set larger than the text and short.
    pub is_heading: bool,
}

/// How much larger than the text a heading is.
const HEADING: f64 = 1.12;
/// The longest heading, in characters.
const LONGEST_HEADING: usize = 200;
/// How far an indented line starts to the right, in type sizes.
const INDENT: f64 = 0.8;
/// How much wider than usual a gap between paragraphs is.
const WIDE: f64 = 1.3;
/// A step of so many type sizes is never wide: headings are set wider than the text.
const TIGHT: f64 = 1.35;

/// The paragraphs of all lines.
#[must_use]
pub fn blocks(lines: &[TextLine]) -> Vec<Block> {
    let usual = usual_size(lines);
    let mut blocks: Vec<Block> = Vec::new();
    let mut part = Part::default();
    for (at, line) in lines.iter().enumerate() {
        let last = at.checked_sub(1).map(|at| &lines[at]);
        let is_new_part = last.is_none_or(|last| last.part != line.part);
        let begins = last.is_none_or(|last| {
            let goes_on = is_parted(last, line)
                || if is_new_part {
                    goes_on(last, line, &part)
                } else {
                    let is_inside = blocks.last().is_some_and(|block| block.lines.len() > 1);
                    !(part.begins(last, line) || (is_inside && hangs_out(last, line)))
                };
            !goes_on
        });
        if is_new_part {
            let end = lines[at..].iter().position(|it| it.part != line.part);
            part = Part::of(&lines[at..end.map_or(lines.len(), |end| at + end)]);
        }
        match blocks.last_mut().filter(|_| !begins) {
            Some(block) => block.lines.end = at + 1,
            None => blocks.push(Block { lines: at..at + 1, is_heading: false }),
        }
    }
    for block in &mut blocks {
        let inside = &lines[block.lines.clone()];
        let length: usize = inside.iter().map(|line| line.text.len()).sum();
        let is_large = inside.iter().all(|line| line.size > HEADING * usual);
        block.is_heading = is_large && length <= LONGEST_HEADING;
    }
    blocks
}

/// The type size of most of the text.
fn usual_size(lines: &[TextLine]) -> f64 {
    let mut sizes: Vec<(f64, usize)> =
        lines.iter().map(|line| (line.size, line.text.len())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|it| it.1).sum::<usize>() / 2;
    let mut reached = 0;
    let median = sizes.iter().find(|it| {
        reached += it.1;
        reached > half
    });
    median.map_or(10.0, |it| it.0)
}

/// How the lines of a column lie.
#[derive(Clone, Copy, Debug, Default)]
struct Part {
    /// Where most lines start.
    left: f64,
    /// Where the longest line ends.
    right: f64,
    /// From line to line.
    pitch: f64,
}

impl Part {
    fn of(lines: &[TextLine]) -> Self {
        let starts: Vec<f64> = lines.iter().map(|line| line.start).collect();
        let steps = lines.windows(2).map(|pair| pair[1].y - pair[0].y).filter(|step| *step > 0.0);
        let mut steps: Vec<f64> = steps.collect();
        steps.sort_by(f64::total_cmp);
        Self {
            left: commonest(&starts),
            right: lines.iter().map(|line| line.end).fold(f64::NEG_INFINITY, f64::max),
            // The lower third: where paragraphs are short, most steps are gaps between them.
            pitch: steps.get(steps.len() / 3).copied().unwrap_or_default(),
        }
    }

    /// Whether a paragraph begins with `line`, which stands under `last`.
    fn begins(&self, last: &TextLine, line: &TextLine) -> bool {
        let size = line.size.max(last.size);
        let step = line.y - last.y;
        let indent = INDENT * line.size;
        let width = self.right - self.left;
        let out = |it: &TextLine| it.start < self.left - indent;
        let at_left = |it: &TextLine| (it.start - self.left).abs() < indent;
        let is_short = |share: f64| last.end < self.right - share * width;
        let ends = ends_sentence(&last.text);
        let begins_large =
            line.text.chars().find(|it| it.is_alphanumeric()).is_some_and(|it| !it.is_lowercase());
        step > (WIDE * self.pitch).max(TIGHT * size)
            || step < 0.0
            || line.size.min(last.size) < 0.88 * size
            || (out(line) && !out(last))
            || (line.start > self.left + indent && at_left(last) && (ends || is_short(0.2)))
            || (ends && is_short(0.15))
            || (begins_large && is_short(0.4))
            || opens_item(&line.text)
            || opens_speech(&line.text, ends)
    }
}

/// Whether a line stands out to the left of the sentence that ended above it, as the next item of a
/// numbered list does. Not to be asked of the first line of a paragraph, which may be indented.
fn hangs_out(last: &TextLine, line: &TextLine) -> bool {
    line.start < last.start - INDENT * line.size && ends_sentence(&last.text)
}

/// The commonest of some places, to the point.
fn commonest(places: &[f64]) -> f64 {
    let count =
        |place: &f64| places.iter().take(200).filter(|it| (*it - place).abs() < 1.5).count();
    let best = places.iter().take(200).max_by_key(|place| count(place));
    best.copied().unwrap_or_default()
}

/// Whether a word is parted between two lines.
fn is_parted(last: &TextLine, line: &TextLine) -> bool {
    let mut end = last.text.chars().rev();
    let hyphen = end.next().is_some_and(|it| matches!(it, '-' | '\u{2010}' | '\u{AD}'));
    let same_size = (last.size - line.size).abs() < 0.05 * last.size;
    hyphen
        && same_size
        && end.next().is_some_and(char::is_alphabetic)
        && line.text.starts_with(char::is_lowercase)
}

/// Whether a paragraph goes on in another column or on another page.
fn goes_on(last: &TextLine, line: &TextLine, part: &Part) -> bool {
    let same_size = (last.size - line.size).abs() < 0.1 * last.size;
    let is_full = last.end > part.right - 0.25 * (part.right - part.left);
    let begins_small = line.text.starts_with(char::is_lowercase);
    same_size
        && !ends_sentence(&last.text)
        && (is_full || begins_small)
        && !opens_item(&line.text)
        && !opens_speech(&line.text, false)
}

fn opens_item(text: &str) -> bool {
    let mut characters = text.chars();
    let bullet = characters.next().is_some_and(|it| "•◦▪‣●○■–—*-·".contains(it));
    bullet && characters.next() == Some(' ')
}

fn opens_speech(text: &str, after_sentence: bool) -> bool {
    label(text).is_some_and(|it| after_sentence || it.strength == Strength::Strong)
}

fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end_matches(|it: char| {
        it.is_whitespace() || it.is_ascii_digit() || "\"'”’»)]".contains(it)
    });
    line.ends_with(['.', '!', '?', '…', ':', '—', '。', '！', '？', '؟'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::{row::rows, row::tests::run, run::Run};

    /// Lines with their start and their distance from the one above.
    fn read(lines: &[(&str, f64, f64)]) -> Vec<usize> {
        let mut y = 100.0;
        let mut found = Vec::new();
        for (text, start, step) in lines {
            y += step;
            found.extend(
                rows(vec![run(text, *start, y)]).iter().map(|row| TextLine::new(row, 0, 0)),
            );
        }
        blocks(&found).into_iter().map(|block| block.lines.len()).collect()
    }

    #[test]
    fn a_wide_gap_parts_paragraphs() {
        assert_eq!(
            read(&[
                ("one line of the text", 0.0, 0.0),
                ("and a second one of it", 0.0, 12.0),
                ("another one", 0.0, 20.0)
            ]),
            [2, 1]
        );
    }

    #[test]
    fn an_indented_line_begins_a_paragraph() {
        assert_eq!(
            read(&[
                ("It is old and it is not well,", 15.0, 0.0),
                ("says the one who has seen all of it.", 0.0, 12.0),
                ("So it is baked for a long time", 15.0, 12.0),
                ("and it is copied two times today.", 0.0, 12.0),
            ]),
            [2, 2]
        );
    }

    #[test]
    fn entries_with_hanging_indents_are_paragraphs() {
        assert_eq!(
            read(&[
                ("King, A. On the glue of old tapes, and", 0.0, 0.0),
                ("what became of it in the attics of", 20.0, 12.0),
                ("three houses that were flooded at", 20.0, 12.0),
                ("Moss, B. On bread, slow and very slow", 0.0, 12.0),
                ("with notes on the temperature of it", 20.0, 12.0),
            ]),
            [3, 2]
        );
    }

    #[test]
    fn items_whose_numbers_stand_at_the_margin_are_paragraphs() {
        assert_eq!(
            read(&[
                ("It is old and it is not well, says the one who", 0.0, 0.0),
                ("has seen all of it, and for two reasons that", 0.0, 12.0),
                ("are told here in the order of their weight, as", 0.0, 12.0),
                ("follows below in full for everybody to see:", 0.0, 12.0),
                ("1 The glue takes up water from the air in the", 0.0, 20.0),
                ("attic, and falls off with all that is on it.", 10.0, 12.0),
                ("2 The reels are bent, and nobody knows what to", 0.0, 12.0),
                ("do about it.", 10.0, 12.0),
            ]),
            [4, 2, 2]
        );
    }

    #[test]
    fn labels_and_bullets_begin_paragraphs() {
        assert_eq!(
            read(&[
                ("Host: Is it really as old as that?", 0.0, 0.0),
                ("Archivist: It is very old, I think.", 0.0, 12.0),
                ("• a reel of brown tape in a flat box", 0.0, 12.0),
                ("• a box of glass with a brown label on", 0.0, 12.0),
            ]),
            [1, 1, 1, 1]
        );
    }

    #[test]
    fn a_sentence_goes_on_over_a_page() {
        let line = |text: &str, page: usize| {
            let row = rows(vec![Run { ..run(text, 0.0, 100.0) }]).remove(0);
            TextLine::new(&row, page, page)
        };
        let lines = [
            line("the brown layer comes", 0),
            line("off on the heads.", 1),
            line("We call it so.", 2),
        ];
        let found: Vec<_> = blocks(&lines).into_iter().map(|block| block.lines).collect();
        assert_eq!(found, [0..2, 2..3]);
    }
}
