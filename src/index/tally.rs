//! Adding up the scores of a word, block by block.
//!
//! Where many words are optional, most of the time goes into walking their postings. They come in
//! blocks of 128; taking these as they are is several times faster than asking for one passage after
//! the other.

use tantivy::{
    DocId, fieldnorm::FieldNormReader, postings::BlockSegmentPostings, schema::IndexRecordOption,
};

use super::{bm25::Bm25, error::IndexError, segment::Segment, table::Table, terms::Form};

/// A word, all its forms counted together, whose postings are walked once.
pub(super) struct Tally {
    forms: Vec<Walk>,
    bm25: Bm25,
    fieldnorms: FieldNormReader,
}

impl Tally {
    pub(super) fn open(segment: &Segment, forms: &[Form], bm25: Bm25) -> Result<Self, IndexError> {
        let forms = forms.iter().map(|form| Walk::open(segment, form)).collect::<Result<_, _>>()?;
        Ok(Self { forms, bm25, fieldnorms: segment.fieldnorms.clone() })
    }

    /// Adds what the passages of a table score by the word to their sums: what
    /// [`super::postings::WordScorer`] gives, up to rounding. `frequencies` is an empty table of the
    /// same passages, and is empty again afterwards.
    pub(super) fn add(&mut self, sums: &mut Table, frequencies: &mut Table) {
        let Self { forms, bm25, fieldnorms } = self;
        if let [form] = forms.as_mut_slice() {
            form.each_until(sums.end(), |doc, frequency| {
                sums.add(doc, bm25.score(fieldnorms.fieldnorm_id(doc), frequency));
            });
            return;
        }
        for form in forms {
            form.each_until(sums.end(), |doc, frequency| {
                let before = frequencies.add(doc, frequency);
                let norm = fieldnorms.fieldnorm_id(doc);
                let counted = if before > 0.0 { bm25.score(norm, before) } else { 0.0 };
                sums.add(doc, bm25.score(norm, before + frequency) - counted);
            });
        }
        frequencies.clear();
    }
}

/// The postings of a form, as far as they were walked.
struct Walk {
    blocks: BlockSegmentPostings,
    /// How many of the block were visited.
    visited: usize,
    /// What a mention counts.
    weight: f32,
}

impl Walk {
    fn open(segment: &Segment, form: &Form) -> Result<Self, IndexError> {
        let option = IndexRecordOption::WithFreqs;
        let blocks = segment.words.read_block_postings_from_terminfo(&form.info, option)?;
        Ok(Self { blocks, visited: 0, weight: form.weight })
    }

    /// Calls `visit` with each passage before the end that has the form, and how often, by what the
    /// form counts.
    #[inline]
    fn each_until(&mut self, end: DocId, mut visit: impl FnMut(DocId, f32)) {
        loop {
            let docs = &self.blocks.docs()[self.visited..];
            let Some(last) = docs.last() else { return };
            let is_whole = *last < end;
            let count = if is_whole { docs.len() } else { docs.partition_point(|it| *it < end) };
            for (doc, frequency) in docs[..count].iter().zip(&self.blocks.freqs()[self.visited..]) {
                visit(*doc, count_of(*frequency) * self.weight);
            }
            if !is_whole {
                self.visited += count;
                return;
            }
            self.blocks.advance();
            self.visited = 0;
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "no passage has 2^24 words")]
fn count_of(frequency: u32) -> f32 {
    frequency as f32
}
