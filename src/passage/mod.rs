//! Passages: the units that are indexed, ranked and shown.
//!
//! A passage is one speaker's turn, or a paragraph of continuous text, with its sentences whole.
//!
//! - A turn never shares a passage with another turn; its short paragraphs share one.
//! - A turn of more than [`LONGEST`] words is split near every [`AIM`] words: at the end of a
//!   paragraph where there is one, else at the end of a sentence. A rest of fewer than
//!   [`SHORTEST`] words stays with the passage before.
//! - A pause of more than four seconds at a sentence's end also parts, once there are
//!   [`SHORTEST`] words on both sides.
//! - A sentence of more than [`LONGEST`] words, such as speech recognition without punctuation
//!   gives, is cut: at the longest pause between cues near [`AIM`] words, else between words.
//!
//! Nothing but white space is left out: the passages of a turn with the white space that stood
//! between them are the turn's text.

mod group;
mod pause;
mod slices;
mod units;

use crate::{
    text::{Text, TextSpan},
    transcript::{Speaker, Turn},
    words::{each_word, sentences::trimmed},
};

/// The version of the rules of this module, of the sentences it keeps whole and of the words in them.
///
/// It is part of a document's key: another version makes every document be indexed anew.
pub const VERSION: u32 = 3;

/// How many words a passage of a long turn should have.
pub const AIM: usize = 150;
/// How many words a passage may have before it is split.
pub const LONGEST: usize = 220;
/// With fewer words than this, the rest of a turn is no passage of its own.
pub const SHORTEST: usize = 40;

/// A piece of a document that is indexed, ranked and shown as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Which passage of its document it is, from 0.
    pub number: u32,
    /// Who says it, where the document tells.
    pub speaker: Option<Speaker>,
    /// Its text, without white space at both ends.
    pub text: Text,
}

/// Splits the turns of a document into passages.
///
/// A turn without words, such as `***`, is a passage too; one of white space alone is none.
#[must_use]
pub fn split(turns: &[Turn]) -> Vec<Passage> {
    let mut passages = Vec::new();
    for turn in turns {
        split_turn(turn, &mut |passage| {
            let number = u32::try_from(passages.len()).unwrap_or(u32::MAX);
            passages.push(Passage { number, ..passage });
        });
    }
    passages
}

/// Gives the passages that [`split`] gives one by one, and each turn's memory back as soon as it is
/// split: a large document is not held twice.
pub fn each_passage(turns: Vec<Turn>, mut take: impl FnMut(Passage)) {
    let mut number = 0;
    for turn in turns {
        split_turn(&turn, &mut |passage| {
            take(Passage { number, ..passage });
            number = number.saturating_add(1);
        });
    }
}

/// Gives the passages of a turn, none of them numbered.
fn split_turn(turn: &Turn, take: &mut impl FnMut(Passage)) {
    slices::each_slice(&turn.text, &spans(&turn.text), |text| {
        take(Passage { number: 0, speaker: turn.speaker.clone(), text });
    });
}

/// Where the passages of a turn's text stand in it.
fn spans(text: &Text) -> Vec<TextSpan> {
    let string = text.as_str();
    let whole = || trimmed(string, TextSpan { start: 0, end: text.len() }).into_iter().collect();
    let pauses = pause::pauses(text);
    let has_long_pause = pauses.iter().any(|pause| pause.is_long());
    // A word takes two bytes at least, with what parts it from the next.
    let fewest_bytes = if has_long_pause { 4 * SHORTEST } else { 2 * LONGEST };
    if string.len() < fewest_bytes {
        return whole();
    }
    let mut starts = Vec::with_capacity(string.len() / 5);
    each_word(string, |span, _| starts.push(span.start));
    if starts.len() <= LONGEST && !has_long_pause {
        return whole();
    }
    group::group(&units::units(string, &starts, &pauses), starts.len())
}

#[cfg(test)]
mod tests;
