//! Adding up scores word by word, block by block.
//!
//! Where many words are optional, most of the time goes into walking their postings. They come in
//! blocks of 128; taking these as they are is several times faster than asking for one passage after
//! the other.

use tantivy::schema::IndexRecordOption;

use super::{any::Sums, bm25::Bm25, error::IndexError, segment::Segment, terms::Form};

/// Adds what every passage scores by the forms of a word to its sum. A passage with several forms
/// of the word gains by each of them, a little more than if they were counted together: good enough
/// to choose by.
pub(super) fn add(
    segment: &Segment,
    forms: &[Form],
    bm25: &Bm25,
    sums: &mut Sums,
) -> Result<(), IndexError> {
    for Form { info, weight, .. } in forms {
        let option = IndexRecordOption::WithFreqs;
        let mut blocks = segment.words.read_block_postings_from_terminfo(info, option)?;
        while !blocks.docs().is_empty() {
            for (doc, frequency) in blocks.docs().iter().zip(blocks.freqs()) {
                let norm = segment.fieldnorms.fieldnorm_id(*doc);
                sums.add(*doc, bm25.score(norm, count(*frequency) * weight));
            }
            blocks.advance();
        }
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "no passage has 2^24 words")]
fn count(frequency: u32) -> f32 {
    frequency as f32
}
