//! BM25 (Robertson and Zaragoza, "The probabilistic relevance framework", 2009), with the constants
//! that tantivy and Lucene use. tantivy's own works on one term; a word of a query is several.

use tantivy::fieldnorm::FieldNormReader;

const K1: f32 = 1.2;
const B: f32 = 0.75;

/// Numbers about all passages.
#[derive(Clone, Copy, Debug)]
pub(super) struct Statistics {
    /// How many there are.
    pub passages: u64,
    /// How many words they have on average.
    pub average_length: f32,
}

/// Scores one word of a query.
#[derive(Clone, Debug)]
pub(super) struct Bm25 {
    pub idf: f32,
    /// By fieldnorm: how much a long passage weakens each mention.
    norms: Box<[f32; 256]>,
}

impl Bm25 {
    /// The scorer of a word that stands in so many passages.
    #[expect(clippy::cast_precision_loss, reason = "a score needs no more than 24 bits")]
    pub(super) fn new(statistics: Statistics, found_in: u64) -> Self {
        let passages = statistics.passages.max(found_in) as f32;
        let found_in = found_in as f32;
        let idf = (1.0 + (passages - found_in + 0.5) / (found_in + 0.5)).ln();
        let mut norms = Box::new([0.0; 256]);
        for (id, norm) in (0_u8..=255).zip(norms.iter_mut()) {
            let length = FieldNormReader::id_to_fieldnorm(id) as f32;
            *norm = K1 * (1.0 - B + B * length / statistics.average_length.max(1.0));
        }
        Self { idf, norms }
    }

    /// The score of a passage that has the word so many times; forms of it may count less than 1.
    pub(super) fn score(&self, fieldnorm: u8, frequency: f32) -> f32 {
        let norm = self.norms[usize::from(fieldnorm)];
        self.idf * (1.0 + K1) * frequency / (frequency + norm)
    }
}
