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
    stretch::{Stretch, spans},
};

/// The passages in which a match of a stretch of words starts, with a BM25 score.
pub(super) struct NearScorer {
    rule: Rule,
    /// Each match has a word of each group. The rarest is first.
    groups: Vec<Group>,
    /// Passages from which a match runs on into the next, and how many do; the next one is at `at`.
    crossing: Vec<(DocId, u32)>,
    at: usize,
    /// The next passage that has a match of its own, and how many.
    inside: (DocId, u32),
    bm25: Bm25,
    fieldnorms: FieldNormReader,
}

/// How the words of a passage must stand.
enum Rule {
    /// One behind the other, each group at its offset: the common case, decided without going
    /// through [`spans`], which gives the same.
    Phrase { starts: Vec<u32>, next: Vec<u32> },
    /// In any other way. Holds where the words stand, by leaf.
    Stretch { stretch: Stretch, positions: Vec<Vec<u32>> },
}

/// The postings of the forms of some leaves, as one list.
struct Group {
    forms: Vec<(usize, SegmentPostings)>,
    /// Where a phrase has this word, counted from its first.
    offset: u32,
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

    /// The positions at which a phrase would start that has this word here, in order.
    fn starts(&mut self, doc: DocId, starts: &mut Vec<u32>) {
        starts.clear();
        for (_, postings) in &mut self.forms {
            if postings.doc() == doc {
                postings.append_positions_with_offset(0, starts);
            }
        }
        if self.forms.len() > 1 {
            starts.sort_unstable();
        }
        if self.offset > 0 {
            let offset = self.offset;
            starts.retain_mut(|at| {
                *at = at.wrapping_sub(offset);
                *at < u32::MAX - offset
            });
        }
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
        for (offset, needed) in (0..).zip(neighbours::needed(stretch)) {
            let mut forms = Vec::new();
            for leaf in needed {
                for form in &leaves[leaf].forms {
                    let option = IndexRecordOption::WithFreqsAndPositions;
                    forms.extend(segment.postings(form, option)?.map(|it| (leaf, it)));
                }
            }
            groups.push(Group { forms, offset });
        }
        groups.sort_by_key(Group::size);
        let rule = match stretch.phrase() {
            Some(_) => Rule::Phrase { starts: Vec::new(), next: Vec::new() },
            None => Rule::Stretch {
                stretch: stretch.clone(),
                positions: vec![Vec::new(); leaves.len()],
            },
        };
        let mut scorer = Self {
            rule,
            groups,
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
            let matches = self.matches(target);
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

    /// How many matches a passage has that has a word of each group.
    fn matches(&mut self, doc: DocId) -> u32 {
        let count = match &mut self.rule {
            Rule::Phrase { starts, next } => {
                let Some((rarest, others)) = self.groups.split_first_mut() else { return 0 };
                rarest.starts(doc, starts);
                for group in others {
                    if starts.is_empty() {
                        break;
                    }
                    group.starts(doc, next);
                    intersect(starts, next);
                }
                starts.len()
            }
            Rule::Stretch { stretch, positions } => {
                positions.iter_mut().for_each(Vec::clear);
                for (leaf, postings) in self.groups.iter_mut().flat_map(|it| &mut it.forms) {
                    if postings.doc() == doc {
                        postings.append_positions_with_offset(0, &mut positions[*leaf]);
                    }
                }
                for list in positions.iter_mut() {
                    list.sort_unstable();
                }
                spans(stretch, positions).len()
            }
        };
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    fn crossing_here(&self) -> DocId {
        self.crossing.get(self.at).map_or(TERMINATED, |(doc, _)| *doc)
    }
}

/// Keeps what is in both lists; both are sorted.
fn intersect(kept: &mut Vec<u32>, other: &[u32]) {
    let mut at = 0;
    kept.retain(|position| {
        while other.get(at).is_some_and(|it| it < position) {
            at += 1;
        }
        other.get(at) == Some(position)
    });
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
