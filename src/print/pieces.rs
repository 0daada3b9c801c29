//! The text of a hit in pieces: who says what, paragraph by paragraph, and what of it matched.

use std::borrow::Cow;

use super::line_ends::LineEnds;
use crate::{
    find,
    search::Hit,
    text::{Text, TextSpan},
    transcript::Speaker,
};

/// What one speaker says in a hit.
pub(super) struct Stretch<'h> {
    pub speaker: Option<&'h Speaker>,
    /// Paragraphs; none is empty.
    pub paragraphs: Vec<Vec<Piece<'h>>>,
}

/// Text that matched as a whole or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece<'h> {
    /// As it is shown: `\n` stands only where a line ends.
    pub text: Cow<'h, str>,
    pub matched: bool,
}

/// Takes a hit apart where passages were joined, where paragraphs end, and where matches do.
pub(super) fn stretches(hit: &Hit) -> Vec<Stretch<'_>> {
    let whole = &hit.passage.text;
    let found: Vec<TextSpan> = hit.matches.iter().map(|it| it.span).collect();
    let found = find::merged(&found);
    let mut starts = vec![(0, hit.passage.speaker.as_ref())];
    starts.extend(hit.joins.iter().map(|join| (join.start, join.speaker.as_ref())));
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([whole.len()]);
    let stretch = |((start, speaker), end)| Stretch {
        speaker,
        paragraphs: paragraphs(whole, TextSpan { start, end }, &found),
    };
    starts.iter().copied().zip(ends).map(stretch).collect()
}

/// The paragraphs of a part of a text, which an empty line parts.
pub(super) fn paragraphs<'h>(
    whole: &'h Text,
    part: TextSpan,
    found: &[TextSpan],
) -> Vec<Vec<Piece<'h>>> {
    let line_ends = LineEnds::of(whole);
    let mut paragraphs = Vec::new();
    let mut start = part.start;
    for paragraph in whole.as_str()[part.range()].split("\n\n") {
        let end = start + paragraph.len();
        let pieces = pieces(whole, &line_ends, TextSpan { start, end }, found);
        if pieces.iter().any(|piece| !piece.text.trim().is_empty()) {
            paragraphs.push(pieces);
        }
        start = end + "\n\n".len();
    }
    paragraphs
}

fn pieces<'h>(
    whole: &'h Text,
    line_ends: &LineEnds,
    part: TextSpan,
    found: &[TextSpan],
) -> Vec<Piece<'h>> {
    let mut pieces = Vec::new();
    let mut push = |start: usize, end: usize, matched: bool| {
        if start < end {
            let text = line_ends.shown(&whole.as_str()[start..end], start);
            pieces.push(Piece { text, matched });
        }
    };
    let mut at = part.start;
    for span in found.iter().filter(|span| span.overlaps(part)) {
        let (start, end) = (span.start.max(part.start), span.end.min(part.end));
        push(at, start, false);
        push(start, end, true);
        at = end;
    }
    push(at, part.end, false);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::Place;

    #[test]
    fn a_match_over_two_paragraphs_is_in_both() {
        let mut text = Text::default();
        text.push("one two\n\nthree\nfour", Place::default());
        let found = [TextSpan { start: 4, end: 14 }];
        let paragraphs = paragraphs(&text, TextSpan { start: 0, end: text.len() }, &found);
        let pieces: Vec<Vec<(&str, bool)>> = paragraphs
            .iter()
            .map(|it| it.iter().map(|piece| (&*piece.text, piece.matched)).collect())
            .collect();
        assert_eq!(
            pieces,
            [vec![("one ", false), ("two", true)], vec![("three", true), ("\nfour", false)]]
        );
    }
}
