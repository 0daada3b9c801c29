//! Passages that say nearly the same: a talk that was published twice, a notice at the end of each.
//!
//! Among the first passages of a search, those that are near duplicates of a better one are shown
//! with it instead of taking up places of their own. None is lost: each is named there, and all are
//! counted. Only so many passages are looked at, the same ones whatever page is asked for, so that
//! pages fit together.

use foldhash::fast::FixedState;
use std::{cell::OnceCell, hash::BuildHasher};

use super::SearchError;
use crate::{
    index::{Index, PassageId, Proposal, SHINGLE, SHORTEST, Sketch},
    words::Words,
};

/// How many passages, from the first, are compared.
pub(super) const COMPARED: usize = 40;
/// What two passages must have in common of all that they have (Jaccard index).
const ALIKE: f32 = 0.6;
/// What is left of the score of a near duplicate that is not folded.
const PENALTY: f32 = 0.9;

/// What becomes of near duplicates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Folding {
    /// They are shown with the best of them.
    #[default]
    On,
    /// Each has a place of its own, a little behind.
    Off,
}

/// A passage and its near duplicates, in order.
pub(super) struct Folded {
    pub best: Proposal,
    pub alike: Vec<Proposal>,
}

/// Folds near duplicates among the first proposals.
pub(super) fn folded(
    index: &Index,
    proposals: &[Proposal],
    folding: Folding,
) -> Result<Vec<Folded>, SearchError> {
    let (compared, rest) = proposals.split_at(proposals.len().min(COMPARED));
    let mut folded: Vec<Folded> = Vec::new();
    let mut compared_with: Vec<Compared> = Vec::new();
    for proposal in compared {
        let own = Compared::of(index, proposal.passage)?;
        let mut first_alike = None;
        for (at, other) in compared_with.iter().enumerate() {
            if own.is_alike(other, index)? {
                first_alike = Some(at);
                break;
            }
        }
        if let Some(at) = first_alike {
            folded[at].alike.push(*proposal);
        } else {
            folded.push(Folded { best: *proposal, alike: Vec::new() });
            compared_with.push(own);
        }
    }
    if folding == Folding::Off {
        folded = unfolded(folded, rest.first().map_or(f32::MIN, |it| it.score));
    }
    folded.extend(alone(rest));
    Ok(folded)
}

/// A passage that is compared with others: by its sketch, and only where that is like another's, by
/// its text.
struct Compared {
    passage: PassageId,
    sketch: Option<Sketch>,
    shingles: OnceCell<Shingles>,
}

impl Compared {
    fn of(index: &Index, passage: PassageId) -> Result<Self, SearchError> {
        Ok(Self { passage, sketch: index.sketch(passage)?, shingles: OnceCell::new() })
    }

    fn is_alike(&self, other: &Self, index: &Index) -> Result<bool, SearchError> {
        let (Some(sketch), Some(others)) = (self.sketch, other.sketch) else { return Ok(false) };
        if !sketch.is_like(others) {
            return Ok(false);
        }
        Ok(self.shingles(index)?.is_alike(other.shingles(index)?))
    }

    fn shingles(&self, index: &Index) -> Result<&Shingles, SearchError> {
        if let Some(shingles) = self.shingles.get() {
            return Ok(shingles);
        }
        let shingles = Shingles::of(&Words::of(index.passage(self.passage)?.1.as_str()));
        Ok(self.shingles.get_or_init(|| shingles))
    }
}

/// Each passage by itself, in the order in which they come.
pub(super) fn alone(proposals: &[Proposal]) -> Vec<Folded> {
    proposals.iter().map(|best| Folded { best: *best, alike: Vec::new() }).collect()
}

/// Gives near duplicates places of their own, behind what scores a little less, but before those that
/// were not compared: the scores of a list never rise.
fn unfolded(folded: Vec<Folded>, lowest: f32) -> Vec<Folded> {
    let mut proposals = Vec::new();
    for Folded { best, alike } in folded {
        proposals.push(best);
        let behind = |it: Proposal| Proposal { score: (it.score * PENALTY).max(lowest), ..it };
        proposals.extend(alike.into_iter().map(behind));
    }
    proposals.sort_by(|a, b| b.score.total_cmp(&a.score));
    alone(&proposals)
}

/// What a passage says, as a set of short runs of its words (Broder, "On the resemblance and
/// containment of documents", 1997).
struct Shingles(Vec<u64>);

impl Shingles {
    fn of(words: &Words) -> Self {
        if words.len() < SHORTEST {
            return Self(Vec::new());
        }
        let state = FixedState::default();
        let hashes: Vec<u64> = words.iter().map(|word| state.hash_one(word)).collect();
        let mut shingles: Vec<u64> =
            hashes.windows(SHINGLE).map(|run| state.hash_one(run)).collect();
        shingles.sort_unstable();
        shingles.dedup();
        Self(shingles)
    }

    fn is_alike(&self, other: &Self) -> bool {
        let (mut shared, mut at) = (0, 0);
        for shingle in &self.0 {
            at += other.0[at..].iter().take_while(|it| *it < shingle).count();
            shared += usize::from(other.0.get(at) == Some(shingle));
        }
        let number = |count: usize| f32::from(u16::try_from(count).unwrap_or(u16::MAX));
        let all = self.0.len() + other.0.len() - shared;
        shared > 0 && number(shared) >= ALIKE * number(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(one: &str, other: &str) -> bool {
        let shingles = |text| Shingles::of(&Words::of(text));
        let (one, other) = (shingles(one), shingles(other));
        assert_eq!(one.is_alike(&other), other.is_alike(&one));
        one.is_alike(&other)
    }

    const NOTICE: &str = "This talk was recorded in the old boat house on a Friday night in \
                          November, while the rain was louder than the microphone.";

    #[test]
    fn a_passage_with_a_word_changed_is_alike() {
        assert!(alike(NOTICE, NOTICE));
        assert!(alike(NOTICE, &NOTICE.replace("Friday", "Monday")));
        assert!(alike(NOTICE, &NOTICE.to_uppercase()));
    }

    #[test]
    fn a_passage_with_other_sentences_is_not() {
        assert!(!alike(NOTICE, "This talk was recorded in the new boat house, and nobody came."));
        let longer = format!(
            "{NOTICE} We played it back in the morning and heard a single gull \
                              on the roof, walking up and down as if it had been paid for it."
        );
        assert!(!alike(NOTICE, &longer));
    }

    #[test]
    fn what_is_short_may_be_said_twice() {
        assert!(!alike("Thank you for having me.", "Thank you for having me."));
    }
}
