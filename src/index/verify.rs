//! Reading what was proposed, where the postings cannot tell: case and accents.
//!
//! The postings are folded, so that they propose more than what answers. Each passage that they
//! propose is then read and put to the matcher, so that the count stays exact. This costs a look at
//! the stored text of all of them, which only those pay for who ask for it.

use super::{
    error::IndexError,
    open::{Index, PassageId},
    record::Record,
};
use crate::{find::Plan, words::Words};

/// Reads passages of one segment, in order, and decides about them.
pub(super) struct Verifier<'a> {
    index: &'a Index,
    plan: &'a Plan,
    /// The document that was looked at last: its passages come one after the other.
    last: Option<(tantivy::DocId, Record)>,
}

impl<'a> Verifier<'a> {
    /// A verifier for a plan; `None` when the postings tell all.
    pub(super) fn of(index: &'a Index, plan: &'a Plan) -> Option<Self> {
        plan.is_spelled().then_some(Self { index, plan, last: None })
    }

    /// Whether a passage answers the plan.
    pub(super) fn answers(&mut self, id: PassageId) -> Result<bool, IndexError> {
        let segment = &self.index.segments[id.segment];
        let record = segment.record_of(id.doc)?.unwrap_or_default();
        let source = match self.last.take() {
            Some((doc, source)) if doc == record => source,
            _ => segment.record(record)?,
        };
        let window = self.index.window(id, self.plan.reach())?;
        let words = Words::of(window.text.as_str());
        let answers = window.matches(self.plan, &words, &source).is_some();
        self.last = Some((record, source));
        Ok(answers)
    }
}
