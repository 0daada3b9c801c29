//! A text that stands in pieces inside a file of another format, such as the Markdown of a notebook.
//!
//! It is put together, read by its own reader, and the places of what was read are led back to the
//! file: bytes that are copied keep their exact place, an escape that was decoded has that of the
//! escape.

use std::ops::Range;

use crate::{
    place::{Place, SourceSpan},
    read::xml::Source,
    text::{Text, TextSpan},
    transcript::{Transcript, Turn, Warning},
};

/// A text in the making, and where its pieces come from.
#[derive(Debug, Default)]
pub struct Nested {
    text: String,
    runs: Vec<Run>,
}

/// A stretch of the text that copies bytes of the file, or stands for them as a whole.
#[derive(Debug)]
struct Run {
    /// First byte in the text.
    start: usize,
    /// Bytes of the file.
    source: Range<usize>,
    copied: bool,
}

impl Nested {
    /// Appends bytes of the file as they are.
    pub fn copy(&mut self, file: &str, bytes: Range<usize>) {
        if !bytes.is_empty() {
            self.runs.push(Run { start: self.text.len(), source: bytes.clone(), copied: true });
            self.text.push_str(&file[bytes]);
        }
    }

    /// Appends what stands for other bytes of the file, or for none.
    pub fn put(&mut self, instead: &str, bytes: Range<usize>) {
        if !instead.is_empty() {
            self.runs.push(Run { start: self.text.len(), source: bytes, copied: false });
            self.text.push_str(instead);
        }
    }

    /// The text so far.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Leads the places of what was read from the text back to the file.
    #[must_use]
    pub fn restore(&self, read: Transcript, source: &Source<'_>) -> Transcript {
        let lines: Vec<usize> = std::iter::once(0)
            .chain(memchr::memchr_iter(b'\n', self.text.as_bytes()).map(|it| it + 1))
            .collect();
        let warning = |warning: Warning| {
            let start = warning.line.and_then(|line| lines.get(line.checked_sub(1)? as usize));
            let line = start.map(|start| source.line(self.origin(*start).start));
            Warning { line, ..warning }
        };
        let turn = |turn: Turn| Turn { text: self.restored(&turn.text, source), ..turn };
        Transcript {
            turns: read.turns.into_iter().map(turn).collect(),
            warnings: read.warnings.into_iter().map(warning).collect(),
            ..read
        }
    }

    fn run(&self, byte: usize) -> Option<&Run> {
        let after = self.runs.partition_point(|run| run.start <= byte);
        self.runs.get(after.checked_sub(1)?)
    }

    /// One past the last byte of the run that holds a byte.
    fn end_of_run(&self, byte: usize) -> usize {
        let after = self.runs.partition_point(|run| run.start <= byte);
        self.runs.get(after).map_or(self.text.len(), |next| next.start)
    }

    /// The bytes of the file that a byte of the text stands for.
    fn origin(&self, byte: usize) -> Range<usize> {
        match self.run(byte) {
            Some(run) if run.copied => {
                let at = (run.source.start + byte - run.start).min(run.source.end);
                at..(at + 1).min(run.source.end)
            }
            Some(run) => run.source.clone(),
            None => 0..0,
        }
    }

    fn restored(&self, text: &Text, source: &Source<'_>) -> Text {
        let mut restored = Text::default();
        let parts = text.parts();
        for (at, part) in parts.iter().enumerate() {
            let end = parts.get(at + 1).map_or(text.len(), |next| next.start);
            let written = &text.as_str()[TextSpan::new(part.start, end).range()];
            let Some(span) = part.place.source else {
                restored.push(written, part.place);
                continue;
            };
            if span.len() != written.len() {
                let bytes = self.origin(span.start).start..self.end_in_file(span);
                push_whole(&mut restored, written, part.place, bytes, source);
                continue;
            }
            let mut done = 0;
            while done < written.len() {
                let byte = span.start + done;
                let length = (self.end_of_run(byte) - byte).min(written.len() - done).max(1);
                let piece = &written[done..done + length];
                done += length;
                match self.run(byte) {
                    Some(run) if run.copied => {
                        let start = run.source.start + byte - run.start;
                        let at = source.point(start);
                        let place = SourceSpan { end: start + length, ..at };
                        restored.push(piece, Place { source: Some(place), ..part.place });
                    }
                    _ => push_whole(&mut restored, piece, part.place, self.origin(byte), source),
                }
            }
        }
        restored
    }

    fn end_in_file(&self, span: SourceSpan) -> usize {
        match span.end.checked_sub(1).filter(|_| !span.is_empty()) {
            Some(last) => self.origin(last).end,
            None => self.origin(span.start).start,
        }
    }
}

/// Appends what stands for some bytes of the file as a whole: if they are as many, they would pass
/// for a copy, so then it has a point as its place.
fn push_whole(
    text: &mut Text,
    written: &str,
    place: Place,
    bytes: Range<usize>,
    source: &Source<'_>,
) {
    let point = source.point(bytes.start);
    let is_as_long = bytes.len() == written.len();
    let end = if is_as_long { bytes.start } else { bytes.end.max(bytes.start) };
    text.push(written, Place { source: Some(SourceSpan { end, ..point }), ..place });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::markdown;

    #[test]
    fn places_are_led_back_to_the_file() {
        let file = "x \"a *b\\\"c* d\" y\n \"z\"";
        let source = Source::new(file);
        let mut nested = Nested::default();
        nested.copy(file, 3..7);
        nested.put("\"", 7..9);
        nested.copy(file, 9..13);
        nested.put("\n\n", 13..13);
        nested.copy(file, 19..20);
        assert_eq!(nested.as_str(), "a *b\"c* d\n\nz");
        let text = nested.restore(markdown::read(nested.as_str()), &source).turns.remove(0).text;
        assert_eq!(text.as_str(), "a b\"c d\n\nz");
        let place = |words: &str| {
            let start = text.as_str().find(words).unwrap();
            let span = text.place(TextSpan::new(start, start + words.len())).source.unwrap();
            (&file[span.start..span.end], span.at.line, span.at.column)
        };
        assert_eq!(place("b"), ("b", 1, 7));
        assert_eq!(place("\""), ("\\\"", 1, 8));
        assert_eq!(place("c"), ("c", 1, 10));
        assert_eq!(place("z"), ("z", 2, 3));
    }
}
