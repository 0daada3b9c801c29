//! A string that remembers where its parts came from.
//!
//! Readers build a [`Text`] out of pieces of a file: a cue, a timed word, a line, a page. Whoever
//! finds words in it asks for their [`Place`]. The span type of this module, [`TextSpan`], is kept
//! apart from [`SourceSpan`] on purpose: they count bytes of different strings.

use crate::place::{LineColumn, Place, SourceSpan};

/// A string on one line, with single spaces and none at its ends. A line end inside Chinese or
/// Japanese is no space.
#[must_use]
pub fn on_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut end = 0;
    for word in text.split_whitespace() {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        let is_line_end = text[end..start].contains('\n');
        let goes_on =
            is_line_end && line.chars().next_back().zip(word.chars().next()).is_some_and(runs_on);
        if !line.is_empty() && !goes_on {
            line.push(' ');
        }
        line.push_str(word);
        end = start + word.len();
    }
    line
}

/// Whether a text runs on from one character to the next when a line ends between them: both are
/// Chinese or Japanese, which have no spaces. Korean has.
#[must_use]
pub fn runs_on((before, after): (char, char)) -> bool {
    is_chinese_or_japanese(before) && is_chinese_or_japanese(after)
}

/// Letters, punctuation and full-width forms; the blocks of Unicode that hold them.
fn is_chinese_or_japanese(character: char) -> bool {
    matches!(character,
        '\u{2E80}'..='\u{2FDF}'     // radicals
        | '\u{3000}'..='\u{312F}'   // punctuation, kana, bopomofo
        | '\u{31A0}'..='\u{31FF}'   // further bopomofo, strokes, kana
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' // Han
        | '\u{F900}'..='\u{FAFF}'   // Han, compatibility
        | '\u{FE30}'..='\u{FE4F}'   // vertical punctuation
        | '\u{FF00}'..='\u{FF9F}'   // full width, half-width kana
        | '\u{1B000}'..='\u{1B16F}' // further kana
        | '\u{20000}'..='\u{3FFFF}' // further Han
    )
}

/// Bytes of a [`Text`], never of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextSpan {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl TextSpan {
    /// The bytes from `start` up to `end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The span as a range, for slicing the string it points into.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start..self.end
    }

    /// Whether the two have a byte in common.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The same bytes in a string that has `by` more bytes in front.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }
}

/// A stretch of a [`Text`] and where it came from. It reaches to the next part or to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// First byte in the text.
    pub start: usize,
    /// Where it came from.
    pub place: Place,
}

/// A string that remembers where its parts came from.
///
/// A part that is as long as its [`SourceSpan`] copies the file byte for byte, white space apart
/// (a line's end may have become `\n`): then any slice of it has an exact place. A part of another
/// length, such as a decoded entity, has one place as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    string: String,
    /// In order and without gaps: each starts where the one before ends; the first starts at 0.
    parts: Vec<Part>,
}

impl Text {
    /// A text out of its string and parts, such as the index stores them.
    ///
    /// Parts that start beyond the string are dropped.
    #[must_use]
    pub fn from_parts(string: String, mut parts: Vec<Part>) -> Self {
        parts.retain(|part| part.start <= string.len());
        Self { string, parts }
    }

    /// Appends a part, such as a cue or one timed word.
    ///
    /// A part that goes on in the file where the last one ends, with the same time and page, is
    /// joined to it, so that plain prose stays a single part; so is one with the very same place
    /// that points to no bytes.
    pub fn push(&mut self, string: &str, place: Place) {
        if string.is_empty() {
            return;
        }
        let goes_on = self.parts.last_mut().is_some_and(|last| {
            let copied = self.string.len() - last.start;
            continued(last, copied, string.len(), place)
        });
        if !goes_on {
            if self.parts.is_empty() {
                // Most texts are a single part, and there may be millions of them.
                self.parts.reserve_exact(1);
            }
            self.parts.push(Part { start: self.string.len(), place });
        }
        self.string.push_str(string);
    }

    /// Appends another text with its places.
    pub fn append(&mut self, other: &Self) {
        for (part, string) in other.pieces() {
            self.push(string, part.place);
        }
    }

    /// The whole string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.string
    }

    /// The parts, in order.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.string.len()
    }

    /// Whether it has no byte.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.string.is_empty()
    }

    /// Where a span of this text came from.
    ///
    /// An empty span, or an empty text, has the place of the part it touches, or none at all.
    #[must_use]
    pub fn place(&self, span: TextSpan) -> Place {
        let first = self.parts.partition_point(|part| part.start <= span.start).saturating_sub(1);
        let last = self.parts.partition_point(|part| part.start < span.end).max(first + 1);
        let places = (first..last.min(self.parts.len())).map(|at| self.place_in(at, span));
        places.reduce(Place::to).unwrap_or_default()
    }

    /// A slice of the text with the places of what it holds.
    ///
    /// # Panics
    /// When the span does not lie on character borders of this text.
    #[must_use]
    pub fn slice(&self, span: TextSpan) -> Self {
        let mut slice = Self::default();
        let first = self.parts.partition_point(|part| part.start <= span.start).saturating_sub(1);
        let last = self.parts.partition_point(|part| part.start < span.end);
        for at in first..last {
            let whole = self.span_of(at);
            let start = whole.start.max(span.start);
            let end = whole.end.min(span.end);
            if start < end {
                let place = self.place_in(at, TextSpan { start, end });
                slice.push(&self.string[start..end], place);
            }
        }
        slice
    }

    /// The parts with what they hold, in order.
    pub fn pieces(&self) -> impl Iterator<Item = (Part, &str)> {
        (0..self.parts.len()).map(|at| (self.parts[at], &self.string[self.span_of(at).range()]))
    }

    fn span_of(&self, at: usize) -> TextSpan {
        let end = self.parts.get(at + 1).map_or(self.string.len(), |next| next.start);
        TextSpan { start: self.parts[at].start, end }
    }

    /// The place of that share of a span which lies in one part.
    fn place_in(&self, at: usize, span: TextSpan) -> Place {
        let part = self.parts[at];
        let whole = self.span_of(at);
        let Some(source) = part.place.source else { return part.place };
        if source.len() != whole.end - whole.start {
            return part.place;
        }
        let start = span.start.clamp(whole.start, whole.end);
        let end = span.end.clamp(start, whole.end);
        let before = &self.string.as_bytes()[whole.start..start];
        let exact = SourceSpan {
            start: source.start + before.len(),
            end: source.start + (end - whole.start),
            at: advance(source.at, before),
        };
        Place { source: Some(exact), ..part.place }
    }
}

