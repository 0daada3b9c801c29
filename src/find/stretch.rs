//! Which words stand near each other: the positional part of a query.
//!
//! Works on the positions of words alone, wherever they come from: the words of a stored text or
//! the postings of an index. What is found are *minimal* spans: none holds another that answers the
//! same question (Clarke, Cormack and Burkowski, "An algebra for structured text search", 1995).

use std::collections::{BTreeMap, HashSet};

use crate::query::Order;

/// A run of words, by position, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordSpan {
    /// Position of the first word.
    pub first: u32,
    /// Position of the last word.
    pub last: u32,
}

/// Words to look for and how they must stand. Words are leaves of a [`super::Plan`], by number.
#[derive(Clone, Debug, PartialEq)]
pub enum Stretch {
    /// One word.
    Word(usize),
    /// Several that stand near each other; none shares a word with another.
    Near {
        /// What must stand there.
        operands: Vec<Stretch>,
        /// How many other words may stand among them.
        distance: u32,
        /// Whether they must come in this order.
        order: Order,
    },
    /// One of several.
    Any(Vec<Stretch>),
}

impl Stretch {
    /// How many words a match may take up at the most.
    #[must_use]
    pub fn widest(&self) -> u32 {
        match self {
            Self::Word(_) => 1,
            Self::Near { operands, distance, .. } => {
                operands.iter().map(Self::widest).fold(*distance, u32::saturating_add)
            }
            Self::Any(inner) => inner.iter().map(Self::widest).max().unwrap_or(0),
        }
    }

    /// Calls `visit` with each leaf, from left to right.
    pub fn each_leaf(&self, visit: &mut impl FnMut(usize)) {
        match self {
            Self::Word(leaf) => visit(*leaf),
            Self::Near { operands: inner, .. } | Self::Any(inner) => {
                for stretch in inner {
                    stretch.each_leaf(visit);
                }
            }
        }
    }

