//! Excerpts: as much of a passage as is worth showing, round what matched.
//!
//! Cut at sentence ends where that fits, else between words. What matched is always shown whole.

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
    if text.width() <= columns || matches.is_empty() && text.is_empty() {
        return Excerpt { spans: vec![whole], starts_late: false, ends_early: false };
    }
    let first = matches.first().copied().unwrap_or(TextSpan { start: 0, end: 0 });
    let mut shown = vec![around(text, first, columns)];
    for found in matches.iter().skip(1) {
        let used: usize = shown.iter().map(|span| text[span.range()].width()).sum();
        let last = shown.last().copied().unwrap_or(whole);
        if found.end <= last.end {
            continue;
        }
        let width = text[found.range()].width();
        if used + width >= columns {
            break;
        }
        let next = around(text, *found, (columns - used).min(columns / 2).max(width));
        shown.push(next);
    }
    // The best match decides; where room is left, it is filled up to whole sentences.
    let spans = joined(text, shown);
    Excerpt {
        starts_late: spans.first().is_some_and(|span| !text[..span.start].trim().is_empty()),
        ends_early: spans.last().is_some_and(|span| !text[span.end..].trim().is_empty()),
        spans,
    }
}

/// A stretch of text of some width that holds a match: whole sentences where they fit.
fn around(text: &str, found: TextSpan, columns: usize) -> TextSpan {
    let fits = |span: TextSpan| text[span.range()].width() <= columns;
    let sentences = sentences(text);
    let holds = |span: &TextSpan| span.start < found.end.max(found.start + 1) && found.start < span.end;
    let first = sentences.iter().position(holds);
    let last = sentences.iter().rposition(holds);
    if let (Some(mut first), Some(mut last)) = (first, last) {
        let span = |first: usize, last: usize| TextSpan {
            start: sentences[first].start,
            end: sentences[last].end,
        };
        if fits(span(first, last)) {
            // What follows explains more often than what came before.
            loop {
                if last + 1 < sentences.len() && fits(span(first, last + 1)) {
                    last += 1;
                } else if first > 0 && fits(span(first - 1, last)) {
                    first -= 1;
                } else {
                    return span(first, last);
                }
            }
        }
    }
    words_around(text, found, columns)
}

/// As many words on both sides of a match as fit; more after it than before.
fn words_around(text: &str, found: TextSpan, columns: usize) -> TextSpan {
    let words = Words::of(text);
    let spans: Vec<TextSpan> = (0..words.len()).map(|at| words.span(at)).collect();
    let mut span = found;
    let mut before = spans.partition_point(|word| word.start < found.start);
    let mut after = spans.partition_point(|word| word.start < found.end);
    let room = columns.saturating_sub(text[found.range()].width());
    while before > 0 && text[spans[before - 1].start..found.start].width() <= room / 3 {
        before -= 1;
        span.start = spans[before].start;
    }
    while after < spans.len() && text[span.start..spans[after].end].width() <= columns {
        span.end = spans[after].end;
        after += 1;
    }
    span
}

/// Joins stretches that overlap or have nothing but white space between them.
fn joined(text: &str, mut spans: Vec<TextSpan>) -> Vec<TextSpan> {
    spans.sort_unstable();
    let mut joined: Vec<TextSpan> = Vec::new();
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
