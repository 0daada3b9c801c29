//! A word diff: what of a quotation is as the text has it, and what is not.

use std::ops::Range;

use super::matrix::Step;

/// A stretch of an alignment. Ranges count words, from 0, of the quotation and of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Words that both have.
    Same {
        /// Words of the quotation.
        quotation: Range<usize>,
        /// Words of the text.
        text: Range<usize>,
    },
    /// Words that the text has otherwise.
    Changed {
        /// Words of the quotation.
        quotation: Range<usize>,
        /// Words of the text.
        text: Range<usize>,
    },
    /// Words of the quotation that the text lacks.
    Missing {
        /// Words of the quotation.
        quotation: Range<usize>,
    },
    /// Words of the text that the quotation lacks.
    Added {
        /// Words of the text.
        text: Range<usize>,
    },
}

/// The edits of an alignment, from its steps in order; it starts at word `start` of the text.
pub(super) fn edits(steps: impl Iterator<Item = Step>, start: usize) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    let (mut in_quotation, mut in_text) = (0, start);
    for step in steps {
        let lengths = step.lengths();
        let quotation = in_quotation..in_quotation + lengths.0;
        let text = in_text..in_text + lengths.1;
        (in_quotation, in_text) = (quotation.end, text.end);
        if !edits.last_mut().is_some_and(|last| lengthened(last, step, &quotation, &text)) {
            edits.push(match step {
                Step::Same => Edit::Same { quotation, text },
                Step::Changed { .. } => Edit::Changed { quotation, text },
                Step::Missing => Edit::Missing { quotation },
                Step::Added => Edit::Added { text },
            });
        }
    }
    edits
}

/// Takes a step into an edit of its kind; tells whether it did.
fn lengthened(edit: &mut Edit, step: Step, of: &Range<usize>, to: &Range<usize>) -> bool {
    match (edit, step) {
        (Edit::Same { quotation, text }, Step::Same)
        | (Edit::Changed { quotation, text }, Step::Changed { .. }) => {
            (quotation.end, text.end) = (of.end, to.end);
        }
        (Edit::Missing { quotation }, Step::Missing) => quotation.end = of.end,
        (Edit::Added { text }, Step::Added) => text.end = to.end,
        _ => return false,
    }
    true
}
