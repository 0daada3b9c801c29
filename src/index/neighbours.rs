//! Words that stand near each other, over the border between two passages.
//!
//! Such a match starts in one passage and ends in one that follows in the same document. Where to
//! look is found cheaply: a phrase needs a passage that ends in one of its words and a next one that
//! begins with the word after it, which the marked terms of [`super::tokenizer`] tell; other
//! nearness is looked for round the passages of its rarest word. Whether the words do stand there is
//! decided on positions, by the rules of [`crate::find::stretch`].

use std::collections::{BTreeSet, HashMap};

use tantivy::{
    DocId, DocSet, TERMINATED,
    postings::{Postings, SegmentPostings},
    schema::IndexRecordOption,
};

use super::{
    error::IndexError,
    segment::Segment,
    tokenizer::{FIRST, LAST},
};
use crate::find::{
    Leaf,
    stretch::{Stretch, spans},
};

/// The passages from which a match runs on into the next, and how many do, in order.
pub(super) fn crossing(
    segment: &Segment,
    stretch: &Stretch,
    leaves: &[Leaf],
) -> Result<Vec<(DocId, u32)>, IndexError> {
    let reach = stretch.widest().saturating_sub(1);
    if reach == 0 {
        return Ok(Vec::new());
    }
    let starts = match stretch.phrase() {
        Some(phrase) => phrase_starts(segment, &phrase, leaves)?,
        None => near_starts(segment, stretch, leaves, reach)?,
    };
    if starts.is_empty() {
        return Ok(Vec::new());
    }
    let mut positions = Positions::open(segment, stretch, leaves)?;
    let mut found = Vec::new();
    for start in starts {
        let Some(own) = segment.length(start)? else { continue };
        positions.forget_below(start);
        let mut window = vec![Vec::new(); leaves.len()];
        let mut offset = 0;
        let mut doc = start;
        while let Some(length) = segment.length(doc)? {
            positions.add(doc, offset, &mut window);
            offset += length;
            doc += 1;
            if offset >= own + reach {
                break;
            }
        }
        let crosses = |span: &&crate::find::WordSpan| span.first < own && span.last >= own;
        let count = spans(stretch, &window).iter().filter(crosses).count();
        if count > 0 {
            found.push((start, u32::try_from(count).unwrap_or(u32::MAX)));
        }
    }
    Ok(found)
}

/// Passages that end in a word of the phrase, before one that begins with the next word.
fn phrase_starts(
    segment: &Segment,
    phrase: &[usize],
    leaves: &[Leaf],
) -> Result<BTreeSet<DocId>, IndexError> {
    let mut starts = BTreeSet::new();
    for pair in phrase.windows(2) {
        let ends = marked(segment, LAST, &leaves[pair[0]])?;
        if ends.is_empty() {
            continue;
        }
        let begins = marked(segment, FIRST, &leaves[pair[1]])?;
        for end in ends {
            let next = next_with_words(segment, end)?;
            if begins.binary_search(&next).is_ok() {
                starts.insert(end);
            }
        }
    }
    Ok(starts)
}

/// The next number that is not that of a passage without words, such as `***`.
fn next_with_words(segment: &Segment, doc: DocId) -> Result<DocId, IndexError> {
    let mut next = doc + 1;
    while segment.length(next)? == Some(0) {
        next += 1;
    }
    Ok(next)
}

/// The passages whose first or last word is this one, sorted.
fn marked(segment: &Segment, mark: char, leaf: &Leaf) -> Result<Vec<DocId>, IndexError> {
    let mut docs = Vec::new();
    for form in &leaf.forms {
        let term = format!("{mark}{form}");
        if let Some(mut postings) = segment.postings(&term, IndexRecordOption::Basic)? {
            while postings.doc() != TERMINATED {
                docs.push(postings.doc());
                postings.advance();
            }
        }
    }
    docs.sort_unstable();
    Ok(docs)
}

/// Passages from which the rarest word that must be there can be reached.
fn near_starts(
    segment: &Segment,
    stretch: &Stretch,
    leaves: &[Leaf],
    reach: u32,
) -> Result<BTreeSet<DocId>, IndexError> {
    let mut rarest: Option<Vec<DocId>> = None;
    for needed in needed(stretch) {
        let mut docs = Vec::new();
        for form in needed.iter().flat_map(|leaf| &leaves[*leaf].forms) {
            if let Some(mut postings) = segment.postings(form, IndexRecordOption::Basic)? {
                while postings.doc() != TERMINATED {
                    docs.push(postings.doc());
                    postings.advance();
                }
            }
        }
        if rarest.as_ref().is_none_or(|rarest| docs.len() < rarest.len()) {
            rarest = Some(docs);
        }
    }
    let mut starts = BTreeSet::new();
    for doc in rarest.unwrap_or_default() {
        starts.insert(doc);
        // Back over the passages between, as long as the match can span them.
        let mut between = 0;
        let mut start = doc;
        while start > 0 && between < reach && segment.length(start - 1)?.is_some() {
            start -= 1;
            starts.insert(start);
            between += segment.length(start)?.unwrap_or(0);
        }
    }
    Ok(starts)
}

/// Groups of leaves, one word of each of which every match has.
pub(super) fn needed(stretch: &Stretch) -> Vec<Vec<usize>> {
    match stretch {
        Stretch::Word(leaf) => vec![vec![*leaf]],
        Stretch::Near { operands, .. } => operands.iter().flat_map(needed).collect(),
        Stretch::Any(_) => {
            let mut any = Vec::new();
            stretch.each_leaf(&mut |leaf| any.push(leaf));
            vec![any]
        }
    }
}

/// The positions of the leaves of a stretch, read once for each passage in ascending order.
struct Positions {
    postings: Vec<(usize, SegmentPostings)>,
    read: HashMap<DocId, Vec<(usize, Vec<u32>)>>,
    next: DocId,
}

impl Positions {
    fn open(segment: &Segment, stretch: &Stretch, leaves: &[Leaf]) -> Result<Self, IndexError> {
        let mut numbers = BTreeSet::new();
        stretch.each_leaf(&mut |leaf| {
            numbers.insert(leaf);
        });
        let mut postings = Vec::new();
        for number in numbers {
            for form in &leaves[number].forms {
                let option = IndexRecordOption::WithFreqsAndPositions;
                postings.extend(segment.postings(form, option)?.map(|it| (number, it)));
            }
        }
        Ok(Self { postings, read: HashMap::new(), next: 0 })
    }

    /// Drops what was read of passages that no later match can start in.
    fn forget_below(&mut self, doc: DocId) {
        self.read.retain(|read, _| *read >= doc);
    }

    /// Adds the positions in a passage, moved by an offset, to the window.
    fn add(&mut self, doc: DocId, offset: u32, window: &mut [Vec<u32>]) {
        if doc >= self.next {
            let mut here: Vec<(usize, Vec<u32>)> = Vec::new();
            for (leaf, postings) in &mut self.postings {
                if postings.doc() < doc {
                    postings.seek(doc);
                }
                if postings.doc() == doc {
                    let mut positions = Vec::new();
                    postings.positions(&mut positions);
                    here.push((*leaf, positions));
                }
            }
            self.read.insert(doc, here);
            self.next = doc + 1;
        }
        for (leaf, positions) in self.read.get(&doc).into_iter().flatten() {
            window[*leaf].extend(positions.iter().map(|at| at + offset));
        }
        for list in window.iter_mut() {
            list.sort_unstable();
        }
    }
}
