//! Concordance: what matched, each time with what stands to its left and right.

use std::{cmp::Ordering, time::Instant};

use super::{Address, Match, Request, SearchError, exact, hit};
use crate::{
    find::Plan,
    index::{Index, PassageId, Proposal, Record, contained},
    place::Place,
    query::Term,
    text::TextSpan,
    transcript::Speaker,
    words::Words,
};

/// How many words of either side lines are sorted by.
const SORTED_BY: usize = 8;
/// How much of either side is given, in bytes, about.
const SIDE: usize = 240;
/// How many lines beside those that are wanted are kept before they are sorted out.
const SLACK: usize = 4_096;

/// What the lines of a concordance are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineOrder {
    /// As the passages of the request are sorted, then by place.
    #[default]
    Passages,
    /// By the words to the left, the nearest first.
    Left,
    /// By what matched and the words to the right.
    Right,
}

/// What matched, line by line.
#[derive(Clone, Debug)]
pub struct Concordance {
    /// The query as typed.
    pub query: String,
    /// The lines that were asked for.
    pub lines: Vec<Line>,
    /// How many passages answer the query in all; each has a line or more.
    pub passages: usize,
    /// Words of the query that no passage has.
    pub unknown: Vec<Term>,
    /// How long it took, in milliseconds.
    pub elapsed_ms: f64,
}

/// Something that matched, with what surrounds it.
#[derive(Clone, Debug)]
pub struct Line {
    /// Place among all lines, from 1.
    pub rank: usize,
    /// The document it is from.
    pub source: Record,
    /// The address of its passage.
    pub address: Address,
    /// Who says it.
    pub speaker: Option<Speaker>,
    /// Where what matched stands.
    pub place: Place,
    /// What stands before it in the passage, from a word on, cut where it is long.
    pub left: String,
    /// What matched.
    pub found: String,
    /// What stands behind it, likewise.
    pub right: String,
}

/// A match of a passage.
#[derive(Clone, Copy)]
struct Spotted {
    passage: PassageId,
    number: usize,
}

/// Gives what matched, so many lines as the request's limit, from its offset on.
///
/// Lines that are sorted by their sides are sorted among all matches of all passages. The closest
/// passages are never given in place of those that answer.
///
/// # Errors
/// As [`super::search`].
pub fn concordance(
    index: &Index,
    request: &Request,
    order: LineOrder,
) -> Result<Concordance, SearchError> {
    contained(|| made(index, request, order))
}

fn made(index: &Index, request: &Request, order: LineOrder) -> Result<Concordance, SearchError> {
    let started = Instant::now();
    let (plan, unknown) = exact(index, request)?;
    let wanted = request.offset.saturating_add(request.limit);
    let (spotted, passages) = match order {
        LineOrder::Passages => by_passages(index, &plan, request, wanted)?,
        _ => by_sides(index, &plan, order, wanted)?,
    };
    let mut lines = Vec::new();
    for (rank, spotted) in (1..).zip(spotted).skip(request.offset) {
        lines.extend(line(index, &plan, spotted, rank)?);
    }
    let elapsed_ms = started.elapsed().as_secs_f64() * 1000.0;
    Ok(Concordance { query: request.query.clone(), lines, passages, unknown, elapsed_ms })
}

/// Lines in the order of their passages. A passage may answer and have nothing that matched, as for
/// `fog OR speaker:host`: then more passages are looked at.
fn by_passages(
    index: &Index,
    plan: &Plan,
    request: &Request,
    wanted: usize,
) -> Result<(Vec<Spotted>, usize), SearchError> {
    let mut most = wanted;
    loop {
        let proposals = super::proposals(index, plan, request.sort, most)?;
        let mut spotted = Vec::new();
        for Proposal { passage, .. } in &proposals.best {
            if spotted.len() >= wanted {
                break;
            }
            let count = hit::opened(index, plan, *passage)?.matches.len();
            spotted.extend((0..count).map(|number| Spotted { passage: *passage, number }));
        }
        if spotted.len() >= wanted || proposals.best.len() >= proposals.total || most == 0 {
            spotted.truncate(wanted);
            return Ok((spotted, proposals.total));
        }
        most = most.saturating_mul(4);
    }
}

