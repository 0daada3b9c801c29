//! The passages that fulfil a condition which is not about their words.
//!
//! Each filter is decided on the terms of its field: all speakers, all paths, all dates. There are
//! few of these, so that the very code decides which also decides without an index
//! ([`Filter::accepts`]).

use tantivy::{DocId, DocSet, TERMINATED, query::BitSetDocSet, schema::IndexRecordOption};
use tantivy_common::BitSet;

use super::{error::IndexError, segment::Segment};
use crate::{
    place::{Time, TimeSpan},
    query::filter::{Facts, Filter},
    transcript::Kind,
};

/// The passages that a filter accepts.
pub(super) fn passages(segment: &Segment, filter: &Filter) -> Result<BitSetDocSet, IndexError> {
    let fields = segment.fields;
    let none = Facts::default();
    let accepts = |facts: Facts<'_>| filter.accepts(&facts);
    let mut found = BitSet::with_max_value(segment.reader.max_doc());
    let docs = match filter {
        Filter::Speaker(_) | Filter::HasSpeaker => {
            for doc in with_terms(segment, fields.speaker, |name| {
                accepts(Facts { speaker: Some(name), ..none })
            })? {
                found.insert(doc);
            }
            return Ok(found.into());
        }
        Filter::Time(_) | Filter::HasTime => return by_time(segment, filter),
        Filter::Title(_) => with_terms(segment, fields.title, |title| {
            accepts(Facts { title: Some(title), ..none })
        })?,
        Filter::Path(_) => {
            with_terms(segment, fields.path, |path| accepts(Facts { path, ..none }))?
        }
        Filter::Kind(_) => with_terms(segment, fields.kind, |kind| {
            accepts(Facts { kind: kind.parse::<Kind>().ok(), ..none })
        })?,
        Filter::Language(_) => with_terms(segment, fields.language, |language| {
            accepts(Facts { language: Some(language), ..none })
        })?,
        Filter::Date(_) => with_terms(segment, fields.date, |date| {
            accepts(Facts { date: date.parse().ok(), ..none })
        })?,
    };
    let records = segment.records()?;
    for doc in docs {
        // A record stands for the passages up to the next one.
        if let Ok(at) = records.binary_search(&doc) {
            let end = records.get(at + 1).copied().unwrap_or(segment.reader.max_doc());
            for passage in doc + 1..end {
                found.insert(passage);
            }
        }
    }
    Ok(found.into())
}

/// All that has a term which is accepted.
fn with_terms(
    segment: &Segment,
    field: tantivy::schema::Field,
    accepts: impl Fn(&str) -> bool,
) -> Result<Vec<DocId>, IndexError> {
    let inverted = segment.reader.inverted_index(field)?;
    let mut docs = Vec::new();
    let mut stream = inverted.terms().stream()?;
    while let Some((term, info)) = stream.next() {
        if std::str::from_utf8(term).is_ok_and(&accepts) {
            let mut postings =
                inverted.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
            while postings.doc() != TERMINATED {
                docs.push(postings.doc());
                postings.advance();
            }
        }
    }
    Ok(docs)
}

fn by_time(segment: &Segment, filter: &Filter) -> Result<BitSetDocSet, IndexError> {
    let columns = segment.reader.fast_fields();
    let (starts, ends) = (columns.u64("start")?, columns.u64("end")?);
    let mut found = BitSet::with_max_value(segment.reader.max_doc());
    for doc in 0..segment.reader.max_doc() {
        if let (Some(start), Some(end)) = (starts.first(doc), ends.first(doc)) {
            let time = TimeSpan { start: Time(start), end: Time(end) };
            if filter.accepts(&Facts { time: Some(time), ..Facts::default() }) {
                found.insert(doc);
            }
        }
    }
    Ok(found.into())
}
