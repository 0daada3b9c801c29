//! A passage that was found, with what matched in it.

use super::{
    Address, Context, SearchError,
    context::{Middle, around},
    fold::Folded,
};
use crate::{
    find::{self, Plan},
    index::{Following, Index, PassageId, Proposal, Record},
    passage::Passage,
    place::Place,
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
    /// Passages that say nearly the same, best first: they have no place of their own.
    pub alike: Vec<Alike>,
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

/// A passage that says nearly the same as a hit.
#[derive(Clone, Debug)]
pub struct Alike {
    /// The document it is from.
    pub source: Record,
    /// Its address.
    pub address: Address,
    /// Which passage of its document it is, from 0.
    pub number: u32,
    /// Who says it.
    pub speaker: Option<Speaker>,
    /// Where it stands.
    pub place: Place,
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
    let window = index.window(id, plan.reach())?;
    let words = Words::of(window.text.as_str());
    let found = window.matches(plan, &words, &source).unwrap_or_default();
    let spans = found.into_iter().map(|span| find::text_span(&words, span));
    let matches: Vec<Match> =
        spans.map(|span| Match { span, place: window.text.place(span) }).collect();
    let end = matches.iter().map(|it| it.span.end).max().unwrap_or(0);
    let speaker = window.speaker.clone();
    let (text, following) = window.up_to(end);
    let join = |it: Following| Join { start: it.span.start, speaker: it.speaker };
    let joins = following.into_iter().map(join).collect();
    Ok(Opened { source, number, speaker, text, joins, matches })
}

/// Fetches a proposed passage, finds what matches in it, and what surrounds it.
pub(super) fn hit(
    index: &Index,
    plan: &Plan,
    folded: &Folded,
    rank: usize,
    context: Context,
) -> Result<Hit, SearchError> {
    let Proposal { passage: id, score, .. } = folded.best;
    let opened = opened(index, plan, id)?;
    let hit = surrounded(index, id, opened, context)?;
    let alike = folded.alike.iter().map(|it| alike(index, it.passage)).collect::<Result<_, _>>()?;
    Ok(Hit { rank, score, alike, ..hit })
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
        address: Address::of(index, id, &text, &source.path, number)?,
        source,
        passage: Passage { number, speaker, text },
        joins,
        matches,
        alike: Vec::new(),
        before,
        after,
    })
}

fn alike(index: &Index, id: PassageId) -> Result<Alike, SearchError> {
    let (source, number) = index.record(id)?;
    let (speaker, text) = index.passage(id)?;
    let place = text.place(TextSpan { start: 0, end: text.len() });
    let address = Address::of(index, id, &text, &source.path, number)?;
    Ok(Alike { source, address, number, speaker, place })
}
