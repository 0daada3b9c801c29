//! The passages in which words stand near each other: phrases and NEAR.

use tantivy::{
    DocId, DocSet, Score, TERMINATED,
    fieldnorm::FieldNormReader,
    postings::{Postings, SegmentPostings},
    query::Scorer,
    schema::IndexRecordOption,
};

use super::{
    bm25::Bm25,
    chosen::Chosen,
    error::IndexError,
    neighbours,
    segment::Segment,
    terms::{Form, Weights},
};
use crate::find::stretch::{self, Stretch};

/// From this many forms on, all passages are decided at once: see [`super::chosen`].
const MANY_FORMS: usize = 16;

/// The passages in which a match of a stretch of words starts, with a BM25 score.
pub(super) struct NearScorer {
    inside: Inside,
    /// Passages from which a match runs on into the next, and how many do; the next one is at `at`.
    crossing: Vec<(DocId, u32)>,
    at: usize,
    bm25: Bm25,
    fieldnorms: FieldNormReader,
}

/// The passages that have matches of their own, and how many.
enum Inside {
    /// Found while they are asked for.
    Walked(Box<Walk>),
    /// Found beforehand; the next one is at `at`.
    Found { found: Vec<(DocId, u32)>, at: usize },
}

/// A walk through the postings of few words, side by side.
struct Walk {
    rule: Rule,
    /// Each match has a word of each group. The rarest is first.
    groups: Vec<Group>,
    /// The next passage that has a match, and how many.
    next: (DocId, u32),
}

/// How the words of a passage must stand.
enum Rule {
    /// One behind the other: the common case, decided without going
    /// through [`stretch::count`], which gives the same.
    Phrase { ends: Vec<u32>, next: Vec<u32> },
    /// In any other way. Holds where the words stand, by leaf.
    Stretch { stretch: Stretch, positions: Vec<Vec<u32>> },
}

/// The postings of the forms of some leaves, as one list.
struct Group {
    forms: Vec<(usize, SegmentPostings)>,
    /// How many words of a phrase come behind this one.
    behind: u32,
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

    /// The positions at which a phrase would end that has this word here, in order.
    fn ends(&mut self, doc: DocId, ends: &mut Vec<u32>) {
        ends.clear();
        for (_, postings) in &mut self.forms {
            if postings.doc() == doc {
                postings.append_positions_with_offset(self.behind, ends);
            }
        }
        if self.forms.len() > 1 {
            ends.sort_unstable();
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
        weights: Weights<'_>,
        bm25: Bm25,
    ) -> Result<Self, IndexError> {
        let groups = neighbours::needed(stretch);
        let forms = groups.iter().flatten().map(|leaf| weights.forms[*leaf].len());
        let inside = if forms.sum::<usize>() < MANY_FORMS {
            Inside::Walked(Box::new(Walk::open(segment, stretch, &groups, weights)?))
        } else {
            Inside::Found { found: found(segment, stretch, &groups, weights)?, at: 0 }
        };
        let crossing = neighbours::crossing(segment, stretch, weights)?;
        let fieldnorms = segment.fieldnorms.clone();
        Ok(Self { inside, crossing, at: 0, bm25, fieldnorms })
    }

    fn crossing_here(&self) -> (DocId, u32) {
        self.crossing.get(self.at).copied().unwrap_or((TERMINATED, 0))
    }
}

/// All passages that have matches of their own, and how many.
fn found(
    segment: &Segment,
    stretch: &Stretch,
    groups: &[Vec<usize>],
    weights: Weights<'_>,
) -> Result<Vec<(DocId, u32)>, IndexError> {
    let chosen = Chosen::with_all(segment, groups, weights)?;
    let positions = neighbours::positions(&chosen, stretch, weights)?;
    let mut here: Vec<&[u32]> = vec![&[]; weights.leaves.len()];
    let mut found = Vec::new();
    for (place, doc) in chosen.docs().iter().enumerate() {
        for (leaf, positions) in &positions {
            here[*leaf] = positions.of(place);
        }
        let count = stretch::count(stretch, &here);
        if count > 0 {
            found.push((*doc, u32::try_from(count).unwrap_or(u32::MAX)));
        }
    }
    Ok(found)
}

impl Inside {
    fn here(&self) -> (DocId, u32) {
        match self {
            Self::Walked(walk) => walk.next,
            Self::Found { found, at } => found.get(*at).copied().unwrap_or((TERMINATED, 0)),
        }
    }

