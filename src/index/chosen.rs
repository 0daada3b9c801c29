//! Some passages of a segment, chosen beforehand, and what the postings of many words have of them.
//!
//! A pattern such as `s*` stands for thousands of words. To walk through all their postings side by
//! side, passage by passage, would ask each of them about each passage. Here each list is gone
//! through once, for all the passages that matter.

use tantivy::{
    DocId, DocSet, TERMINATED,
    postings::{Postings, SegmentPostings},
    schema::IndexRecordOption,
};

use super::{
    error::IndexError,
    segment::Segment,
    terms::{Form, Weights},
};

/// A list that is so many times longer than the passages are many is skipped through.
const SKIPPED: usize = 8;
/// From this many passages on, a table tells their places.
const TABLED: usize = 1024;
/// The place of a passage that is not chosen.
const NOWHERE: u32 = u32::MAX;

/// Some passages of a segment.
pub(super) struct Chosen<'s> {
    segment: &'s Segment,
    docs: Vec<DocId>,
    /// For each passage of the segment, its place among the chosen ones. Empty when they are few.
    places: Vec<u32>,
}

impl<'s> Chosen<'s> {
    /// Chooses passages, which are in order.
    pub(super) fn new(segment: &'s Segment, docs: Vec<DocId>) -> Self {
        if docs.len() < TABLED {
            return Self { segment, docs, places: Vec::new() };
        }
        let mut places = vec![NOWHERE; segment.reader.max_doc() as usize];
        for (place, doc) in (0..).zip(&docs) {
            places[*doc as usize] = place;
        }
        Self { segment, docs, places }
    }

    /// The chosen passages that have a form of each group of leaves.
    pub(super) fn with_all(
        segment: &'s Segment,
        groups: &[Vec<usize>],
        weights: Weights<'_>,
    ) -> Result<Self, IndexError> {
        let mut groups: Vec<&Vec<usize>> = groups.iter().collect();
        groups.sort_by_key(|group| size(group, weights));
        let Some((rarest, others)) = groups.split_first() else {
            return Ok(Self::new(segment, Vec::new()));
        };
        let mut chosen = Self::new(segment, with_any(segment, rarest, weights)?);
        for group in others {
            let has = chosen.has_any(group, weights)?;
            let kept = chosen.docs.iter().zip(has).filter(|(_, has)| *has);
            chosen = Self::new(segment, kept.map(|(doc, _)| *doc).collect());
        }
        Ok(chosen)
    }

    pub(super) fn docs(&self) -> &[DocId] {
        &self.docs
    }

    /// For each chosen passage, whether it has a form of one of some leaves.
    pub(super) fn has_any(
        &self,
        group: &[usize],
        weights: Weights<'_>,
    ) -> Result<Vec<bool>, IndexError> {
        let mut has = vec![false; self.docs.len()];
        for form in group.iter().flat_map(|leaf| &weights.forms[*leaf]) {
            let postings = self.segment.read(form, IndexRecordOption::Basic)?;
            self.each(postings, |place, _| has[place] = true);
        }
        Ok(has)
    }

    /// Where the forms of a leaf stand in the chosen passages.
    pub(super) fn positions(&self, forms: &[Form]) -> Result<Positions, IndexError> {
        let mut found: Vec<(u32, u32)> = Vec::new();
        let mut counts = vec![0_u32; self.docs.len() + 1];
        let mut here = Vec::new();
        for form in forms {
            let option = IndexRecordOption::WithFreqsAndPositions;
            self.each(self.segment.read(form, option)?, |place, postings| {
                postings.positions(&mut here);
                counts[place] += u32::try_from(here.len()).unwrap_or(0);
                let place = u32::try_from(place).unwrap_or(NOWHERE);
                found.extend(here.iter().map(|at| (place, *at)));
            });
        }
        // Counting sort: the lists come form by form, and are wanted passage by passage.
        let mut end = 0;
        for count in &mut counts {
            let start = end;
            end += *count;
            *count = start;
        }
        let starts = counts.clone();
        let mut positions = vec![0; found.len()];
        for (place, at) in found {
            let next = &mut counts[place as usize];
            positions[*next as usize] = at;
            *next += 1;
        }
        let mut sorted = Positions { starts, positions };
        if forms.len() > 1 {
            for place in 0..self.docs.len() {
                let range = sorted.range(place);
                sorted.positions[range].sort_unstable();
            }
        }
        Ok(sorted)
    }

    /// Calls `visit` with the place of each chosen passage that a list has, in order.
    pub(super) fn each(
        &self,
        mut postings: SegmentPostings,
        mut visit: impl FnMut(usize, &mut SegmentPostings),
    ) {
        if self.docs.len().saturating_mul(SKIPPED) < postings.size_hint() as usize {
            let mut place = 0;
            while let Some(wanted) = self.docs.get(place) {
                let doc =
                    if postings.doc() < *wanted { postings.seek(*wanted) } else { postings.doc() };
                if doc == *wanted {
                    visit(place, &mut postings);
                    place += 1;
                } else {
                    place += self.docs[place..].partition_point(|wanted| *wanted < doc);
                }
            }
            return;
        }
        while postings.doc() != TERMINATED {
            if let Some(place) = self.place(postings.doc()) {
                visit(place, &mut postings);
            }
            postings.advance();
        }
    }

    /// The place of a passage among the chosen ones.
    pub(super) fn place(&self, doc: DocId) -> Option<usize> {
        if self.places.is_empty() {
            return self.docs.binary_search(&doc).ok();
        }
        let place = self.places[doc as usize];
        (place != NOWHERE).then_some(place as usize)
    }
}

/// Where a word stands in some passages.
pub(super) struct Positions {
    /// Where the positions in each passage start; one more at the end.
    starts: Vec<u32>,
    positions: Vec<u32>,
}

impl Positions {
    /// The positions in a passage, by its place among the chosen ones, in order.
    pub(super) fn of(&self, place: usize) -> &[u32] {
        &self.positions[self.range(place)]
    }

    fn range(&self, place: usize) -> std::ops::Range<usize> {
        self.starts[place] as usize..self.starts[place + 1] as usize
    }
}

/// How many postings the forms of some leaves have together.
pub(super) fn size(group: &[usize], weights: Weights<'_>) -> u64 {
    let forms = group.iter().flat_map(|leaf| &weights.forms[*leaf]);
    forms.map(|form| u64::from(form.info.doc_freq)).sum()
}

/// The passages that have a form of one of some leaves, in order.
pub(super) fn with_any(
    segment: &Segment,
    group: &[usize],
    weights: Weights<'_>,
) -> Result<Vec<DocId>, IndexError> {
    let mut docs = Vec::new();
    for form in group.iter().flat_map(|leaf| &weights.forms[*leaf]) {
        let mut postings = segment.read(form, IndexRecordOption::Basic)?;
        while postings.doc() != TERMINATED {
            docs.push(postings.doc());
            postings.advance();
        }
    }
    docs.sort_unstable();
    docs.dedup();
    Ok(docs)
}