/// Lines in the order of what stands beside the matches.
fn by_sides(
    index: &Index,
    plan: &Plan,
    order: LineOrder,
    wanted: usize,
) -> Result<(Vec<Spotted>, usize), SearchError> {
    let all = index.sorted(plan, crate::index::SortKey::Path, usize::MAX)?;
    let mut kept: Vec<(String, usize, Spotted)> = Vec::new();
    let by_key = |a: &(String, usize, Spotted), b: &(String, usize, Spotted)| -> Ordering {
        a.0.cmp(&b.0).then(a.1.cmp(&b.1))
    };
    let mut met = 0;
    for Proposal { passage, .. } in &all.best {
        let opened = hit::opened(index, plan, *passage)?;
        let words = Words::of(opened.text.as_str());
        for (number, Match { span, .. }) in opened.matches.iter().enumerate() {
            let key = key(&words, *span, order);
            kept.push((key, met, Spotted { passage: *passage, number }));
            met += 1;
        }
        if kept.len() >= wanted.saturating_mul(2).saturating_add(SLACK) {
            kept.select_nth_unstable_by(wanted, by_key);
            kept.truncate(wanted);
        }
    }
    kept.sort_unstable_by(by_key);
    kept.truncate(wanted);
    Ok((kept.into_iter().map(|(_, _, spotted)| spotted).collect(), all.total))
}

/// The folded words of a side, the nearest first, parted by a character that sorts before all
/// others, so that a word comes before one that goes on.
fn key(words: &Words, span: TextSpan, order: LineOrder) -> String {
    let at_or_after = |byte: usize| {
        let (mut low, mut high) = (0, words.len());
        while low < high {
            let middle = low.midpoint(high);
            if words.span(middle).start < byte { low = middle + 1 } else { high = middle }
        }
        low
    };
    let parts: Vec<&str> = match order {
        LineOrder::Left => {
            (0..at_or_after(span.start)).rev().take(SORTED_BY).map(|at| words.folded(at)).collect()
        }
        _ => (at_or_after(span.start)..words.len())
            .take(SORTED_BY)
            .map(|at| words.folded(at))
            .collect(),
    };
    parts.join("\u{1}")
}

fn line(
    index: &Index,
    plan: &Plan,
    spotted: Spotted,
    rank: usize,
) -> Result<Option<Line>, SearchError> {
    let opened = hit::opened(index, plan, spotted.passage)?;
    let Some(Match { span, place }) = opened.matches.get(spotted.number).copied() else {
        return Ok(None);
    };
    let text = opened.text.as_str();
    let speaker = opened
        .joins
        .iter()
        .rfind(|join| join.start <= span.start)
        .map_or(opened.speaker.clone(), |join| join.speaker.clone());
    let hit::Opened { source, number, text: whole, .. } = &opened;
    let address = Address::of(index, spotted.passage, whole, &source.path, *number)?;
    Ok(Some(Line {
        rank,
        address,
        source: opened.source,
        speaker,
        place,
        left: left(&text[..span.start]).to_owned(),
        found: text[span.range()].to_owned(),
        right: right(&text[span.end..]).to_owned(),
    }))
}

/// The end of a text, from the start of a word on.
fn left(text: &str) -> &str {
    let from = text.floor_char_boundary(text.len().saturating_sub(SIDE));
    if from == 0 {
        return text;
    }
    let border = text[from..].find(char::is_whitespace).map_or(from, |at| from + at);
    text[border..].trim_start()
}

/// The start of a text, up to the end of a word.
fn right(text: &str) -> &str {
    if text.len() <= SIDE {
        return text;
    }
    let end = text.floor_char_boundary(SIDE);
    let border = text[..end].rfind(char::is_whitespace).unwrap_or(end);
    text[..border].trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keyed(text: &str, found: &str, order: LineOrder) -> String {
        let start = text.find(found).unwrap();
        let span = TextSpan { start, end: start + found.len() };
        key(&Words::of(text), span, order).replace('\u{1}', " ")
    }

    #[test]
    fn sides_are_compared_word_by_word_from_the_match_on() {
        let text = "The old Tape, is gone";
        assert_eq!(keyed(text, "Tape", LineOrder::Left), "old the");
        assert_eq!(keyed(text, "Tape", LineOrder::Right), "tape is gone");
    }

    #[test]
    fn long_sides_are_cut_between_words() {
        let text = "word ".repeat(100);
        assert!(left(&text).starts_with("word ") && left(&text).len() <= SIDE);
        assert!(right(&text).ends_with(" word") && right(&text).len() <= SIDE);
        assert_eq!((left("short "), right(" short")), ("short ", " short"));
    }
}