    fn seek(&mut self, target: DocId) {
        match self {
            Self::Walked(walk) => walk.find(target),
            Self::Found { found, at } => {
                *at += found[*at..].partition_point(|(doc, _)| *doc < target);
            }
        }
    }

    fn size(&self) -> u32 {
        match self {
            Self::Walked(walk) => walk.groups.first().map_or(0, Group::size),
            Self::Found { found, .. } => u32::try_from(found.len()).unwrap_or(u32::MAX),
        }
    }

    /// What it costs to go through all of it.
    fn cost(&self) -> u64 {
        match self {
            // Positions are read for each candidate: rather let others narrow them down.
            Self::Walked(walk) => {
                walk.groups.iter().map(|it| u64::from(it.size())).sum::<u64>() * 4
            }
            Self::Found { found, .. } => found.len() as u64,
        }
    }
}

impl Walk {
    fn open(
        segment: &Segment,
        stretch: &Stretch,
        groups: &[Vec<usize>],
        weights: Weights<'_>,
    ) -> Result<Self, IndexError> {
        let option = IndexRecordOption::WithFreqsAndPositions;
        let open = |leaf: usize, form: &Form| Ok((leaf, segment.read(form, option)?));
        let group = |(behind, leaves): (u32, &Vec<usize>)| -> Result<Group, IndexError> {
            let forms = leaves
                .iter()
                .flat_map(|leaf| weights.forms[*leaf].iter().map(move |form| open(*leaf, form)));
            Ok(Group { forms: forms.collect::<Result<_, IndexError>>()?, behind })
        };
        let last_first = (0..).zip(groups.iter().rev());
        let mut groups: Vec<Group> = last_first.map(group).collect::<Result<_, IndexError>>()?;
        groups.sort_by_key(Group::size);
        let rule = match stretch.phrase() {
            Some(_) => Rule::Phrase { ends: Vec::new(), next: Vec::new() },
            None => Rule::Stretch {
                stretch: stretch.clone(),
                positions: vec![Vec::new(); weights.leaves.len()],
            },
        };
        let mut walk = Self { rule, groups, next: (0, 0) };
        walk.find(0);
        Ok(walk)
    }

    /// Goes to the first passage from `target` on that has a match.
    fn find(&mut self, mut target: DocId) {
        loop {
            target = self.first_with_all(target);
            if target == TERMINATED {
                self.next = (TERMINATED, 0);
                return;
            }
            let matches = self.matches(target);
            if matches > 0 {
                self.next = (target, matches);
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
            Rule::Phrase { ends, next } => {
                let Some((rarest, others)) = self.groups.split_first_mut() else { return 0 };
                rarest.ends(doc, ends);
                for group in others {
                    if ends.is_empty() {
                        break;
                    }
                    group.ends(doc, next);
                    intersect(ends, next);
                }
                ends.len()
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
                stretch::count(stretch, positions)
            }
        };
        u32::try_from(count).unwrap_or(u32::MAX)
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
        while self.crossing_here().0 < target {
            self.at += 1;
        }
        if self.inside.here().0 < target {
            self.inside.seek(target);
        }
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.inside.here().0.min(self.crossing_here().0)
    }

    fn size_hint(&self) -> u32 {
        self.inside.size()
    }

    fn cost(&self) -> u64 {
        self.inside.cost()
    }
}

impl Scorer for NearScorer {
    #[expect(clippy::cast_precision_loss, reason = "no passage has 2^24 matches")]
    fn score(&mut self) -> Score {
        let doc = self.doc();
        let here = [self.inside.here(), self.crossing_here()];
        let matches = here.into_iter().filter(|(at, _)| *at == doc).map(|(_, count)| count);
        self.bm25.score(self.fieldnorms.fieldnorm_id(doc), matches.sum::<u32>() as f32)
    }
}
