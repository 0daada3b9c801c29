//! Adding up scores word by word, block by block.
//!
//! Where many words are optional, most of the time goes into walking their postings. They come in
//! blocks of 128; taking these as they are is several times faster than asking for one passage after
//! the other.

use tantivy::{DocId, schema::IndexRecordOption};

use super::{any::Sums, bm25::Bm25, error::IndexError, segment::Segment, terms::Form};

/// Adds words up, one after the other, in tables that serve all of them.
#[derive(Default)]
pub(super) struct Tally {
    /// By passage, how often it has a word, each form by what it counts.
    frequencies: Vec<f32>,
    /// The passages that have it.
    docs: Vec<DocId>,
}

impl Tally {
    /// Adds what every passage scores by a word to its sum, all its forms counted together: what
    /// [`super::postings::WordScorer`] gives.
    pub(super) fn add(
        &mut self,
        segment: &Segment,
        forms: &[Form],
        bm25: &Bm25,
        sums: &mut Sums,
    ) -> Result<(), IndexError> {
        if forms.len() < 2 {
            return add(segment, forms, bm25, sums);
        }
        self.frequencies.resize(segment.reader.max_doc() as usize, 0.0);
        for form in forms {
            each(segment, form, |doc, frequency| {
                let sum = &mut self.frequencies[doc as usize];
                if *sum <= 0.0 {
                    self.docs.push(doc);
                }
                *sum += frequency;
            })?;
        }
        for doc in self.docs.drain(..) {
            let frequency = std::mem::take(&mut self.frequencies[doc as usize]);
            sums.add(doc, bm25.score(segment.fieldnorms.fieldnorm_id(doc), frequency));
        }
        Ok(())
    }
}

/// Adds what every passage scores by the forms of a word to its sum. A passage with several forms
/// of the word gains by each of them, a little more than if they were counted together: good enough
/// to choose by.
pub(super) fn add(
    segment: &Segment,
    forms: &[Form],
    bm25: &Bm25,
    sums: &mut Sums,
) -> Result<(), IndexError> {
    for form in forms {
        each(segment, form, |doc, frequency| {
            sums.add(doc, bm25.score(segment.fieldnorms.fieldnorm_id(doc), frequency));
        })?;
    }
    Ok(())
}

/// Calls `visit` with each passage that has a form, and how often, by what the form counts.
fn each(
    segment: &Segment,
    Form { info, weight, .. }: &Form,
    mut visit: impl FnMut(DocId, f32),
) -> Result<(), IndexError> {
    let option = IndexRecordOption::WithFreqs;
    let mut blocks = segment.words.read_block_postings_from_terminfo(info, option)?;
    while !blocks.docs().is_empty() {
        for (doc, frequency) in blocks.docs().iter().zip(blocks.freqs()) {
            visit(*doc, count(*frequency) * weight);
        }
        blocks.advance();
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "no passage has 2^24 words")]
fn count(frequency: u32) -> f32 {
    frequency as f32
}
