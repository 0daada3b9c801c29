//! Looking up the passages that a quotation may be from.
//!
//! By its very words first, which is cheap and settles most quotations: those that pass. Then by runs
//! of a few words, the rarest first: they stand around what was altered. All of them make up what was
//! put together from several places. At last by all its words together, for what is altered beyond
//! that. No step is taken once the judgement is settled. Of a quotation whose parts are in several documents each part is looked
//! up in those of the others: it may be one of the phrases that many have.

use std::collections::HashSet;

use crate::{
    find::{self, align::Edit},
    index::{Index, IndexError, PassageId, Runs, Verbatim},
    place::Place,
    query::{Node, Query, pattern::Pattern, word_nodes},
    quote::{
        self, Candidate, Finding, Quotation, Rules, SHORTEST_RUN, Verdict, judge, search_terms,
    },
    text::Text,
    words::Words,
};

/// How many passages each look-up gives.
const EACH: usize = 12;
/// How many passages all look-ups give.
const MOST: usize = 64;
/// How many parts of a spliced quotation are looked up in the documents of the others.
const BESIDE: usize = 4;
/// How many of the rarest runs of a part are looked up.
const RAREST: usize = 3;
/// How many runs of a part are looked up, at most.
const RUNS: usize = 64;
/// How many of the passages are opened to which all runs of a part lead.
const OF_RUNS: usize = 24;

/// A run of so many words tells where it is from, whoever repeats it.
const TELLING: usize = 8;
/// A shorter run in so many documents is a phrase that people use.
const SEVERAL: usize = 3;

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
    RarestRuns,
    Runs,
    Whole,
}

/// A part of a quotation between ellipses.
struct Wanted<'i> {
    text: String,
    /// How many words it has.
    count: usize,
    verbatim: Verbatim<'i>,
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
        let mut parts = Vec::new();
        for text in search_terms(quotation) {
            let words = Words::of(&text);
            let verbatim = index.verbatim(&words)?;
            parts.push(Wanted { text, count: words.len(), verbatim });
        }
        let reach = 1 + Words::of(&quotation.text).len() / 100;
        let mut lookup = Self::default();
        let mut finding = judge(quotation, &[], rules);
        for step in [Step::Exact, Step::RarestRuns, Step::Runs, Step::Whole] {
            if lookup.add(index, step.passages(index, &parts)?, MOST, reach)? {
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
        if finding.verdict == Verdict::Spliced
            && parts.len() == 1
            && lookup.has_set_phrase(index, &finding)?
        {
            let rules = Rules { runs_prove: false, ..*rules };
            finding = judge(quotation, &lookup.candidates(), &rules);
        }
        Ok((lookup, finding))
    }

    /// Whether one of the runs that a spliced quotation seems to be made of is short and in several
    /// documents: so many words in a row are found for any sentence in a large corpus.
    fn has_set_phrase(&self, index: &Index, finding: &Finding) -> Result<bool, IndexError> {
        for part in &finding.found {
            let words = Words::of(&self.windows[part.candidate].text[part.span.range()]);
            if words.len() >= TELLING {
                continue;
            }
            let mut documents = HashSet::new();
            for id in index.verbatim(&words)?.passages(0..words.len(), EACH)? {
                documents.insert(index.record(id)?.0.path);
            }
            if documents.len() >= SEVERAL {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Passages that have the parts of a spliced quotation, in the documents of the other parts.
    fn beside(&self, index: &Index, finding: &Finding) -> Result<Vec<PassageId>, IndexError> {
        let mut passages = Vec::new();
        let parts =
            || finding.found.iter().take(BESIDE).map(|it| (&self.windows[it.candidate], it));
        for (window, part) in parts() {
            let words = Words::of(&window.text[part.span.range()]);
            let mut others: Vec<&Window> = parts().map(|(other, _)| other).collect();
            others.sort_by_key(|other| other.document);
            others.dedup_by_key(|other| other.document);
            for other in others.into_iter().filter(|it| it.document != window.document) {
                if let Some(first) = other.passages.first() {
                    let verbatim = index.verbatim(&words)?.within(first.id)?;
                    passages.extend(verbatim.passages(0..words.len(), EACH)?);
                }
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
    fn passages(self, index: &Index, parts: &[Wanted<'_>]) -> Result<Vec<PassageId>, IndexError> {
        let mut passages = Vec::new();
        match self {
            Self::Exact => {
                for part in parts {
                    // Words that many passages have may stand in one of them with these capitals.
                    let each = (MOST / parts.len()).max(EACH);
                    passages.extend(part.verbatim.passages(0..part.count, each)?);
                }
            }
            Self::RarestRuns => {
                for part in parts {
                    let found = part.verbatim.by_runs(Runs::Rarest(RAREST), EACH)?;
                    passages.extend(found.into_iter().take(EACH));
                }
            }
            Self::Runs => {
                for part in parts {
                    let found = part.verbatim.by_runs(Runs::All(RUNS), EACH)?;
                    passages.extend(found.into_iter().take(OF_RUNS));
                }
            }
            Self::Whole => {
                let texts: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
                passages.extend(similar(index, &texts.join(" "))?);
                for text in texts.iter().filter(|_| texts.len() > 1) {
                    passages.extend(similar(index, text)?);
                }
            }
        }
        Ok(passages)
    }

    /// Whether a finding stays what it is, whatever else is looked up.
    fn settles(self, finding: &Finding) -> bool {
        match finding.verdict {
            Verdict::Exact | Verdict::Marked => true,
            // The named speaker may have said it with a sound in between, which parts the words.
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
