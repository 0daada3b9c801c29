//! Looking up the passages that a quotation may be from.
//!
//! By all its words together, by each part between ellipses, by stretches of a long part (a
//! quotation may be put together from several places), and by its exact words, which finds what is
//! made of common words alone.

use crate::{
    find,
    index::{Index, IndexError, PassageId},
    place::Place,
    query::{Near, Node, Order, Query, QuerySpan, Term, pattern::Pattern},
    quote::{self, Candidate, Quotation, search_terms},
    text::Text,
    words::Words,
};

/// How many passages each look-up gives.
const EACH: usize = 12;
/// How many passages all look-ups give.
const MOST: usize = 48;
/// How many words the stretches of a long part have.
const STRETCH: usize = 8;
/// How many stretches are looked up, at most.
const STRETCHES: usize = 12;

/// What was looked up for a quotation.
#[derive(Default)]
pub(super) struct Lookup {
    pub windows: Vec<Window>,
}

/// A passage with its neighbours.
pub(super) struct Window {
    pub text: String,
    pub passages: Vec<Part>,
    document: usize,
}

/// A passage of a window.
pub(super) struct Part {
    pub id: PassageId,
    pub start: usize,
    pub number: u32,
    pub speaker: Option<String>,
}

impl Lookup {
    pub(super) fn run(index: &Index, quotation: &Quotation) -> Result<Self, IndexError> {
        let terms = search_terms(quotation);
        let mut passages: Vec<PassageId> = Vec::new();
        let mut add = |found: Vec<PassageId>| {
            for id in found {
                if passages.len() < MOST && !passages.contains(&id) {
                    passages.push(id);
                }
            }
        };
        for term in &terms {
            add(exact(index, term)?);
        }
        add(similar(index, &terms.join(" "))?);
        if terms.len() > 1 {
            for term in &terms {
                add(similar(index, term)?);
            }
        }
        for stretch in terms.iter().flat_map(|term| stretches(term)).take(STRETCHES) {
            add(similar(index, &stretch)?);
        }
        let reach = 1 + Words::of(&quotation.text).len() / 100;
        let mut documents: Vec<String> = Vec::new();
        let mut windows = Vec::new();
        for id in passages {
            windows.push(Window::open(index, id, reach, &mut documents)?);
        }
        Ok(Self { windows })
    }

    pub(super) fn candidates(&self) -> Vec<Candidate<'_>> {
        self.windows.iter().map(Window::candidate).collect()
    }
}

impl Window {
    fn open(
        index: &Index,
        id: PassageId,
        reach: usize,
        documents: &mut Vec<String>,
    ) -> Result<Self, IndexError> {
        let (record, number) = index.record(id)?;
        let known = documents.iter().position(|path| *path == record.path);
        let document = known.unwrap_or_else(|| {
            documents.push(record.path);
            documents.len() - 1
        });
        let mut window = Self { text: String::new(), passages: Vec::new(), document };
        let reach = i32::try_from(reach).unwrap_or(i32::MAX);
        for step in -reach..=reach {
            let Some(id) = index.neighbour(id, step)? else { continue };
            let (speaker, text) = index.passage(id)?;
            if !window.text.is_empty() {
                window.text.push_str("\n\n");
            }
            window.passages.push(Part {
                id,
                start: window.text.len(),
                number: number.saturating_add_signed(step),
                speaker: speaker.map(|name| name.0),
            });
            window.text.push_str(text.as_str());
        }
        Ok(window)
    }

    fn candidate(&self) -> Candidate<'_> {
        let mut passages = Vec::with_capacity(self.passages.len());
        for Part { start, number, speaker, .. } in &self.passages {
            let speaker = speaker.as_deref();
            passages.push(quote::Passage { start: *start, number: *number, speaker });
        }
        Candidate { text: &self.text, passages, document: self.document }
    }

    /// The same text with its places.
    pub(super) fn places(&self, index: &Index) -> Result<Text, IndexError> {
        let mut whole = Text::default();
        for part in &self.passages {
            if !whole.is_empty() {
                whole.push("\n\n", Place::default());
            }
            let (_, text) = index.passage(part.id)?;
            whole.append(&text);
        }
        Ok(whole)
    }
}

/// Passages that have most of the words of a text close together.
fn similar(index: &Index, text: &str) -> Result<Vec<PassageId>, IndexError> {
    let words = terms(text, Pattern::Stem);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let query = Query { text: text.to_owned(), root: Some(Node::Or(words)) };
    let found = index.candidates(&find::plan(&query, index), EACH)?;
    Ok(found.into_iter().map(|proposal| proposal.passage).collect())
}

/// Passages in which the very words of a text start, one after the other.
fn exact(index: &Index, text: &str) -> Result<Vec<PassageId>, IndexError> {
    let mut operands = terms(text, Pattern::Exact);
    let root = match operands.len() {
        0 => return Ok(Vec::new()),
        1 => operands.pop(),
        _ => {
            let span = QuerySpan { start: 0, end: text.len() };
            Some(Node::Near(Near { operands, distance: 0, order: Order::Kept, span }))
        }
    };
    let query = Query { text: text.to_owned(), root };
    let found = index.search(&find::plan(&query, index), EACH)?;
    Ok(found.best.into_iter().map(|proposal| proposal.passage).collect())
}

fn terms(text: &str, pattern: fn(String) -> Pattern) -> Vec<Node> {
    let words = Words::of(text);
    let term = |at: usize| {
        let span = QuerySpan { start: words.span(at).start, end: words.span(at).end };
        Node::Word(Term { pattern: pattern(words.folded(at).to_owned()), span })
    };
    (0..words.len()).map(term).collect()
}

/// Stretches of a few words of a text that has many.
fn stretches(text: &str) -> Vec<String> {
    let words = Words::of(text);
    if words.len() <= STRETCH + STRETCH / 2 {
        return Vec::new();
    }
    let stretch = |start: usize| {
        let end = (start + STRETCH).min(words.len());
        text[words.span(start).start..words.span(end - 1).end].to_owned()
    };
    (0..words.len()).step_by(STRETCH).map(stretch).collect()
}
