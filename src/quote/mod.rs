//! Quotations of a manuscript, and whether they are right.
//!
//! The steps, each a function of values: [`quotations`] finds what a manuscript quotes and whom it
//! names for it ([`attribution`] has the rules); the caller looks up passages with
//! [`search_terms`]; [`judge()`] compares the quotation with them and gives a [`Verdict`]. What may
//! differ without a mark is written down in [`normal`], what a mark may change in [`wording`].

mod accept;
pub mod attribution;
mod block;
mod borders;
mod edits;
mod footnotes;
mod judge;
mod locate;
mod marks;
pub mod markup;
mod measure;
pub mod normal;
mod notes;
mod origin;
mod pairs;
mod runs;
mod scattered;
mod speaker;
mod verdict;
pub mod wording;

pub use accept::accept;
pub use judge::judge;
pub use markup::Markup;
pub use scattered::SHORTEST_RUN;
pub use speaker::Speakers;
pub use verdict::{Candidate, Finding, Found, Note, Passage, Rules, Verdict};
pub use wording::{search_terms, speech};

use footnotes::without_notes;
use origin::{Origin, Places};
use pairs::Pair;

use crate::{
    place::Place,
    text::TextSpan,
    transcript::{Set, Transcript, Turn, Warning},
};

/// Something that a manuscript quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// Whether it stands in a sentence or as a block.
    pub kind: Kind,
    /// Which turn of the manuscript it is in, from 0.
    pub turn: usize,
    /// Where it stands in that turn's text, without its outer marks.
    pub span: TextSpan,
    /// Where it stands in the manuscript, without its outer marks.
    pub place: Place,
    /// What is quoted: without outer marks, marks that open it again, notes of the author's, and the
    /// name under a block.
    pub text: String,
    /// Whom the manuscript names for it; `None` where it names nobody or cannot be understood.
    pub said_by: Option<String>,
    /// Why the author lets it stand as it is, where a mark says so; may be empty. See [`accept()`].
    pub accepted: Option<String>,
}

/// How a quotation is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// In quotation marks.
    Inline,
    /// As a block of its own.
    Block,
}

/// Finds the quotations of a manuscript, in order.
///
/// `markup` is that of the file which the transcript was read from. Quotations without a word are
/// left out; short ones are not. `known` tells whether the corpus has a speaker of some name: a name
/// that only labels a quotation counts when it does.
#[must_use]
pub fn quotations(
    manuscript: &Transcript,
    markup: &Markup,
    known: attribution::Known<'_>,
) -> Vec<Quotation> {
    let mut found = Vec::new();
    for (number, turn) in manuscript.turns.iter().enumerate() {
        let start = found.len();
        let origin = Origin::of(&turn.text);
        let blocks = block::blocks(turn, &origin, markup, known);
        let numbers = origin.spans_of(&markup.numbers);
        let mut inline = inline(turn, &blocks, &origin, markup).pairs;
        for pair in &mut inline {
            let is_inside =
                |it: &&TextSpan| pair.open.end <= it.start && it.end <= pair.close.start;
            pair.reopened.extend(numbers.iter().filter(is_inside));
            pair.reopened.sort_unstable();
        }
        quotations_of_turn((number, turn), &blocks, &inline, known, &mut found);
        found[start..].sort_by_key(|quotation| quotation.span);
    }
    found
}

fn quotations_of_turn(
    (number, turn): (usize, &Turn),
    blocks: &[block::Block],
    inline: &[Pair],
    known: attribution::Known<'_>,
    found: &mut Vec<Quotation>,
) {
    let text = turn.text.as_str();
    let label = turn.speaker.as_ref().map(|speaker| speaker.0.as_str()).filter(|it| known(it));
    // A label in front of the first words is the manuscript's `Name:` before a quotation.
    let opens_turn = |at: usize| text[..at].trim().is_empty();
    let mut places = Places::of(&turn.text);
    let mut add = |kind, span: TextSpan, wording: String, said_by: Option<String>| {
        let wording = without_notes(wording);
        if wording.contains(char::is_alphanumeric) {
            let by_label = || label.filter(|_| opens_turn(outer_start(text, span, kind)));
            let said_by = said_by.or_else(|| by_label().map(str::to_owned));
            let place = places.place(span);
            found.push(Quotation {
                kind,
                turn: number,
                span,
                place,
                text: wording,
                said_by,
                accepted: None,
            });
        }
    };
    for (at, pair) in inline.iter().enumerate() {
        let span = TextSpan::new(pair.open.end, pair.close.start);
        let near = attribution::Near {
            text,
            quotation: TextSpan::new(pair.open.start, pair.close.end),
            after: at.checked_sub(1).map(|before| inline[before].close.end),
            before: inline.get(at + 1).map(|next| next.open.start),
            limits: block::between(blocks, span, text.len()),
            note: note_behind(turn, pair.close.end),
            known,
        };
        add(Kind::Inline, span, without(text, span, &pair.reopened), attribution::inline(&near));
    }
    for block in blocks {
        let said_by = attribution::block(text, block.lines, block.signature.as_deref(), known);
        add(Kind::Block, block.span, block.wording(text), said_by);
    }
}

