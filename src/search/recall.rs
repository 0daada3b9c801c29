//! Finding a quotation from memory: words dropped, added, changed, misspelt or swapped.
//!
//! The index proposes passages that have most of its weighty words close together; the quotation is
//! then aligned with each of them and what surrounds it, and the nearest are given with the true
//! wording. See [`crate::find::align`] for what counts as near.

use std::time::Instant;

use serde::Serialize;

use super::{Hit, Join, Match, SearchError};
use crate::{
    find::{
        self,
        align::{Alignment, Edit, Quotation, closest},
    },
    index::{Index, PassageId, Proposal, contained},
    passage::Passage,
    place::Place,
    query::{Node, Query, QuerySpan, Term, filter::Filter, pattern::Pattern},
    text::{Text, TextSpan},
    transcript::Speaker,
    words::{Words, language},
};

/// How many passages are aligned at first.
const FIRST: usize = 16;
/// How many more each time, while nothing near is found.
const MORE: usize = 48;
/// How many in all.
const MOST: usize = 168;
/// A quotation that is as near as this has been found: no more passages are aligned.
const NEAR: f32 = 0.85;
/// How many words of the neighbouring passages are looked at beside the quotation's own number.
const SLACK: usize = 6;
/// How many passages are looked at on each side.
const FARTHEST: i32 = 40;
/// The longest quotation that is looked for, in words.
const LONGEST: usize = 500;

/// What to look for.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The quotation as remembered.
    pub quotation: String,
    /// Conditions that passages must fulfil.
    pub filters: Vec<Filter>,
    /// How many hits to give.
    pub limit: usize,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Recalled {
    /// The quotation as remembered.
    pub quotation: String,
    /// The nearest passages, nearest first.
    pub hits: Vec<Nearest>,
    /// How long it took, in milliseconds.
    pub elapsed_ms: f64,
}

/// A passage, and how its wording differs from what was remembered.
#[derive(Clone, Debug)]
pub struct Nearest {
    /// The passage; its one match is the true wording.
    pub hit: Hit,
    /// From 0 to 1; 1 when every word is the same and in order.
    pub similarity: f32,
    /// The true wording beside what was remembered, in order.
    pub diff: Vec<Difference>,
}

/// A stretch of the true wording, and what was remembered in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// How they compare.
    pub kind: Kind,
    /// What was remembered, empty for what was left out.
    pub remembered: String,
    /// Where the true words stand in the text of the hit; empty for what is not there.
    pub span: TextSpan,
}

/// How a stretch of the true wording compares with what was remembered or quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The same words.
    Same,
    /// Other words.
    Changed,
    /// Words that were remembered or quoted and are not there.
    Missing,
    /// Words that are there and were not remembered or quoted.
    Added,
}

/// Finds the passages that a quotation is most likely a memory of.
///
/// # Errors
/// When the quotation holds no word, or the index cannot be read.
pub fn recall(index: &Index, request: &Request) -> Result<Recalled, SearchError> {
    contained(|| remembered(index, request))
}

fn remembered(index: &Index, request: &Request) -> Result<Recalled, SearchError> {
    let started = Instant::now();
    let quotation = &request.quotation;
    let Some(query) = query(quotation, &request.filters) else {
        return Err(SearchError::Empty(quotation.clone()));
    };
    let count = Words::of(quotation).len();
    if count > LONGEST {
        return Err(SearchError::TooLong { words: count, most: LONGEST });
    }
    let plan = find::plan(&query, index);
    let proposals = index.candidates(&plan, MOST)?;
    let limit = request.limit.min(MOST);
    let language = language::detect(quotation).unwrap_or("en");
    let mut quotation_words = Quotation::new(quotation, language);
    let nearest = nearest(index, &proposals, &mut quotation_words, limit)?;
    let mut hits: Vec<Nearest> = Vec::new();
    for (window, alignment) in nearest {
        if hits.len() >= limit {
            break;
        }
        let hit = window.hit(index, quotation, &alignment, hits.len() + 1)?;
        let is_new = |hit: &Nearest| {
            !hits.iter().any(|other| {
                other.hit.source.path == hit.hit.source.path
                    && other.hit.passage.number == hit.hit.passage.number
                    && other.hit.matches == hit.hit.matches
            })
        };
        if is_new(&hit) {
            hits.push(hit);
        }
    }
    Ok(Recalled {
        quotation: quotation.clone(),
        hits,
        elapsed_ms: started.elapsed().as_secs_f64() * 1000.0,
    })
}

/// All words of a quotation, each optional, with the conditions.
fn query(quotation: &str, filters: &[Filter]) -> Option<Query> {
    let words = Words::of(quotation);
    let term = |at: usize| {
        let span = QuerySpan { start: words.span(at).start, end: words.span(at).end };
        Node::Word(Term { pattern: Pattern::Stem(words.folded(at).to_owned()), span })
    };
    if words.is_empty() {
        return None;
    }
    let any = Node::Or((0..words.len()).map(term).collect());
    let filters = filters.iter().cloned().map(Node::Filter);
    let root = Node::And(std::iter::once(any).chain(filters).collect());
    Some(Query { text: quotation.to_owned(), root: Some(root) })
}

/// Aligns the proposed passages, as many as it takes to find something near.
fn nearest(
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
                found.push((
                    Window { found: span, words: words[number].clone(), ..window },
                    alignment,
                ));
            }
        }
        done = end;
        found.sort_by(|(_, a), (_, b)| b.similarity.total_cmp(&a.similarity));
        if found.first().is_some_and(|(_, best)| best.similarity >= NEAR) {
            break;
        }
    }
    Ok(found)
}

