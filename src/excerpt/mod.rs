//! Excerpts: as much of a passage as is worth showing, round what matched.
//!
//! Cut at sentence ends where that fits, else between words. What matched is always shown whole.

use std::cell::LazyCell;

use unicode_width::UnicodeWidthStr;

use crate::{
    text::TextSpan,
    words::{Words, sentences::sentences},
};

/// What to show of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The stretches to show, in order, apart from each other.
    pub spans: Vec<TextSpan>,
    /// Whether there is text before the first.
    pub starts_late: bool,
    /// Whether there is text after the last.
    pub ends_early: bool,
}

/// Chooses what to show of a text: all of it when it fits into `columns` (terminal columns of text),
/// else the sentences that hold matches, else as many words round the matches as fit.
///
/// `matches` are sorted spans of the text.
#[must_use]
pub fn excerpt(text: &str, matches: &[TextSpan], columns: usize) -> Excerpt {
    let whole = TextSpan { start: 0, end: text.len() };
    if width_of(text) <= columns {
        return Excerpt { spans: vec![whole], starts_late: false, ends_early: false };
    }
    let width = |spans: &[TextSpan]| -> usize {
        spans.iter().map(|span| width_of(&text[span.range()])).sum()
    };
    let sentences = sentences(text);
    let words = LazyCell::new(|| {
        let words = Words::of(text);
        (0..words.len()).map(|at| words.span(at)).collect::<Vec<_>>()
    });
    let start = [TextSpan { start: 0, end: 0 }];
    let mut shown: Vec<TextSpan> = Vec::new();
    // As many matches as fit, each with its sentence, or with a few words where that is too long.
    for found in if matches.is_empty() { &start } else { matches } {
        let share = if shown.is_empty() { columns } else { columns / 2 };
        let sentence = sentences_of(&sentences, *found);
        let fitting = |span: TextSpan| {
            let spans = joined(text, &shown, span);
            (width(&spans) <= columns).then_some(spans)
        };
        let chosen = sentence
            .and_then(fitting)
            .or_else(|| fitting(words_around(text, &words, *found, share)))
            .or_else(|| fitting(*found));
        match chosen {
            Some(spans) => shown = spans,
            None if shown.is_empty() => shown = vec![*found],
            None => break,
        }
    }
    // Room that is left is filled with the sentences around: those after first, since what follows
    // explains more often than what came before.
    while let Some(more) = neighbours(&sentences, &shown)
        .into_iter()
        .map(|sentence| joined(text, &shown, sentence))
        .find(|spans| width(spans) <= columns)
    {
        shown = more;
    }
    Excerpt {
        starts_late: shown.first().is_some_and(|span| !text[..span.start].trim().is_empty()),
        ends_early: shown.last().is_some_and(|span| !text[span.end..].trim().is_empty()),
        spans: shown,
    }
}

/// The sentences that hold a match.
fn sentences_of(sentences: &[TextSpan], found: TextSpan) -> Option<TextSpan> {
    let holds =
        |span: &&TextSpan| span.start < found.end.max(found.start + 1) && found.start < span.end;
    let first = sentences.iter().find(holds)?;
    let last = sentences.iter().rfind(holds)?;
    Some(TextSpan { start: first.start.min(found.start), end: last.end.max(found.end) })
}

/// The sentences next to what is shown: behind each stretch, then before each.
fn neighbours(sentences: &[TextSpan], shown: &[TextSpan]) -> Vec<TextSpan> {
    let after = |span: &TextSpan| sentences.iter().find(|it| it.start >= span.end).copied();
    let before = |span: &TextSpan| sentences.iter().rfind(|it| it.end <= span.start).copied();
    let is_new = |span: &TextSpan| !shown.iter().any(|it| it.overlaps(*span));
    let all = shown.iter().filter_map(after).chain(shown.iter().filter_map(before));
    all.filter(is_new).collect()
}

/// As many words on both sides of a match as fit; more after it than before.
fn words_around(text: &str, spans: &[TextSpan], found: TextSpan, columns: usize) -> TextSpan {
    let mut span = found;
    let mut before = spans.partition_point(|word| word.start < found.start);
    let mut after = spans.partition_point(|word| word.start < found.end);
    let room = columns.saturating_sub(width_of(&text[found.range()]));
    while before > 0 && width_of(&text[spans[before - 1].start..found.start]) <= room / 3 {
        before -= 1;
        span.start = spans[before].start;
    }
    while after < spans.len() && width_of(&text[span.start..spans[after].end]) <= columns {
        span.end = spans[after].end;
        after += 1;
    }
    span
}

/// Columns that a text takes up on a terminal.
fn width_of(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.width() }
}

/// Adds a stretch to others, joining those that overlap or have only white space between them.
fn joined(text: &str, shown: &[TextSpan], more: TextSpan) -> Vec<TextSpan> {
    let mut spans = shown.to_vec();
    spans.push(more);
    spans.sort_unstable();
    let mut joined: Vec<TextSpan> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut() {
            Some(last)
                if span.start <= last.end || text[last.end..span.start].trim().is_empty() =>
            {
                last.end = last.end.max(span.end);
            }
            _ => joined.push(span),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str, words: &str, columns: usize) -> Vec<String> {
        let found: Vec<TextSpan> = text
            .match_indices(words)
            .map(|(start, _)| TextSpan { start, end: start + words.len() })
            .collect();
        let excerpt = excerpt(text, &found, columns);
        excerpt.spans.iter().map(|span| text[span.range()].to_owned()).collect()
    }

    #[test]
    fn a_short_text_is_shown_whole() {
        assert_eq!(shown("One. Two.", "Two", 80), ["One. Two."]);
    }

    #[test]
    fn a_long_text_is_cut_at_sentence_ends_round_the_match() {
        let text = "It began in a garage. The drums were too loud. Nobody minded at all.";
        assert_eq!(shown(text, "drums", 30), ["The drums were too loud."]);
        assert_eq!(shown(text, "drums", 52), ["The drums were too loud. Nobody minded at all."]);
    }

    #[test]
    fn a_long_sentence_is_cut_between_words() {
        let text = "and then we went on and on about the tape that nobody could find in the vault";
        assert_eq!(shown(text, "tape", 30), ["the tape that nobody could"]);
    }

    #[test]
    fn matches_far_apart_are_shown_apart() {
        let text = "The tape was lost. One two three four five six seven eight nine. \
                    One two three four five six seven eight. The tape was found.";
        assert_eq!(shown(text, "tape", 60), ["The tape was lost.", "The tape was found."]);
        assert_eq!(shown(text, "tape", 20), ["The tape was lost."]);
    }

    proptest! {
        #[test]
        fn the_first_match_is_shown_whole(
            text in "([a-zé音]{1,7}[ .,\n]){1,40}", from in 0_usize..200, length in 1_usize..30, columns in 1_usize..80
        ) {
            let start = text.floor_char_boundary(from.min(text.len() - 1));
            let end = text.ceil_char_boundary((start + length).min(text.len()));
            let found = TextSpan { start, end };
            let excerpt = excerpt(&text, &[found], columns);
            prop_assert!(excerpt.spans.iter().any(|span| span.start <= start && end <= span.end));
            prop_assert!(excerpt.spans.windows(2).all(|pair| pair[0].end < pair[1].start));
        }
    }
}
