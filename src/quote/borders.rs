//! Where a quotation may start and end in its source: at the borders of words.

use std::cell::OnceCell;

use crate::{text::TextSpan, words::Words};

/// The words of a text, found when they are first asked for.
#[derive(Debug, Default)]
pub(super) struct Borders(OnceCell<Words>);

impl Borders {
    pub(super) fn words(&self, text: &str) -> &Words {
        self.0.get_or_init(|| Words::of(text))
    }

    /// Whether a span cuts no word. In scripts without spaces any character is a border.
    pub(super) fn hold(&self, text: &str, span: TextSpan) -> bool {
        let words = self.words(text);
        let cuts = |at: usize| {
            let next = first_from(words, at);
            // Pairs of characters overlap: the two before it may both reach over a border.
            let reaching = (next.saturating_sub(2)..next).any(|it| words.span(it).end > at);
            let unspaced = text[at..].starts_with(|it: char| it as u32 >= 0xE00);
            reaching && !unspaced
        };
        !cuts(span.start) && !cuts(span.end)
    }
}

/// The first word that starts at a byte or behind it.
pub(super) fn first_from(words: &Words, at: usize) -> usize {
    let (mut low, mut high) = (0, words.len());
    while low < high {
        let middle = low.midpoint(high);
        if words.span(middle).start < at {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_may_start_and_end_where_words_do() {
        let text = "the carpet, don't 3.14 音楽史";
        let borders = Borders::default();
        let hold = |part: &str| {
            let start = text.find(part).unwrap();
            borders.hold(text, TextSpan::new(start, start + part.len()))
        };
        for part in ["the", "the carpet", "carpet,", "don't", "3.14", "音楽", "楽史", "音"] {
            assert!(hold(part), "{part}");
        }
        for part in ["the car", "pet", "don", "3", "14", ".14"] {
            assert!(!hold(part), "{part}");
        }
    }
}
