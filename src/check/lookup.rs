//! Looking up the passages that a quotation may be from.
//!
//! By its exact words first, which is cheap and settles most quotations: those that pass. Then by
//! all its words together and by each part between ellipses, which finds what was altered. At last
//! by stretches of a long part, since a quotation may be put together from several places. No step
//! is taken once the judgement is settled. Of a quotation whose parts are in several documents each
//! part is looked up in those of the others: it may be one of the phrases that many have.

use crate::{
    find::{self, align::Edit},
    index::{Index, IndexError, PassageId},
    place::Place,
    query::{
        Near, Node, Order, Query, QuerySpan,
        filter::{Filter, PathPattern},
        pattern::Pattern,
        word_nodes,
    },
    quote::{
        self, Candidate, Finding, Quotation, Rules, SHORTEST_RUN, Verdict, judge, search_terms,
    },
    text::Text,
    words::Words,
};

/// How many passages each look-up gives.
const EACH: usize = 12;
/// How many passages all look-ups give.
const MOST: usize = 48;
/// How many parts of a spliced quotation are looked up in the documents of the others.
const BESIDE: usize = 4;
/// How many words the stretches of a long part have.
const STRETCH: usize = 8;
/// How many stretches are looked up, at most.
const STRETCHES: usize = 12;

/// What was looked up for a quotation.
#[derive(Default)]
pub(super) struct Lookup {
    pub windows: Vec<Window>,
    passages: Vec<PassageId>,
    documents: Vec<String>,
}

/// What is looked up, one after the other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Exact,
    Whole,
    Stretches,
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
    /// Looks a quotation up and judges it by what was found.
    pub(super) fn run(
        index: &Index,
        quotation: &Quotation,
        rules: &Rules<'_>,
    ) -> Result<(Self, Finding), IndexError> {
        let terms = search_terms(quotation);
        let reach = 1 + Words::of(&quotation.text).len() / 100;
        let mut lookup = Self::default();
        let mut finding = judge(quotation, &[], rules);
        for step in [Step::Exact, Step::Whole, Step::Stretches] {
            if lookup.add(index, step.passages(index, &terms)?, MOST, reach)? {
                finding = judge(quotation, &lookup.candidates(), rules);
                if step.settles(&finding) {
                    break;
                }
            }
        }
        if finding.verdict == Verdict::Spliced {
            let found = lookup.beside(index, &finding)?;
            if lookup.add(index, found, usize::MAX, reach)? {
                finding = judge(quotation, &lookup.candidates(), rules);
            }
        }
        Ok((lookup, finding))
    }

    /// Passages that have the parts of a spliced quotation, in the documents of the other parts.
    fn beside(&self, index: &Index, finding: &Finding) -> Result<Vec<PassageId>, IndexError> {
        let mut passages = Vec::new();
        let parts = || finding.found.iter().take(BESIDE);
        for part in parts() {
            let window = &self.windows[part.candidate];
            let text = &window.text[part.span.range()];
            let mut documents: Vec<usize> =
                parts().map(|other| self.windows[other.candidate].document).collect();
            documents.sort_unstable();
            documents.dedup();
            for document in documents.into_iter().filter(|it| *it != window.document) {
                let path = PathPattern(self.documents[document].clone());
                passages.extend(exact(index, text, Some(Filter::Path(path)))?);
            }
        }
        Ok(passages)
    }

    /// Opens the windows of passages that are new, and tells whether there were any.
    fn add(
        &mut self,
        index: &Index,
        found: Vec<PassageId>,
        most: usize,
        reach: usize,
    ) -> Result<bool, IndexError> {
        let before = self.passages.len();
        for id in found {
            if self.passages.len() < most && !self.passages.contains(&id) {
                self.passages.push(id);
                self.windows.push(Window::open(index, id, reach, &mut self.documents)?);
            }
        }
        Ok(self.passages.len() > before)
    }

    pub(super) fn candidates(&self) -> Vec<Candidate<'_>> {
        self.windows.iter().map(Window::candidate).collect()
    }
}

impl Step {
    fn passages(self, index: &Index, terms: &[String]) -> Result<Vec<PassageId>, IndexError> {
        let mut passages = Vec::new();
        match self {
            Self::Exact => {
                for term in terms {
                    passages.extend(exact(index, term, None)?);
                }
            }
            Self::Whole => {
                passages.extend(similar(index, &terms.join(" "))?);
                for term in terms.iter().filter(|_| terms.len() > 1) {
                    passages.extend(similar(index, term)?);
                }
            }
            Self::Stretches => {
                let stretches = terms.iter().flat_map(|term| stretches(term)).take(STRETCHES);
                for stretch in stretches {
                    passages.extend(similar(index, &stretch)?);
                }
            }
        }
        Ok(passages)
    }

    /// Whether a finding stays what it is, whatever else is looked up.
    fn settles(self, finding: &Finding) -> bool {
        match finding.verdict {
            Verdict::Exact | Verdict::Marked => true,
            // The named speaker may have said it with a sound in between, which no phrase has.
            Verdict::Misattributed => self != Self::Exact,
            // So few words that no run of the others can be proof that it was put together.
            Verdict::Altered => self != Self::Exact && edits(finding) * 2 <= SHORTEST_RUN,
            _ => false,
        }
    }
}

/// How many words of an altered quotation must change.
fn edits(finding: &Finding) -> usize {
    let edits = finding.diff.iter().map(|edit| match edit {
        Edit::Same { .. } => 0,
        Edit::Changed { quotation, text } => quotation.len().max(text.len()),
        Edit::Missing { quotation } => quotation.len(),
        Edit::Added { text } => text.len(),
    });
    edits.sum()
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
    let words = word_nodes(&Words::of(text), Pattern::Stem);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let query = Query { text: text.to_owned(), root: Some(Node::Or(words)) };
    let found = index.candidates(&find::plan(&query, index), EACH)?;
    Ok(found.into_iter().map(|proposal| proposal.passage).collect())
}

/// Passages in which the very words of a text start, one after the other, and a condition holds.
fn exact(
    index: &Index,
    text: &str,
    condition: Option<Filter>,
) -> Result<Vec<PassageId>, IndexError> {
    let mut operands = word_nodes(&Words::of(text), Pattern::Exact);
    let words = match operands.len() {
        0 => return Ok(Vec::new()),
        1 => operands.pop(),
        _ => {
            let span = QuerySpan { start: 0, end: text.len() };
            Some(Node::Near(Near { operands, distance: 0, order: Order::Kept, span }))
        }
    };
    let root = match (words, condition) {
        (Some(words), Some(condition)) => Some(Node::And(vec![words, Node::Filter(condition)])),
        (words, _) => words,
    };
    let query = Query { text: text.to_owned(), root };
    let found = index.search(&find::plan(&query, index), EACH)?;
    Ok(found.best.into_iter().map(|proposal| proposal.passage).collect())
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