/// The text of the note whose number stands right behind a byte, where the reader tells.
fn note_behind(turn: &Turn, at: usize) -> Option<&str> {
    let text = turn.text.as_str();
    let number = turn.stretches.iter().find_map(|it| match it.set {
        Set::NoteReference(number) if it.span.start >= at => Some((it.span.start, number)),
        _ => None,
    });
    let (behind, number) = number?;
    if !text[at..behind].chars().all(|it| it == ' ' || it.is_ascii_punctuation()) {
        return None;
    }
    let note = turn.stretches.iter().find(|it| it.set == Set::Note(number))?;
    Some(&text[note.span.range()])
}

/// Where a quotation starts with its mark.
fn outer_start(text: &str, span: TextSpan, kind: Kind) -> usize {
    match kind {
        Kind::Block => span.start,
        Kind::Inline => {
            let mark = text[..span.start].trim_end_matches('`');
            let character = text[..span.start].char_indices().next_back();
            if mark.len() < span.start { mark.len() } else { character.map_or(0, |it| it.0) }
        }
    }
}

/// A span's string without some spans in it, and without white space at both ends.
fn without(text: &str, span: TextSpan, dropped: &[TextSpan]) -> String {
    let mut kept = String::with_capacity(span.end - span.start);
    let mut at = span.start;
    for gone in dropped {
        kept.push_str(&text[at..gone.start]);
        at = gone.end;
    }
    kept.push_str(&text[at..span.end]);
    kept.trim().to_owned()
}

/// Warns of quotation marks that nothing closes: what they open is not checked.
#[must_use]
pub fn unclosed(manuscript: &Transcript, markup: &Markup) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for turn in &manuscript.turns {
        let origin = Origin::of(&turn.text);
        let blocks = block::blocks(turn, &origin, markup, &|_| false);
        for mark in inline(turn, &blocks, &origin, markup).alone {
            let line = turn.text.place(mark).source.map(|source| source.at.line);
            let mark = &turn.text.as_str()[mark.range()];
            let message = format!("this quotation mark is never closed: `{mark}`");
            warnings.push(Warning { line, message });
        }
    }
    warnings
}

/// The marks of a turn outside block quotes.
struct Inline {
    /// The outermost pairs.
    pairs: Vec<Pair>,
    /// Marks that open a quotation which nothing closes.
    alone: Vec<TextSpan>,
}

fn inline(turn: &Turn, blocks: &[block::Block], origin: &Origin<'_>, markup: &Markup) -> Inline {
    let string = turn.text.as_str();
    let code: Vec<_> = turn.stretches.iter().filter(|it| it.set == Set::Code).collect();
    let is_code = |at| {
        let before = code.partition_point(|it| it.span.start <= at);
        let in_turn = code[..before].last().is_some_and(|it| at < it.span.end);
        in_turn || origin.byte(at).is_some_and(|source| markup.is_code(source))
    };
    let mut pairs: Vec<Pair> = Vec::new();
    // Marks that were open at the end of a paragraph: some are closed in a later one.
    let mut alone: Vec<TextSpan> = Vec::new();
    let mut pending = None;
    let mut start = 0;
    let mut add = |from: usize, to: usize, pending: &mut Option<pairs::Open>| {
        let mut at = from;
        while at < to {
            let end = string[at..to].find("\n\n").map_or(to, |found| at + found);
            let paragraph = TextSpan::new(at, end);
            if !string[paragraph.range()].trim().is_empty() {
                let open = pending.take();
                *pending = pairs::pair_up(string, paragraph, open, is_code, &mut pairs);
                alone.extend(pending.as_ref().and_then(pairs::Open::mark));
            }
            at = end + 2;
        }
    };
    for block in blocks {
        add(start, block.lines.start, &mut pending);
        pending = None;
        start = block.lines.end;
    }
    add(start, string.len(), &mut pending);
    let mut closed: Vec<TextSpan> = pairs.iter().map(|pair| pair.open).collect();
    closed.sort_unstable();
    alone.dedup();
    alone.retain(|mark| closed.binary_search(mark).is_err());
    Inline { pairs: pairs::outermost(pairs), alone }
}

#[cfg(test)]
mod tests;
