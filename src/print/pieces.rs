//! The text of a hit in pieces: who says what, paragraph by paragraph, and what of it matched.

use crate::{find, search::Hit, text::TextSpan, transcript::Speaker};

/// What one speaker says in a hit.
pub(super) struct Stretch<'h> {
    pub speaker: Option<&'h Speaker>,
    /// Paragraphs; none is empty.
    pub paragraphs: Vec<Vec<Piece<'h>>>,
}

/// Text that matched as a whole or not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<'h> {
    pub text: &'h str,
    pub matched: bool,
}

/// Takes a hit apart where passages were joined, where paragraphs end, and where matches do.
pub(super) fn stretches(hit: &Hit) -> Vec<Stretch<'_>> {
    let whole = hit.passage.text.as_str();
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
    whole: &'h str,
    part: TextSpan,
    found: &[TextSpan],
) -> Vec<Vec<Piece<'h>>> {
    let mut paragraphs = Vec::new();
    let mut start = part.start;
    for paragraph in whole[part.range()].split("\n\n") {
        let end = start + paragraph.len();
        let pieces = pieces(whole, TextSpan { start, end }, found);
        if pieces.iter().any(|piece| !piece.text.trim().is_empty()) {
            paragraphs.push(pieces);
        }
        start = end + "\n\n".len();
    }
    paragraphs
}

fn pieces<'h>(whole: &'h str, part: TextSpan, found: &[TextSpan]) -> Vec<Piece<'h>> {
    let mut pieces = Vec::new();
    let mut push = |start: usize, end: usize, matched: bool| {
        if start < end {
            pieces.push(Piece { text: &whole[start..end], matched });
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

    #[test]
    fn a_match_over_two_paragraphs_is_in_both() {
        let text = "one two\n\nthree\nfour";
        let found = [TextSpan { start: 4, end: 14 }];
        let pieces: Vec<Vec<(&str, bool)>> =
            paragraphs(text, TextSpan { start: 0, end: text.len() }, &found)
                .iter()
                .map(|it| it.iter().map(|piece| (piece.text, piece.matched)).collect())
                .collect();
        assert_eq!(
            pieces,
            [vec![("one ", false), ("two", true)], vec![("three", true), ("\nfour", false)]]
        );
    }
}