    /// Two single words near each other; `None` for anything else.
    fn pair(&self) -> Option<Pair> {
        match self {
            Self::Near { operands, distance, order } => match operands.as_slice() {
                [Self::Word(one), Self::Word(other)] => {
                    Some(Pair { leaves: [*one, *other], distance: *distance, order: *order })
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// The leaves of a phrase of single words, in order; `None` for anything else.
    #[must_use]
    pub fn phrase(&self) -> Option<Vec<usize>> {
        let Self::Near { operands, distance: 0, order: Order::Kept } = self else { return None };
        let word = |stretch: &Self| match stretch {
            Self::Word(leaf) => Some(*leaf),
            _ => None,
        };
        operands.iter().map(word).collect()
    }
}

/// How many minimal spans there are: as many as [`spans`] gives.
#[must_use]
pub fn count<P: AsRef<[u32]>>(stretch: &Stretch, positions: &[P]) -> usize {
    match stretch.pair() {
        Some(pair) => {
            let mut count = 0;
            each_pair(&pair, positions, |_| count += 1);
            count
        }
        None => spans(stretch, positions).len(),
    }
}

/// Where the words stand, in order of their first word; minimal spans only.
///
/// `positions` has, for each leaf, the positions of its word in ascending order.
#[must_use]
pub fn spans<P: AsRef<[u32]>>(stretch: &Stretch, positions: &[P]) -> Vec<WordSpan> {
    match stretch {
        Stretch::Word(leaf) => {
            let single = |at: &u32| WordSpan { first: *at, last: *at };
            positions[*leaf].as_ref().iter().map(single).collect()
        }
        Stretch::Any(inner) => {
            minimal(inner.iter().flat_map(|stretch| spans(stretch, positions)).collect())
        }
        Stretch::Near { operands, distance, order } => {
            if let Some(leaves) = stretch.phrase() {
                return phrase_spans(&leaves, positions);
            }
            let Some(pair) = stretch.pair() else {
                return near_spans(operands, *distance, *order, positions);
            };
            let mut found = Vec::new();
            each_pair(&pair, positions, |span| found.push(span));
            found
        }
    }
}

/// Runs of neighbours, found from the rarest word.
fn phrase_spans<P: AsRef<[u32]>>(leaves: &[usize], positions: &[P]) -> Vec<WordSpan> {
    let count = |at: &usize| positions[leaves[*at]].as_ref().len();
    let Some(rarest) = (0..leaves.len()).min_by_key(count) else { return Vec::new() };
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let starts = positions[leaves[rarest]].as_ref().iter();
    let starts = starts.filter_map(|at| at.checked_sub(offset(rarest)));
    let whole = |start: &u32| {
        leaves.iter().enumerate().all(|(at, leaf)| {
            positions[*leaf].as_ref().binary_search(&(start + offset(at))).is_ok()
        })
    };
    let span = |first| WordSpan { first, last: first + offset(leaves.len()) - 1 };
    starts.filter(whole).map(span).collect()
}

/// Two words near each other, by the numbers of their leaves.
struct Pair {
    leaves: [usize; 2],
    distance: u32,
    order: Order,
}

/// Two words near each other, the common case, without allocating.
///
/// Of all places that either word stands at, a minimal span has two neighbours: a place between
/// them would make a smaller span with one of the two.
fn each_pair<P: AsRef<[u32]>>(pair: &Pair, positions: &[P], mut emit: impl FnMut(WordSpan)) {
    let [mut ones, mut others] = pair.leaves.map(|leaf| positions[leaf].as_ref());
    let mut before: Option<(u32, bool, bool)> = None;
    while let Some(at) = ones.first().into_iter().chain(others.first()).min().copied() {
        let is_one = ones.first() == Some(&at);
        let is_other = others.first() == Some(&at);
        ones = &ones[usize::from(is_one)..];
        others = &others[usize::from(is_other)..];
        if let Some((first, was_one, was_other)) = before {
            let in_order = was_one && is_other;
            let reversed = was_other && is_one && pair.order == Order::Free;
            if (in_order || reversed) && at - first <= pair.distance.saturating_add(1) {
                emit(WordSpan { first, last: at });
            }
        }
        before = Some((at, is_one, is_other));
    }
}

fn near_spans<P: AsRef<[u32]>>(
    operands: &[Stretch],
    distance: u32,
    order: Order,
    positions: &[P],
) -> Vec<WordSpan> {
    let candidates: Vec<Vec<WordSpan>> =
        operands.iter().map(|operand| spans(operand, positions)).collect();
    if candidates.iter().any(Vec::is_empty) {
        return Vec::new();
    }
    if order == Order::Free && candidates.iter().flatten().all(|span| span.first == span.last) {
        return minimal(assigned_spans(&candidates, distance));
    }
    let mut found = Vec::new();
    let first_operands = if order == Order::Kept { 1 } else { operands.len() };
    for (operand, starts) in candidates.iter().enumerate().take(first_operands) {
        for start in starts {
            let mut search =
                Search { candidates: &candidates, order, seen: HashSet::new(), best: None };
            let mut used = vec![false; operands.len()];
            used[operand] = true;
            search.extend(&mut used, 1, *start, distance);
            found.extend(search.best.map(|last| WordSpan { first: start.first, last }));
        }
    }
    minimal(found)
}

/// Single words in any order: for each start, the nearest end at which every operand has a word of
/// its own.
///
/// Operands may want the same words, so who gets which is a matching in a bipartite graph; it grows
/// word by word along augmenting paths (Kuhn, 1955), which takes polynomial time where trying all
/// orders does not.
fn assigned_spans(candidates: &[Vec<WordSpan>], distance: u32) -> Vec<WordSpan> {
    // For each word that any operand wants, which operands want it.
    let mut wanted: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (operand, spans) in candidates.iter().enumerate() {
        for span in spans {
            wanted.entry(span.first).or_default().push(operand);
        }
    }
    let widest = distance.saturating_add(u32::try_from(candidates.len()).unwrap_or(u32::MAX));
    let mut found = Vec::new();
    for first in wanted.keys() {
        let end = first.saturating_add(widest);
        let window: Vec<(u32, &[usize])> =
            wanted.range(*first..end).map(|(at, operands)| (*at, operands.as_slice())).collect();
        let mut given: Vec<Option<usize>> = vec![None; candidates.len()];
        let mut count = 0;
        for (number, (last, _)) in window.iter().enumerate() {
            let mut asked = vec![false; candidates.len()];
            if give(number, &window, &mut given, &mut asked) {
                count += 1;
            }
            if count == candidates.len() {
                found.push(WordSpan { first: *first, last: *last });
                break;
            }
        }
    }
    found
}

/// Gives a word of the window to an operand that wants it, moving others where that helps.
fn give(
    word: usize,
    window: &[(u32, &[usize])],
    given: &mut [Option<usize>],
    asked: &mut [bool],
) -> bool {
    for operand in window[word].1 {
        if std::mem::replace(&mut asked[*operand], true) {
            continue;
        }
        let is_free = match given[*operand] {
            None => true,
            Some(other) => give(other, window, given, asked),
        };
        if is_free {
            given[*operand] = Some(word);
            return true;
        }
    }
    false
}

/// Looks for the nearest end of a match that starts at one place.
struct Search<'a> {
    candidates: &'a [Vec<WordSpan>],
    order: Order,
    /// What was tried: the operands used, where the last one ends, the distance left.
    seen: HashSet<(Vec<bool>, u32, u32)>,
    best: Option<u32>,
}

impl Search<'_> {
    fn extend(&mut self, used: &mut Vec<bool>, count: usize, last: WordSpan, left: u32) {
        if self.best.is_some_and(|best| best <= last.last) {
            return;
        }
        if count == used.len() {
            self.best = Some(last.last);
            return;
        }
        if !self.seen.insert((used.clone(), last.last, left)) {
            return;
        }
        let candidates = self.candidates;
        for operand in 0..used.len() {
            if used[operand] || (self.order == Order::Kept && operand != count) {
                continue;
            }
            let spans = &candidates[operand];
            let next = spans.partition_point(|span| span.first <= last.last);
            for span in &spans[next..] {
                let between = span.first - last.last - 1;
                if between > left {
                    break;
                }
                used[operand] = true;
                self.extend(used, count + 1, *span, left - between);
                used[operand] = false;
            }
        }
    }
}

/// Sorts spans and drops those that hold another.
fn minimal(mut spans: Vec<WordSpan>) -> Vec<WordSpan> {
    // From the back: a span is kept when it ends before all that start later, or at the same place.
    spans.sort_unstable_by(|a, b| b.first.cmp(&a.first).then(a.last.cmp(&b.last)));
    let mut nearest_end = u32::MAX;
    spans.retain(|span| {
        let keep = span.last < nearest_end;
        nearest_end = nearest_end.min(span.last);
        keep
    });
    spans.reverse();
    spans
}

#[cfg(test)]
mod tests;