/// Lengthens `last` to take in a part that goes on where it ends; tells whether it did.
fn continued(last: &mut Part, copied: usize, added: usize, place: Place) -> bool {
    let (Some(old), Some(new)) = (&mut last.place.source, place.source) else {
        return last.place == place;
    };
    let follows = old.end == new.start && old.len() == copied && new.len() == added;
    let same = last.place.time == place.time && last.place.page == place.page;
    if follows && same {
        old.end = new.end;
    }
    follows && same
}

fn advance(at: LineColumn, bytes: &[u8]) -> LineColumn {
    // Bytes, not characters: a slice of a part may be asked for at any byte.
    let lines = memchr::memchr_iter(b'\n', bytes).count();
    let tail = memchr::memrchr(b'\n', bytes).map_or(bytes.len(), |last| bytes.len() - last - 1);
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    LineColumn {
        line: at.line + count(lines),
        column: if lines == 0 { at.column + count(tail) } else { count(tail) + 1 },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::{Time, TimeSpan};

    fn said(from: u64, to: u64) -> Place {
        let time = TimeSpan { start: Time(from), end: Time(to) };
        Place { time: Some(time), ..Place::default() }
    }

    fn copied(start: usize, end: usize, line: u32, column: u32) -> Place {
        let source = SourceSpan { start, end, at: LineColumn { line, column } };
        Place { source: Some(source), ..Place::default() }
    }

    fn find(text: &Text, words: &str) -> TextSpan {
        let start = text.as_str().find(words).unwrap();
        TextSpan { start, end: start + words.len() }
    }

    #[test]
    fn one_line_has_single_spaces_and_no_breaks() {
        assert_eq!(on_one_line(" one\r\nER  - \ttwo\n"), "one ER - two");
        assert_eq!(on_one_line(" \n"), "");
        assert_eq!(on_one_line("古い\n音、\r\n「音 楽」\n한국\n의"), "古い音、「音 楽」 한국 의");
    }

    #[test]
    fn a_phrase_over_two_cues_has_the_time_of_both() {
        let mut text = Text::default();
        text.push("it was the best ", said(1000, 2000));
        text.push("of times", said(2000, 3500));
        assert_eq!(text.place(find(&text, "best of")), said(1000, 3500));
        assert_eq!(text.place(find(&text, "times")), said(2000, 3500));
    }

    #[test]
    fn words_with_times_of_their_own_give_a_tighter_place() {
        let mut text = Text::default();
        for (word, from, to) in [("it ", 0, 90), ("was ", 90, 200), ("best", 200, 400)] {
            text.push(word, said(from, to));
        }
        assert_eq!(text.place(find(&text, "was")), said(90, 200));
        assert_eq!(text.place(find(&text, "it was")), said(0, 200));
    }

    #[test]
    fn an_empty_text_has_no_place() {
        assert_eq!(Text::default().place(TextSpan { start: 0, end: 0 }), Place::default());
    }

    #[test]
    fn a_slice_of_a_copied_part_has_its_exact_line_and_bytes() {
        let mut text = Text::default();
        text.push("first line\nsecond line", copied(40, 62, 7, 5));
        assert_eq!(text.place(find(&text, "line\n")), copied(46, 51, 7, 11));
        assert_eq!(text.place(find(&text, "second")), copied(51, 57, 8, 1));
    }

    #[test]
    fn a_part_of_another_length_than_its_source_keeps_its_whole_place() {
        let mut text = Text::default();
        text.push("this ", copied(0, 5, 1, 1));
        text.push("& ", copied(5, 11, 1, 6));
        text.push("that", copied(11, 15, 1, 12));
        assert_eq!(text.place(find(&text, "&")), copied(5, 11, 1, 6));
        assert_eq!(text.place(find(&text, "hat")), copied(12, 15, 1, 13));
    }

    #[test]
    fn parts_that_follow_on_in_the_file_become_one() {
        let mut text = Text::default();
        text.push("one ", copied(0, 4, 1, 1));
        text.push("two", copied(4, 7, 1, 5));
        assert_eq!(text.parts(), [Part { start: 0, place: copied(0, 7, 1, 1) }]);
    }

    #[test]
    fn slices_put_together_are_the_text_again() {
        let mut text = Text::default();
        text.push("one two ", copied(0, 8, 1, 1));
        text.push("&", copied(8, 13, 1, 9));
        text.push(" three", said(0, 5));
        for middle in 0..=text.len() {
            let mut joined = text.slice(TextSpan { start: 0, end: middle });
            joined.append(&text.slice(TextSpan { start: middle, end: text.len() }));
            assert_eq!(joined, text);
        }
    }
}
