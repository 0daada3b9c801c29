//! A passage that was found, with what matched in it.

use super::{SearchError, fold::Folded};
use crate::{
    find::{self, Plan},
    index::{Following, Index, PassageId, Proposal, Record},
    passage::Passage,
    place::Place,
    text::TextSpan,
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

/// A passage that says nearly the same as a hit.
#[derive(Clone, Debug)]
pub struct Alike {
    /// The document it is from.
    pub source: Record,
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

/// Fetches a proposed passage and finds what matches in it.
pub(super) fn hit(
    index: &Index,
    plan: &Plan,
    folded: &Folded,
    rank: usize,
    context: usize,
) -> Result<Hit, SearchError> {
    let Proposal { passage: id, score, .. } = folded.best;
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
    let joins: Vec<Join> = following.into_iter().map(join).collect();
    let steps = i32::try_from(context).unwrap_or(i32::MAX);
    let last = i32::try_from(joins.len()).unwrap_or(0);
    Ok(Hit {
        rank,
        score,
        source,
        passage: Passage { number, speaker, text },
        joins,
        matches,
        alike: folded.alike.iter().map(|it| alike(index, it.passage)).collect::<Result<_, _>>()?,
        before: {
            let mut before = neighbours(index, id, number, (1..=steps).map(|step| -step))?;
            before.reverse();
            before
        },
        after: neighbours(index, id, number, (1..=steps).map(|step| step.saturating_add(last)))?,
    })
}

fn alike(index: &Index, id: PassageId) -> Result<Alike, SearchError> {
    let (source, number) = index.record(id)?;
    let (speaker, text) = index.passage(id)?;
    let place = text.place(TextSpan { start: 0, end: text.len() });
    Ok(Alike { source, number, speaker, place })
}

/// Passages of the same document on one side of a passage, nearest first.
fn neighbours(
    index: &Index,
    id: PassageId,
    number: u32,
    steps: impl Iterator<Item = i32>,
) -> Result<Vec<Passage>, SearchError> {
    let mut passages = Vec::new();
    for step in steps {
        let Some(neighbour) = index.neighbour(id, step)? else { break };
        let (speaker, text) = index.passage(neighbour)?;
        passages.push(Passage { number: number.saturating_add_signed(step), speaker, text });
    }
    Ok(passages)
}
