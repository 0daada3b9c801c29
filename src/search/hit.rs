//! A passage that was found, with what matched in it.

use super::{
    Address, Context, SearchError,
    context::{Middle, around},
};
use crate::{
    find::{self, Plan},
    index::{Index, PassageId, Proposal, Record},
    passage::Passage,
    place::Place,
    query::filter::Facts,
    text::{Text, TextSpan},
    transcript::Speaker,
    words::Words,
};

/// A passage that was found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Place among all hits, from 1.
    pub rank: usize,
    /// How well it answers: higher is better. Comparable within one search only.
    pub score: f32,
    /// The document it is from.
    pub source: Record,
    /// The address of the passage.
    pub address: Address,
    /// The passage. Where a match runs over its end, the passages that follow are joined to it: see
    /// [`Hit::joins`].
    pub passage: Passage,
    /// Where passages were joined to the first one.
    pub joins: Vec<Join>,
    /// What matched, in order; a phrase is one match.
    pub matches: Vec<Match>,
    /// The passages before it, nearest last.
    pub before: Vec<Passage>,
    /// The passages after it, nearest first.
    pub after: Vec<Passage>,
}

impl Hit {
    /// Where the first match stands, or the passage where nothing matched.
    #[must_use]
    pub fn place(&self) -> Place {
        let text = &self.passage.text;
        let whole = || text.place(TextSpan { start: 0, end: text.len() });
        self.matches.first().map_or_else(whole, |found| found.place)
    }
}

/// Where a passage was joined to the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    /// Its first byte in the text.
    pub start: usize,
    /// Who says it.
    pub speaker: Option<Speaker>,
}

/// Words of a passage that answer the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// Where they stand in the passage's text.
    pub span: TextSpan,
    /// Where they stand in the file, the recording, the pages.
    pub place: Place,
}

/// A passage with what matches in it, without what surrounds it.
pub(super) struct Opened {
    pub source: Record,
    /// Its number in the document, from 0.
    pub number: u32,
    pub speaker: Option<Speaker>,
    pub text: Text,
    pub joins: Vec<Join>,
    pub matches: Vec<Match>,
}

/// Fetches a passage and finds what matches in it.
pub(super) fn opened(index: &Index, plan: &Plan, id: PassageId) -> Result<Opened, SearchError> {
    let (source, number) = index.record(id)?;
    let (speaker, text) = index.passage(id)?;
    let window = Window::open(index, id, text, plan.reach())?;
    let words = Words::of(window.text.as_str());
    let time = window.text.place(TextSpan { start: 0, end: window.own }).time;
    let facts = facts(&source, speaker.as_ref(), time);
    let found = find::matches(plan, &words, window.own_words(&words), &facts).unwrap_or_default();
    let spans = found.into_iter().map(|span| find::text_span(&words, span));
    let matches: Vec<Match> =
        spans.map(|span| Match { span, place: window.text.place(span) }).collect();
    let end = matches.iter().map(|it| it.span.end).max().unwrap_or(0);
    let (text, joins) = window.up_to(end);
    Ok(Opened { source, number, speaker, text, joins, matches })
}

/// Fetches a proposed passage, finds what matches in it, and what surrounds it.
pub(super) fn hit(
    index: &Index,
    plan: &Plan,
    proposal: Proposal,
    rank: usize,
    context: Context,
) -> Result<Hit, SearchError> {
    let opened = opened(index, plan, proposal.passage)?;
    let hit = surrounded(index, proposal.passage, opened, context)?;
    Ok(Hit { rank, score: proposal.score, ..hit })
}

/// Fetches a passage in which nothing is looked for, as the only hit there is.
pub(super) fn shown(index: &Index, id: PassageId, context: Context) -> Result<Hit, SearchError> {
    let (source, number) = index.record(id)?;
    let (speaker, text) = index.passage(id)?;
    let (joins, matches) = (Vec::new(), Vec::new());
    surrounded(index, id, Opened { source, number, speaker, text, joins, matches }, context)
}

fn surrounded(
    index: &Index,
    id: PassageId,
    opened: Opened,
    context: Context,
) -> Result<Hit, SearchError> {
    let Opened { source, number, speaker, text, joins, matches } = opened;
    let time = text.place(TextSpan { start: 0, end: text.len() }).time;
    let (before, after) =
        around(index, &Middle { id, number, time, joined: joins.len() }, context)?;
    Ok(Hit {
        rank: 1,
        score: 0.0,
        address: Address::of(index, id, &source.path, number)?,
        source,
        passage: Passage { number, speaker, text },
        joins,
        matches,
        before,
        after,
    })
}

fn facts<'a>(
    source: &'a Record,
    speaker: Option<&'a Speaker>,
    time: Option<crate::place::TimeSpan>,
) -> Facts<'a> {
    Facts {
        speaker: speaker.map(|name| name.0.as_str()),
        title: source.title.as_deref(),
        path: &source.path,
        kind: Some(source.kind),
        language: source.language.as_deref(),
        date: source.date.as_deref().and_then(|date| date.parse().ok()),
        time,
    }
}

/// A passage with as much of what follows it as a match may need.
struct Window {
    text: Text,
    /// Where the passage itself ends.
    own: usize,
    /// Where each of the passages that follow starts, who says it, and where it ends.
    following: Vec<(Join, usize)>,
}

impl Window {
    fn open(index: &Index, id: PassageId, text: Text, reach: usize) -> Result<Self, SearchError> {
        let own = text.len();
        let mut window = Self { text, own, following: Vec::new() };
        let mut words = 0;
        for step in 1.. {
            if words >= reach {
                break;
            }
            let Some(next) = index.neighbour(id, step)? else { break };
            let (speaker, text) = index.passage(next)?;
            words += Words::of(text.as_str()).len();
            window.text.push("\n\n", Place::default());
            let start = window.text.len();
            window.text.append(&text);
            window.following.push((Join { start, speaker }, window.text.len()));
        }
        Ok(window)
    }

    /// How many words are the passage's own.
    fn own_words(&self, words: &Words) -> usize {
        (0..words.len()).take_while(|at| words.span(*at).start < self.own).count()
    }

    /// The text up to the end of the passage that holds a byte.
    fn up_to(self, byte: usize) -> (Text, Vec<Join>) {
        let mut end = self.own;
        let mut joins = Vec::new();
        for (join, passage_end) in self.following {
            if byte > end {
                end = passage_end;
                joins.push(join);
            }
        }
        (self.text.slice(TextSpan { start: 0, end }), joins)
    }
}
