//! Puts a text together out of pieces of a file.
//!
//! No white space comes to stand at its ends, and never twice where markup was taken out. Wherever
//! the file has the very bytes, they are copied, so that prose stays one part.

use crate::{
    place::{LineColumn, Place, SourceSpan, TimeSpan},
    text::Text,
};

/// What parts a piece from the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Nothing but what the pieces bring along.
    #[default]
    None,
    /// A line end.
    Line,
    /// An empty line.
    Paragraph,
}

impl Gap {
    /// The characters of the gap.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Line => "\n",
            Self::Paragraph => "\n\n",
        }
    }
}

/// A text in the making.
#[derive(Debug)]
pub struct Pieces<'a> {
    source: &'a str,
    text: Text,
    /// Due before the next word, if one comes.
    gap: Gap,
    /// White space that may turn out to be the last.
    space: Option<(&'a str, Place)>,
    /// Where the last piece ended in the file.
    end: (usize, LineColumn),
    time: Option<TimeSpan>,
}

impl<'a> Pieces<'a> {
    /// An empty text of a decoded file. Give an empty string where pieces have no place in one.
    #[must_use]
    pub fn new(source: &'a str) -> Self {
        Self {
            source,
            text: Text::default(),
            gap: Gap::None,
            space: None,
            end: (0, LineColumn::START),
            time: None,
        }
    }

    /// Whether no word was written yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Parts what follows from what was written; the widest gap asked for counts.
    pub fn part(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    /// Appends a piece that copies the file: `source` is where `piece` stands, on one line.
    pub fn copy(&mut self, piece: &'a str, source: SourceSpan, time: Option<TimeSpan>) {
        let core = piece.trim_end();
        let word = core.trim_start();
        let lead = core.len() - word.len();
        let place = |start: usize, end: usize| {
            let at = right_of(source.at, start);
            let span = SourceSpan { start: source.start + start, end: source.start + end, at };
            Place { source: Some(span), time, page: None }
        };
        if !word.is_empty() {
            if lead > 0 && self.space.is_none() {
                self.space = Some((&piece[..lead], place(0, lead)));
            }
            self.write(word, place(lead, core.len()));
            self.end = (source.start + core.len(), right_of(source.at, core.len()));
        }
        if core.len() < piece.len() && self.space.is_none() {
            self.space = Some((&piece[core.len()..], place(core.len(), piece.len())));
        }
    }

    /// Appends a character that stands for other bytes of the file, such as a decoded entity.
    pub fn decoded(&mut self, character: char, source: SourceSpan, time: Option<TimeSpan>) {
        // As long as what it stands for it would pass for a copy: then it has a point as its place.
        let length = if character.is_whitespace() { 1 } else { character.len_utf8() };
        let end = if length == source.len() { source.start } else { source.end };
        let place = Place { source: Some(SourceSpan { end, ..source }), time, page: None };
        if character.is_whitespace() {
            self.space = self.space.or(Some((" ", place)));
            return;
        }
        self.write(character.encode_utf8(&mut [0; 4]), place);
        self.end = (source.end, right_of(source.at, source.len()));
    }

    /// Appends a text that was put together elsewhere. It must not start or end with white space.
    pub fn append(&mut self, text: &Text) {
        let Some(last) = text.parts().last() else {
            return;
        };
        self.separate();
        self.text.append(text);
        self.time = last.place.time;
        if let Some(source) = last.place.source {
            let copied = &text.as_str()[last.start..];
            let is_copy = copied.len() == source.len();
            let at =
                if is_copy { source.at.after(copied) } else { right_of(source.at, source.len()) };
            self.end = (source.end, at);
        }
    }

    /// The text so far; what follows starts a new one.
    #[must_use]
    pub fn take(&mut self) -> Text {
        self.gap = Gap::None;
        self.space = None;
        std::mem::take(&mut self.text)
    }

    fn write(&mut self, piece: &str, place: Place) {
        self.separate();
        self.text.push(piece, place);
        self.time = place.time;
    }

    fn separate(&mut self) {
        let gap = std::mem::take(&mut self.gap);
        let space = self.space.take();
        if self.text.is_empty() {
            return;
        }
        if gap == Gap::None {
            if let Some((space, place)) = space {
                self.text.push(space, place);
            }
            return;
        }
        let (start, at) = self.end;
        let wanted = gap.as_str();
        let copied =
            are_line_ends(self.source.as_bytes().get(start..).unwrap_or_default(), wanted.len());
        let end = if copied { start + wanted.len() } else { start };
        let source = (!self.source.is_empty()).then_some(SourceSpan { start, end, at });
        self.text.push(wanted, Place { source, time: self.time, page: None });
    }
}

/// Whether so many bytes each end a line, so that as many `\n` may stand for them. Those of one
/// `\r\n` are one end.
fn are_line_ends(bytes: &[u8], count: usize) -> bool {
    let is_end = |at: usize| match bytes.get(at) {
        Some(b'\n') => at == 0 || bytes[at - 1] != b'\r',
        other => other == Some(&b'\r'),
    };
    (0..count).all(is_end)
}

fn right_of(at: LineColumn, bytes: usize) -> LineColumn {
    LineColumn { column: at.column + u32::try_from(bytes).unwrap_or(u32::MAX), ..at }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{read::lines::lines, text::TextSpan};

    fn read(source: &str, gap: Gap) -> Text {
        let mut pieces = Pieces::new(source);
        for line in lines(source) {
            pieces.part(gap);
            pieces.copy(line.text, line.span(0..line.text.len()), None);
        }
        pieces.take()
    }

    #[test]
    fn prose_that_is_copied_stays_one_part() {
        let text = read("one two\nthree\n", Gap::Line);
        assert_eq!(text.as_str(), "one two\nthree");
        assert_eq!(text.parts().len(), 1);
    }

    #[test]
    fn a_line_end_that_stands_for_two_is_no_copy() {
        let text = read("one\r\ntwo \nthree\n\nfour", Gap::Paragraph);
        assert_eq!(text.as_str(), "one\n\ntwo\n\nthree\n\nfour");
        let lines = ["one", "two", "three", "four"].map(|word| {
            let start = text.as_str().find(word).unwrap();
            text.place(TextSpan::new(start, start + word.len())).source.unwrap().at.line
        });
        assert_eq!(lines, [1, 2, 3, 5]);
    }

    #[test]
    fn white_space_is_kept_inside_and_dropped_at_the_ends() {
        assert_eq!(read("  one \n two  ", Gap::None).as_str(), "one two");
        assert_eq!(read("  one \n\n two  ", Gap::Paragraph).as_str(), "one\n\ntwo");
    }
}
