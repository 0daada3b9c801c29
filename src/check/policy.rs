//! Which quotations may stand.

use super::Checked;
use crate::quote::Verdict;

/// What may pass beside quotations that are exact or marked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Verdicts that may pass.
    pub allowed: Vec<Verdict>,
    /// Whether a quotation fails that is too short to tell.
    pub unchecked_fails: bool,
}

/// What becomes of a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is exact or marked.
    Passes,
    /// It is not, and its verdict is allowed.
    Allowed,
    /// It is not, and its author accepts it with a mark in the manuscript.
    Accepted,
    /// It is too short to tell, and that is no failure.
    Unchecked,
    /// It must not stand.
    Fails,
}

impl Policy {
    /// What becomes of a quotation.
    #[must_use]
    pub fn outcome(&self, checked: &Checked) -> Outcome {
        let verdict = checked.verdict;
        if verdict.passes() {
            Outcome::Passes
        } else if checked.quotation.accepted.is_some() {
            Outcome::Accepted
        } else if self.allowed.contains(&verdict) {
            Outcome::Allowed
        } else if verdict == Verdict::Unchecked && !self.unchecked_fails {
            Outcome::Unchecked
        } else {
            Outcome::Fails
        }
    }
}
