//! Which of the proposed passages a quotation is most likely a memory of.

use super::window::Window;
use crate::{
    find::{
        self, Plan,
        align::{Alignment, Quotation, closest},
    },
    index::{Index, Proposal},
    query::{Near, Node, Order, Query, QuerySpan, pattern::Pattern, word_nodes},
    search::SearchError,
    words::Words,
};

/// How many passages are aligned at first.
const FIRST: usize = 8;
/// How many more each time, while nothing near is found.
const MORE: usize = 48;
/// A quotation that is as near as this has been found: no more passages are aligned.
const NEAR: f32 = 0.85;
/// How many words a phrase has by which more passages are looked for when nothing near was found.
const PHRASE: usize = 4;
/// How many passages these give.
const BY_PHRASE: usize = 48;
/// How many words of the neighbouring passages are looked at beside the quotation's own number.
const SLACK: usize = 6;
/// How many in all.
const MOST: usize = 168;

/// The passages that are nearest to a quotation, nearest first: of those that have most of its words
/// and, while none of these is near, of those that have a few of its words in a row.
pub(super) fn nearest(
    index: &Index,
    plan: &Plan,
    quotation: &str,
    words: &mut Quotation,
    limit: usize,
) -> Result<Vec<(Window, Alignment)>, SearchError> {
    let proposals = index.candidates(plan, MOST)?;
    let limit = limit.min(MOST);
    let mut found = aligned(index, &proposals, words, limit)?;
    if !is_near(&found) {
        let phrases: Vec<Plan> =
            phrases(quotation).iter().map(|query| find::plan(query, index)).collect();
        let mut more = index.candidates_by_phrase(plan, &phrases, BY_PHRASE)?;
        more.retain(|proposal| proposals.iter().all(|other| other.passage != proposal.passage));
        found.extend(aligned(index, &more, words, limit)?);
        found.sort_by(|(_, a), (_, b)| b.similarity.total_cmp(&a.similarity));
    }
    Ok(found)
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
    found.first().is_some_and(|(_, best)| best.similarity >= NEAR)
}

/// Aligns the proposed passages, as many as it takes to find something near.
fn aligned(
    index: &Index,
    proposals: &[Proposal],
    quotation: &mut Quotation,
    limit: usize,
) -> Result<Vec<(Window, Alignment)>, SearchError> {
    let beside = quotation.words().len() + SLACK;
    let mut found: Vec<(Window, Alignment)> = Vec::new();
    let mut done = 0;
    while done < proposals.len() {
        let end = (done + if done == 0 { FIRST } else { MORE }).min(proposals.len());
        let mut windows = Vec::new();
        let mut words = Vec::new();
        for proposal in &proposals[done..end] {
            let window = Window::open(index, proposal.passage, beside)?;
            words.push(Words::of(window.text.as_str()));
            windows.push(Some(window));
        }
        // The same words may be found from two neighbours.
        for (number, alignment) in closest(quotation, &words, 2 * limit + 2) {
            let span = find::text_span(&words[number], alignment.span);
            if let Some(window) = windows[number].take() {
                found.push((window.with(span, words[number].clone()), alignment));
            }
        }
        done = end;
        found.sort_by(|(_, a), (_, b)| b.similarity.total_cmp(&a.similarity));
        if is_near(&found) {
            break;
        }
    }
    Ok(found)
}
