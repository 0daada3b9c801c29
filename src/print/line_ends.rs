//! Which line ends of a text are shown.
//!
//! A text has line ends where its file has them. In verse, in addresses and in tables they mean
//! something; in prose and captions only a line was full. What does not mean anything is shown as a
//! space, or as nothing inside Chinese and Japanese, which have no spaces:
//!
//! - every line end in words with times: captions, and all that was recognised;
//! - every line end in a paragraph that somebody wrapped. There the first word of a line would not
//!   have had room on the line above, and the widest line is as wide as those of letters are.

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
            let mut are_lines = None;
            for end in memchr::memchr_iter(b'\n', paragraph.as_bytes()) {
                let at = start + end;
                let parts = text.parts();
                while parts.get(part + 1).is_some_and(|next| next.start <= at) {
                    part += 1;
                }
                let is_timed = parts.get(part).is_some_and(|part| part.place.time.is_some());
                if !is_timed && *are_lines.get_or_insert_with(|| self::are_lines(paragraph)) {
                    found.push((at, LineEnd::Shown));
                    continue;
                }
                let before = paragraph[..end].chars().next_back();
                if before.zip(paragraph[end + 1..].chars().next()).is_some_and(runs_on) {
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

/// Whether the lines of a paragraph are lines, and not what wrapping made of it.
fn are_lines(paragraph: &str) -> bool {
    let widest = paragraph.split('\n').map(UnicodeWidthStr::width).max().unwrap_or(0);
    if widest < NARROW {
        return true;
    }
    let lines = paragraph.split('\n');
    let (mut ends, mut early) = (0, 0);
    for (line, next) in lines.clone().zip(lines.skip(1)) {
        let word = next.split_whitespace().next().unwrap_or_default();
        // Scripts without spaces are wrapped between any two characters.
        let word = if word.is_ascii() { word.len() } else { word.width().min(widest / 5) };
        ends += 1;
        // Whoever wraps by hand leaves some room.
        early += usize::from((line.width() + 1 + word) * 10 <= widest * 9);
    }
    early * 4 > ends
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
