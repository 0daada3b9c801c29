//! Cutting a text into many slices in one walk.
//!
//! [`Text::slice`] counts the lines of a part from its start. For the thousands of passages of a
//! book, which is a single part, that would take time with the square of its length.

use crate::{
    place::{LineColumn, Place, SourceSpan},
    text::{Part, Text, TextSpan},
};

/// Gives the slices of a text at spans that are in order and do not overlap.
///
/// Each is what [`Text::slice`] gives for its span.
pub(super) fn each_slice(text: &Text, spans: &[TextSpan], take: impl FnMut(Text)) {
    let mut walk = Walk { text, part: 0, counted: None };
    spans.iter().map(|span| walk.slice(*span)).for_each(take);
}

struct Walk<'text> {
    text: &'text Text,
    /// The part that the next slice starts in, or one before it.
    part: usize,
    /// How far the lines of that part are counted: a byte of the text, and its line and column.
    counted: Option<(usize, LineColumn)>,
}

impl Walk<'_> {
    fn slice(&mut self, span: TextSpan) -> Text {
        let mut slice = Text::default();
        while let Some(part) = self.text.parts().get(self.part).copied() {
            let whole = TextSpan { start: part.start, end: self.end_of_part() };
            let start = whole.start.max(span.start);
            let end = whole.end.min(span.end);
            if start < end {
                let place = self.place(part, whole, TextSpan { start, end });
                slice.push(&self.text.as_str()[start..end], place);
            }
            if whole.end > span.end {
                break;
            }
            self.part += 1;
            self.counted = None;
        }
        slice
    }

    fn end_of_part(&self) -> usize {
        self.text.parts().get(self.part + 1).map_or(self.text.len(), |next| next.start)
    }

    /// The place of a span inside one part: exact when the part copies its source.
    fn place(&mut self, part: Part, whole: TextSpan, span: TextSpan) -> Place {
        let Some(source) = part.place.source else {
            return part.place;
        };
        if source.len() != whole.end - whole.start {
            return part.place;
        }
        let (counted, at) = self.counted.unwrap_or((whole.start, source.at));
        let at = at.after(&self.text.as_str()[counted..span.start]);
        self.counted = Some((span.start, at));
        let exact = SourceSpan {
            start: source.start + (span.start - whole.start),
            end: source.start + (span.end - whole.start),
            at,
        };
        Place { source: Some(exact), ..part.place }
    }
}
