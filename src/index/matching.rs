//! All passages that answer a query, not only the best: what counting and sorting need.

use std::collections::{BTreeMap, HashMap};

use tantivy::{DocId, DocSet, Score, TERMINATED, columnar::Column, schema::IndexRecordOption};
use tantivy_common::BitSet;

use super::{
    best::{ByRecord, Proposal, Proposals},
    error::IndexError,
    open::{Index, PassageId},
    segment::Segment,
};
use crate::{find::Plan, transcript::Date};

/// What passages are sorted by, when it is not how well they answer. Equals are in the order of
/// their paths, then of their places in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortKey {
    /// Path of the document, then place in it.
    Path,
    /// Date of the document, oldest first; without a date last.
    Date,
    /// When it is said in its recording, earliest first; without a time last.
    Time,
}

/// What passages are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountKey {
    /// Who says it, by the name as written.
    Speaker,
    /// The document, by its path.
    Source,
    /// Year of the document.
    Year,
}

/// How many passages share a value; `None` for those that have none.
pub type Counts = BTreeMap<Option<String>, usize>;

/// How many passages beside those that are wanted are kept before they are sorted out.
const SLACK: usize = 4_096;

impl Index {
    /// Gives the first of all passages that answer a plan, in an order other than by score.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn sorted(&self, plan: &Plan, key: SortKey, limit: usize) -> Result<Proposals, IndexError> {
        let keys = Keys::open(self, key)?;
        let mut kept: Vec<Keyed> = Vec::new();
        let mut total = 0;
        self.each_match(plan, |id, score| {
            total += 1;
            kept.push(Keyed { key: keys.of(self, id)?, id, score });
            if kept.len() >= limit.saturating_mul(2).saturating_add(SLACK) {
                kept.select_nth_unstable_by_key(limit, |it| it.key);
                kept.truncate(limit);
            }
            Ok(())
        })?;
        kept.sort_unstable_by_key(|it| it.key);
        kept.truncate(limit);
        let proposal = |Keyed { id, score, .. }| Proposal::by_words(id, score);
        Ok(Proposals { best: kept.into_iter().map(proposal).collect(), total })
    }

    /// Counts the passages that answer a plan.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn count(&self, plan: &Plan) -> Result<usize, IndexError> {
        let mut total = 0;
        self.each_match(plan, |_, _| {
            total += 1;
            Ok(())
        })?;
        Ok(total)
    }

    /// Counts the passages that answer a plan by something that they or their documents have.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn count_by(&self, plan: &Plan, key: CountKey) -> Result<Counts, IndexError> {
        match key {
            CountKey::Speaker => self.by_speaker(plan),
            CountKey::Source => self.by_record(plan, |record| Some(record.path)),
            CountKey::Year => self.by_record(plan, |record| {
                let date: Option<Date> = record.date.and_then(|date| date.parse().ok());
                date.map(|date| format!("{:04}", date.year))
            }),
        }
    }

    /// There are few names and many passages: each name's passages are looked up among those that
    /// answer.
    fn by_speaker(&self, plan: &Plan) -> Result<Counts, IndexError> {
        let empty = |segment: &Segment| BitSet::with_max_value(segment.reader.max_doc());
        let mut matching: Vec<BitSet> = self.segments.iter().map(empty).collect();
        let mut unnamed = 0;
        self.each_match(plan, |id, _| {
            matching[id.segment].insert(id.doc);
            unnamed += 1;
            Ok(())
        })?;
        let mut counts = Counts::new();
        for (segment, matching) in self.segments.iter().zip(&matching) {
            let inverted = segment.reader.inverted_index(self.fields.speaker)?;
            let mut stream = inverted.terms().stream()?;
            while let Some((name, info)) = stream.next() {
                let mut postings =
                    inverted.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
                let mut count = 0;
                while postings.doc() != TERMINATED {
                    count += usize::from(matching.contains(postings.doc()));
                    postings.advance();
                }
                if count > 0 {
                    let name = String::from_utf8_lossy(name).into_owned();
                    *counts.entry(Some(name)).or_default() += count;
                    unnamed -= count;
                }
            }
        }
        if unnamed > 0 {
            counts.insert(None, unnamed);
        }
        Ok(counts)
    }

    fn by_record(
        &self,
        plan: &Plan,
        value: impl Fn(super::Record) -> Option<String>,
    ) -> Result<Counts, IndexError> {
        let mut documents: HashMap<(usize, DocId), usize> = HashMap::new();
        self.each_match(plan, |id, _| {
            let record = self.segments[id.segment].record_of(id.doc)?.unwrap_or_default();
            *documents.entry((id.segment, record)).or_default() += 1;
            Ok(())
        })?;
        let mut counts = Counts::new();
        for ((segment, record), count) in documents {
            let value = value(self.segments[segment].record(record)?);
            *counts.entry(value).or_default() += count;
        }
        Ok(counts)
    }
}

/// What a passage is sorted by: the key, the rank of its path, its place in the document.
type Key = (u64, u64, DocId);

struct Keyed {
    key: Key,
    id: PassageId,
    score: Score,
}

/// Where the keys of passages come from.
struct Keys<'i> {
    by: By<'i>,
    /// The ranks of paths; `None` where the records have them.
    ranks: Option<&'i ByRecord>,
}

enum By<'i> {
    Path,
    /// By record.
    Date(ByRecord),
    /// By segment.
    Time(Vec<&'i Column<u64>>),
}

impl<'i> Keys<'i> {
    fn open(index: &'i Index, key: SortKey) -> Result<Self, IndexError> {
        let by = match key {
            SortKey::Path => By::Path,
            SortKey::Date => By::Date(dates(index)?),
            SortKey::Time => {
                let columns = index.segments.iter().map(Segment::starts);
                By::Time(columns.collect::<Result<_, _>>()?)
            }
        };
        Ok(Self { by, ranks: index.path_ranks_if_needed()? })
    }

    fn of(&self, index: &Index, id: PassageId) -> Result<Key, IndexError> {
        let segment = &index.segments[id.segment];
        let record = segment.record_of(id.doc)?.unwrap_or_default();
        let of_record =
            |values: &ByRecord| values.get(&(id.segment, record)).copied().unwrap_or(u64::MAX);
        let key = match &self.by {
            By::Path => 0,
            By::Date(dates) => of_record(dates),
            By::Time(starts) => starts[id.segment].first(id.doc).unwrap_or(u64::MAX),
        };
        let rank = match &self.ranks {
            Some(ranks) => of_record(ranks),
            None => segment.rank(record)?,
        };
        Ok((key, rank, id.doc))
    }
}

/// For each record that has one, its date as a number. A year comes before its months.
fn dates(index: &Index) -> Result<ByRecord, IndexError> {
    let mut dates = HashMap::new();
    for (number, segment) in index.segments.iter().enumerate() {
        let inverted = segment.reader.inverted_index(index.fields.date)?;
        let mut stream = inverted.terms().stream()?;
        while let Some((term, info)) = stream.next() {
            let date = std::str::from_utf8(term).ok().and_then(|it| it.parse::<Date>().ok());
            let Some(Date { year, month, day }) = date else { continue };
            let part = |part: Option<u8>| u64::from(part.unwrap_or(0));
            let key = u64::from(year) * 10_000 + part(month) * 100 + part(day);
            let mut postings =
                inverted.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
            while postings.doc() != TERMINATED {
                dates.insert((number, postings.doc()), key);
                postings.advance();
            }
        }
    }
    Ok(dates)
}
