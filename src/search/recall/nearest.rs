//! Which of the proposed passages a quotation is most likely a memory of.

use std::collections::HashMap;

use super::window::Window;
use crate::{
    find::{
        self, Plan,
        align::{Alignment, Quotation, closest},
    },
    index::{Index, PassageId, Proposal, Runs},
    query::{Near, Node, Order, Query, QuerySpan, filter::Filter, pattern::Pattern, word_nodes},
    search::SearchError,
    words::Words,
};

/// How many of the rarest runs of a quotation are looked up word for word.
const RUNS: usize = 3;
/// How many passages of each.
const EACH: usize = 12;
/// How many passages are aligned at first, of those that runs lead to and of those that have most
/// words.
const FIRST: usize = 5;
/// How many more each time, while nothing near is found.
const MORE: usize = 16;
/// A quotation that is as near as this has been found: no more passages are aligned.
const NEAR: f32 = 0.85;
/// One of the passages that runs lead to must be as near as this: there may be others that have a
/// part of the quotation just so.
const SURE: f32 = 0.95;
/// How many words a phrase has by which more passages are looked for when nothing near was found.
const PHRASE: usize = 4;
/// How many passages these give.
const BY_PHRASE: usize = 48;
/// How many words of the neighbouring passages are looked at beside the quotation's own number.
const SLACK: usize = 6;
/// How many in all.
const MOST: usize = 85;

/// The passages that are nearest to a quotation, nearest first: of those that have runs of its very
/// words, which are found soonest; unless one of these has nearly all of it, of those that have most
/// of its words too; and while none is near, of those that have a few of its words in a row.
pub(super) fn nearest(
    index: &Index,
    query: &Query,
    filters: &[Filter],
    quotation: &str,
    words: &mut Quotation,
    limit: usize,
) -> Result<Vec<(Window, Alignment)>, SearchError> {
    let limit = limit.min(MOST);
    // The same words may be found from two neighbours.
    let count = 2 * limit + 2;
    let mut search =
        Search { index, filters, quotation: words, count, seen: HashMap::new(), found: Vec::new() };
    if filters.is_empty() {
        let words = search.quotation.words();
        let verbatim = index.verbatim(words)?;
        let most = limit.max(FIRST);
        let mut whole = Vec::new();
        if verbatim.is_rare(0..words.len()) {
            whole = verbatim.passages(0..words.len(), most)?;
        }
        let runs = verbatim.by_runs(Runs::Rarest(RUNS), EACH.max(limit))?;
        search.align(whole.into_iter().chain(runs).take(most))?;
    }
    if similarity(&search.found) >= SURE {
        return Ok(search.found);
    }
    let plan = find::plan(query, index);
    let proposals = index.candidates(&plan, MOST)?;
    search.align_likeliest(&proposals)?;
    if !is_near(&search.found) {
        let phrases: Vec<Plan> =
            phrases(quotation).iter().map(|query| find::plan(query, index)).collect();
        let more = index.candidates_by_phrase(&plan, &phrases, BY_PHRASE)?;
        search.align_likeliest(&more)?;
    }
    Ok(search.found)
}

/// Stretches of a quotation as phrases of its very words, one beginning at each word.
fn phrases(quotation: &str) -> Vec<Query> {
    let words = Words::of(quotation);
    let nodes = word_nodes(&words, Pattern::Exact);
    let phrase = |start: usize| {
        let operands = nodes[start..start + PHRASE].to_vec();
        let span =
            QuerySpan { start: words.span(start).start, end: words.span(start + PHRASE - 1).end };
        let root = Node::Near(Near { operands, distance: 0, order: Order::Kept, span });
        Query { text: quotation.to_owned(), root: Some(root) }
    };
    (0..(words.len() + 1).saturating_sub(PHRASE)).map(phrase).collect()
}

/// Whether something was found that the quotation is surely a memory of.
pub(super) fn is_near(found: &[(Window, Alignment)]) -> bool {
    similarity(found) >= NEAR
}

/// How near the nearest is.
fn similarity(found: &[(Window, Alignment)]) -> f32 {
    found.first().map_or(0.0, |(_, best)| best.similarity)
}

/// A search for the passages that are nearest to a quotation.
struct Search<'a> {
    index: &'a Index,
    /// What every passage of a hit fulfils.
    filters: &'a [Filter],
    quotation: &'a mut Quotation,
    /// How many are kept of those that are aligned together.
    count: usize,
    /// The passages that were aligned, and how near each is as far as it is among the nearest.
    seen: HashMap<PassageId, f32>,
    /// What was found, nearest first.
    found: Vec<(Window, Alignment)>,
}

impl Search<'_> {
    /// Aligns the proposed passages, best first, as many as it takes to find something near among
    /// them. It ends before one whose score is a smaller part of the best score than the nearest one
    /// has of the quotation: so little of the quotation is nowhere nearer.
    fn align_likeliest(&mut self, proposals: &[Proposal]) -> Result<(), SearchError> {
        let best = proposals.first().map_or(0.0, |it| it.score);
        let (first, others) = proposals.split_at(FIRST.min(proposals.len()));
        let mut nearest = self.align(first.iter().map(|it| it.passage))?;
        for batch in others.chunks(MORE) {
            if nearest >= NEAR || batch[0].score < best * nearest {
                break;
            }
            nearest = nearest.max(self.align(batch.iter().map(|it| it.passage))?);
        }
        Ok(())
    }

    /// Aligns those passages that were not aligned before, and tells how near the nearest of all is.
    fn align(&mut self, passages: impl Iterator<Item = PassageId>) -> Result<f32, SearchError> {
        let beside = self.quotation.words().len() + SLACK;
        let mut windows = Vec::new();
        let mut words = Vec::new();
        let mut nearest: f32 = 0.0;
        for passage in passages {
            if let Some(similarity) = self.seen.get(&passage) {
                nearest = nearest.max(*similarity);
                continue;
            }
            self.seen.insert(passage, 0.0);
            let window = Window::open(self.index, passage, beside, self.filters)?;
            words.push(Words::of(window.text.as_str()));
            windows.push(Some((passage, window)));
        }
        for (number, alignment) in closest(self.quotation, &words, self.count) {
            if let Some((passage, window)) = windows[number].take() {
                self.seen.insert(passage, alignment.similarity);
                nearest = nearest.max(alignment.similarity);
                self.found.push((window.with(words[number].clone()), alignment));
            }
        }
        self.found.sort_by(|(_, a), (_, b)| b.similarity.total_cmp(&a.similarity));
        Ok(nearest)
    }
}
