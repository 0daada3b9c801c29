//! Where a text stands word for word.
//!
//! A phrase of the query language finds and counts every passage that has it, and asks each border
//! between two passages whether it runs over it. Who looks for the source of a quotation wants a few
//! passages that surely have its words in a row, and reads them anyway. So the rarest word tells
//! where to look, and the next rarest whether they stand at the right distance from it, in the same
//! passage or in a neighbour: a border is nothing special.

use std::{collections::HashMap, ops::Range};

use tantivy::{
    DocId, DocSet, TERMINATED,
    postings::{Postings, TermInfo},
    schema::IndexRecordOption,
};

use super::{
    error::IndexError,
    open::{Index, PassageId},
    segment::Segment,
    top::Scored,
};
use crate::words::Words;

/// After so many of its rarest words a stretch is as good as found, when few passages are left.
const CERTAIN: usize = 6;

/// How many words the runs have that are looked up of a text.
const RUN: usize = 4;
/// How many postings of rarest words are read, at most: a common one costs more than a run with it
/// tells.
const POSTINGS: u64 = 30_000;
/// No script without spaces has characters before this one.
const UNSPACED: char = '\u{E00}';

/// The words of a text, looked up in an index.
pub struct Verbatim<'i> {
    index: &'i Index,
    /// By segment, then by word: its postings there.
    terms: Vec<Vec<Option<TermInfo>>>,
    /// By word: how many passages have it; `None` for one that is not compared.
    found_in: Vec<Option<u64>>,
    /// The document to which the search is narrowed down: a segment, and numbers in it.
    within: Option<(usize, Range<DocId>)>,
}

/// Which runs of a text are looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runs {
    /// So many that are somewhere, those with the rarest words first, as long as that is cheap.
    Rarest(usize),
    /// All, one after the other, but so many at most.
    All(usize),
}

/// Where a stretch of words starts: a passage, and a word of it from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Start {
    doc: DocId,
    position: u32,
}

impl Index {
    /// Looks the very words of a text up.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn verbatim(&self, words: &Words) -> Result<Verbatim<'_>, IndexError> {
        let mut terms = Vec::with_capacity(self.segments.len());
        let mut found_in: Vec<_> =
            words.iter().map(|word| (!is_end_of_run(word)).then_some(0)).collect();
        for segment in &self.segments {
            let dictionary = segment.words.terms();
            let mut infos = Vec::with_capacity(words.len());
            for (word, found_in) in words.iter().zip(&mut found_in) {
                let info = dictionary.get(word.as_bytes())?;
                if let (Some(found_in), Some(info)) = (found_in, &info) {
                    *found_in += u64::from(info.doc_freq);
                }
                infos.push(info);
            }
            terms.push(infos);
        }
        Ok(Verbatim { index: self, terms, found_in, within: None })
    }
}

