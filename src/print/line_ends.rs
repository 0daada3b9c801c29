//! Which line ends of a text are shown.
//!
//! A text has line ends where its file has them. In verse, in addresses and in tables they mean
//! something; in prose and captions only a line was full. What does not mean anything is shown as a
//! space, or as nothing inside Chinese and Japanese, which have no spaces:
//!
//! - every line end in words with times: captions, and all that was recognised;
//! - every line end in a paragraph that somebody wrapped. There the first word of a line would not
//!   have had room on the line above, and the widest line is as wide as those of letters are;
//! - the end of a full line inside a sentence of Chinese or Japanese.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

use super::clean;
use crate::text::{Text, runs_on};

/// A paragraph whose widest line is not as wide as this, in columns, was not wrapped.
const NARROW: usize = 50;

/// The line ends of a text that are shown as something else than a space.
#[derive(Debug, Default)]
pub(super) struct LineEnds(Vec<(usize, LineEnd)>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LineEnd {
    Shown,
    Nothing,
}

impl LineEnds {
    /// Judges the line ends of a text, paragraph by paragraph.
    pub(super) fn of(text: &Text) -> Self {
        let string = text.as_str();
        let mut found = Vec::new();
        let (mut start, mut part) = (0, 0);
        for paragraph in string.split("\n\n") {
            let mut shape = None;
            for (number, end) in memchr::memchr_iter(b'\n', paragraph.as_bytes()).enumerate() {
                let at = start + end;
                let parts = text.parts();
                while parts.get(part + 1).is_some_and(|next| next.start <= at) {
                    part += 1;
                }
                let is_timed = parts.get(part).is_some_and(|part| part.place.time.is_some());
                let before = paragraph[..end].chars().next_back();
                let runs_on = before.zip(paragraph[end + 1..].chars().next()).is_some_and(runs_on);
                let is_open = runs_on && before.is_some_and(char::is_alphanumeric);
                let is_shown = |shape: &Shape| {
                    let is_full = shape.early.get(number) == Some(&false);
                    shape.are_lines && !(is_open && is_full)
                };
                if !is_timed && is_shown(shape.get_or_insert_with(|| Shape::of(paragraph))) {
                    found.push((at, LineEnd::Shown));
                } else if runs_on {
                    found.push((at, LineEnd::Nothing));
                }
            }
            start += paragraph.len() + "\n\n".len();
        }
        Self(found)
    }

    /// A part of the text that starts at this byte of it, [cleaned](clean()); `\n` stands only where a
    /// line end is shown.
    pub(super) fn shown<'t>(&self, part: &'t str, start: usize) -> Cow<'t, str> {
        let first = self.0.partition_point(|(at, _)| *at < start);
        let mut shown = String::new();
        let mut done = 0;
        for (at, end) in self.0[first..].iter().take_while(|(at, _)| *at < start + part.len()) {
            let at = at - start;
            shown.push_str(&clean(&part[done..at]));
            if *end == LineEnd::Shown {
                shown.push('\n');
            }
            done = at + 1;
        }
        if done == 0 {
            return clean(part);
        }
        shown.push_str(&clean(&part[done..]));
        Cow::Owned(shown)
    }
}

/// How the lines of a paragraph lie.
struct Shape {
    /// For each line end, whether the next word would have had room before it.
    early: Vec<bool>,
    /// Whether they are lines, and not what wrapping made of the paragraph.
    are_lines: bool,
}

impl Shape {
    fn of(paragraph: &str) -> Self {
        let lines = paragraph.split('\n');
        let widest = lines.clone().map(UnicodeWidthStr::width).max().unwrap_or(0);
        let is_early = |(line, next): (&str, &str)| {
            let word = next.split_whitespace().next().unwrap_or_default();
            // Scripts without spaces are wrapped between any two characters.
            let word = if word.is_ascii() { word.len() } else { word.width().min(widest / 5) };
            // Whoever wraps by hand leaves some room.
            widest < NARROW || (line.width() + 1 + word) * 10 <= widest * 9
        };
        let early: Vec<bool> = lines.clone().zip(lines.skip(1)).map(is_early).collect();
        let count = early.iter().filter(|early| **early).count();
        Self { are_lines: count * 4 > early.len(), early }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::{Place, Time, TimeSpan};

    fn shown(text: &str, time: Option<u64>) -> String {
        let time = time.map(|at| TimeSpan { start: Time(at), end: Time(at) });
        let mut written = Text::default();
        written.push(text, Place { time, ..Place::default() });
        LineEnds::of(&written).shown(text, 0).into_owned()
    }

    const WRAPPED: &str = "The glue takes up water, and the brown layer comes off on the\n\
                           heads, which is called shedding. So before anything is played\n\
                           it is baked.";

    #[test]
    fn verse_keeps_its_lines_and_prose_that_was_wrapped_does_not() {
        let verse = "The tape was brown,\nthe box was flat,\nand nobody knew what was that.";
        assert_eq!(shown(verse, None), verse);
        assert_eq!(shown(WRAPPED, None), WRAPPED.replace('\n', " "));
        let both = format!("{verse}\n\n{WRAPPED}");
        let expected = format!("{verse}  {}", WRAPPED.replace('\n', " "));
        assert_eq!(shown(&both, None), expected);
    }

    #[test]
    fn items_of_any_length_are_lines() {
        let items = "a reel of brown tape in a flat box, with the label of a shop\na lamp\n\
                     a chair\ntwo boxes of glass with a brown label on each of them";
        assert_eq!(shown(items, None), items);
    }

    #[test]
    fn captions_flow() {
        assert_eq!(shown("It was late,\nand it rained.", Some(1)), "It was late, and it rained.");
    }

    #[test]
    fn chinese_and_japanese_flow_without_spaces() {
        let wrapped = format!("{0}権\n利{0}、\n{1}", "音楽".repeat(14), "史".repeat(4));
        assert_eq!(shown(&wrapped, None), wrapped.replace('\n', ""));
        let articles = format!("史\n{0}権\n利\n史\n{0}。\n史", "音楽".repeat(14));
        assert_eq!(shown(&articles, None), articles.replace("権\n", "権"));
        assert_eq!(shown("音\n楽", Some(1)), "音楽");
        assert_eq!(shown("한국\n의", Some(1)), "한국 의");
    }

    #[test]
    fn a_part_is_shown_as_in_the_whole() {
        let mut text = Text::default();
        text.push("one\ntwo\u{1b}\nthree", Place::default());
        let ends = LineEnds::of(&text);
        assert_eq!(ends.shown("two\u{1b}\nthr", 4), "two␛\nthr");
        assert_eq!(ends.shown("\ntwo", 3), "\ntwo");
    }
}