/// A passage with what surrounds it.
struct Window {
    text: Text,
    pieces: Vec<Piece>,
    found: TextSpan,
    words: Words,
}

/// A passage, or the end or start of one, in a window.
struct Piece {
    passage: PassageId,
    /// Its place in the window.
    span: TextSpan,
    /// Where it starts in the passage.
    offset: usize,
    speaker: Option<Speaker>,
    whole: Text,
}

impl Window {
    fn open(index: &Index, id: PassageId, beside: usize) -> Result<Self, SearchError> {
        let nothing = TextSpan { start: 0, end: 0 };
        let mut window = Self {
            text: Text::default(),
            pieces: Vec::new(),
            found: nothing,
            words: Words::default(),
        };
        // As many words as the quotation may have there, out of as many passages as it takes.
        let mut before = Vec::new();
        let mut count = 0;
        for step in 1..=FARTHEST {
            let Some(id) = index.neighbour(id, -step)? else { break };
            let (speaker, whole) = index.passage(id)?;
            let words = Words::of(whole.as_str());
            let start = words.len().saturating_sub(beside - count);
            let start = if start == 0 { 0 } else { words.span(start).start };
            count += words.len();
            let part = TextSpan { start, end: whole.len() };
            before.push((id, speaker, whole, part));
            if count >= beside {
                break;
            }
        }
        for (id, speaker, whole, part) in before.into_iter().rev() {
            window.push(id, speaker, whole, part);
        }
        let (speaker, whole) = index.passage(id)?;
        let end = whole.len();
        window.push(id, speaker, whole, TextSpan { start: 0, end });
        let mut count = 0;
        for step in 1..=FARTHEST {
            let Some(id) = index.neighbour(id, step)? else { break };
            let (speaker, whole) = index.passage(id)?;
            let words = Words::of(whole.as_str());
            let left = beside - count;
            let end = if words.len() <= left { whole.len() } else { words.span(left).start };
            count += words.len();
            window.push(id, speaker, whole, TextSpan { start: 0, end });
            if count >= beside {
                break;
            }
        }
        Ok(window)
    }

    fn push(&mut self, passage: PassageId, speaker: Option<Speaker>, whole: Text, part: TextSpan) {
        if !self.text.is_empty() {
            self.text.push("\n\n", Place::default());
        }
        let start = self.text.len();
        self.text.push(&whole.as_str()[part.range()], Place::default());
        let span = TextSpan { start, end: self.text.len() };
        self.pieces.push(Piece { passage, span, offset: part.start, speaker, whole });
    }

    /// The passages that the found words touch, as a hit.
    fn hit(
        self,
        index: &Index,
        quotation: &str,
        alignment: &Alignment,
        rank: usize,
    ) -> Result<Nearest, SearchError> {
        let Self { pieces, found, words, .. } = self;
        let touched: Vec<Piece> =
            pieces.into_iter().filter(|piece| piece.span.overlaps(found)).collect();
        let mut text = Text::default();
        let mut joins = Vec::new();
        // For each passage, how far its words moved from the window to the text of the hit.
        let mut moved: Vec<(TextSpan, usize)> = Vec::new();
        for piece in &touched {
            if !text.is_empty() {
                text.push("\n\n", Place::default());
                joins.push(Join { start: text.len(), speaker: piece.speaker.clone() });
            }
            moved.push((piece.span, text.len() + piece.offset));
            text.append(&piece.whole);
        }
        let place_in_hit = |byte: usize| {
            let piece = moved.iter().rfind(|(span, _)| span.start <= byte);
            piece.map_or(0, |(span, start)| start + (byte - span.start))
        };
        let in_hit = |span: TextSpan| TextSpan {
            start: place_in_hit(span.start),
            end: place_in_hit(span.end.saturating_sub(1)) + usize::from(span.end > 0),
        };
        let Some(first) = touched.into_iter().next() else {
            return Err(SearchError::Empty(quotation.to_owned()));
        };
        let diff = diff(quotation, alignment, &words, in_hit);
        let (source, number) = index.record(first.passage)?;
        let span = in_hit(found);
        let matches = vec![Match { span, place: text.place(span) }];
        let passage = Passage { number, speaker: first.speaker, text };
        let (before, after) = (Vec::new(), Vec::new());
        let score = alignment.similarity;
        let hit = Hit { rank, score, source, passage, joins, matches, before, after };
        Ok(Nearest { hit, similarity: alignment.similarity, diff })
    }
}

/// The edits of an alignment, with the words that were remembered and where the true ones stand.
fn diff(
    quotation: &str,
    alignment: &Alignment,
    words: &Words,
    in_hit: impl Fn(TextSpan) -> TextSpan,
) -> Vec<Difference> {
    let asked = Words::of(quotation);
    let remembered = |range: &std::ops::Range<usize>| {
        if range.is_empty() {
            return String::new();
        }
        quotation[asked.span(range.start).start..asked.span(range.end - 1).end].to_owned()
    };
    let true_words = |range: &std::ops::Range<usize>| {
        if range.is_empty() {
            return TextSpan { start: 0, end: 0 };
        }
        let end = words.span(range.end - 1).end;
        in_hit(TextSpan { start: words.span(range.start).start, end })
    };
    let none = 0..0;
    let difference = |edit: &Edit| {
        let (kind, quotation, text) = match edit {
            Edit::Same { quotation, text } => (Kind::Same, quotation, text),
            Edit::Changed { quotation, text } => (Kind::Changed, quotation, text),
            Edit::Missing { quotation } => (Kind::Missing, quotation, &none),
            Edit::Added { text } => (Kind::Added, &none, text),
        };
        Difference { kind, remembered: remembered(quotation), span: true_words(text) }
    };
    alignment.diff.iter().map(difference).collect()
}
