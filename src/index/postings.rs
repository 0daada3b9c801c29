//! The passages of one word of a query: the postings of all its forms as one list.

use tantivy::{
    COLLECT_BLOCK_BUFFER_LEN, DocId, DocSet, Score, TERMINATED,
    fieldnorm::FieldNormReader,
    postings::{Postings, SegmentPostings},
    query::Scorer,
    schema::IndexRecordOption,
};

use super::{bm25::Bm25, error::IndexError, segment::Segment, terms::Form};
use crate::{find::Leaf, query::pattern::Pattern};

/// What another form of a word counts, against the word itself.
pub(super) const OTHER_FORM: f32 = 0.7;
/// From this many forms on they are put together beforehand, instead of side by side.
const MANY_FORMS: usize = 12;

/// The passages that have a word in any of its forms, with a BM25 score.
pub(super) struct WordScorer {
    docs: WordDocs,
    bm25: Bm25,
    fieldnorms: FieldNormReader,
}

enum WordDocs {
    One(Box<SegmentPostings>, f32),
    Few { doc: DocId, forms: Vec<(SegmentPostings, f32)> },
    Many { at: usize, list: Vec<(DocId, f32)> },
}

/// What a form of a leaf counts.
pub(super) fn weight(leaf: &Leaf, form: &str) -> f32 {
    match &leaf.term.pattern {
        pattern if pattern.word().is_none_or(|word| word == form) => 1.0,
        // Of words that sound alike, those that are spelled alike are the likelier ones.
        Pattern::Sound(sound) => OTHER_FORM * sound.nearness(form),
        _ => OTHER_FORM,
    }
}

impl WordScorer {
    pub(super) fn open(segment: &Segment, forms: &[Form], bm25: Bm25) -> Result<Self, IndexError> {
        let open = |form: &Form| -> Result<(SegmentPostings, f32), IndexError> {
            Ok((segment.read(form, IndexRecordOption::WithFreqs)?, form.weight))
        };
        let mut forms: Vec<_> = forms.iter().map(open).collect::<Result<_, _>>()?;
        let docs = match forms.len() {
            1 => match forms.pop() {
                Some((postings, weight)) => WordDocs::One(Box::new(postings), weight),
                None => WordDocs::Many { at: 0, list: Vec::new() },
            },
            count if count < MANY_FORMS => {
                let doc = lowest(&forms);
                WordDocs::Few { doc, forms }
            }
            _ => WordDocs::Many { at: 0, list: together(forms, segment.reader.max_doc()) },
        };
        Ok(Self { docs, bm25, fieldnorms: segment.fieldnorms.clone() })
    }
}

fn lowest(forms: &[(SegmentPostings, f32)]) -> DocId {
    forms.iter().map(|(postings, _)| postings.doc()).min().unwrap_or(TERMINATED)
}

/// Adds the frequencies of many postings lists up, passage by passage.
fn together(forms: Vec<(SegmentPostings, f32)>, max_doc: DocId) -> Vec<(DocId, f32)> {
    let mut sums = vec![0.0_f32; max_doc as usize];
    for (mut postings, weight) in forms {
        while postings.doc() != TERMINATED {
            sums[postings.doc() as usize] += frequency(&postings) * weight;
            postings.advance();
        }
    }
    (0..max_doc).zip(sums).filter(|(_, sum)| *sum > 0.0).collect()
}

#[expect(clippy::cast_precision_loss, reason = "no passage has 2^24 words")]
fn frequency(postings: &SegmentPostings) -> f32 {
    postings.term_freq() as f32
}

impl DocSet for WordScorer {
    fn advance(&mut self) -> DocId {
        match &mut self.docs {
            WordDocs::One(postings, _) => postings.advance(),
            WordDocs::Few { doc, forms } => {
                for (postings, _) in forms.iter_mut() {
                    if postings.doc() == *doc {
                        postings.advance();
                    }
                }
                *doc = lowest(forms);
                *doc
            }
            WordDocs::Many { at, list } => {
                *at += 1;
                list.get(*at).map_or(TERMINATED, |(doc, _)| *doc)
            }
        }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        match &mut self.docs {
            WordDocs::One(postings, _) => postings.seek(target),
            WordDocs::Few { doc, forms } => {
                for (postings, _) in forms.iter_mut() {
                    if postings.doc() < target {
                        postings.seek(target);
                    }
                }
                *doc = lowest(forms);
                *doc
            }
            WordDocs::Many { at, list } => {
                *at += list[(*at).min(list.len())..].partition_point(|(doc, _)| *doc < target);
                list.get(*at).map_or(TERMINATED, |(doc, _)| *doc)
            }
        }
    }

    fn fill_buffer(&mut self, buffer: &mut [DocId; COLLECT_BLOCK_BUFFER_LEN]) -> usize {
        if let WordDocs::One(postings, _) = &mut self.docs {
            return postings.fill_buffer(buffer);
        }
        for (at, slot) in buffer.iter_mut().enumerate() {
            *slot = self.doc();
            if *slot == TERMINATED {
                return at;
            }
            self.advance();
        }
        buffer.len()
    }

    fn doc(&self) -> DocId {
        match &self.docs {
            WordDocs::One(postings, _) => postings.doc(),
            WordDocs::Few { doc, .. } => *doc,
            WordDocs::Many { at, list } => list.get(*at).map_or(TERMINATED, |(doc, _)| *doc),
        }
    }

    fn size_hint(&self) -> u32 {
        match &self.docs {
            WordDocs::One(postings, _) => postings.size_hint(),
            WordDocs::Few { forms, .. } => forms.iter().map(|(it, _)| it.size_hint()).sum(),
            WordDocs::Many { list, .. } => u32::try_from(list.len()).unwrap_or(u32::MAX),
        }
    }
}

impl Scorer for WordScorer {
    fn score(&mut self) -> Score {
        let doc = self.doc();
        let frequency = match &self.docs {
            WordDocs::One(postings, weight) => frequency(postings) * weight,
            WordDocs::Few { forms, .. } => {
                let here = forms.iter().filter(|(postings, _)| postings.doc() == doc);
                here.map(|(postings, weight)| frequency(postings) * weight).sum()
            }
            WordDocs::Many { at, list } => list.get(*at).map_or(0.0, |(_, sum)| *sum),
        };
        self.bm25.score(self.fieldnorms.fieldnorm_id(doc), frequency)
    }
}
