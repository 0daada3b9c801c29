//! Putting units together to passages.

use super::{
    AIM, LONGEST, SHORTEST,
    units::{Border, Unit},
};
use crate::text::TextSpan;

/// The spans of the passages that the units of a turn make. `words` counts the turn's words.
pub(super) fn group(units: &[Unit], words: usize) -> Vec<TextSpan> {
    let mut spans = Vec::new();
    let mut rest = units;
    while let Some(first) = rest.first() {
        let (passage, behind) = rest.split_at(length_of_passage(rest, words));
        let end = passage.last().map_or(first.span.end, |last| last.span.end);
        spans.push(TextSpan { start: first.span.start, end });
        rest = behind;
    }
    spans
}

/// How many of the units, one at least, make the next passage.
fn length_of_passage(units: &[Unit], words: usize) -> usize {
    let words_before = units.first().map_or(0, |first| first.words_before);
    let remaining = words - words_before;
    let mut best = None;
    let mut last_before_shortest = 1;
    for (length, next) in units.iter().enumerate().skip(1) {
        let held = next.words_before - words_before;
        if held > LONGEST || words - next.words_before < SHORTEST {
            break;
        }
        if held < SHORTEST {
            last_before_shortest = length;
            continue;
        }
        if next.border == Border::Pause {
            return length;
        }
        let merit = (next.border, LONGEST - held.abs_diff(AIM));
        if best.is_none_or(|(best_merit, _)| merit > best_merit) {
            best = Some((merit, length));
        }
    }
    match best {
        _ if remaining <= LONGEST => units.len(),
        Some((_, length)) => length,
        // All ends are near the end of the turn, whose last few words stay with the rest.
        None if remaining < LONGEST + SHORTEST => units.len(),
        None => last_before_shortest,
    }
}
