//! Covering a quotation by runs of words that its candidates have: what shows that it was put
//! together.

use std::collections::HashMap;

use super::locate::Source;
use crate::words::Words;

/// Words of a quotation that a candidate has in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// First word of the quotation.
    pub(super) start: usize,
    /// How many words.
    pub(super) length: usize,
    pub(super) candidate: usize,
    /// First word of the candidate.
    pub(super) at: usize,
}

/// Covers a quotation with as few runs as can be, none shorter than `shortest`, if that can be
/// done.
pub(super) fn cover(words: &Words, sources: &[Source<'_>], shortest: usize) -> Option<Vec<Run>> {
    let longest = longest(words, sources);
    let total = words.len();
    // From the end: how many runs it takes from each word on, and the length of the first.
    let mut fewest: Vec<Option<(usize, usize)>> = vec![None; total + 1];
    fewest[total] = Some((0, 0));
    for start in (0..total).rev() {
        let Some(run) = longest[start] else { continue };
        for length in (shortest.max(1)..=run.length).rev() {
            let Some((rest, _)) = fewest[start + length] else { continue };
            if fewest[start].is_none_or(|(best, _)| rest + 1 < best) {
                fewest[start] = Some((rest + 1, length));
            }
        }
    }
    let mut runs = Vec::new();
    let mut start = 0;
    while start < total {
        let (_, length) = fewest[start]?;
        runs.push(Run { length, ..longest[start]? });
        start += length;
    }
    Some(runs)
}

/// The longest run from each word on.
fn longest(words: &Words, sources: &[Source<'_>]) -> Vec<Option<Run>> {
    let mut starts: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, word) in words.iter().enumerate() {
        starts.entry(word).or_default().push(at);
    }
    let mut longest: Vec<Option<Run>> = vec![None; words.len()];
    // One row of the usual table of common runs, and which of its cells hold something.
    let mut row = vec![0_usize; words.len() + 1];
    let mut held: Vec<usize> = Vec::new();
    let mut next: Vec<(usize, usize)> = Vec::new();
    for (candidate, source) in sources.iter().enumerate() {
        let text = source.words();
        for at in (0..text.len()).rev() {
            for start in starts.get(text.folded(at)).into_iter().flatten().copied() {
                let length = row[start + 1] + 1;
                next.push((start, length));
                if longest[start].is_none_or(|run| length > run.length) {
                    longest[start] = Some(Run { start, length, candidate, at });
                }
            }
            held.drain(..).for_each(|start| row[start] = 0);
            for (start, length) in next.drain(..) {
                row[start] = length;
                held.push(start);
            }
        }
        held.drain(..).for_each(|start| row[start] = 0);
    }
    longest
}

/// Where a candidate has a run of a quotation's words, if it does.
pub(super) fn place(words: &Words, run: Run, source: &Source<'_>) -> Vec<usize> {
    let text = source.words();
    let last = text.len().checked_sub(run.length);
    let same =
        |at: usize| (0..run.length).all(|it| words.folded(run.start + it) == text.folded(at + it));
    last.map_or_else(Vec::new, |last| (0..=last).filter(|at| same(*at)).collect())
}
