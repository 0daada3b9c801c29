//! Adding up scores word by word, block by block.
//!
//! Where many words are optional, most of the time goes into walking their postings. They come in
//! blocks of 128; taking these as they are is several times faster than asking for one passage after
//! the other.

use tantivy::{postings::BlockSegmentPostings, schema::IndexRecordOption};

use super::{any::Sums, bm25::Bm25, error::IndexError, postings, segment::Segment};
use crate::find::Leaf;

/// The postings of all forms of a word, each with what the form counts.
pub(super) struct Forms {
    forms: Vec<(BlockSegmentPostings, f32)>,
    /// How many postings there are.
    pub(super) size: u64,
}

impl Forms {
    pub(super) fn open(segment: &Segment, leaf: &Leaf) -> Result<Self, IndexError> {
        let mut forms = Vec::with_capacity(leaf.forms.len());
        let mut size = 0;
        for form in &leaf.forms {
            let Some(info) = segment.words.terms().get(form.as_bytes())? else { continue };
            let option = IndexRecordOption::WithFreqs;
            let blocks = segment.words.read_block_postings_from_terminfo(&info, option)?;
            size += u64::from(info.doc_freq);
            forms.push((blocks, postings::weight(leaf, form)));
        }
        Ok(Self { forms, size })
    }

    /// Adds what every passage scores to its sum. A passage with several forms of the word gains by
    /// each of them, a little more than if they were counted together: good enough to choose by.
    pub(super) fn add_to(mut self, segment: &Segment, bm25: &Bm25, sums: &mut Sums) {
        for (blocks, weight) in &mut self.forms {
            while !blocks.docs().is_empty() {
                for (doc, frequency) in blocks.docs().iter().zip(blocks.freqs()) {
                    let norm = segment.fieldnorms.fieldnorm_id(*doc);
                    sums.add(*doc, bm25.score(norm, count(*frequency) * *weight));
                }
                blocks.advance();
            }
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "no passage has 2^24 words")]
fn count(frequency: u32) -> f32 {
    frequency as f32
}
