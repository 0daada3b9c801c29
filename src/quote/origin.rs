//! Where in its file a text came from, asked often and in order.
//!
//! [`Text::place`] counts lines from the start of a part, and the text of a manuscript is often one
//! part: asked for each of many quotations, that would take the square of its length.

use std::ops::Range;

use crate::{
    place::{LineColumn, Place, SourceSpan},
    text::{Text, TextSpan},
};

/// Answers from a text's parts.
pub(super) struct Origin<'a> {
    text: &'a Text,
}

impl<'a> Origin<'a> {
    pub(super) fn of(text: &'a Text) -> Self {
        Self { text }
    }

    /// The byte of the file for a byte of the text, where the format has bytes.
    pub(super) fn byte(&self, at: usize) -> Option<usize> {
        let (span, place) = self.part(at)?;
        let source = place.source?;
        let copied = source.len() == span.end - span.start;
        Some(if copied { source.start + (at - span.start) } else { source.start })
    }

    /// What of the text came from some ranges of the file, which are in order and apart.
    pub(super) fn spans_of(&self, ranges: &[Range<usize>]) -> Vec<TextSpan> {
        let mut spans = Vec::new();
        if ranges.is_empty() {
            return spans;
        }
        let parts = self.text.parts();
        for (at, part) in parts.iter().enumerate() {
            let Some(source) = part.place.source else { continue };
            let end = parts.get(at + 1).map_or(self.text.len(), |next| next.start);
            let copied = source.len() == end - part.start;
            let first = ranges.partition_point(|range| range.end <= source.start);
            for range in ranges[first..].iter().take_while(|range| range.start < source.end) {
                if copied {
                    let in_text = |byte: usize| part.start + (byte - source.start);
                    let start = in_text(range.start.max(source.start));
                    spans.push(TextSpan::new(start, in_text(range.end.min(source.end))));
                } else if range.start <= source.start && source.end <= range.end {
                    spans.push(TextSpan::new(part.start, end));
                }
            }
        }
        spans.sort_unstable();
        spans
    }

    /// The part that holds a byte, and its place.
    fn part(&self, at: usize) -> Option<(TextSpan, Place)> {
        let parts = self.text.parts();
        let which = parts.partition_point(|part| part.start <= at).checked_sub(1)?;
        let end = parts.get(which + 1).map_or(self.text.len(), |next| next.start);
        Some((TextSpan::new(parts[which].start, end), parts[which].place))
    }
}

/// Gives the places of spans; fast for spans in order.
pub(super) struct Places<'a> {
    origin: Origin<'a>,
    /// The last byte asked for, and its line and column.
    last: Option<(usize, LineColumn)>,
}

impl<'a> Places<'a> {
    pub(super) fn of(text: &'a Text) -> Self {
        Self { origin: Origin::of(text), last: None }
    }

    /// The same as [`Text::place`].
    pub(super) fn place(&mut self, span: TextSpan) -> Place {
        let text = self.origin.text;
        let Some((part, place)) = self.origin.part(span.start) else {
            return text.place(span);
        };
        let source = place.source.filter(|source| source.len() == part.end - part.start);
        let Some(source) = source else {
            return text.place(span);
        };
        let counted = self.last.filter(|(at, _)| (part.start..=span.start).contains(at));
        let (from, line) = counted.unwrap_or((part.start, source.at));
        let at = line.after(&text.as_str()[from..span.start]);
        self.last = Some((span.start, at));
        let end = span.end.min(part.end);
        let start = source.start + (span.start - part.start);
        let source = SourceSpan { start, end: start + (end - span.start), at };
        let first = Place { source: Some(source), ..place };
        if end == span.end { first } else { first.to(text.place(TextSpan::new(end, span.end))) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_text() {
        let mut text = Text::default();
        let mut start = 0;
        for (piece, written) in [("one\ntwo ", 8), ("&", 5), (" three\n\nfour", 12)] {
            let at = LineColumn { line: 3, column: 1 };
            let source = SourceSpan { start, end: start + written, at };
            text.push(piece, Place { source: Some(source), ..Place::default() });
            start += written;
        }
        let mut places = Places::of(&text);
        for start in 0..text.len() {
            for end in start + 1..=text.len() {
                let span = TextSpan::new(start, end);
                assert_eq!(places.place(span), text.place(span), "{span:?}");
            }
        }
    }
}