impl Verbatim<'_> {
    /// The same in the document of a passage alone.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn within(self, id: PassageId) -> Result<Self, IndexError> {
        let document = self.index.document(id)?;
        Ok(Self { within: Some((id.segment, document)), ..self })
    }

    /// How many words the text has.
    fn len(&self) -> usize {
        self.found_in.len()
    }

    /// The passages in which runs of a few words of the text start, `each` of every run. Those to which
    /// most runs lead come first; a run counts the less the more passages have it.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn by_runs(&self, runs: Runs, each: usize) -> Result<Vec<PassageId>, IndexError> {
        let found = match runs {
            Runs::Rarest(count) => self.rarest_runs(count, each)?,
            Runs::All(count) => self.all_runs(count, each)?,
        };
        let mut passages: Vec<(PassageId, f32)> = Vec::new();
        let mut places: HashMap<PassageId, usize> = HashMap::new();
        for run in found {
            for id in &run {
                let place = *places.entry(*id).or_insert_with(|| {
                    passages.push((*id, 0.0));
                    passages.len() - 1
                });
                passages[place].1 += share(run.len());
            }
        }
        // Stable: equal ones stay in the order in which the text leads to them.
        passages.sort_by(|(_, a), (_, b)| b.total_cmp(a));
        Ok(passages.into_iter().map(|(id, _)| id).collect())
    }

    /// The passages of runs that follow each other; the last run ends with the text.
    fn all_runs(&self, count: usize, each: usize) -> Result<Vec<Vec<PassageId>>, IndexError> {
        let last = self.len().saturating_sub(RUN);
        let starts = (0..last).step_by(RUN).chain([last]).take(count);
        starts.map(|start| self.passages(self.run(start), each)).collect()
    }

    /// Whether a stretch of the words has one so rare that it is looked up at once.
    #[must_use]
    pub fn is_rare(&self, stretch: Range<usize>) -> bool {
        self.rarest(stretch).is_some_and(|postings| postings <= POSTINGS)
    }

    /// How many passages have the rarest word of a stretch.
    fn rarest(&self, stretch: Range<usize>) -> Option<u64> {
        stretch.filter_map(|word| self.found_in[word]).min()
    }

    /// The passages of the rarest runs that do not overlap.
    fn rarest_runs(&self, count: usize, each: usize) -> Result<Vec<Vec<PassageId>>, IndexError> {
        let starts = 0..=self.len().saturating_sub(RUN);
        let run = |start: usize| Some((self.rarest(self.run(start)).filter(|it| *it > 0)?, start));
        let mut runs: Vec<(u64, usize)> = starts.filter_map(run).collect();
        runs.sort_unstable();
        let mut found: Vec<Vec<PassageId>> = Vec::new();
        let mut taken: Vec<usize> = Vec::new();
        let mut read = 0;
        for (postings, start) in runs {
            if taken.iter().any(|other| other.abs_diff(start) < RUN) {
                continue;
            }
            read += postings;
            if found.len() == count || read > POSTINGS {
                break;
            }
            let passages = self.passages(self.run(start), each)?;
            if !passages.is_empty() {
                taken.push(start);
                found.push(passages);
            }
        }
        Ok(found)
    }

    /// The words of the run that starts at a word.
    fn run(&self, start: usize) -> Range<usize> {
        start..(start + RUN).min(self.len())
    }

    /// The passages in which a stretch of the words starts, by path and place. Of more than `limit`
    /// those are kept that go on with more of the text behind the stretch, then before it.
    ///
    /// Of a long stretch only the rarest words are compared: a passage may have others among them.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn passages(
        &self,
        stretch: Range<usize>,
        limit: usize,
    ) -> Result<Vec<PassageId>, IndexError> {
        let mut words = self.compared(stretch.clone());
        words.sort_by_key(|word| self.found_in[*word]);
        let Some((rarest, others)) = words.split_first() else { return Ok(Vec::new()) };
        let mut found = Vec::with_capacity(self.terms.len());
        for (number, terms) in self.terms.iter().enumerate() {
            let has_all = words.iter().all(|word| terms[*word].is_some());
            let starts = has_all.then(|| self.anywhere(number, *rarest, stretch.start));
            found.push(starts.transpose()?.unwrap_or_default());
        }
        for (done, word) in (1..).zip(others) {
            let left = count(&found);
            if left == 0 || (left <= limit && done >= CERTAIN) {
                break;
            }
            found = self.kept(&found, *word, stretch.start)?;
        }
        self.narrow(&mut found, &stretch, limit)?;
        self.in_order(found, limit)
    }

    /// Those of some words that are compared.
    fn compared(&self, words: impl Iterator<Item = usize>) -> Vec<usize> {
        words.filter(|word| self.found_in[*word].is_some()).collect()
    }

    /// Of more than `limit` places keeps those that have more of the words around a stretch.
    fn narrow(
        &self,
        found: &mut Vec<Vec<Start>>,
        stretch: &Range<usize>,
        limit: usize,
    ) -> Result<(), IndexError> {
        let behind = self.compared(stretch.end..self.found_in.len());
        let before = self.compared((0..stretch.start).rev());
        for words in [behind, before] {
            for word in words {
                if count(found) <= limit {
                    return Ok(());
                }
                let kept = self.kept(found, word, stretch.start)?;
                if count(&kept) == 0 {
                    break;
                }
                *found = kept;
            }
        }
        Ok(())
    }

    /// Where the text would start a stretch, by all places of one word of it.
    fn anywhere(&self, number: usize, word: usize, first: usize) -> Result<Vec<Start>, IndexError> {
        let mut starts = Vec::new();
        let (segment, info) = (&self.index.segments[number], &self.terms[number][word]);
        let Some(info) = info else { return Ok(starts) };
        let option = IndexRecordOption::WithFreqsAndPositions;
        let mut postings = segment.words.read_postings_from_terminfo(info, option)?;
        let mut positions = Vec::new();
        let end = match &self.within {
            Some((only, document)) if *only == number => {
                if postings.doc() < document.start {
                    postings.seek(document.start);
                }
                document.end
            }
            Some(_) => return Ok(starts),
            None => TERMINATED,
        };
        while postings.doc() < end {
            let doc = postings.doc();
            if !segment.is_removed(doc) {
                postings.positions(&mut positions);
                for position in &positions {
                    let here = Start { doc, position: *position };
                    starts.extend(moved(segment, here, distance(word, first))?);
                }
            }
            postings.advance();
        }
        Ok(starts)
    }

    /// The places at which a word of the text stands where it should.
    fn kept(
        &self,
        found: &[Vec<Start>],
        word: usize,
        first: usize,
    ) -> Result<Vec<Vec<Start>>, IndexError> {
        let mut all = Vec::with_capacity(found.len());
        for (number, starts) in found.iter().enumerate() {
            let mut kept = Vec::new();
            if let Some(info) = self.terms[number][word].as_ref().filter(|_| !starts.is_empty()) {
                let segment = &self.index.segments[number];
                let option = IndexRecordOption::WithFreqsAndPositions;
                let mut postings = segment.words.read_postings_from_terminfo(info, option)?;
                let mut positions = Vec::new();
                let mut read = TERMINATED;
                for start in starts {
                    let Some(wanted) = moved(segment, *start, distance(first, word))? else {
                        continue;
                    };
                    if postings.doc() < wanted.doc {
                        postings.seek(wanted.doc);
                    }
                    if postings.doc() != wanted.doc {
                        continue;
                    }
                    if read != wanted.doc {
                        postings.positions(&mut positions);
                        read = wanted.doc;
                    }
                    if positions.binary_search(&wanted.position).is_ok() {
                        kept.push(*start);
                    }
                }
            }
            all.push(kept);
        }
        Ok(all)
    }

    /// The passages of some places, each once, by path and place.
    fn in_order(&self, found: Vec<Vec<Start>>, limit: usize) -> Result<Vec<PassageId>, IndexError> {
        let mut passages = Vec::new();
        for (segment, mut starts) in found.into_iter().enumerate() {
            starts.dedup_by_key(|start| start.doc);
            passages.extend(starts.iter().map(|start| Scored {
                segment,
                doc: start.doc,
                score: 0.0,
            }));
        }
        let mut passages = self.index.in_order(passages)?;
        passages.truncate(limit);
        let passage = |it: &Scored| PassageId { segment: it.segment, doc: it.doc };
        Ok(passages.iter().map(passage).collect())
    }
}

