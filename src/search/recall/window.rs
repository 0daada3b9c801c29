//! A passage with what surrounds it, and the part of it that a quotation is a memory of.

use super::{Difference, Kind, Nearest, edges::trimmed};
use crate::{
    find::{
        self,
        align::{Alignment, Edit},
    },
    index::{Index, PassageId},
    passage::Passage,
    place::Place,
    query::filter::Filter,
    search::{Address, Hit, Join, Match, SearchError},
    text::{Text, TextSpan},
    transcript::Speaker,
    words::Words,
};

/// How many passages are looked at on each side.
const FARTHEST: i32 = 40;

/// A passage with what surrounds it.
pub(super) struct Window {
    pub(super) text: Text,
    pieces: Vec<Piece>,
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
    /// A passage with so many words of what is before and behind it, as far as the passages there
    /// fulfil all conditions.
    pub(super) fn open(
        index: &Index,
        id: PassageId,
        beside: usize,
        filters: &[Filter],
    ) -> Result<Self, SearchError> {
        let record = if filters.is_empty() { None } else { Some(index.record(id)?.0) };
        let fulfils = |speaker: Option<&Speaker>, text: &Text| {
            record.as_ref().is_none_or(|record| {
                let facts = record.facts(speaker, text);
                filters.iter().all(|filter| filter.accepts(&facts))
            })
        };
        let mut window =
            Self { text: Text::default(), pieces: Vec::new(), words: Words::default() };
        // As many words as the quotation may have there, out of as many passages as it takes.
        let mut before = Vec::new();
        let mut count = 0;
        for step in 1..=FARTHEST {
            let Some(id) = index.neighbour(id, -step)? else { break };
            let (speaker, whole) = index.passage(id)?;
            if !fulfils(speaker.as_ref(), &whole) {
                break;
            }
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
            if !fulfils(speaker.as_ref(), &whole) {
                break;
            }
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

    /// The same with its words.
    pub(super) fn with(self, words: Words) -> Self {
        Self { words, ..self }
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
    pub(super) fn hit(
        self,
        index: &Index,
        quotation: &str,
        alignment: &Alignment,
        rank: usize,
    ) -> Result<Nearest, SearchError> {
        let Self { text: window, pieces, words, .. } = self;
        let alignment = &trimmed(alignment, &Words::of(quotation), window.as_str(), &words);
        let found = find::text_span(&words, alignment.span);
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
        let address = Address::of(index, first.passage, &text, &source.path, number)?;
        let passage = Passage { number, speaker: first.speaker, text };
        let similarity = alignment.similarity;
        let hit = Hit {
            rank,
            score: similarity,
            source,
            address,
            passage,
            joins,
            matches,
            alike: Vec::new(),
            before: Vec::new(),
            after: Vec::new(),
        };
        Ok(Nearest { hit, similarity, diff })
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
