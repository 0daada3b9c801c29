//! All passages that answer a plan, segment by segment: what searching, sorting and counting share.

use std::{num::NonZeroUsize, thread};

use tantivy::{DocId, DocSet, Score, TERMINATED, query::Scorer};

use super::{
    error::IndexError,
    evaluate,
    open::{Index, PassageId},
    shared::share,
    terms::Terms,
    verify::Verifier,
};
use crate::find::{Condition, Plan};

/// From so many postings on, segments are shared between processors: to start a thread takes as long
/// as walking a tenth of them.
const SHARED: u64 = 100_000;

impl Index {
    /// Calls `visit` with each passage that answers a plan, in the order of their numbers, and its
    /// score before it is looked at once more.
    pub(super) fn each_match(
        &self,
        plan: &Plan,
        mut visit: impl FnMut(PassageId, Score) -> Result<(), IndexError>,
    ) -> Result<(), IndexError> {
        let terms = self.terms(plan)?;
        let proposing = plan.proposing();
        if !plan.is_spelled() {
            return (0..self.segments.len()).try_for_each(|segment| {
                self.each_answer(segment, plan, &proposing, &terms, |doc, score| {
                    visit(PassageId { segment, doc }, score)
                })
            });
        }
        let answers = self.of_segments(plan, &terms, |segment| {
            let mut answers: Vec<(DocId, Score)> = Vec::new();
            self.each_answer(segment, plan, &proposing, &terms, |doc, score| {
                answers.push((doc, score));
                Ok(())
            })?;
            Ok(answers)
        })?;
        for (segment, answers) in answers.into_iter().enumerate() {
            for (doc, score) in answers {
                visit(PassageId { segment, doc }, score)?;
            }
        }
        Ok(())
    }

    /// Calls `visit` with each passage of one segment that answers a plan, and its score. `proposing`
    /// is the condition by which the postings propose passages: see [`Plan::proposing`].
    pub(super) fn each_answer(
        &self,
        number: usize,
        plan: &Plan,
        proposing: &Condition,
        terms: &Terms,
        mut visit: impl FnMut(DocId, Score) -> Result<(), IndexError>,
    ) -> Result<(), IndexError> {
        let segment = &self.segments[number];
        let mut verifier = Verifier::of(self, plan);
        let mut scorer = evaluate::passages(segment, proposing, terms.of(plan, number))?;
        let has_removed = segment.reader.has_deletes();
        let mut doc = scorer.doc();
        while doc != TERMINATED {
            let is_there = !has_removed || !segment.is_removed(doc);
            let id = PassageId { segment: number, doc };
            let answers = |it: &mut Verifier<'_>| it.answers(id);
            if is_there && verifier.as_mut().map_or(Ok(true), answers)? {
                visit(doc, scorer.score())?;
            }
            doc = scorer.advance();
        }
        Ok(())
    }

    /// What `gather` finds in each segment, in their order. Where that takes long enough, since
    /// passages are read to be verified or many postings are walked, the segments are shared between
    /// processors.
    pub(super) fn of_segments<T: Send>(
        &self,
        plan: &Plan,
        terms: &Terms,
        gather: impl Fn(usize) -> Result<T, IndexError> + Sync,
    ) -> Result<Vec<T>, IndexError> {
        let count = self.segments.len();
        if !plan.is_spelled() && terms.walked(&plan.root) < SHARED {
            return (0..count).map(gather).collect();
        }
        share(count, processors(count), gather)
    }
}

/// How many processors share some segments. For two it is not asked how many there are, which takes
/// as long as starting a thread.
fn processors(segments: usize) -> usize {
    match segments {
        0..=2 => segments,
        _ => thread::available_parallelism().map_or(1, NonZeroUsize::get).min(segments),
    }
}
