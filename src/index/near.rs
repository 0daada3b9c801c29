//! The passages in which words stand near each other: phrases and NEAR.

use tantivy::{
    DocId, DocSet, Score, TERMINATED,
    fieldnorm::FieldNormReader,
    postings::{Postings, SegmentPostings},
    query::Scorer,
    schema::IndexRecordOption,
};

use super::{bm25::Bm25, error::IndexError, neighbours, segment::Segment};
use crate::find::{
    Leaf,
    stretch::{Stretch, count},
};

/// The passages in which a match of a stretch of words starts, with a BM25 score.
pub(super) struct NearScorer {
    stretch: Stretch,
    /// Each match has a word of each group.
    groups: Vec<Group>,
    /// Where the words stand in the passage that is looked at, by leaf.
    positions: Vec<Vec<u32>>,
    /// Passages from which a match runs on into the next, and how many do; the next one is at `at`.
    crossing: Vec<(DocId, u32)>,
    at: usize,
    /// The next passage that has a match of its own, and how many.
    inside: (DocId, u32),
    bm25: Bm25,
    fieldnorms: FieldNormReader,
}

/// The postings of the forms of some leaves, as one list.
struct Group {
    forms: Vec<(usize, SegmentPostings)>,
}

impl Group {
    fn doc(&self) -> DocId {
        self.forms.iter().map(|(_, postings)| postings.doc()).min().unwrap_or(TERMINATED)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        for (_, postings) in &mut self.forms {
            if postings.doc() < target {
                postings.seek(target);
            }
        }
        self.doc()
    }

    fn size(&self) -> u32 {
        self.forms.iter().map(|(_, postings)| postings.size_hint()).sum()
    }
}

impl NearScorer {
    pub(super) fn open(
        segment: &Segment,
        stretch: &Stretch,
        leaves: &[Leaf],
        bm25: Bm25,
    ) -> Result<Self, IndexError> {
        let mut groups = Vec::new();
        for needed in neighbours::needed(stretch) {
            let mut forms = Vec::new();
            for leaf in needed {
                for form in &leaves[leaf].forms {
                    let option = IndexRecordOption::WithFreqsAndPositions;
                    forms.extend(segment.postings(form, option)?.map(|it| (leaf, it)));
                }
            }
            groups.push(Group { forms });
        }
        groups.sort_by_key(Group::size);
        let mut scorer = Self {
            stretch: stretch.clone(),
            groups,
            positions: vec![Vec::new(); leaves.len()],
            crossing: neighbours::crossing(segment, stretch, leaves)?,
            at: 0,
            inside: (0, 0),
            bm25,
            fieldnorms: segment.fieldnorms.clone(),
        };
        scorer.find_inside(0);
        Ok(scorer)
    }

    /// Goes to the first passage from `target` on that has a match of its own.
    fn find_inside(&mut self, mut target: DocId) {
        loop {
            target = self.first_with_all(target);
            if target == TERMINATED {
                self.inside = (TERMINATED, 0);
                return;
            }
            self.read_positions(target);
            let matches = count(&self.stretch, &self.positions);
            if matches > 0 {
                self.inside = (target, matches);
                return;
            }
            target += 1;
        }
    }

    /// The first passage from `target` on that has a word of each group.
    fn first_with_all(&mut self, mut target: DocId) -> DocId {
        'all: loop {
            for group in &mut self.groups {
                let doc = group.seek(target);
                if doc == TERMINATED {
                    return TERMINATED;
                }
                if doc > target {
                    target = doc;
                    continue 'all;
                }
            }
            return if self.groups.is_empty() { TERMINATED } else { target };
        }
    }

    fn read_positions(&mut self, doc: DocId) {
        self.positions.iter_mut().for_each(Vec::clear);
        for group in &mut self.groups {
            let several = group.forms.len() > 1;
            for (leaf, postings) in &mut group.forms {
                if postings.doc() == doc {
                    postings.append_positions_with_offset(0, &mut self.positions[*leaf]);
                    if several {
                        self.positions[*leaf].sort_unstable();
                    }
                }
            }
        }
    }

    fn crossing_here(&self) -> DocId {
        self.crossing.get(self.at).map_or(TERMINATED, |(doc, _)| *doc)
    }
}

impl DocSet for NearScorer {
    fn advance(&mut self) -> DocId {
        let doc = self.doc();
        if doc == TERMINATED { doc } else { self.seek(doc + 1) }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        while self.crossing_here() < target {
            self.at += 1;
        }
        if self.inside.0 < target {
            self.find_inside(target);
        }
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.inside.0.min(self.crossing_here())
    }

    fn size_hint(&self) -> u32 {
        self.groups.first().map_or(0, Group::size)
    }

    fn cost(&self) -> u64 {
        // Positions are read for each candidate: rather let others narrow them down.
        self.groups.iter().map(|group| u64::from(group.size())).sum::<u64>() * 4
    }
}

impl Scorer for NearScorer {
    #[expect(clippy::cast_precision_loss, reason = "no passage has 2^24 matches")]
    fn score(&mut self) -> Score {
        let doc = self.doc();
        let inside = if self.inside.0 == doc { self.inside.1 } else { 0 };
        let crossing = match self.crossing.get(self.at) {
            Some((at, matches)) if *at == doc => *matches,
            _ => 0,
        };
        self.bm25.score(self.fieldnorms.fieldnorm_id(doc), (inside + crossing) as f32)
    }
}