/// Whether a word is the last character of a run without spaces, with which a pair may begin in a
/// text that goes on.
fn is_end_of_run(word: &str) -> bool {
    let mut characters = word.chars();
    characters.next().is_some_and(|it| it >= UNSPACED) && characters.next().is_none()
}

fn count(found: &[Vec<Start>]) -> usize {
    found.iter().map(Vec::len).sum()
}

/// What one of so many passages counts that have a run.
#[expect(clippy::cast_precision_loss, reason = "there are few")]
fn share(passages: usize) -> f32 {
    1.0 / passages as f32
}

/// A number of words that a passage has at least: rounded, and read faster than the true one.
fn least_length(segment: &Segment, doc: DocId) -> u32 {
    if doc >= segment.reader.max_doc() {
        return 0;
    }
    // The first and the last word are indexed once more, with a mark.
    segment.fieldnorms.fieldnorm(doc).saturating_sub(2)
}

/// How many words on from one word of a text another is; back when it comes before.
fn distance(from: usize, to: usize) -> i64 {
    let position = |at: usize| i64::try_from(at).unwrap_or(i64::MAX);
    position(to) - position(from)
}

/// The place so many words on in the same document, or back; `None` beyond its ends.
fn moved(segment: &Segment, from: Start, words: i64) -> Result<Option<Start>, IndexError> {
    let mut doc = from.doc;
    let mut position = i64::from(from.position) + words;
    while position < 0 {
        let length = doc.checked_sub(1).map(|before| segment.length(before)).transpose()?;
        let Some(length) = length.flatten() else { return Ok(None) };
        doc -= 1;
        position += i64::from(length);
    }
    // Most stay in their passage, which need not be asked for its length then.
    while words > 0 && position >= i64::from(least_length(segment, doc)) {
        let Some(length) = segment.length(doc)? else { return Ok(None) };
        if position < i64::from(length) {
            break;
        }
        position -= i64::from(length);
        doc += 1;
    }
    Ok(u32::try_from(position).ok().map(|position| Start { doc, position }))
}
