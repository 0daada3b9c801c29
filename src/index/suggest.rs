//! Words of the index that someone may have meant who typed one that no passage has.

use std::cmp::Reverse;

use serde::Serialize;
use tantivy::{DocSet, TERMINATED, schema::IndexRecordOption};

use super::{error::IndexError, open::Index, segment::Segment};
use crate::{
    find::Leaf,
    words::{Sound, mistakes},
};

/// How many words are suggested for one.
const SUGGESTED: usize = 3;
/// How many words are looked at more closely.
const CONSIDERED: usize = 24;
/// A word that only sounds alike may be spelled with so many mistakes.
const BY_SOUND: usize = 4;

/// A word of the index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// The folded word.
    pub word: String,
    /// How many passages have it.
    pub passages: u64,
}

/// A word that may be meant; the least comes first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    /// Mistakes, one less for what sounds the same.
    distance: usize,
    /// More passages are likelier.
    found_in: Reverse<u64>,
    word: String,
}

impl Index {
    /// Whether any passage has a form of a word: one that was not removed.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn has(&self, leaf: &Leaf) -> Result<bool, IndexError> {
        // Forms are kept of words whose documents are long gone: the postings tell.
        for segment in &self.segments {
            for form in &leaf.forms {
                if live(segment, form, 1)? > 0 {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// For each of some words that no passage has, the words that are nearest to it, the likeliest
    /// first: by how many mistakes it takes to type one for the other, by their sound, and by how
    /// many passages have them.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn suggestions(&self, words: &[&str]) -> Result<Vec<Vec<Suggestion>>, IndexError> {
        let mut unknown: Vec<Unknown> = words.iter().map(|word| Unknown::of(word)).collect();
        self.each_word(|other| {
            for word in &mut unknown {
                if let Some(distance) = word.distance(other) {
                    word.near.push((distance, other.to_owned()));
                }
            }
        })?;
        unknown.into_iter().map(|word| self.likeliest(word.near)).collect()
    }

    /// The first few of some words, with how far away each is, that any passage has.
    fn likeliest(&self, mut near: Vec<(usize, String)>) -> Result<Vec<Suggestion>, IndexError> {
        near.sort_unstable();
        near.dedup();
        let mut candidates = Vec::with_capacity(near.len());
        for (distance, word) in near {
            let found_in = Reverse(self.found_in(&word)?);
            candidates.push(Candidate { distance, found_in, word });
        }
        candidates.sort_unstable();
        let mut suggestions: Vec<Suggestion> = Vec::new();
        for Candidate { word, .. } in candidates.into_iter().take(CONSIDERED) {
            let mut passages = 0;
            for segment in &self.segments {
                passages += live(segment, &word, u64::MAX)?;
            }
            if passages > 0 {
                suggestions.push(Suggestion { word, passages });
            }
            if suggestions.len() == SUGGESTED {
                break;
            }
        }
        Ok(suggestions)
    }

    /// How many passages have a word, with those that were removed.
    fn found_in(&self, word: &str) -> Result<u64, IndexError> {
        let found_in = |segment: &Segment| -> Result<u64, IndexError> {
            let info = segment.words.terms().get(word.as_bytes())?;
            Ok(info.map_or(0, |info| u64::from(info.doc_freq)))
        };
        self.segments.iter().map(found_in).sum()
    }
}

/// A word that no passage has.
struct Unknown {
    sound: Sound,
    /// How many mistakes another word may be away; 0 for a word so short that all are near it.
    most: usize,
    /// Words that are near, with how far away each is.
    near: Vec<(usize, String)>,
}

impl Unknown {
    fn of(word: &str) -> Self {
        let most = match word.chars().count() {
            0..=2 => 0,
            3..=4 => 1,
            5..=8 => 2,
            _ => 3,
        };
        Self { sound: Sound::of(word), most, near: Vec::new() }
    }

    /// How far another word is away, when that is near: one less for what sounds the same.
    fn distance(&self, other: &str) -> Option<usize> {
        // Short words have too many that sound like them.
        let farthest = match self.most {
            0 => return None,
            1 => 1,
            most => most.max(BY_SOUND),
        };
        let distance = mistakes(self.sound.word(), other, farthest)?;
        let sounds_alike = self.sound.is_like(other);
        (distance <= self.most || sounds_alike)
            .then(|| distance.saturating_sub(usize::from(sounds_alike)))
    }
}

/// How many passages have a word, without those that were removed; stops at a number.
fn live(segment: &Segment, word: &str, enough: u64) -> Result<u64, IndexError> {
    let Some(info) = segment.words.terms().get(word.as_bytes())? else { return Ok(0) };
    if !segment.reader.has_deletes() {
        return Ok(u64::from(info.doc_freq));
    }
    let mut postings =
        segment.words.read_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
    let mut live = 0;
    while postings.doc() != TERMINATED && live < enough {
        live += u64::from(!segment.is_removed(postings.doc()));
        postings.advance();
    }
    Ok(live)
}
